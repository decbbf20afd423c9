"""Layer 9: the command line. One file per command; heavy imports stay inside them, so that `--help` is quick."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from thoughtsmith import __version__
from thoughtsmith.cli.check import check
from thoughtsmith.cli.compose import compose
from thoughtsmith.cli.demo import demo
from thoughtsmith.cli.explain import explain
from thoughtsmith.cli.init import init
from thoughtsmith.cli.insert import insert
from thoughtsmith.cli.listing import list_command
from thoughtsmith.cli.scan import scan
from thoughtsmith.cli.server import server
from thoughtsmith.cli.setup import setup


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Run a command with --help for its options.",
)
@click.version_option(__version__, prog_name="thoughtsmith")
def main() -> None:
    """Insert, explain and check the techniques that make a model reason better, while you write the prompt."""
    for stream in (sys.stdout, sys.stderr):
        # What goes to a file or pipe is UTF-8 with the line ends of the prompt, whatever the system prefers.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", newline="")


for _command in (server, check, scan, insert, compose, explain, list_command, init, setup, demo):
    main.add_command(_command)
