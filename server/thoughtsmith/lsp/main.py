"""Starting the server, and its log."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from pygls.io_ import run_async

from thoughtsmith.lsp.handlers import create_server

if TYPE_CHECKING:
    from thoughtsmith.lsp.server import Server


def serve(address: tuple[str, int] | None, *, log_file: str | None, log_level: str) -> int:
    """Serve one client until it says goodbye or hangs up; the exit code of the process.

    Standard output belongs to the protocol, so the log goes to standard error or a file.
    """
    level = getattr(logging, log_level.upper())
    handler = logging.FileHandler(log_file, encoding="utf-8") if log_file else logging.StreamHandler()
    logging.basicConfig(level=level, handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # pygls logs whole documents, and every error a second time.
    logging.getLogger("pygls").setLevel(logging.DEBUG if level == logging.DEBUG else logging.CRITICAL)
    server = create_server()
    if address is None:
        server.start_io()
    else:
        # The protocol ends the process by `SystemExit`, from wherever in the loop `exit` arrives.
        with suppress(SystemExit):
            asyncio.run(_serve_one_client(server, *address))
    return server.exit_code


async def _serve_one_client(server: Server, host: str, port: int) -> None:
    """Listen until somebody connects, and serve them. Raises `OSError` if the address cannot be had."""
    gone = asyncio.Event()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listener.close()
        server.protocol.set_writer(writer)
        with suppress(ConnectionError):
            await run_async(
                stop_event=threading.Event(),
                reader=reader,
                protocol=server.protocol,
                error_handler=server.report_server_error,
            )
        gone.set()

    listener = await asyncio.start_server(connected, host, port)
    await gone.wait()
