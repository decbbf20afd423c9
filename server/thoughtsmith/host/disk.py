"""`Files` on the real disk."""

from __future__ import annotations

import stat
from pathlib import Path

MAX_SIZE = 16 * 1024 * 1024
"""Bytes. A larger file is no content of ours, and reading it would only hold everything up."""


class Disk:
    """The file system of this machine, read-only. See `thoughtsmith.text.files.Files`."""

    def read(self, path: str) -> str | None:
        try:
            file = Path(path)
            if not stat.S_ISREG(file.stat().st_mode):
                return None  # A pipe or device would keep us waiting for ever.
            with file.open("rb") as opened:
                data = opened.read(MAX_SIZE + 1)
            return data.decode("utf-8-sig") if len(data) <= MAX_SIZE else None
        except (OSError, UnicodeDecodeError):
            return None

    def names(self, path: str) -> list[str]:
        try:
            return sorted(entry.name for entry in Path(path).iterdir())
        except OSError:
            return []
