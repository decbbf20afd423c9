"""The Markdown scanner: its departures from CommonMark, front matter, and what holds for any text at all."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.formats.markdown_scanner import MAX_DEPTH, parse, reparse
from thoughtsmith.formats.rows import blank, unmarked
from thoughtsmith.syntax.tree import Kind, Node, PromptTree
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

STABLE = settings(max_examples=200, deadline=None, derandomize=True)

# Pieces rather than single characters, so that fences, front matter and nested lists come up often.
PIECES = [
    "\n", "\n", "\n\n", "\r", "\r\n", "\u2028", "\f", "\t", " ", "  ", "   ", "    ", "-", "---", "---\n", "- ", "* ",
    "+ ", "1. ", "2) ", "10. ", "#", "# ", "## t #", "`", "```", "```\n", "~~~", "<", ">", "> ", "<a>", "</a>\n",
    "<!--", "-->", "|", "|-|", ":", "key: 1\n", "...", "=", "===\n", "\\", "a", "word", "слово", "😀", "\u00a0",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def outline(node: Node, text: str) -> Iterator[str]:
    """The node and what it holds, one line each, as the tests write them down."""
    name = node.kind.value
    if node.kind is Kind.ITEM and node.number >= 0:
        name = f"{node.number}{node.marker}"
    elif node.kind is Kind.ITEM:
        name = node.marker
    elif node.kind is Kind.HEADING:
        name = "#" * node.level
    elif node.kind is Kind.TAG:
        name = f"</{node.info}>" if node.closing else f"<{node.info}{node.marker}>"
    if node.kind not in (Kind.LIST, Kind.ITEM):
        shown = node.content if node.kind in (Kind.HEADING, Kind.FENCE, Kind.FRONT_MATTER) else node.span
        content = text[shown.start : shown.end].rstrip("\r\n").replace("\n", "⏎")
        yield name if node.kind is Kind.TAG else f"{name} {content}".rstrip()
    elif node.kind is Kind.ITEM:
        yield name
    for child in node.children:
        yield from (f"  {line}" if node.kind is Kind.ITEM else line for line in outline(child, text))


def check(text: str, expected: str) -> None:
    """`text` is read as `expected`, one line per node."""
    tree = parse(Lines.of(text))
    shown = [line for placed in tree for line in outline(placed.node, text[placed.start :])]
    assert "\n".join(shown) == expected


def test_a_line_with_one_tag_ends_a_paragraph_and_swallows_nothing() -> None:
    check(
        'Read this.\n<context lang="en">\n# Facts\n- one\n</context>\n<br/>\nText <b>inline</b> tags.\n',
        "paragraph Read this.\n<context>\n# Facts\n-\n  paragraph one\n</context>\n<br/>\n"
        "paragraph Text <b>inline</b> tags.",
    )


def test_a_tag_ends_a_list() -> None:
    check("- one\n</steps>\n", "-\n  paragraph one\n</steps>")


def test_indented_text_is_text() -> None:
    check(
        "<context>\n\n        deep text\n\n    - item\n</context>\n",
        "<context>\nparagraph deep text\n-\n  paragraph item\n</context>",
    )


def test_two_columns_are_enough_to_nest_below_a_number() -> None:
    check("1. one\n  - nested\n2. two\n", "1.\n  paragraph one\n  -\n    paragraph nested\n2.\n  paragraph two")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text\n-", "paragraph Text⏎-"),
        ("Text\n--", "paragraph Text⏎--"),
        ("Text\n---", "## Text"),
        ("Text\n=", "paragraph Text⏎="),
        ("Text\n===", "# Text"),
    ],
)
def test_a_short_line_under_a_paragraph_makes_no_heading(text: str, expected: str) -> None:
    check(text, expected)


def test_lists_nested_too_deep_are_paragraphs() -> None:
    text = "- " * (MAX_DEPTH + 10) + "text"
    (placed,) = parse(Lines.of(text))
    node, depth = placed.node, 0
    while node.children:
        node, depth = node.children[0], depth + (node.kind is Kind.LIST)
    assert node.kind is Kind.PARAGRAPH
    assert depth == MAX_DEPTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title", "# Title"),
        ("# Title ##", "# Title"),
        ("# Title#", "# Title#"),
        ("#", "#"),
        ("## ##", "##"),
        ("#  Title\t#  ", "# Title"),
        ("###### six", "###### six"),
        ("####### seven", "paragraph ####### seven"),
        ("#hashtag", "paragraph #hashtag"),
        ("    # indented", "paragraph # indented"),
        ("Text\n# Title", "paragraph Text\n# Title"),
    ],
)
def test_headings(text: str, expected: str) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```py\nx\n```\nafter", "fence x\nparagraph after"),
        ("```\nx\n``\n````\nafter", "fence x⏎``\nparagraph after"),
        ("~~~\n```\n~~~", "fence ```"),
        ("```\nnever closed\n# no heading", "fence never closed⏎# no heading"),
        ("```", "fence"),
        ("```\n```", "fence"),
        ("``` a`b", "paragraph ``` a`b"),
        ("Text\n```\nx\n```", "paragraph Text\nfence x"),
        ("<context>\n    ```\n    x\n    ```\n</context>", "<context>\nfence     x\n</context>"),
    ],
)
def test_fences(text: str, expected: str) -> None:
    check(text, expected)


def test_the_language_of_a_fence_is_its_first_word_in_lower_case() -> None:
    infos = [next(iter(parse(Lines.of(text)))).node.info for text in ("```Python x=1", "~~~ JSON", "```")]
    assert infos == ["python", "json", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- a -->\n# T", "comment <!-- a -->\n# T"),
        ("<!-- a\n# no heading\n-->\n# T", "comment <!-- a⏎# no heading⏎-->\n# T"),
        ("<!-- a\n# no heading", "comment <!-- a⏎# no heading"),
        ("Text <!-- inline -->", "paragraph Text <!-- inline -->"),
        ("> said\nlazily\n\nText", "quote > said⏎lazily\nparagraph Text"),
        ("| a |\n|---|\n| 1 |\n\nText", "table | a |⏎|---|⏎| 1 |\nparagraph Text"),
        ("| a |\n| b |", "paragraph | a |⏎| b |"),
    ],
)
def test_comments_quotes_and_tables(text: str, expected: str) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. one\n2. two\n\n3. three", "1.\n  paragraph one\n2.\n  paragraph two\n3.\n  paragraph three"),
        ("1) one\n2. two", "1)\n  paragraph one\n2.\n  paragraph two"),
        ("- one\n* two", "-\n  paragraph one\n*\n  paragraph two"),
        ("- one\nlazily", "-\n  paragraph one⏎lazily"),
        ("- one\n\nText", "-\n  paragraph one\nparagraph Text"),
        ("- one\n\n  more", "-\n  paragraph one\n  paragraph more"),
        ("- one\n---\n- two", "-\n  paragraph one\nrule ---\n-\n  paragraph two"),
        ("In\n2024. That year", "paragraph In⏎2024. That year"),
        ("Steps:\n1. one", "paragraph Steps:\n1.\n  paragraph one"),
        ("-", "-"),
        ("-\nText", "-\nparagraph Text"),
        ("-\n\n  Text", "-\nparagraph Text"),
        ("- ```\n  x\nText", "-\n  fence x\nparagraph Text"),
        ("- # Title\n\n  Text", "-\n  # Title\n  paragraph Text"),
        ("-\tone\n\t- two", "-\n  paragraph one\n  -\n    paragraph two"),
    ],
)
def test_lists(text: str, expected: str) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nname: x\n---\nText", "front matter name: x\nparagraph Text"),
        ("---\r\nname: x\r\n---\r\nText", "front matter name: x\nparagraph Text"),
        ("---\nname: x\n...\nText", "front matter name: x\nparagraph Text"),
        ("---\n---\nText", "front matter\nparagraph Text"),
        ("---\nname: x\n\n# a comment\nother: y\n---\n", "front matter name: x⏎⏎# a comment⏎other: y"),
        ("---\n# a comment\n\nname: x\n---\n", "front matter # a comment⏎⏎name: x"),
        ("---\ntext: |\n  a\n  # b\nlist:\n- x\n---\n# T", "front matter text: |⏎  a⏎  # b⏎list:⏎- x\n# T"),
        # While it is being typed it has no end; it must not swallow the prompt.
        ("---\nname: x\n\nText", "front matter name: x\nparagraph Text"),
        ("---\nname: x\nText goes on", "front matter name: x\nparagraph Text goes on"),
        ("---\nname:", "front matter name:"),
        ("---", "rule ---"),
        ("---\n", "rule ---"),
        ("---\n\nname: x\n", "rule ---\nparagraph name: x"),
        ("---\n\nname: x\n---\n", "front matter ⏎name: x"),
        # A document may begin with a rule, and have more of them.
        ("---\nText\n\n---\nMore", "rule ---\nparagraph Text\nrule ---\nparagraph More"),
        ("---\n\n# Title\n\nText\n\n---\n", "rule ---\n# Title\nparagraph Text\nrule ---"),
        ("---\n- item\n\n---\n", "rule ---\n-\n  paragraph item\nrule ---"),
        ("---\n\n---\n", "rule ---\nrule ---"),
        ("\n---\nname: x\n---\n", "rule ---\n## name: x"),
        (" ---\nname: x\n---\n", "rule ---\n## name: x"),
        ("----\nname: x\n", "rule ----\nparagraph name: x"),
    ],
)
def test_front_matter(text: str, expected: str) -> None:
    check(text, expected)


def test_front_matter_says_whether_it_is_closed() -> None:
    closed = [next(iter(parse(Lines.of(text)))).node.closed for text in ("---\na: b\n---\n", "---\na: b\n")]
    assert closed == [True, False]


def check_tree(tree: PromptTree) -> None:
    """What holds for the tree of any text."""
    lines, text = tree.lines, tree.lines.text
    placed = list(tree)
    for before, after in pairwise(placed):
        assert before.last_line <= after.first_line
        assert before.start + before.node.span.end < after.start + after.node.span.start
    covered = {number for top in placed for number in range(top.first_line, top.last_line)}
    for number, line in enumerate(lines.lines):
        assert number in covered or blank(unmarked(lines.lines, number)), line
        found = tree.at_line(number)
        assert (found is not None) == (number in covered)
        assert found is None or found.first_line <= number < found.last_line
    for top in placed:
        check_node(top.node, text[top.start : lines.start_of(top.last_line)])


def check_node(node: Node, text: str) -> None:
    assert 0 <= node.span.start < node.span.end <= len(text)
    assert node.span.covers(node.content)
    assert node.content.start <= node.content.end
    # Editors mark spans; one that begins or ends in a line break looks wrong. What has no end reaches to the last line.
    shown = text[node.span.start : node.span.end]
    assert shown[0] not in "\r\n"
    assert shown[-1] not in "\r\n" or not node.closed
    for before, after in pairwise(node.children):
        assert before.span.end <= after.span.start
    for child in node.children:
        assert node.span.covers(child.span)
        check_node(child, text)


@settings(STABLE, max_examples=500)
@given(texts)
def test_every_text_has_a_tree(text: str) -> None:
    check_tree(parse(Lines.of(text)))


@STABLE
@given(st.text(max_size=200))
def test_every_text_of_any_characters_has_a_tree(text: str) -> None:
    check_tree(parse(Lines.of(text)))


def same(one: PromptTree, other: PromptTree) -> None:
    assert one.lines.text == other.lines.text
    assert list(one) == list(other)
    assert (one.nodes, one.first_lines) == (other.nodes, other.first_lines)


@settings(STABLE, max_examples=500)
@given(texts, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.lists(st.sampled_from(PIECES), max_size=5))))
def test_reading_after_an_edit_equals_reading_anew(text: str, edits: list[tuple[float, float, list[str]]]) -> None:
    tree = parse(Lines.of(text))
    for place, size, pieces in edits:
        lines = tree.lines
        start = round(place * len(lines))
        end = min(len(lines), start + round(size * 8))
        bounds = [(lines.line_at(offset), offset - lines.start_of(lines.line_at(offset))) for offset in (start, end)]
        after, head, tail = lines.replaced(bounds[0], bounds[1], "".join(pieces))
        tree = reparse(tree, after, head, tail)
        same(tree, parse(after))


@pytest.mark.parametrize(
    ("text", "line", "new"),
    [
        ("---\n# a comment\n\nText\n", 3, "key: 1\n---\n"),
        ("---\nkey: 1\n\nText\n\nMore\n", 4, "---\n"),
        ("---\n\nkey: 1\n\nText\n\nMore\n", 6, "---\n"),
        ("---\nkey: 1\n---\n\nText\n", 2, "x"),
        ("Text\n\nMore\n", 0, "---\na: b\n---\n"),
        ("Text\n\n```\nx\n\ny\n", 0, "```\n"),
        ("- one\n\nText\n\n- two\n", 2, "  "),
    ],
)
def test_an_edit_that_changes_what_other_lines_are(text: str, line: int, new: str) -> None:
    lines = Lines.of(text)
    old = parse(lines)
    after, head, tail = lines.replaced((line, 0), (line, 0), new)
    fresh = parse(after)
    same(reparse(old, after, head, tail), fresh)
    # The case is one of those that it is meant to be: nodes that the edit did not touch have changed.
    assert [top.node.kind for top in fresh.nodes] != [top.node.kind for top in old.nodes]


def test_an_edit_reads_only_what_is_around_it() -> None:
    text = "".join(f"# Title {number}\n\nSome text.\n\n- an item\n- another\n\n" for number in range(300))
    lines = Lines.of(f"---\nname: x\n---\n{text}")
    old = parse(lines)
    after, head, tail = lines.replaced((1003, 2), (1003, 4), "new")
    new = reparse(old, after, head, tail)
    known = {id(top) for top in old.nodes}
    assert sum(id(top) not in known for top in new.nodes) <= 3
