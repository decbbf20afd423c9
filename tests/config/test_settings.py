"""Settings: one declaration of the options, and reading what an editor sends without ever failing."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from thoughtsmith.config.options import OPTIONS
from thoughtsmith.config.settings import Settings, read_settings


def check(given: dict[str, Any], expected: Settings, *problems: str, base: Settings | None = None) -> None:
    assert read_settings(given, base or Settings()) == (expected, list(problems))


def test_nothing_given_changes_nothing() -> None:
    check({}, Settings())
    check({}, Settings(n=4, model="o3"), base=Settings(n=4, model="o3"))


def test_values_replace_those_of_the_base() -> None:
    check(
        {
            "language": "ru",
            "style": "xml",
            "n": 5,
            "model": "gpt-5",
            "locale": "en",
            "select": ["TH5"],
            "ignore": [],
            "severity": {"TH5": "hint"},
        },
        Settings(
            language="ru",
            style="xml",
            n=5,
            model="gpt-5",
            locale="en",
            select=("TH5",),
            severity=(("TH5", "hint"),),
        ),
        base=Settings(language="en", n=3),
    )


def test_unknown_keys_unset_values_and_what_is_for_files_only_are_ignored() -> None:
    check(
        {"trace": "verbose", "language": None, "n": None, "extend": "x.toml", "include": 1},
        Settings(n=7),
        base=Settings(n=7),
    )


@pytest.mark.parametrize("n", [2, 10])
def test_the_ends_of_a_range_are_in_it(n: int) -> None:
    check({"n": n}, Settings(n=n))


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("language", "de", "must be one of auto, en, ru"),
        ("language", 1, "must be one of auto, en, ru"),
        ("language", ["ru"], "must be one of auto, en, ru"),
        ("style", "", "must be one of auto, list, heading, xml, plain"),
        ("n", 1, "must be a whole number from 2 to 10"),
        ("n", 11, "must be a whole number from 2 to 10"),
        ("n", "3", "must be a whole number from 2 to 10"),
        ("n", 3.0, "must be a whole number from 2 to 10"),
        ("n", True, "must be a whole number from 2 to 10"),
        ("model", 5, "must be a text"),
        ("model", {"id": "o3"}, "must be a text"),
        ("locale", "RU", "must be one of auto, en, ru"),
        ("select", "TH5", "must be a list of texts"),
        ("severity", {"TH5": "bad"}, "must be one of error, warning, info, hint"),
        ("severity", [], "must be a table"),
    ],
)
def test_a_value_that_does_not_fit_is_named_and_left_out(name: str, value: object, wrong: str) -> None:
    base = Settings(language="ru", n=4)
    check({name: value, "model": value if name == "model" else "o3"}, *_expected(base, name, value, wrong), base=base)


def _expected(base: Settings, name: str, value: object, wrong: str) -> tuple[Any, ...]:
    """The other values are taken over all the same."""
    model = base.model if name == "model" else "o3"
    settings = replace(base, model=model)
    return settings, f"thoughtsmith.{name} = {value!r}: {wrong}"


def test_settings_and_options_are_the_same() -> None:
    # What follows from options and where the file lies is kept beside them.
    follows = {"accepted", "config", "format"}
    assert [(option.name.replace("-", "_"), option.default) for option in OPTIONS if not option.file_only] == [
        (field.name, getattr(Settings(), field.name)) for field in fields(Settings) if field.name not in follows
    ]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: str(option.name))
def test_every_option_is_described_in_both_languages(option: Any) -> None:
    assert re.fullmatch(r"[A-Z].*\.", option.en)
    assert re.fullmatch(r"[А-Я].*\.", option.ru)
    assert option.default in (*option.choices, None, "", ())
