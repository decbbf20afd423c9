"""Edits to a text, and spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([], "abcdef"),
        ([(0, 0, "X")], "Xabcdef"),
        ([(6, 6, "X")], "abcdefX"),
        ([(1, 3, "")], "adef"),
        ([(4, 5, "Y"), (1, 2, "X")], "aXcdYf"),
        ([(1, 3, "X"), (3, 5, "Y")], "aXYf"),
        ([(3, 3, "X"), (3, 5, "Y")], "abcXYf"),
        ([(1, 3, "X"), (3, 3, "Y")], "aXYdef"),
    ],
)
def test_spans_refer_to_the_text_before_the_edits(edits: list[tuple[int, int, str]], after: str) -> None:
    assert apply_edits("abcdef", [Edit(Span(start, end), text) for start, end, text in edits]) == after


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits("ab", [Edit(Span(1, 1), "X"), Edit(Span(1, 1), "Y")]) == "aXYb"


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(0, 4), (1, 2)], [(1, 3), (2, 2)], [(1, 2), (1, 2)]])
def test_overlapping_edits_are_refused(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcdef", [Edit(Span(start, end), "X") for start, end in edits])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text("ab\n", max_size=20), st.lists(st.integers(0, 20), max_size=8))
def test_edits_may_come_in_any_order(text: str, bounds: list[int]) -> None:
    places = sorted({min(bound, len(text)) for bound in bounds})
    edits = [Edit(Span(*pair), str(number)) for number, pair in enumerate(zip(places[::2], places[1::2], strict=False))]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert apply_edits(text, edits) == apply_edits(text, edits[::-1]) == expected


def test_a_cursor_touches_both_ends_of_a_span() -> None:
    span = Span(2, 4)
    assert [offset for offset in range(7) if offset in span] == [2, 3, 4]


@pytest.mark.parametrize(("other", "covered"), [((2, 5), True), ((3, 3), True), ((1, 3), False), ((4, 6), False)])
def test_a_span_covers_what_lies_within_it(other: tuple[int, int], covered: bool) -> None:
    assert Span(2, 5).covers(Span(*other)) is covered


def test_a_span_moves_and_has_a_length() -> None:
    assert Span(2, 5).shifted(3) == (5, 8)
    assert [len(Span(2, 5)), len(Span(2, 2))] == [3, 0]
