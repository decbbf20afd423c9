"""Which rules are on, and how bad their findings are."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.config.settings import with_values
from thoughtsmith.rules.finding import Severity
from thoughtsmith.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from thoughtsmith.config.settings import Settings
    from thoughtsmith.rules.rule import Rule

ALL = "all"


class Selection(NamedTuple):
    rules: tuple[Rule, ...]
    """Each with the severity that its findings have."""
    unknown: tuple[str, ...]
    """Words that select nothing, as they were given."""


@lru_cache(maxsize=64)
def selected(select: tuple[str, ...], ignore: tuple[str, ...], severity: tuple[tuple[str, str], ...] = ()) -> Selection:
    """The rules that are on by default and those of `select`, without those of `ignore`.

    A word is the id, name or group of rules, the beginning of ids, or `all`. For `severity` the last word counts.
    """
    rules = tuple(
        rule
        for rule in RULES
        if (rule.default or any(means(word, rule) for word in select)) and not any(means(word, rule) for word in ignore)
    )
    for word, level in severity:
        rules = tuple(replace(rule, severity=Severity(level)) if means(word, rule) else rule for rule in rules)
    return Selection(rules, unknown((*select, *ignore, *(word for word, _ in severity))))


def unknown(words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that mean no rule."""
    return tuple(word for word in words if not any(means(word, rule) for rule in RULES))


def known_words() -> tuple[str, ...]:
    """What rules are called: ids, names and groups, and the word for all of them."""
    return (*dict.fromkeys(word for rule in RULES for word in (rule.id, rule.name, rule.group)), ALL)


@lru_cache(maxsize=256)
def meant(word: str) -> frozenset[str]:
    """The ids of the rules that a word stands for."""
    return frozenset(rule.id for rule in RULES if means(word, rule))


def means(word: str, rule: Rule) -> bool:
    """Whether the rule is among those that the word stands for."""
    word = word.strip().lower()
    return word in (rule.id.lower(), rule.name, rule.group, ALL) or (
        len(word) > len("th") and rule.id.lower().startswith(word)
    )


def layered(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """`settings` with those of a config file or command line on top, given by the names of options.

    A rule that those speak of is on or off as they say, whatever `settings` said of it; the others stay as they were.
    """
    on, off = _ids(values.get("select", ())), _ids(values.get("ignore", ()))
    rules: dict[str, Any] = {"severity": settings.severity + tuple(values.get("severity", ()))}
    if on or off:
        rules["select"] = tuple(_without(settings.select, off)) + tuple(on)
        rules["ignore"] = tuple(_without(settings.ignore, on.keys() - off.keys())) + tuple(off)
    others = {name: value for name, value in values.items() if name not in ("select", "ignore")}
    return with_values(settings, {**others, **rules})


def _ids(words: Iterable[str]) -> dict[str, None]:
    """The ids of the rules that the words stand for; a word that stands for none stays, so that it can be reported."""
    found: dict[str, None] = {}
    for word in words:
        ids = [rule.id for rule in RULES if means(word, rule)]
        found |= dict.fromkeys(ids or [word])
    return found


def _without(words: Iterable[str], others: Iterable[str]) -> Iterable[str]:
    gone = set(others)
    return (id for id in _ids(words) if id not in gone)
