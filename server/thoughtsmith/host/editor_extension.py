"""An editor whose configuration is an extension: building it, and having the editor install or remove it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class ExtensionError(Exception):
    """It did not work; the text is what the program says, `program` which one it was."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(reason)
        self.program = program


@dataclass(frozen=True, slots=True)
class Extension:
    id: str
    build: Path
    """A Python script that builds it and prints the path of the result."""
    programs: tuple[str, ...]
    """Commands of the editor and of its kin."""

    def program(self) -> str | None:
        """The one that is on this machine."""
        return next((found for name in self.programs if (found := shutil.which(name))), None)

    def version(self, program: str) -> str | None:
        """The version that is installed. Raises `ExtensionError`."""
        for line in _run([program, "--list-extensions", "--show-versions"]).splitlines():
            name, _, version = line.strip().partition("@")
            if name.lower() == self.id:
                return version
        return None

    def build_command(self) -> list[str]:
        return [sys.executable, str(self.build)]

    def install(self, program: str) -> None:
        """Build it and install it; what it was built with is thrown away. Raises `ExtensionError`."""
        with tempfile.TemporaryDirectory(prefix="thoughtsmith-", ignore_cleanup_errors=True) as folder:
            built = _run([*self.build_command(), "--output", folder]).splitlines()[-1]
            _run([program, "--install-extension", built, "--force"])

    def uninstall(self, program: str) -> None:
        """Raises `ExtensionError`."""
        _run([program, "--uninstall-extension", self.id])


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        raise ExtensionError(command[0], str(error)) from error
    if done.returncode:
        raise ExtensionError(command[0], (done.stderr.strip() or done.stdout.strip())[-2000:])
    return done.stdout
