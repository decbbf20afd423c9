"""Resolved settings, and reading them from what an editor or user sends."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.config.misfit import misfit, normal
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Mapping


class Accepted(NamedTuple):
    """Findings of a file that a baseline lets pass."""

    rule: str
    text: str
    """What they are about, as `rules.baseline` writes it."""
    times: int


@dataclass(frozen=True, slots=True)
class Settings:
    """One value per option of `config.options` that is not for config files only."""

    language: str = "auto"
    style: str = "auto"
    n: int | None = None
    model: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    locale: str = "auto"
    accepted: tuple[Accepted, ...] = ()
    """What the baseline of the file lets pass: the content of the file that the option `baseline` names."""


class FileSettings(NamedTuple):
    """What holds for one file."""

    settings: Settings
    included: bool = False
    """Whether it is a prompt because a config file says so."""
    excluded: bool = False
    """Whether it is not to be checked unless somebody names it."""
    baseline: str = ""
    """The path of its baseline; empty for none."""


def with_values(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """`settings` with other values, which fit, for some options; those for config files only are left out."""
    given = {field.name: values.get(field.name, getattr(settings, field.name)) for field in fields(Settings)}
    return Settings(**given)


def read_settings(given: Mapping[str, Any], base: Settings, language: str = "en") -> tuple[Settings, list[str]]:
    """`base` with the values of `given`, and a message for each that does not fit and was left out.

    Unknown keys are ignored: editors send settings that only their client reads. `None` stands for "not set".
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    say = messages(language).config_problems
    for option in OPTIONS:
        value = given.get(option.name)
        if value is None or option.file_only:
            continue
        wrong = misfit(option, value)
        if wrong is None:
            values[option.name] = normal(option, value)
        else:
            problems.append(f"thoughtsmith.{option.name} = {value!r}: {say[wrong.id].format(**dict(wrong.values))}")
    return with_values(base, values), problems
