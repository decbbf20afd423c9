"""Blocks as text, and that text as the snippet that an editor takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.formats import markdown
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.writing import Written, escape_snippet, to_plain, to_snippet
from thoughtsmith.syntax.block import Block, Item, Slot
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
CASES, TOPIC = Slot("cases", "3"), Slot("topic", "the topic")


def written(block: Block, text: str = "", style: Style | None = None) -> str:
    """`block` as it is written at the end of `text`."""
    end = len(text)
    place = markdown.FORMAT.place(markdown.FORMAT.parse(Lines.of(text)), Span(end, end), style)
    assert place is not None
    return to_plain(markdown.FORMAT.write(block, place))


def block(
    *items: Item, lead: str = "Do so:", close: str = "", ordered: bool = False, title: str = "Title", tag: str = "do"
) -> Block:
    return Block((title,), (lead,) if lead else (), items, (close,) if close else (), ordered, tag)


def test_steps_are_numbered_and_the_rest_has_bullets() -> None:
    nested = Item(("one",), (Item(("x",)), Item(("y",))))
    steps = Item(("two",), (Item(("x",)), Item(("y",))), ordered=True)
    assert written(block(nested, steps, ordered=True)) == ("Do so:\n1. one\n   - x\n   - y\n2. two\n   1. x\n   2. y")
    assert written(block(nested, steps)) == "Do so:\n- one\n  - x\n  - y\n- two\n  1. x\n  2. y"


def test_steps_below_a_numbered_item_have_bullets() -> None:
    assert written(block(Item(("one",)), ordered=True), "1. first\n") == "2. Do so:\n   - one"
    assert written(block(Item(("one",)), ordered=True), "- first\n") == "- Do so:\n  1. one"


def test_ten_steps_are_indented_by_their_numbers() -> None:
    steps = [Item((str(number),), (Item(("x",)),)) for number in range(1, 11)]
    assert written(block(*steps, ordered=True)).endswith("9. 9\n   - x\n10. 10\n    - x")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (Style.PLAIN, "Do so:\n- a\n\nThat is all."),
        (Style.LIST, "- Do so:\n  - a\n\n  That is all."),
        (Style.HEADING, "## Title\n\nDo so:\n\n- a\n\nThat is all."),
        (Style.XML, "<do>\nDo so:\n- a\n\nThat is all.\n</do>"),
    ],
)
def test_the_closing_paragraph_stands_apart(style: Style, text: str) -> None:
    assert written(block(Item(("a",)), close="That is all."), style=style) == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (Style.PLAIN, "Think."),
        (Style.LIST, "- Think."),
        (Style.HEADING, "## Title\n\nThink."),
        (Style.XML, "<do>\nThink.\n</do>"),
    ],
)
def test_a_block_may_be_one_sentence(style: Style, text: str) -> None:
    assert written(block(lead="Think."), style=style) == text


def test_no_line_ends_in_white_space() -> None:
    text = written(block(Item(("a",)), close="End."), "<x>\n  - one\n  ")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)


def test_slots_are_shown_in_brackets() -> None:
    assert to_plain(("Take ", CASES, " of ", TOPIC, ".")) == "Take [3] of [the topic]."


@pytest.mark.parametrize(
    ("parts", "snippet"),
    [
        (("text",), "text$0"),
        (("Take ", CASES, " of ", TOPIC, "."), "Take ${1:3} of ${2:the topic}.$0"),
        # What is filled in once is filled in everywhere.
        ((CASES, " ", TOPIC, " ", CASES), "${1:3} ${2:the topic} ${1}$0"),
        ((CASES, " or ", CASES, "0"), "${1:3} or ${1}0$0"),
        # A different default is a different thing to fill in.
        ((CASES, " ", Slot("cases", "5")), "${1:3} ${2:5}$0"),
        (("costs $5 {a} \\n",), "costs \\$5 {a\\} \\\\n$0"),
        ((Slot("x", "${a|b}"),), "${1:\\${a|b\\}}$0"),
        (("a\r\nb\rc\n\n",), "a\nb\nc$0\n\n"),
        ((CASES, "\n"), "${1:3}$0\n"),
    ],
)
def test_a_snippet(parts: Written, snippet: str) -> None:
    assert to_snippet(parts) == snippet


@pytest.mark.parametrize(
    ("text", "indent", "snippet"),
    [
        ("a\n  b\n\n    c", "  ", "a\nb\n\n  c$0"),
        ("  a\n  b", "  ", "  a\nb$0"),
        ("a\n\tb", "\t", "a\nb$0"),
        # An editor would indent the second line, which must not be.
        ("a\nb", "  ", None),
        ("a\n\n## b", "  ", None),
        ("a\n    b", "\t", None),
        ("a", "  ", "a$0"),
        ("a\n", "  ", "a$0\n"),
    ],
)
def test_editors_that_indent_snippets_get_them_without(text: str, indent: str, snippet: str | None) -> None:
    assert to_snippet((text,), line_indent=indent) == snippet


def test_escaped_text_is_the_text() -> None:
    assert escape_snippet("a$b}c\\d{e|f,g") == "a\\$b\\}c\\\\d{e|f,g"


def expanded(snippet: str) -> tuple[str, list[tuple[int, str]]]:
    """What an editor makes of `snippet`: the text, and the tab stops with their texts as they come."""
    defaults: dict[int, str] = {}
    stops: list[tuple[int, str]] = []
    out = ""
    while snippet:
        if match := re.match(r"\\([\\$}])|([^$\\])", snippet, re.DOTALL):
            out += match[1] or match[2]
        elif match := re.match(r"\$\{(\d+):((?:\\[\\$}]|[^\\$}])*)\}", snippet):
            defaults[int(match[1])] = re.sub(r"\\(.)", r"\1", match[2], flags=re.DOTALL)
            stops.append((int(match[1]), defaults[int(match[1])]))
            out += stops[-1][1]
        else:
            match = re.match(r"\$(?:(\d+)|\{(\d+)\})", snippet)
            assert match is not None, snippet
            number = int(match[1] or match[2])
            stops.append((number, defaults.get(number, "")))
            out += stops[-1][1]
        snippet = snippet[match.end() :]
    return out, stops


hostile = st.text(st.sampled_from("a1$}{\\|,:\n é😀"), max_size=12)
slots = st.builds(Slot, st.sampled_from(["x", "y"]), hostile)


@STABLE
@given(st.lists(st.one_of(hostile, slots), max_size=8))
def test_an_editor_reads_a_snippet_as_it_was_meant(parts: list[str | Slot]) -> None:
    snippet = to_snippet(tuple(parts))
    assert snippet is not None
    text, stops = expanded(snippet)
    assert text == "".join(part if isinstance(part, str) else part.default for part in parts)
    found = [part for part in parts if isinstance(part, Slot)]
    assert sorted(default for number, default in stops if number) == sorted(slot.default for slot in found)
    numbers = [number for number, _ in stops if number]
    assert sorted(set(numbers)) == list(range(1, len(set(found)) + 1))
    assert [number for number, _ in stops].count(0) == 1


@STABLE
@given(st.lists(st.one_of(hostile, slots), max_size=8), st.sampled_from(["  ", "\t"]))
def test_an_editor_that_indents_gives_the_same_text(parts: list[str | Slot], indent: str) -> None:
    indented = tuple(part.replace("\n", f"\n{indent}") if isinstance(part, str) else part for part in parts)
    snippet = to_snippet(indented, line_indent=indent)
    plain = to_snippet(indented)
    assert plain is not None
    if snippet is None:
        assert any("\n" in part.default for part in parts if isinstance(part, Slot))
        return
    text, stops = expanded(snippet)
    expected, expected_stops = expanded(plain)
    # An editor indents the lines below the first, except that some leave empty ones alone.
    indented_text = re.sub(r"\n(?!\n|$)", f"\n{indent}", text)
    assert re.sub(r"[ \t]+(?=\n|$)", "", indented_text) == re.sub(r"[ \t]+(?=\n|$)", "", expected)
    assert [number for number, _ in stops] == [number for number, _ in expected_stops]
