"""Links: the references to other files that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span


class FileLink(NamedTuple):
    span: Span
    path: str
    """Where it leads."""
    shown: str
    """The same as people know it: relative to the folder of the workspace."""


def links(snapshot: Snapshot) -> list[FileLink]:
    """The references in the file that lead to a file, in the order of the text."""
    workspace = snapshot.workspace
    found: list[FileLink] = []
    for include in snapshot.template.includes:
        path = workspace.target(snapshot.path, include).path
        if path is not None and len(include.span):
            found.append(FileLink(include.span, path, workspace.shown(path)))
    return sorted(found)
