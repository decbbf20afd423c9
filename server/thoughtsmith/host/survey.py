"""Looking at the folders of a workspace: what there is, and what its prompts say of themselves.

Links to folders are not followed, and a link to a file only as far as the workspace goes, so nothing outside is read.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.analysis.summary import summary
from thoughtsmith.config.file import FILE_NAMES
from thoughtsmith.host.prompt_file import PromptFile
from thoughtsmith.host.walk import Found, entries_of, folder_within, read
from thoughtsmith.project.guests import Guests, by_name, format_of_file, guests, is_prompt
from thoughtsmith.project.listing import Folder
from thoughtsmith.project.workspace import Batch
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from thoughtsmith.analysis.summary import Summary
    from thoughtsmith.host.walk import Entry
    from thoughtsmith.project.guests import Chosen
    from thoughtsmith.project.index import Index
    from thoughtsmith.project.workspace import Workspace

    Job: TypeAlias = Callable[[], object]
    Report: TypeAlias = Callable[[str, Exception], None]

MAX_SIZE = 1_000_000
"""Bytes. A larger file is not read until somebody opens it."""
MAX_NAMES = 200_000
"""A workspace with more names is known in part only: the folders nearest to its root."""
MAX_DEPTH = 64
"""Folders inside folders; where a file system leads in circles without links, this is the end of it."""
MAX_ROUNDS = 64
"""Files that take in files that take in files …"""
_FOR_FOLDERS = frozenset({".gitignore", *FILE_NAMES})
"""Files that say what everything in their folder and below it is."""
FOLDERS_AT_ONCE, FILES_AT_ONCE = 64, 16
"""How much is looked at in one step, so that others get their turn in between."""


class Step(NamedTuple):
    """A part of the work that is done."""

    batch: Batch
    done: int
    """Files that have been read so far."""
    total: int
    """Files that are to be read, as far as is known."""


def update(
    workspace: Workspace, changed: Iterable[str], report: Report, chosen: Chosen = by_name
) -> Generator[Job, Any, None]:
    """Bring `workspace` up to date after something has happened at the paths `changed`.

    Gives out one job after the other, which may be done by any thread; its result is to be sent back. The workspace
    itself is touched only by whoever runs the generator, and `chosen` is asked in jobs only.
    """
    yield from _take(workspace, survey(workspace.index, changed, report, chosen))
    tried: set[str] = set()
    for _ in range(MAX_ROUNDS):
        found: Guests = yield partial(guests, workspace.index, workspace.open_files, chosen)
        wanted = [path for path in found.wanted if path not in tried]
        if not wanted and not found.unwanted:
            break
        tried.update(wanted)
        workspace.apply(Batch(summaries=dict.fromkeys(found.unwanted)))
        yield from _take(workspace, read_files(workspace.index, wanted, report, chosen))


def update_at_once(workspace: Workspace, changed: Iterable[str], report: Report, chosen: Chosen = by_name) -> None:
    """The same for whoever has nothing else to do."""
    jobs = update(workspace, changed, report, chosen)
    with suppress(StopIteration):
        job = next(jobs)
        while True:
            job = jobs.send(job())


def list_at_once(workspace: Workspace, changed: Iterable[str]) -> None:
    """The names alone, for whoever only asks what there is: no file is read."""
    looking = _Looking(workspace.index, by_name)
    for path in changed:
        looking.at(paths.normal(path))
    for seen in looking.folders():
        workspace.apply(Batch(folders=seen))


def _take(workspace: Workspace, steps: Iterator[Step]) -> Generator[Job, Any, None]:
    while (step := (yield partial(next, steps, None))) is not None:
        workspace.apply(step.batch)


def survey(index: Index, changed: Iterable[str], report: Report, chosen: Chosen = by_name) -> Iterator[Step]:
    """What there is at the paths that have changed, and in new folders everything below; `index` is what was known.

    A folder of the workspace that nobody has looked into is looked at as a whole.
    """
    looking = _Looking(index, chosen)
    for path in changed:
        looking.at(paths.normal(path))
    for seen in looking.folders():
        yield Step(Batch(folders=seen), 0, len(looking.files))
    yield from read_files(index, looking.files, report, chosen)


def read_files(index: Index, files: Iterable[str], report: Report, chosen: Chosen = by_name) -> Iterator[Step]:
    """The summaries of `files`."""
    waiting = tuple(files)
    roots = tuple(paths.normal(os.path.realpath(root)) for root in index.roots)
    for start in range(0, len(waiting), FILES_AT_ONCE):
        some = waiting[start : start + FILES_AT_ONCE]
        batch = Batch(summaries={path: _summary(path, roots, report, chosen) for path in some})
        yield Step(batch, start + len(some), len(waiting))


def _summary(path: str, roots: tuple[str, ...], report: Report, chosen: Chosen) -> Summary | None:
    """What the file says of itself; `None` if it cannot be read or is not ours to read."""
    try:
        real = paths.normal(os.path.realpath(path))
        if not any(paths.is_below(real, root) for root in roots):
            return None
        found = read(Found(path, named=False), MAX_SIZE)
        if not isinstance(found, PromptFile):
            return None
        file_format = format_of_file(path, found.lines.text, chosen)
        return None if file_format is None else summary(file_format, file_format.parse(found.lines))
    except Exception as error:
        report(f"reading {path}", error)
        return None


@dataclass(slots=True)
class _Looking:
    """Finds out which folders to look into, and which files to read."""

    index: Index
    chosen: Chosen
    files: dict[str, None] = field(default_factory=dict)
    """The files that are to be read, in order."""
    _changed: set[str] = field(default_factory=set)
    """The keys of files that may have other content than before."""
    _roots: dict[str, None] = field(default_factory=dict)
    """Folders of the workspace that are looked at with everything below, known or not."""
    _again: dict[str, None] = field(default_factory=dict)
    """Folders that are looked at again; below them only what is new, or in `_fresh`."""
    _fresh: set[str] = field(default_factory=set)
    """The keys of folders that may have become others, so that what was known of them counts no longer."""

    def at(self, path: str) -> None:
        """Something has happened at a path."""
        index, key, known = self.index, self.index.key, self.index.listing.folders
        self._changed.add(key(path))
        if paths.name(path) in _FOR_FOLDERS:
            path = paths.parent(path)
        # With a folder the roots in it come and go.
        self._roots |= {root: None for root in index.roots if paths.is_below(key(root), key(path))}
        around = [root for root in index.roots if paths.is_below(key(path), key(root))]
        if not around:
            return
        if key(path) in known:
            self._fresh.add(key(path))
        while path != around[-1]:
            if path in around:
                self._roots[path] = None
            path, name = paths.parent(path), paths.name(path)
            folder = known.get(key(path))
            if folder is not None:
                if key(name) not in folder.closed or key(paths.joined(path, name)) in self._changed:
                    self._again[path] = None
                return
        self._roots[path] = None

    def folders(self) -> Iterator[dict[str, Folder | None]]:
        """What is in the folders, a few at a time; `None` for one that cannot be looked into."""
        index, known = self.index, self.index.listing.folders
        seen: dict[str, Folder | None] = {}
        every: dict[str, Folder | None] = {}
        left = MAX_NAMES - sum(map(_size, known.values()))
        entries: dict[str, Entry] = {}
        waiting = deque([(root, True, False) for root in sorted(self._roots, key=len)])
        waiting += [(path, index.key(path) in self._fresh, True) for path in sorted(self._again, key=len)]
        while waiting:
            path, whole, again = waiting.popleft()
            root = index.root_of(path)
            before = known.get(index.key(path))
            if path in every or root is None or path.count("/") - root.count("/") > MAX_DEPTH:
                continue
            if (before is None and left <= 0) or (again and (path in entries or self._is_beyond(path, root, every))):
                continue
            try:
                found = entries_of(entries.pop(path) if path in entries else folder_within(root, path))
            except OSError:
                every[path] = seen[path] = None
                continue
            every[path] = seen[path] = folder = _folder(found)
            left -= _size(folder) - (0 if before is None else _size(before))
            self._want(path, folder, None if whole else before)
            for inner in (entry for entry, wanted in found if wanted and entry.folder):
                key = index.key(inner.absolute)
                if whole or key not in known or key in self._fresh:
                    waiting.append((inner.absolute, True, False))
                    if inner.absolute not in index.roots:  # Which rules hold in a root depends on it alone.
                        entries[inner.absolute] = inner
            if len(seen) >= FOLDERS_AT_ONCE:
                yield seen
                seen = {}
        if seen:
            yield seen

    def _is_beyond(self, path: str, root: str, every: Mapping[str, Folder | None]) -> bool:
        """Whether a folder is left to the way down to it, which may not lead there now."""
        key = self.index.key
        while path != root:
            above, name = paths.parent(path), paths.name(path)
            if above in self._roots or key(above) in self._fresh:
                return True
            if above in every and ((folder := every[above]) is None or name not in folder.folders):
                return True
            path = above
        return False

    def _want(self, path: str, folder: Folder, before: Folder | None) -> None:
        """Read the prompts in a folder; if it was known before, only those that are new or have changed."""
        key = self.index.key
        for name in sorted(folder.files):
            file = paths.joined(path, name)
            fresh = before is None or key(name) not in before.files or key(file) in self._changed
            counts = fresh and (is_prompt(file) or key(file) in self.index.files or self.chosen(file))
            if counts and _has_address(file):
                self.files[file] = None


def _folder(entries: list[tuple[Entry, bool]]) -> Folder:
    files: set[str] = set()
    ignored: set[str] = set()
    folders: set[str] = set()
    closed: set[str] = set()
    for entry, wanted in entries:
        name = paths.name(entry.absolute)
        if wanted:
            (folders if entry.folder else files).add(name)
        elif entry.folder:
            closed.add(name)
        else:
            mode = _mode(entry.absolute)
            if S_ISDIR(mode):
                closed.add(name)  # A link to a folder.
            elif S_ISREG(mode):
                ignored.add(name)
    return Folder(frozenset(files), frozenset(ignored), frozenset(folders), frozenset(closed))


def _mode(path: str) -> int:
    try:
        return Path(path).stat().st_mode
    except OSError:
        return 0  # A link that leads nowhere.


def _size(folder: Folder) -> int:
    return sum(map(len, folder))


def _has_address(path: str) -> bool:
    """Whether an editor could speak of the file: not if its path is no text, or has what is taken for a separator."""
    return "\\" not in path and not any("\ud800" <= letter <= "\udfff" for letter in path)
