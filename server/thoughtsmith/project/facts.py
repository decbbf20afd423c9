"""What a whole prompt says about techniques, put together from what is remembered of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.syntax.tree import Kind
from thoughtsmith.techniques.naming import BlockFacts, sum_of_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.naming import Names

_SILENT = frozenset({Kind.FRONT_MATTER, Kind.COMMENT, Kind.RULE, Kind.TAG})


class PromptFacts:
    """Looks at every part of a prompt once and remembers it by its text, so that an edit costs what it touched."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, tree: PromptTree) -> BlockFacts:
        return sum_of_facts(self._nodes(tree))

    def _nodes(self, tree: PromptTree) -> Iterator[BlockFacts]:
        fence = tree.prompt_fence
        for top, first in zip(tree.nodes, tree.first_lines, strict=True):
            node = top.node
            if node.kind in _SILENT or (node.kind is Kind.FENCE and (fence is None or fence.first_line != first)):
                continue
            text = tree.lines.slice(first, first + top.lines)
            if node.kind is Kind.LIST:
                # Item by item: in a long list an edit touches one of them.
                for item in node.children:
                    yield self._names.facts(text[item.span.start : item.span.end])
            else:
                yield self._names.facts(text)
