"""Resolved settings, and reading them from what an editor or user sends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from thoughtsmith.config.misfit import misfit, normal
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.messages import language_of_locale, messages

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
    """One value per option of `config.options` that is not for config files only, and what follows from those."""

    language: str = "auto"
    style: str = "auto"
    n: int | None = None
    model: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    locale: str = "auto"
    formats: tuple[tuple[str, str], ...] = ()
    """Patterns of files with the ids of their formats. Those of an editor are relative to the workspace folder."""
    skill_profiles: tuple[str, ...] = ()
    diagnostics: str = "workspace"
    docs: str = ""
    format: str = ""
    """The id of the format that `formats`, here or in config files, gives the file; empty if its name decides."""
    config: str = ""
    """The path of the config file that is nearest to the file; empty if there is none."""
    accepted: tuple[Accepted, ...] = ()
    """What the baseline of the file lets pass: the content of the file that the option `baseline` names."""


def language_of(settings: Settings, locale: str) -> Literal["en", "ru"]:
    """The language of messages: what the settings say, else that of the locale of whoever reads them."""
    return "ru" if language_of_locale(locale if settings.locale == "auto" else settings.locale) == "ru" else "en"


class FileSettings(NamedTuple):
    """What holds for one file."""

    settings: Settings
    included: bool = False
    """Whether it is a prompt because settings say so."""
    excluded: bool = False
    """Whether it is not to be checked unless somebody names it."""
    baseline: str = ""
    """The path of its baseline; empty for none."""


def with_values(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """`settings` with other values, which fit, for some options; those for config files only are left out."""
    own = {option.name.replace("-", "_"): option.name for option in OPTIONS if not option.file_only}
    return replace(settings, **{field: values[name] for field, name in own.items() if name in values})


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
