"""References: every place that means the same variable as the one under the cursor, in all files that share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.project.shared_variables import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span


class Reference(NamedTuple):
    path: str
    name: str
    span: Span


def references(snapshot: Snapshot, offset: int, *, with_definitions: bool) -> list[Reference]:
    """The places, those of the same file first; empty if the cursor touches no variable."""
    return list(_references(snapshot, snapshot.lines.clamp(offset), with_definitions=with_definitions))


def _references(snapshot: Snapshot, offset: int, *, with_definitions: bool) -> Iterator[Reference]:
    found = snapshot.variables.at(offset)
    if found is None:
        return
    variable, _ = found
    everywhere = [(snapshot.path, variable)]
    if not variable.builtin:
        everywhere += shared(snapshot.workspace, snapshot.path, variable)
    for path, one in everywhere:
        for place in one.places if with_definitions else one.uses:
            yield Reference(path, place.name, place.span)
