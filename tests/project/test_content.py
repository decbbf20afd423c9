"""What is compiled from the catalogue once."""

from __future__ import annotations

import pytest

from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


@pytest.mark.parametrize(
    ("word", "number"),
    [("3", 3), ("12", 12), ("three", 3), ("Three", 3), ("пять", 5), ("трёх", 3), ("drafts", None), ("", None)],
)
def test_numbers_are_read_in_digits_and_in_words(content: Content, word: str, number: int | None) -> None:
    assert content.number_of(word) == number


def test_a_number_too_long_to_be_meant_is_none(content: Content) -> None:
    assert content.number_of("9" * 5_000) is None
