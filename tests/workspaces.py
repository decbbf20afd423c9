"""Workspaces that no disk knows of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.summary import summary
from thoughtsmith.formats.registry import format_of
from thoughtsmith.project.index import Index
from thoughtsmith.project.listing import Folder, Listing
from thoughtsmith.text import paths
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def listing(root: str, files: Iterable[str], *, closed: Iterable[str] = (), ignored: Iterable[str] = ()) -> Listing:
    """A listing of everything in a folder; paths are relative to it."""
    folders: dict[str, dict[str, set[str]]] = {root: {}}

    def add(path: str, kind: str) -> None:
        folder = paths.parent(path)
        if folder not in folders:
            folders[folder] = {}
            add(folder, "folders")
        folders[folder].setdefault(kind, set()).add(paths.name(path))

    for kind, some in (("files", files), ("closed", closed), ("ignored", ignored)):
        for path in some:
            add(f"{root}/{path}", kind)
    return Listing(
        {path: Folder(**{kind: frozenset(names) for kind, names in of.items()}) for path, of in folders.items()}
    )


def workspace(root: str, files: Mapping[str, str]) -> Index:
    """The index of a folder with those files; paths are relative to it. What is no prompt is known by name."""
    summaries = {}
    for path, text in files.items():
        known = format_of(f"{root}/{path}", text=text)
        if known is not None:
            summaries[f"{root}/{path}"] = summary(known, known.parse(Lines.of(text)))
    return Index.of([root], summaries, listing(root, files))
