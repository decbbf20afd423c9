"""Starting the server, and its log."""

from __future__ import annotations

import logging

from thoughtsmith.lsp.handlers import create_server


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
        server.start_tcp(*address)
    return server.exit_code
