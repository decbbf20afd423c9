"""A folder for what can be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds what can be made again.\n"
"""By this backup programs know a cache: https://bford.info/cachedir/."""


def make(folder: Path) -> None:
    """Make the folder, unless there is one, so that neither git nor backup programs take notice of it.

    Raises `OSError`.
    """
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        (folder / "CACHEDIR.TAG").write_text(_TAG, encoding="utf-8")
