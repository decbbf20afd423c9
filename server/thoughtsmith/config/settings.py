"""Resolved settings, and reading them from what an editor or user sends."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from thoughtsmith.config.options import OPTIONS, Option

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Settings:
    """One value per option of `config.options`."""

    language: str = "auto"
    style: str = "auto"
    n: int | None = None
    model: str = ""
    locale: str = "auto"


def read_settings(given: Mapping[str, Any], base: Settings) -> tuple[Settings, list[str]]:
    """`base` with the values of `given`, and a message for each that does not fit and was left out.

    Unknown keys are ignored: editors send settings that only their client reads. `None` stands for "not set".
    """
    values = {field.name: getattr(base, field.name) for field in fields(Settings)}
    problems: list[str] = []
    for option in OPTIONS:
        value = given.get(option.name)
        if value is None:
            continue
        wrong = _misfit(option, value)
        if wrong:
            problems.append(f"thoughtsmith.{option.name} = {value!r}: {wrong}")
        else:
            values[option.name] = value
    return Settings(**values), problems


def _misfit(option: Option, value: object) -> str:
    if option.choices:
        return "" if value in option.choices else f"must be one of {', '.join(option.choices)}"
    if option.maximum:
        fits = isinstance(value, int) and not isinstance(value, bool) and option.minimum <= value <= option.maximum
        return "" if fits else f"must be a whole number from {option.minimum} to {option.maximum}"
    return "" if isinstance(value, str) else "must be a text"
