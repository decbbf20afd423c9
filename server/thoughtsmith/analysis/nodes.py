"""All nodes of a tree, however deep they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.tree import Node, PromptTree
    from thoughtsmith.text.span import Span


class Found(NamedTuple):
    node: Node
    span: Span
    """Of the whole text."""
    start: int
    """The offset to which the spans of the node are relative."""


def nodes(tree: PromptTree) -> Iterator[Found]:
    """Every node in the order of the text, each before what lies in it."""
    for placed in tree:
        pending = [placed.node]
        while pending:
            node = pending.pop()
            yield Found(node, node.span.shifted(placed.start), placed.start)
            pending += reversed(node.children)
