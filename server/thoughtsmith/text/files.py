"""The only door to a file system for everything below the command line and the protocol."""

from __future__ import annotations

from typing import Protocol


class Files(Protocol):
    """A read-only tree of files. Paths are whatever the implementation gives out; parts are joined with `/`."""

    def read(self, path: str) -> str | None:
        """The text of the file, or `None` if there is none or it is not UTF-8."""

    def names(self, path: str) -> list[str]:
        """The names in the folder, sorted; empty if there is no such folder."""
