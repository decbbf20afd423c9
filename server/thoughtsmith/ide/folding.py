"""Folding ranges: sections under headings and between tags, and the front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.tree import Section
    from thoughtsmith.text.span import Span


def folding_ranges(snapshot: Snapshot) -> list[Span]:
    """What can be folded, in the order in which it starts; only what covers more than one line."""
    tree = snapshot.tree
    spans: list[Span] = []

    def collect(sections: tuple[Section, ...]) -> None:
        for section in sections:
            spans.append(section.span)
            collect(section.children)

    for placed in tree:
        if placed.node.kind is Kind.FRONT_MATTER:
            spans.append(placed.node.span.shifted(placed.start))
        break
    collect(tree.sections)
    return [span for span in spans if tree.lines.line_at(span.start) < tree.lines.line_at(span.end)]
