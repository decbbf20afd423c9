"""The prompt tree: sections, which of them surround a place, and the fence that is the prompt."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.formats import prompty
from thoughtsmith.formats.markdown_scanner import parse
from thoughtsmith.syntax.tree import Kind, PromptTree, Section, enclosing
from thoughtsmith.text.lines import Lines

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
documents = st.lists(
    st.sampled_from(["# a", "## b", "### c", "<x>", "</x>", "<y>", "</y>", "<z/>", "text", "", "- item"]), max_size=20
).map("\n".join)


def tree_of(text: str) -> PromptTree:
    return parse(Lines.of(text))


def outline(sections: tuple[Section, ...], indent: str = "") -> str:
    """Names and levels of sections; those of tags have level 0."""
    return "".join(
        f"{indent}{section.name} {section.level}\n{outline(section.children, indent + '  ')}" for section in sections
    )


def check(text: str, expected: str) -> None:
    assert outline(tree_of(dedent(text)).sections) == dedent(expected).lstrip("\n")


def test_headings_nest_by_level() -> None:
    check(
        """
        # One
        ## Two
        ### Three
        ## Two again
        # Four
        """,
        """
        One 1
          Two 2
            Three 3
          Two again 2
        Four 1
        """,
    )


def test_messages_are_sections() -> None:
    text = "# One\n<x>\nsystem:\n# Two\n<y>\n</y>\n</x>\nuser:\n## Three\nassistant:\n"
    tree = prompty.FORMAT.parse(Lines.of(text))
    assert outline(tree.sections) == "One 1\nsystem 0\n  Two 1\n    y 0\nuser 0\n  Three 2\nassistant 0\n"
    assert [section.kind for section in tree.sections[:2]] == [Kind.HEADING, Kind.ROLE]
    assert [section.name for section in enclosing(tree, text.index("</y>"))] == ["system", "Two", "y"]
    assert [section.name for section in enclosing(tree, text.index("assistant"))] == ["assistant"]
    assert [section.name for section in enclosing(tree, text.index("assistant") - 1)] == ["user", "Three"]


def test_a_file_with_messages_is_no_fence_around_a_prompt() -> None:
    fence = "```\nThis is what a long text in a fence looks like.\n```\n"
    assert prompty.FORMAT.parse(Lines.of(fence)).prompt_fence is not None
    assert prompty.FORMAT.parse(Lines.of(f"user:\n{fence}")).prompt_fence is None


def test_a_level_may_be_left_out() -> None:
    check("# One\n### Three\n## Two\n", "One 1\n  Three 3\n  Two 2\n")


def test_tags_nest_and_end_the_headings_inside() -> None:
    check(
        """
        <outer>
        # One
        <inner>
        ## Two
        </inner>
        text
        </outer>
        # After
        """,
        """
        outer 0
          One 1
            inner 0
              Two 2
        After 1
        """,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a>\n# One\n", "One 1\n"),
        ("</a>\n# One\n", "One 1\n"),
        ("<a/>\n# One\n", "One 1\n"),
        ("<a>\n<b>\n</a>\n# One\n", "a 0\nOne 1\n"),
        # Pairs never cross: the inner end tag has lost its partner.
        ("<a>\n<b>\n</a>\n</b>\n", "a 0\n"),
        ("<a>\n<a>\n</a>\n", "a 0\n"),
        ("text <a> text\n</a>\n", ""),
    ],
)
def test_a_tag_without_a_partner_opens_nothing(text: str, expected: str) -> None:
    check(text, expected)


def test_a_section_reaches_to_the_end_of_its_last_block() -> None:
    text = "# One\n\ntext\n\n## Two\n\nmore\n\n# Three\n"
    one, three = tree_of(text).sections
    assert text[slice(*one.span)] == "# One\n\ntext\n\n## Two\n\nmore"
    assert text[slice(*one.children[0].span)] == "## Two\n\nmore"
    assert text[slice(*three.span)] == "# Three"
    assert [text[slice(*section.name_span)] for section in (one, *one.children, three)] == ["One", "Two", "Three"]


def test_a_tag_section_holds_both_tags() -> None:
    text = "a\n<steps>\nb\n</steps>\nc\n"
    (section,) = tree_of(text).sections
    assert text[slice(*section.span)] == "<steps>\nb\n</steps>"
    assert text[slice(*section.name_span)] == "steps"


def check_sections(sections: tuple[Section, ...], low: int, high: int) -> None:
    for section in sections:
        assert low <= section.span.start < section.span.end <= high
        assert section.span.covers(section.name_span)
        check_sections(section.children, section.name_span.end, section.span.end)
        low = section.span.end


@STABLE
@given(documents)
def test_sections_nest_and_follow_one_another(text: str) -> None:
    tree = tree_of(text)
    check_sections(tree.sections, 0, len(text))
    headings = sum(placed.node.kind is Kind.HEADING for placed in tree)

    def count(sections: tuple[Section, ...]) -> int:
        return sum((section.level > 0) + count(section.children) for section in sections)

    assert count(tree.sections) == headings


@pytest.mark.parametrize("closing", ["", "</a>\n"])
def test_ten_thousand_tags_within_each_other_are_no_trouble(closing: str) -> None:
    tree = tree_of("<a>\n" * 10_000 + "text\n" + closing * 10_000 + "# After\n")
    assert tree.sections[-1].name == "After"
    assert len(enclosing(tree, 40_000)) <= 100


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<|>before\n# One\n", []),
        ("# O<|>ne\n\ntext\n", ["One"]),
        ("# One\n\ntext\n\n<|>\n\n# Two\n", ["One"]),
        ("# One\n\ntext\n\n<|># Two\n", ["Two"]),
        ("# One\n## Two\n\n<|>", ["One", "Two"]),
        ("# One\n## Two\n\n# Three\n<|>", ["Three"]),
        ("<a>\n<|>\n</a>\n", ["a"]),
        ("<a>\ntext\n</a>\n<|>\n", []),
        ("<|><a>\ntext\n</a>\n", ["a"]),
        ("# One\n<a>\ntext<|>\n</a>\n", ["One", "a"]),
        ("# One\n<a>\ntext\n</a>\n\n<|>", ["One"]),
        ("<a>\n# One\n\n<|>\n</a>\n", ["a", "One"]),
        ("<a>\n# One\n\n</a<|>>\n", ["a"]),
        ("<a>\n<|>\n", []),
    ],
)
def test_the_sections_around_a_place(text: str, names: list[str]) -> None:
    offset = text.index("<|>")
    assert [section.name for section in enclosing(tree_of(text.replace("<|>", "")), offset)] == names


def prompt_in(text: str) -> str | None:
    """The content of the fence that is the prompt."""
    tree = tree_of(text)
    fence = tree.prompt_fence
    return None if fence is None else tree.lines.at(fence.node.content.shifted(fence.start)).strip()


LONG = "You are a careful analyst.\nThink before you answer."


@pytest.mark.parametrize("label", ["", "text", "txt", "plaintext", "markdown", "md", "prompt", "Markdown"])
def test_a_fence_with_most_of_the_text_is_the_prompt(label: str) -> None:
    assert prompt_in(f"# My prompt\n\nUse it so:\n\n```{label}\n{LONG}\n```\n") == LONG


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"```python\n{LONG}\n```\n",
        f"```text\nshort\n```\n\n{LONG}\n",
        f"```text\nshort\n```\n\n- {LONG.replace(chr(10), ' ')}\n",
        f"```text\nshort\n```\n\n> {LONG.replace(chr(10), ' ')}\n",
        "```\n```\n",
        # A fence in a list illustrates the item.
        f"1. Say:\n\n   ```\n   {LONG.replace(chr(10), ' ')}\n   ```\n",
    ],
)
def test_other_fences_are_quoted_text(text: str) -> None:
    assert prompt_in(text) is None


def test_the_longest_fence_is_the_prompt() -> None:
    assert prompt_in(f"```\nshort\n```\n\n```\n{LONG}\n```\n\n```python\n{LONG * 9}\n```\n") == LONG


def test_front_matter_does_not_count_as_text_around_the_prompt() -> None:
    assert prompt_in(f"---\ndescription: {'long ' * 50}\n---\n```\n{LONG}\n```\n") == LONG


def test_a_fence_that_is_still_open_can_be_the_prompt() -> None:
    assert prompt_in(f"My prompt:\n\n```\n{LONG}") == LONG


def test_nodes_are_found_by_line() -> None:
    tree = tree_of("\n# One\n\ntext\nmore\n\n- item\n")
    found = [tree.at_line(number) for number in range(8)]
    kinds = [None if placed is None else placed.node.kind for placed in found]
    text, heading, item = Kind.PARAGRAPH, Kind.HEADING, Kind.LIST
    assert kinds == [None, heading, None, text, text, None, item, None]
    assert [tree.first_index_from(number) for number in range(8)] == [0, 0, 1, 1, 2, 2, 2, 3]
    assert [tree.lines.slice(placed.first_line, placed.last_line) for placed in tree] == [
        "# One\n",
        "text\nmore\n",
        "- item\n",
    ]
