"""The names of everything in the folders of a workspace, prompts or not: whether what a prompt refers to exists."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.text import paths
from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Folder(NamedTuple):
    """The names in one folder."""

    files: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    """Files that exist, but are not ours to read."""
    folders: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    """Folders that are not ours to look into, such as ignored ones and links."""
    written: frozenset[str] = frozenset()
    """The names of `files` and `folders` as people know them, where those are keys that may differ from them."""

    def mapped(self, key: Callable[[str], str]) -> Folder:
        known = self.files | self.folders
        written = known if any(key(name) != name for name in known) else frozenset()
        files, ignored, folders, closed = (frozenset(map(key, names)) for names in self[:4])
        return Folder(files, ignored, folders, closed, written)


class Presence(Enum):
    """What there is at a path."""

    FILE = "file"
    IGNORED = "ignored"
    """A file that is not ours to read."""
    FOLDER = "folder"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    """Nobody has looked there."""


class Listing:
    """The folders that have been looked into, by path; frozen. Paths and names are compared as they are."""

    def __init__(self, folders: Mapping[str, Folder] | None = None) -> None:
        self.folders = dict(folders or {})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self.folders == other.folders

    @lazy
    def names(self) -> frozenset[str]:
        """What the folders, and everything in them, are called."""
        inside = (names for folder in self.folders.values() for names in folder[:4])
        return frozenset(map(paths.name, self.folders)).union(*inside)

    @lazy
    def folders_of(self) -> Mapping[str, tuple[str, ...]]:
        """The folders with a file of the name, by the names of files."""
        found: dict[str, list[str]] = {}
        for path, folder in self.folders.items():
            for name in folder.files:
                found.setdefault(name, []).append(path)
        return {name: tuple(folders) for name, folders in found.items()}

    def presence(self, path: str) -> Presence:
        if path in self.folders:
            return Presence.FOLDER
        above, name = paths.parent(path), paths.name(path)
        while above not in self.folders:
            if above == paths.parent(above):
                return Presence.UNKNOWN
            above, name = paths.parent(above), paths.name(above)
        folder = self.folders[above]
        if paths.joined(above, name) != path:
            # Something on the way is no folder, or one that nobody has looked into.
            return Presence.UNKNOWN if name in folder.folders or name in folder.closed else Presence.NOTHING
        if name in folder.files:
            return Presence.FILE
        if name in folder.ignored:
            return Presence.IGNORED
        return Presence.FOLDER if name in folder.folders or name in folder.closed else Presence.NOTHING

    def with_folders(self, seen: Mapping[str, Folder | None]) -> Listing:
        """After somebody has looked into those folders; `None` stands for one that cannot be looked into.

        What is no longer there is gone with everything in it.
        """
        gone = {
            paths.joined(path, name)
            for path, folder in seen.items()
            if folder is not None and (before := self.folders.get(path)) is not None
            for name in before.folders - folder.folders
        }
        gone |= {path for path, folder in seen.items() if folder is None}
        kept = self._without(gone) if gone else self.folders
        return Listing({**kept, **{path: folder for path, folder in seen.items() if folder is not None}})

    def where(self, keep: Callable[[str], bool]) -> Listing:
        """Only the folders of which `keep` says so."""
        return Listing({path: folder for path, folder in self.folders.items() if keep(path)})

    def _without(self, gone: set[str]) -> dict[str, Folder]:
        kept: dict[str, Folder] = {}
        # A folder comes after the one that it lies in only if paths are sorted, so that one look upwards is enough.
        for path in sorted(self.folders):
            if path in gone or paths.parent(path) in gone:
                gone.add(path)
            else:
                kept[path] = self.folders[path]
        return kept
