"""Semantic tokens as numbers: in every position encoding, and the difference between two answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.ide.semantic_tokens import NAME, NUMBER, ROLE, TAG, VARIABLE, Token
from thoughtsmith.lsp.convert import PositionCodec
from thoughtsmith.lsp.token_encoding import LEGEND, TYPES, difference, encode
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

STABLE = settings(max_examples=200, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", [0, 7, 4, 0, 0, 0, 9, 8, 1, 0, 2, 0, 1, 2, 0]),
        ("utf-16", [0, 4, 3, 0, 0, 0, 6, 4, 1, 0, 2, 0, 1, 2, 0]),
        ("utf-32", [0, 3, 3, 0, 0, 0, 5, 4, 1, 0, 2, 0, 1, 2, 0]),
    ],
)
def test_places_are_counted_in_units_of_the_client(encoding: str, expected: list[int]) -> None:
    text = "🚚ü aéb 🚚пять\n\nx"
    tokens = [Token(Span(3, 6), NAME), Token(Span(8, 12), NUMBER), Token(Span(14, 15), VARIABLE)]
    assert encode(PositionCodec(encoding), Lines.of(text), tokens) == expected


def test_the_legend_is_standard_and_small() -> None:
    assert list(TYPES) == [NAME, NUMBER, VARIABLE, ROLE, TAG]
    assert LEGEND.token_types == ["function", "number", "parameter", "keyword", "type"]
    assert LEGEND.token_modifiers == []


numbers = st.lists(st.integers(0, 3), max_size=20)


@STABLE
@given(numbers, numbers)
def test_the_difference_leads_from_one_answer_to_the_next(old: list[int], new: list[int]) -> None:
    result = list(old)
    for edit in difference(old, new):
        result[edit.start : edit.start + edit.delete_count] = edit.data or []
    assert result == new
    assert difference(new, new) == []
