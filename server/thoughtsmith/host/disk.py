"""`Files` on the real disk."""

from __future__ import annotations

from pathlib import Path

MAX_SIZE = 16 * 1024 * 1024
"""Bytes. A larger file is no content of ours, and reading it would only hold everything up."""


class Disk:
    """The file system of this machine, read-only. See `thoughtsmith.text.files.Files`."""

    def read(self, path: str) -> str | None:
        try:
            file = Path(path)
            return file.read_bytes().decode("utf-8-sig") if file.stat().st_size <= MAX_SIZE else None
        except (OSError, UnicodeDecodeError):
            return None

    def names(self, path: str) -> list[str]:
        try:
            return sorted(entry.name for entry in Path(path).iterdir())
        except OSError:
            return []
