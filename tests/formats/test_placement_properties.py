"""What holds for every insertion into every document: it adds a block and leaves alone what was there."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thoughtsmith.formats import markdown
from thoughtsmith.formats.place import Place, Style
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.syntax.block import Block, Item
from thoughtsmith.syntax.tree import Kind, Node, PromptTree
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
BLOCK = Block(
    title=("Title",), lead=("Do so:",), items=(Item(("xa",)), Item(("xb",))), close=(), ordered=False, tag="do"
)

PIECES = [
    "---", "name: x", "# One", "## Two", "text", "text\nmore", "- a", "- b", "* c", "1. one", "2. two", "3. three",
    "- a\n  more", "- a\n\n  more", "- a\n  ```py\n  x\n\n  ```", "  - in", "   1. in", "<a>", "</a>",
    "<a>\n  text\n</a>", "```\nx\n```", "```py\n\ny\n```", "```", "> q", "| a |\n|---|\n| b |",
    "<!--", "-->", "", "", "", "  ",
]  # fmt: skip
documents = st.builds(
    lambda pieces, end, newline: ("\n".join(pieces) + end).replace("\n", newline),
    st.lists(st.sampled_from(PIECES), max_size=10),
    st.sampled_from(["", "\n"]),
    st.sampled_from(["\n", "\r\n"]),
)
places = st.floats(0, 1)
styles = st.sampled_from([None, None, *Style])


def tree_of(text: str) -> PromptTree:
    return markdown.FORMAT.parse(Lines.of(text))


def nodes(tree: PromptTree) -> Iterator[tuple[Node, Span]]:
    """All nodes at any depth, with their spans in the text."""

    def walk(node: Node, start: int) -> Iterator[tuple[Node, Span]]:
        yield node, node.span.shifted(start)
        for child in node.children:
            yield from walk(child, start)

    for placed in tree:
        yield from walk(placed.node, placed.start)


def pieces(tree: PromptTree) -> Counter[tuple[Kind, str]]:
    """What the document is made of. Lists and items grow with what is inserted, so only what is in them counts."""
    return Counter(
        (node.kind, tree.lines.at(span)) for node, span in nodes(tree) if node.kind not in (Kind.LIST, Kind.ITEM)
    )


def check(tree: PromptTree, at: Span, place: Place) -> str:
    """The text after the block was written at `place`, having checked that nothing else has changed."""
    text = tree.lines.text
    edits = [Edit(place.at, to_plain(markdown.FORMAT.write(BLOCK, place))), *place.renumber]
    assert place.at == at
    for edit in place.renumber:
        old = tree.lines.at(edit.span)
        trimmed = not old.strip() and not edit.text
        counted_up = old.isdigit() and edit.text == str(int(old) + 1)
        assert trimmed or counted_up
    for node, span in nodes(tree):
        if node.kind in (Kind.FENCE, Kind.FRONT_MATTER, Kind.COMMENT, Kind.TABLE) and not is_prompt(tree, span):
            # What has no end yet reaches to the end of the file, where a block has to go all the same.
            inside = [edit for edit in edits if span.start < edit.span.end and edit.span.start < span.end]
            assert not inside or not (node.closed or node.kind is Kind.FRONT_MATTER)
    after = apply_edits(text, edits)
    if "\r\n" in text:
        assert "\n" not in after.replace("\r\n", "")
    return after


def is_prompt(tree: PromptTree, span: Span) -> bool:
    fence = tree.prompt_fence
    return fence is not None and fence.node.span.shifted(fence.start) == span


def counts_up(tree: PromptTree) -> bool:
    """Whether all numbered lists count up by one."""
    return all(
        after.number == before.number + 1
        for node, _ in nodes(tree)
        for before, after in pairwise(node.children)
        if node.kind is Kind.LIST and node.number >= 0
    )


@STABLE
@given(documents, places, styles)
def test_a_command_inserts_a_block_and_changes_nothing_else(text: str, place: float, style: Style | None) -> None:
    tree = tree_of(text)
    found = markdown.FORMAT.place_after(tree, round(place * len(text)), style)
    assert found is not None
    after = tree_of(check(tree, Span(found.at.start, found.at.start), found))
    # A fence or comment without its end swallows whatever comes next, and a prompt in a fence is not read here.
    assume(all(node.closed for node, _ in nodes(tree)) and tree.prompt_fence is None)
    assert not pieces(tree) - pieces(after)
    new = pieces(after) - pieces(tree)
    assert {(Kind.PARAGRAPH, "xa"), (Kind.PARAGRAPH, "xb")} <= set(new)
    assert ((Kind.HEADING, "#" * found.level + " Title") in new) == (found.style is Style.HEADING)
    assert ({(Kind.TAG, "<do>"), (Kind.TAG, "</do>")} <= set(new)) == (found.style is Style.XML)
    assert counts_up(after) or not counts_up(tree)


@STABLE
@given(documents, places, st.sampled_from(["", "bo", " bo", "- bo", "- ", "1. bo"]), styles)
def test_a_completion_replaces_what_was_typed_and_nothing_else(
    text: str, place: float, typed: str, style: Style | None
) -> None:
    lines = Lines.of(text)
    offset = lines.end_of(lines.line_at(round(place * len(text))))
    at = Span(offset + len(typed.removesuffix("bo")), offset + len(typed))
    tree = tree_of(text[:offset] + typed + text[offset:])
    found = markdown.FORMAT.place(tree, at, style)
    assume(found is not None)
    assert found is not None
    after = tree_of(check(tree, at, found))
    assume(all(node.closed for node, _ in nodes(tree)) and tree.prompt_fence is None)
    assert {(Kind.PARAGRAPH, "xa"), (Kind.PARAGRAPH, "xb")} <= set(pieces(after))
    # A paragraph may have been divided by the block, and a rule below it may underline its second half.
    lost = pieces(tree) - pieces(after)
    assert all(kind in (Kind.PARAGRAPH, Kind.RULE) or "bo" in piece for kind, piece in lost)


@STABLE
@given(documents, places, places, styles)
def test_a_selection_is_wrapped_and_not_changed(text: str, one: float, other: float, style: Style | None) -> None:
    tree = tree_of(text)
    selection = Span(*sorted((round(one * len(text)), round(other * len(text)))))
    around = markdown.FORMAT.place_around(tree, selection, "Task", style)
    assume(around is not None)
    assert around is not None
    check(tree, Span(around.place.at.start, around.place.at.start), around.place)
    assert around.task.start <= around.task.end <= around.place.at.start
    visible = text[selection.start : selection.end].strip()
    assert visible in tree.lines.at(around.task)
    for node, span in nodes(tree):
        if node.kind in (Kind.FENCE, Kind.FRONT_MATTER) and not is_prompt(tree, span):
            assert not around.before or not span.start < around.task.start < span.end
