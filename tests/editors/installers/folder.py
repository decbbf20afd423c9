"""Folders that are there whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder to fill, which becomes `folder` at the end: a run that is cut short leaves nothing there.

    If another run has been faster, its folder stays: whether it is of use, the caller checks.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        tree = Path(temporary) / "tree"
        tree.mkdir()
        yield tree
        if folder.exists():
            # It does not work, or nobody would replace it.
            shutil.rmtree(folder)
        with contextlib.suppress(OSError):
            tree.rename(folder)
