"""The workspace around files for whoever has no editor to name its folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.config.file import FILE_NAMES
from thoughtsmith.host.environment import ignores_case
from thoughtsmith.host.survey import update_at_once
from thoughtsmith.project.workspace import Workspace
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.project.index import Index


class Surroundings:
    """Looks at each workspace once, when a file in it refers to others."""

    def __init__(self, report: Callable[[str, Exception], None]) -> None:
        self._report = report
        self._indexes: dict[str, Index] = {}
        self._roots: dict[Path, str] = {}

    def seen(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot in its workspace. A file that refers to no other looks the same in any, so it costs nothing."""
        if not snapshot.path or not snapshot.template.includes:
            return snapshot
        folder = Path(snapshot.path).parent
        if folder not in self._roots:
            self._roots[folder] = root_of(folder)
        root = self._roots[folder]
        if root not in self._indexes:
            workspace = Workspace(ignore_case=ignores_case())
            workspace.add_root(root)
            update_at_once(workspace, [root], self._report)
            self._indexes[root] = workspace.index
        return snapshot.seen_from(self._indexes[root])


def root_of(folder: Path) -> str:
    """The folder that an editor would open: the repository, else the current folder, else that of a config file."""
    around = (folder, *folder.parents)
    here = Path.cwd()
    root = next((one for one in around if (one / ".git").exists()), None) or (here if here in around else None)
    if root is None:
        # A pyproject.toml is the root of a project whether or not it speaks of us.
        root = next((one for one in around if any((one / name).is_file() for name in FILE_NAMES)), folder)
    return paths.normal(str(root))
