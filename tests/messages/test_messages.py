"""Messages exist in every language and take the same values."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from thoughtsmith.messages import Messages, language_of_locale, messages

FIELDS = [field.name for field in fields(Messages)]


def texts(language: str, name: str) -> dict[str, str]:
    value = getattr(messages(language), name)
    return value if isinstance(value, dict) else {"": value}


@pytest.mark.parametrize("name", FIELDS)
def test_both_languages_say_it_and_take_the_same_values(name: str) -> None:
    english, russian = texts("en", name), texts("ru", name)
    assert english.keys() == russian.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"\{.*?\}", text)) == sorted(re.findall(r"\{.*?\}", russian[key]))
        assert text.strip()
        assert not re.search("[А-яЁё]", text)
        assert re.search("[А-яЁё]", russian[key]) or russian[key] == "id" or not re.search("[A-Za-z]", text)


@pytest.mark.parametrize(("language", "cost"), [("en", "Cost"), ("ru", "Цена"), ("de", "Cost"), ("", "Cost")])
def test_an_unknown_language_gets_english(language: str, cost: str) -> None:
    assert messages(language).cost == cost


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ru", "ru"),
        ("RU", "ru"),
        ("ru-RU", "ru"),
        ("ru_RU.UTF-8", "ru"),
        ("ru.UTF-8", "ru"),
        ("en", "en"),
        ("en-US", "en"),
        ("de", "en"),
        ("rue", "en"),
        ("C.UTF-8", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_of_a_locale(locale: str | None, language: str) -> None:
    assert language_of_locale(locale) == language
