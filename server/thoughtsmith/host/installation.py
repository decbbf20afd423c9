"""Where the shipped content lies, in a wheel and in a checkout alike, and where users keep their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.host.environment import user_cache

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.techniques.catalogue import Catalogue

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the program."""


def data_folder(name: str) -> Path:
    """The folder `snippets` or `client-config`: inside the package in a wheel, at the top level in a checkout."""
    inside = PACKAGE / "data" / name
    return inside if inside.is_dir() else PACKAGE.parent.parent / name


def pack_of(folder: Path) -> Path | None:
    """The technique pack of the project that `folder` belongs to: its own, or that of the nearest folder above."""
    for candidate in (folder, *folder.parents):
        pack = candidate / ".thoughtsmith" / "snippets"
        if pack.is_dir():
            return pack
    return None


def load_catalogue(folders: Iterable[Path] = ()) -> Catalogue:
    """The shipped content with the packs of the projects in `folders` on top."""
    # Brings in the parser of TOML.
    from thoughtsmith.host.content_memory import ContentFiles, KeptMemory
    from thoughtsmith.techniques.catalogue import load

    packs = dict.fromkeys(pack for folder in folders if (pack := pack_of(folder)) is not None)
    roots = [root.as_posix() for root in (data_folder("snippets"), *packs)]
    files = ContentFiles(roots)
    cache = user_cache()
    return load(((files, root) for root in roots), KeptMemory(Path(cache), files) if cache else None)
