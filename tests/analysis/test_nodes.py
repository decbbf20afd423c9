"""Walking over all nodes of a tree."""

from __future__ import annotations

from thoughtsmith.analysis.nodes import nodes
from thoughtsmith.formats import markdown, promptfoo
from thoughtsmith.text.lines import Lines


def listing(tree_text: str, *, yaml: bool = False) -> list[str]:
    format = promptfoo.FORMAT if yaml else markdown.FORMAT
    tree = format.parse(Lines.of(tree_text))
    return [f"{found.node.kind.value}: {tree.lines.at(found.span).splitlines()[0]}" for found in nodes(tree)]


def test_nodes_come_in_order_each_before_what_lies_in_it() -> None:
    assert listing("# A\n\n1. b\n   - c\n     ```\n     d\n     ```\n2. e\n") == [
        "heading: # A",
        "list: 1. b",
        "item: 1. b",
        "paragraph: b",
        "list: - c",
        "item: - c",
        "paragraph: c",
        "fence: ```",
        "item: 2. e",
        "paragraph: e",
    ]


def test_prompts_in_data_are_walked_as_well() -> None:
    found = listing("prompts:\n  - |\n    Do:\n    - a\n    - b\n", yaml=True)
    assert "item: - a" in found
    assert "item: - b" in found
