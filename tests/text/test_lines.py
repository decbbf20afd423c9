"""A text as lines: where lines end, where offsets lie, and what an edit keeps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.text.lines import Lines, split_lines
from thoughtsmith.text.span import Span

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
texts = st.text(st.sampled_from("ab \r\n\r\n\r\n\f\u2028\u0085😀"), max_size=30)
numbers = st.integers(-2, 12)
edits = st.tuples(st.tuples(numbers, numbers), st.tuples(numbers, numbers), texts)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\nb", ["a\n", "b"]),
        ("a\n", ["a\n"]),
        ("a\r\nb\rc\nd", ["a\r\n", "b\r", "c\n", "d"]),
        ("\r\r\n\n", ["\r", "\r\n", "\n"]),
        ("\n\r", ["\n", "\r"]),
        # Editors do not count these as line ends, although `str.splitlines` does.
        ("a\fb\vc\x1cd\u0085e\u2028f\u2029g", ["a\fb\vc\x1cd\u0085e\u2028f\u2029g"]),
        ("a\u2028\r\nb", ["a\u2028\r\n", "b"]),
    ],
)
def test_lines_end_at_line_feeds_and_carriage_returns_only(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@STABLE
@given(texts)
def test_lines_are_the_text(text: str) -> None:
    lines = Lines.of(text)
    assert lines.text == text
    assert len(lines) == len(text)
    assert all(re.fullmatch(r"[^\r\n]*(\r\n|\r|\n)", line) for line in lines.lines[:-1])
    assert lines.count == len(re.split(r"\r\n|\r|\n", text))


@STABLE
@given(texts)
def test_every_offset_lies_on_the_line_that_starts_before_it(text: str) -> None:
    lines = Lines.of(text)
    terminators = [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    for offset in range(len(text) + 1):
        number = lines.line_at(offset)
        assert number == sum(end <= offset for end in terminators)
        assert lines.start_of(number) <= offset
        # An offset between a carriage return and its line feed is behind the content of the line.
        assert offset <= lines.end_of(number) or text[lines.end_of(number)] in "\r\n"
        assert text[lines.start_of(number) : lines.end_of(number)] == lines.line(number)


@pytest.mark.parametrize(("text", "count"), [("", 1), ("a", 1), ("a\n", 2), ("a\r", 2), ("\n\n", 3), ("a\nb", 2)])
def test_the_line_after_the_last_terminator_counts(text: str, count: int) -> None:
    assert Lines.of(text).count == count


def test_places_outside_the_text_are_clamped() -> None:
    lines = Lines.of("one\ntwo")
    assert (lines.line_at(-5), lines.line_at(99)) == (0, 1)
    assert (lines.start_of(-1), lines.start_of(99)) == (0, 7)
    assert (lines.end_of(0), lines.end_of(99)) == (3, 7)
    assert (lines.line(-1), lines.line(99)) == ("", "")
    assert (lines.clamp(-1), lines.clamp(99)) == (0, 7)


@pytest.mark.parametrize(
    ("text", "newline"), [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\r\n"), ("a\nb\r\n", "\n"), ("a\rb", "\r")]
)
def test_new_lines_end_like_the_first(text: str, newline: str) -> None:
    assert Lines.of(text).newline == newline


def test_a_part_of_the_text() -> None:
    lines = Lines.of("one\r\ntwo\r\nthree")
    assert lines.slice(1, 3) == "two\r\nthree"
    assert lines.at(Span(1, 6)) == "ne\r\nt"


def offset_of(text: str, place: tuple[int, int]) -> int:
    """Where (line, column) lies in `text`, found the slow way."""
    line, column = place
    if line < 0:
        return 0
    start = 0
    for content in re.split(r"\r\n|\r|\n", text):
        if line == 0:
            return start + min(max(column, 0), len(content))
        line -= 1
        start += len(content) + (2 if text.startswith("\r\n", start + len(content)) else 1)
    return len(text)


def check_edit(lines: Lines, start: tuple[int, int], end: tuple[int, int], new: str) -> Lines:
    """The text after an edit, having compared it with the same edit of a plain string."""
    text = lines.text
    after, head, tail = lines.replaced(start, end, new)
    low = offset_of(text, start)
    expected = text[:low] + new + text[max(low, offset_of(text, end)) :]
    assert after.text == expected
    assert after.lines == Lines.of(expected).lines
    assert lines.lines[:head] == after.lines[:head]
    assert tail <= len(after.lines) - head
    assert lines.lines[len(lines.lines) - tail :] == after.lines[len(after.lines) - tail :]
    return after


@STABLE
@given(texts, st.lists(edits, max_size=8))
def test_an_edit_of_lines_is_an_edit_of_the_text(
    text: str, edits: list[tuple[tuple[int, int], tuple[int, int], str]]
) -> None:
    lines = Lines.of(text)
    for start, end, new in edits:
        lines = check_edit(lines, start, end, new)


@pytest.mark.parametrize(
    ("text", "start", "end", "new", "after"),
    [
        ("", (0, 0), (0, 0), "a", "a"),
        ("a\nb\n", (1, 0), (1, 1), "", "a\n\n"),
        ("a\nb\n", (2, 0), (2, 0), "c", "a\nb\nc"),
        ("a\nb", (7, 7), (9, 9), "c", "a\nbc"),
        ("a\nb", (-3, 9), (0, 1), "c", "c\nb"),
        ("a\nb", (0, 99), (0, 99), "c", "ac\nb"),
        ("a\nb", (1, 1), (0, 0), "c", "a\nbc"),
        # A column never reaches into the terminator.
        ("a\r\nb", (0, 2), (0, 2), "c", "ac\r\nb"),
        # A lone carriage return and a line feed that come together are one line end.
        ("a\rb\nc", (1, 0), (1, 1), "", "a\r\nc"),
        ("a\rb", (1, 0), (1, 0), "\n", "a\r\nb"),
        ("a\n\nb", (1, 0), (1, 0), "\r", "a\n\r\nb"),
        # And one that is torn apart is two.
        ("a\r\nb", (0, 1), (0, 1), "\r", "a\r\r\nb"),
    ],
)
def test_edits_at_the_edges(text: str, start: tuple[int, int], end: tuple[int, int], new: str, after: str) -> None:
    assert check_edit(Lines.of(text), start, end, new).text == after


def test_an_edit_keeps_all_lines_around_it() -> None:
    lines = Lines.of("".join(f"line {number}\n" for number in range(1000)))
    after, head, tail = lines.replaced((500, 2), (501, 2), "x")
    assert (len(after.lines), head, tail) == (999, 500, 498)
    # The very same strings: an edit in a long file must not copy it.
    assert all(old is new for old, new in zip(lines.lines[:head], after.lines[:head], strict=True))
    assert all(old is new for old, new in zip(lines.lines[-tail:], after.lines[-tail:], strict=True))
