"""The language in which a block is written: that of the text around it."""

from __future__ import annotations

import pytest

from thoughtsmith.analysis.language import ENOUGH, ENOUGH_CYRILLIC, WINDOW, language_at
from thoughtsmith.analysis.spoken import spoken
from thoughtsmith.formats import markdown
from thoughtsmith.text.lines import Lines

ENGLISH = "Compare the answers and choose the best of them. "
RUSSIAN = "Сравни ответы и выбери из них лучший. "


def language(text: str, default: str = "en") -> str:
    """The language at the cursor `<|>`, or at the end of the text."""
    offset = text.index("<|>") if "<|>" in text else len(text)
    tree = markdown.FORMAT.parse(Lines.of(text.replace("<|>", "")))
    return language_at(tree, offset, default, spoken(tree.lines.text, lambda: markdown.FORMAT.template(tree)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH, "en"),
        (RUSSIAN, "ru"),
        (f"# Задача\n\n- {RUSSIAN}\n- {RUSSIAN}\n", "ru"),
        (f"{ENGLISH}\nThe user is called Пётр.\n", "en"),
        # Half of a Russian prompt may be names.
        ("Вызови search_documents и read_file, затем сравни rating_score и total_count.", "ru"),
        ("Ёлка, ёж и объём: ещё подъезд", "ru"),
        # What is quoted from elsewhere does not count.
        (f"---\ndescription: {ENGLISH * 9}\n---\n{RUSSIAN}\n", "ru"),
        (f"{RUSSIAN}\n\n```python\n{ENGLISH * 9}\n```\n", "ru"),
        (f"{RUSSIAN}\n\n<!-- {ENGLISH * 9} -->\n", "ru"),
        (f"{RUSSIAN} <!-- {ENGLISH * 9} -->\n", "ru"),
        (f"<instructions_for_the_assistant>\n{RUSSIAN}\n</instructions_for_the_assistant>\n", "ru"),
        # The prompt itself may stand in a fence.
        (f"# My prompt\n\n```\n{RUSSIAN * 3}\n```\n", "ru"),
    ],
)
def test_the_language_of_a_prompt(text: str, expected: str) -> None:
    assert language(text, default="ru" if expected == "en" else "en") == expected


@pytest.mark.parametrize("default", ["en", "ru"])
@pytest.mark.parametrize("text", ["", "\n\n", "123 + 456 = ???\n", "Да. Yes.", "---\nname: a long enough name\n---\n"])
def test_too_few_letters_say_nothing(text: str, default: str) -> None:
    assert language(text, default) == default


def test_a_russian_word_says_as_much_as_a_line_of_latin_letters() -> None:
    assert language("Составь план") == "ru"
    assert language("я" * (ENOUGH_CYRILLIC - 1)) == "en"
    assert language("a" * (ENOUGH - 1), default="ru") == "ru"
    assert language("a" * ENOUGH, default="ru") == "en"


def test_a_section_may_have_a_language_of_its_own() -> None:
    english, russian = ENGLISH * 100, RUSSIAN * 100
    assert len(english) > 2 * WINDOW
    assert language(f"# A\n\n{english}\n\n# Б\n\n{russian}<|>\n\n# C\n\n{english}\n") == "ru"
    assert language(f"{english * 5}\n\n{russian}<|>") == "ru"
    assert language(f"# A\n\n{english}<|>{english}\n\n# Б\n\n{russian}\n") == "en"


def test_a_place_without_text_has_the_language_of_the_prompt() -> None:
    rules = "---\n\n" * WINDOW
    assert language(f"{RUSSIAN}\n\n{rules}<|>") == "ru"


def test_places_outside_the_text_are_clamped() -> None:
    tree = markdown.FORMAT.parse(Lines.of(RUSSIAN))
    assert [language_at(tree, offset, "en") for offset in (-5, 10_000)] == ["ru", "ru"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# A\n\n{ENGLISH}<|>\n\n# Б\n\n{RUSSIAN * 3}\n", "en"),
        (f"# A\n\n{ENGLISH * 3}\n\n# Б\n\n{RUSSIAN}\n\n<|>\n", "ru"),
        (f"<english>\n{ENGLISH}\n<|>\n</english>\n\n<русский>\n{RUSSIAN * 3}\n</русский>\n", "en"),
    ],
)
def test_a_longer_neighbour_does_not_decide_for_a_short_section(text: str, expected: str) -> None:
    assert language(text, default="ru" if expected == "en" else "en") == expected
