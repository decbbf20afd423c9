"""`thoughtsmith setup`: the configuration of an editor."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click

_FILES: dict[str, tuple[str, ...]] = {
    "neovim": ("neovim/init.lua",),
    "helix": ("helix/languages.toml",),
    "emacs": ("emacs/thoughtsmith.el",),
    "vscode": ("vscode/README.md",),
}
"""What to print for each editor, below `client-config/`."""


@click.command(short_help="Print the configuration of an editor.")
@click.argument("editor", type=click.Choice(list(_FILES)))
def setup(editor: str) -> None:
    """Print a configuration for EDITOR that starts this server.

    If `thoughtsmith` is not on the PATH, the configuration names this installation of it.
    """
    from thoughtsmith.host.installation import data_folder

    folder = data_folder("client-config")
    command = _command()
    for name in _FILES[editor]:
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("{folder}", str(folder / editor))
        if command != "thoughtsmith":
            text = text.replace('"thoughtsmith"', json.dumps(command, ensure_ascii=False))
        click.echo(text, nl=False)


def _command() -> str:
    """How an editor can start this program: by name if the PATH leads to it, else by its path."""
    own = Path(sys.argv[0])
    found = shutil.which("thoughtsmith")
    if found is not None:
        return "thoughtsmith"
    beside = Path(sys.executable).with_name("thoughtsmith.exe" if sys.platform == "win32" else "thoughtsmith")
    return str(beside if beside.exists() else own.resolve())
