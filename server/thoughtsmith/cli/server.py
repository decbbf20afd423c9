"""`thoughtsmith server`: the language server."""

from __future__ import annotations

import os
import re
import sys

import click

MAX_PORT = 65_535


@click.command(short_help="Run the language server.")
@click.option("--stdio", is_flag=True, help="Accepted and ignored: standard input and output are the default.")
@click.option("--tcp", metavar="HOST:PORT", help="Listen on a socket instead of standard input and output.")
@click.option("--log-file", type=click.Path(dir_okay=False), help="Where to write the log; standard error by default.")
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="warning",
    show_default=True,
    help="What to log.",
)
def server(stdio: bool, tcp: str | None, log_file: str | None, log_level: str) -> None:
    """Run the language server on standard input and output, for an editor to talk to."""
    from thoughtsmith.lsp.main import serve

    del stdio
    address: tuple[str, int] | None = None
    if tcp is not None:
        host, colon, port = tcp.rpartition(":")
        if not colon or not re.fullmatch("[0-9]{1,5}", port) or int(port) > MAX_PORT:
            raise click.UsageError(f"--tcp {tcp!r}: write HOST:PORT, for example 127.0.0.1:7998")
        address = (host.strip("[]") or "127.0.0.1", int(port))
    try:
        code = serve(address, log_file=log_file, log_level=log_level)
    except OSError as error:
        raise click.UsageError(str(error)) from error
    sys.stderr.flush()
    # Not `sys.exit`: Python would wait for the worker, which may still be busy with a huge document.
    os._exit(code)
