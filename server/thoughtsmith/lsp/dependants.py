"""Who has to hear of an edit besides the document itself: the open documents that are put together with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from thoughtsmith.analysis.target import merges
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.index import Index
    from thoughtsmith.syntax.template import Include

    Shown: TypeAlias = tuple[tuple[tuple[str, ...], bool, bool], ...]

MAX_REACHED = 2_000
"""Files; no prompt is put together from so many."""


class Dependants:
    """For clients that are pushed to; the others ask for whatever they show. On the event loop only."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._shown: dict[str, tuple[Shown, frozenset[str]]] = {}
        """What the others saw of each document last, and the keys of the files that it went together with."""

    def of(self, uri: str) -> list[str]:
        """The open documents whose findings may be others now; none if the others see the document as they did."""
        session = self._server.session
        snapshot = session.snapshot(uri)
        index = session.tell()
        if snapshot is None or not snapshot.path or not snapshot.is_summarised:
            return []
        shown = _shown(snapshot.summary.includes)
        before = self._shown.get(uri)
        if before is not None and before[0] == shown:
            return []
        together = _together(index, snapshot.path)
        self._shown[uri] = (shown, together)
        return self._open(together | before[1] if before is not None else together, uri)

    def closed(self, uri: str) -> list[str]:
        """The open documents for which it counts that this one was closed: what is on disk may be different."""
        before = self._shown.pop(uri, None)
        return [] if before is None else self._open(before[1], uri)

    def _open(self, keys: Iterable[str], but: str) -> list[str]:
        session, keys = self._server.session, frozenset(keys)
        others = ((uri, session.document(uri)) for uri in session.uris if uri != but)
        key = session.workspace.index.key
        return [uri for uri, document in others if document is not None and key(paths.normal(document.path)) in keys]


def _shown(includes: Iterable[Include]) -> Shown:
    """What findings elsewhere may depend on: where the document leads, not where in it that stands."""
    return tuple((include.candidates, merges(include), include.embeds) for include in includes)


def _together(index: Index, path: str) -> frozenset[str]:
    """The keys of the files that refer to a file, and of all that are put together with it, up and down."""
    start = index.key(paths.normal(path))
    found = {index.key(link.path) for link in index.includers(path)}
    waiting, seen = [path], {start}
    while waiting and len(seen) < MAX_REACHED:
        current = waiting.pop()
        others = [link.path for link in index.includers(current) if merges(link.include)]
        targets = (index.target(link.path, link.include).path for link in index.links(current) if merges(link.include))
        others += [target for target in targets if target is not None]
        for other in others:
            if (key := index.key(other)) not in seen:
                seen.add(key)
                waiting.append(other)
    return frozenset(found | seen)
