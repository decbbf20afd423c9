"""Hover: what a technique or term that the text names is, what it costs and when not to use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.syntax.tree import Kind
from thoughtsmith.techniques.explain import short_page
from thoughtsmith.techniques.naming import Mention
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot

WINDOW = 600
"""Characters on either side in which names and what makes them clear are looked for."""
_IDENTIFIER = re.compile(r"`([a-z][a-z-]*)`")


class Hover(NamedTuple):
    span: Span
    markdown: str


def hover(snapshot: Snapshot, offset: int) -> Hover | None:
    """What is named at `offset`; `None` if nothing is. The longest name wins."""
    offset = snapshot.lines.clamp(offset)
    mention = mention_at(snapshot, offset)
    if mention is None:
        return None
    text = short_page(snapshot.content.catalogue, mention.id, snapshot.locale, model=snapshot.settings.model)
    return Hover(mention.span, text)


def mention_at(snapshot: Snapshot, offset: int) -> Mention | None:
    node = snapshot.tree.at(offset)
    if node is not None and node.node.kind is Kind.FRONT_MATTER:
        return None
    text = snapshot.lines.text
    start, end = max(offset - WINDOW, 0), min(offset + WINDOW, len(text))
    window = text[start:end]
    found = [m for m in snapshot.content.names.mentions(window) if m.span.start + start <= offset <= m.span.end + start]
    if found:
        best = max(found, key=lambda m: len(m.span))
        return best._replace(span=best.span.shifted(start))
    return _identifier_at(snapshot, window, start, offset)


def _identifier_at(snapshot: Snapshot, window: str, start: int, offset: int) -> Mention | None:
    """An id in code marks, as tables and documentation write it."""
    for match in _IDENTIFIER.finditer(window):
        if (
            match.start(1) + start <= offset <= match.end(1) + start
            and match[1] in snapshot.content.catalogue.techniques
        ):
            return Mention(Span(match.start(1) + start, match.end(1) + start), match[1])
    return None
