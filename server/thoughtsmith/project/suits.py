"""For which techniques the words of a whole prompt speak, put together from what is remembered of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.naming import Names

_SILENT = frozenset({Kind.FRONT_MATTER, Kind.COMMENT, Kind.RULE, Kind.TAG, Kind.ROLE, Kind.DIRECTIVE})


class SuitsOfPrompts:
    """Looks at every part of a prompt once and remembers it by its text, so that an edit costs what it touched."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, tree: PromptTree, text: str) -> Mapping[str, int]:
        """How many words speak for each technique, by id; `text` is `spoken.spoken` of the tree."""
        counts: dict[str, int] = {}
        for part in self._nodes(tree, text):
            for technique, count in part:
                counts[technique] = counts.get(technique, 0) + count
        return counts

    def _nodes(self, tree: PromptTree, spoken: str) -> Iterator[tuple[tuple[str, int], ...]]:
        fence = tree.prompt_fence
        for top, first in zip(tree.nodes, tree.first_lines, strict=True):
            node = top.node
            if node.kind in _SILENT or (node.kind is Kind.FENCE and (fence is None or fence.first_line != first)):
                continue
            text = spoken[tree.lines.starts[first] : tree.lines.starts[first + top.lines]]
            if node.kind is Kind.EMBEDDED:
                yield self._names.suits(text[node.content.start : node.content.end])
            elif node.kind is Kind.DATA:
                for prompt in node.children:
                    yield self._names.suits(text[prompt.content.start : prompt.content.end])
            elif node.kind is Kind.LIST:
                # Item by item: in a long list an edit touches one of them.
                for item in node.children:
                    yield self._names.suits(text[item.span.start : item.span.end])
            else:
                yield self._names.suits(text)
