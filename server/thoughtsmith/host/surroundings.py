"""The workspace around files for whoever has no editor to name its folders."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.target import merges
from thoughtsmith.config.file import FILE_NAMES
from thoughtsmith.config.settings import Settings
from thoughtsmith.host.config_files import ConfigFiles
from thoughtsmith.host.environment import ignores_case, user_config
from thoughtsmith.host.survey import list_at_once, update_at_once
from thoughtsmith.host.walk import entries_of, folder_within
from thoughtsmith.project.workspace import Workspace
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.project.guests import Chosen


class _Surveyed(NamedTuple):
    """A workspace that was looked at."""

    workspace: Workspace
    chosen: Chosen
    read: bool
    """Whether its files have been read, or only their names."""


class Surroundings:
    """Looks at each workspace once, when a file in it refers to others."""

    def __init__(self, report: Callable[[str, Exception], None]) -> None:
        self._report = report
        self._workspaces: dict[tuple[str, bool], _Surveyed] = {}
        self._roots: dict[Path, str] = {}

    def seen(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot in its workspace. A file that refers to no other looks the same in any, so it costs nothing."""
        if not snapshot.path or not snapshot.template.includes:
            return snapshot
        folder = Path(snapshot.path).parent
        if folder not in self._roots:
            self._roots[folder] = root_of(folder)
        # What the other files say matters only if they become part of this one.
        key = self._roots[folder], any(map(merges, snapshot.template.includes))
        if key not in self._workspaces:
            self._workspaces[key] = self._surveyed(*key)
        return snapshot.seen_from(self._workspaces[key].workspace.index)

    def must_be_read(self, snapshot: Snapshot) -> bool:
        """Whether `seen` would have to read all prompts around the file, which takes long in a large repository."""
        return bool(snapshot.path) and any(map(merges, snapshot.template.includes))

    def have_changed(self, changed: Iterable[str]) -> bool:
        """Look again at what has changed, absolute paths; whether a file that refers to others may be seen otherwise.

        Config files, which may make prompts of files, count as they were.
        """
        changed, different = tuple(changed), False
        for surveyed in self._workspaces.values():
            before = surveyed.workspace.index
            self._look(surveyed, changed)
            different = different or surveyed.workspace.index != before
        return different

    def _surveyed(self, root: str, read: bool) -> _Surveyed:
        workspace = Workspace(ignore_case=ignores_case())
        workspace.add_root(root)
        files = ConfigFiles(user_config(), (root,))
        base = files.user_settings(Settings())
        surveyed = _Surveyed(workspace, lambda path: files.format_of(path, base), read)
        self._look(surveyed, (root,))
        return surveyed

    def _look(self, surveyed: _Surveyed, changed: tuple[str, ...]) -> None:
        if surveyed.read:
            update_at_once(surveyed.workspace, changed, self._report, surveyed.chosen)
        else:
            list_at_once(surveyed.workspace, changed)


class World(NamedTuple):
    """What a workspace is like."""

    digest: bytes
    """Changes with anything in it."""
    changed: int
    """When something in it last changed, in nanoseconds since the epoch."""


class Worlds:
    """Tells whether anything has changed around files, by looking at names, sizes and times only."""

    def __init__(self) -> None:
        self._worlds: dict[str, World] = {}

    def around(self, path: str) -> World:
        """The workspace of the file at `path`, an absolute one, as it was when it was first asked for."""
        root = root_of(Path(path).parent)
        if root not in self._worlds:
            self._worlds[root] = _world(root)
        return self._worlds[root]


def _world(root: str) -> World:
    told, newest = sha256(root.encode("utf-8", "surrogateescape")), 0
    waiting = [folder_within(root, root)]
    while waiting:
        folder = waiting.pop()
        newest = max(newest, _size_and_time(folder.absolute)[1])  # What goes leaves no other trace.
        with suppress(OSError):
            for entry, wanted in entries_of(folder):
                size, changed = _size_and_time(entry.absolute) if wanted and not entry.folder else (0, 0)
                newest = max(newest, changed)
                line = f"{entry.absolute}\0{entry.folder:d}{wanted:d}\0{size}\0{changed}\n"
                told.update(line.encode("utf-8", "surrogateescape"))
                if wanted and entry.folder:
                    waiting.append(entry)
    return World(told.digest(), newest)


def _size_and_time(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 -- asked of every file around
    except OSError:
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)


def root_of(folder: Path) -> str:
    """The folder that an editor would open: the repository, else the current folder, else that of a config file."""
    around = (folder, *folder.parents)
    here = Path.cwd()
    root = next((one for one in around if (one / ".git").exists()), None) or (here if here in around else None)
    if root is None:
        # A pyproject.toml is the root of a project whether or not it speaks of us.
        root = next((one for one in around if any((one / name).is_file() for name in FILE_NAMES)), folder)
    return paths.normal(str(root))
