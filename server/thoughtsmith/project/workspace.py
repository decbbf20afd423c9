"""The state of the workspace: what was found on disk, and what is open in the editor, which wins.

Touched on the event loop only. Nothing here reads a file: what there is to know is handed in, in batches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thoughtsmith.project.index import Index
from thoughtsmith.project.listing import Folder, Presence
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.analysis.summary import Summary
    from thoughtsmith.project.listing import Listing


@dataclass(frozen=True, slots=True)
class Batch:
    """What somebody who looked at the disk has found."""

    folders: Mapping[str, Folder | None] = field(default_factory=dict)
    """The names in folders that were looked into, by normal path; `None` for one that cannot be."""
    summaries: Mapping[str, Summary | None] = field(default_factory=dict)
    """Files that were read, by normal path; `None` for one that cannot be, or is to be forgotten."""


class Workspace:
    def __init__(self, *, ignore_case: bool = False) -> None:
        self.index = Index(ignore_case=ignore_case)
        """The workspace as it is now."""
        self._read: dict[str, tuple[str, Summary]] = {}
        """Path and summary of what was read from disk, by key."""
        self._open: dict[str, tuple[str, Summary]] = {}

    # Folders

    def add_root(self, path: str) -> None:
        """Add a folder to the workspace. What is in it has to be handed in."""
        self.index = self.index.with_roots((*self.index.roots, paths.normal(path)))

    def remove_root(self, path: str) -> None:
        """Remove a folder with what is in it. If it lies in another, that one has to be handed in again."""
        index, gone = self.index, self.index.key(paths.normal(path))
        lost = [root for root in index.roots if index.key(root) == gone]
        self.index = index.with_roots([root for root in index.roots if root not in lost])
        self._list(index.listing.where(lambda folder: index.root_of(folder) not in lost))

    # The disk

    def apply(self, batch: Batch) -> None:
        """Take in what was found on disk. What lies outside the folders is left out."""
        key = self.index.key
        changes: dict[str, Summary | None] = {}
        seen = {
            key(path): None if folder is None else folder.mapped(key)
            for path, folder in batch.folders.items()
            if self.index.root_of(path)
        }
        if seen:
            self._list(self.index.listing.with_folders(seen))
        for path, summary in batch.summaries.items():
            at = key(path)
            if summary is not None and self.index.presence(path) is Presence.FILE:
                self._read[at] = path, summary
            else:
                self._read.pop(at, None)
                summary = None
            if at not in self._open:
                changes[path] = summary
        self.index = self.index.with_files(changes)

    def _list(self, listing: Listing) -> None:
        """Take over the names, and forget the files that are no longer among them."""
        before, self.index = self.index, self.index.with_listing(listing)
        if self.index is before:
            return
        gone = [at for at in self._read if listing.presence(at) is not Presence.FILE]
        changes = {self._read.pop(at)[0]: None for at in gone}
        self.index = self.index.with_files({path: None for path in changes if self.index.key(path) not in self._open})

    # The editor

    def opened(self, path: str, summary: Summary) -> None:
        """A document is open, or has changed."""
        path = paths.normal(path)
        self._open[self.index.key(path)] = path, summary
        self.index = self.index.with_file(path, summary)

    def closed(self, path: str) -> None:
        """A document is open no longer: what was last read from disk counts again."""
        path = paths.normal(path)
        at = self.index.key(path)
        if self._open.pop(at, None) is not None:
            on_disk = self._read.get(at)
            self.index = self.index.with_files({path: None} if on_disk is None else {on_disk[0]: on_disk[1]})

    @property
    def open_files(self) -> frozenset[str]:
        """The keys of the documents that are open."""
        return frozenset(self._open)
