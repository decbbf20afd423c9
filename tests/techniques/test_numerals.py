"""The form of a noun after a number."""

from __future__ import annotations

import pytest

from thoughtsmith.techniques.numerals import plural

RUSSIAN = ("вариант", "варианта", "вариантов")


@pytest.mark.parametrize(
    ("numbers", "form"),
    [
        ([1, 21, 31, 101, 1001], "вариант"),
        ([2, 3, 4, 22, 33, 44, 102, 1004], "варианта"),
        ([0, 5, 6, 9, 10, 11, 12, 13, 14, 15, 20, 25, 30, 100, 111, 112, 114, 1011], "вариантов"),
    ],
)
def test_russian(numbers: list[int], form: str) -> None:
    assert {plural(number, *RUSSIAN) for number in numbers} == {form}


def test_english() -> None:
    assert [plural(number, "draft", "drafts") for number in (0, 1, 2, 11, 21)] == [
        "drafts",
        "draft",
        "drafts",
        "drafts",
        "drafts",
    ]


@pytest.mark.parametrize("forms", [(), ("one",), ("one", "two", "three", "four")])
def test_other_counts_of_forms_are_refused(forms: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="two forms"):
        plural(1, *forms)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(TypeError, match="needs a number"):
        plural("%99d", *RUSSIAN)
