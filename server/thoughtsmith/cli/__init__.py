"""Layer 9: the command line. One file per command; heavy imports stay inside them, so that `--help` is quick."""

from __future__ import annotations

import click

from thoughtsmith import __version__
from thoughtsmith.cli.compose import compose
from thoughtsmith.cli.demo import demo
from thoughtsmith.cli.explain import explain
from thoughtsmith.cli.insert import insert
from thoughtsmith.cli.listing import list_command
from thoughtsmith.cli.server import server
from thoughtsmith.cli.setup import setup


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Run a command with --help for its options.",
)
@click.version_option(__version__, prog_name="thoughtsmith")
def main() -> None:
    """Insert, explain and check the techniques that make a model reason better, while you write the prompt."""


for _command in (server, insert, compose, explain, list_command, setup, demo):
    main.add_command(_command)
