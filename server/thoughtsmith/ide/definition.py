"""Go to definition: from a reference to what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.project.shared_variables import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span


class Definition(NamedTuple):
    origin: Span
    """The reference under the cursor."""
    path: str
    """The file with the definition."""
    span: Span | None = None
    """Where in that file; `None` for the file as a whole."""


def definitions(snapshot: Snapshot, offset: int) -> list[Definition]:
    """What the thing under the cursor means: what the first producer that knows it says."""
    offset = snapshot.lines.clamp(offset)
    for producer in PRODUCERS:
        if found := list(producer(snapshot, offset)):
            return found
    return []


def included_file(snapshot: Snapshot, offset: int) -> Iterator[Definition]:
    """The file that a reference leads to."""
    for include in snapshot.template.includes:
        if offset in include.span:
            path = snapshot.workspace.target(snapshot.path, include).path
            if path is not None:
                yield Definition(include.span, path)
                return


def variable(snapshot: Snapshot, offset: int) -> Iterator[Definition]:
    """Where the variable gets its value, in this file or in one that shares it."""
    found = snapshot.variables.at(offset)
    if found is None:
        return
    own, origin = found
    for place in own.definitions:
        yield Definition(origin.span, snapshot.path, place.span)
    if not own.definitions and not own.builtin:
        for path, other in shared(snapshot.workspace, snapshot.path, own):
            for place in other.definitions:
                yield Definition(origin.span, path, place.span)


PRODUCERS: tuple[Callable[[Snapshot, int], Iterator[Definition]], ...] = (included_file, variable)
