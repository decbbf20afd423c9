"""The installers' command line."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.editors.installers import emacs, helix, neovim, tmux, vim, vscode
from tests.editors.installers.process import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EDITORS: dict[str, Callable[[], Path]] = {
    "neovim": neovim.current,
    "neovim-0.10": neovim.old,
    "helix": helix.executable,
    "emacs": lambda: emacs.installed().editor,
    "vim": lambda: vim.installed().editor,
    "tmux": tmux.executable,
    "vscode": lambda: vscode.vscode().server,
}
"""What gives the executable of an editor, installed if need be, or raises `UnavailableError`."""


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.editors.installers",
        description="Install real editors for the tests and print where they are.",
    )
    parser.add_argument("editors", nargs="*", metavar="NAME", help=f"one of {', '.join(EDITORS)}; without names: all")
    names = parser.parse_args().editors or list(EDITORS)
    if unknown := set(names) - set(EDITORS):
        parser.error(f"no such editor: {', '.join(sorted(unknown))}; there are {', '.join(EDITORS)}")
    installed = [_installed(name) for name in names]
    return 0 if all(installed) else 1


def _installed(name: str) -> bool:
    try:
        print(f"{name}\t{EDITORS[name]()}")
    except UnavailableError as reason:
        print(f"{name} is not available: {reason}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
