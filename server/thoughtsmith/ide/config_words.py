"""What may stand in a config file, and what it means: options and their values, and the names of rules."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.config.options import OPTIONS
from thoughtsmith.messages import messages
from thoughtsmith.rules.documentation import short_page, summary_of
from thoughtsmith.rules.registry import RULES
from thoughtsmith.rules.selection import ALL, meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.config.options import Option
    from thoughtsmith.config.toml_outline import Path
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language

_RULES = frozenset({"select", "ignore", "severity", "per-file-ignores"})
"""The options that speak of rules."""
_LITERAL = re.compile(r"((?:[\w-]|\\\.)+)\(\?:-\|\$\)")
"""How the table of models writes one whole id."""


class Word(NamedTuple):
    text: str
    detail: str = ""
    page: str = ""
    """In Markdown."""


def option_of(name: str) -> Option | None:
    return next((option for option in OPTIONS if option.name == name), None)


def option_page(option: Option, language: Language) -> str:
    """What an option is for and what it takes, in Markdown."""
    facts = messages(language).facts
    lines = []
    if option.choices:
        lines.append(facts["values"].format(value=", ".join(f"`{choice}`" for choice in option.choices)))
    if option.maximum:
        lines.append(facts["values"].format(value=f"{option.minimum}–{option.maximum}"))
    if option.default not in (None, "", ()):
        lines.append(facts["default"].format(value=f"`{option.default}`"))
    text = option.ru if language == "ru" else option.en
    return "\n\n".join(
        part for part in (f"**`{option.name}`**", text, "\n".join(f"- {line}" for line in lines)) if part
    )


def type_of(option: Option, language: Language) -> str:
    """What an option takes, in a word."""
    names = messages(language).value_types
    if option.table:
        return names["object"]
    return names["array"] if option.many else names["integer"] if option.maximum else names["string"]


def speaks_of_rules(path: Path, *, key: bool) -> bool:
    """Whether the key or value at `path` is a word for rules."""
    option = option_of(path[0])
    if option is None or option.name not in _RULES:
        return False
    return key == bool(option.choices) and len(path) == (2 if option.table else 1)


def keys_at(path: Path, language: Language) -> tuple[Word, ...]:
    """The keys that a table may have; `path` is that of the table."""
    return rule_words(language) if path == ("severity",) else ()


def values_of(path: Path, catalogue: Catalogue, language: Language) -> tuple[Word, ...]:
    """The values that the key at `path` may have."""
    option = option_of(path[0]) if path else None
    if option is None or (option.table and len(path) != 2):
        return ()
    if speaks_of_rules(path, key=False):
        return rule_words(language)
    if option.name == "model":
        return tuple(Word(name) for name in _models(catalogue))
    return tuple(Word(choice) for choice in option.choices)


def rule_page(word: str, language: Language) -> str:
    """What a word for rules stands for; empty if it stands for none."""
    rules = [rule for rule in RULES if rule.id in meant(word)]
    if len(rules) == 1:
        return short_page(rules[0], language)
    return "\n".join(f"- `{rule.id}` {rule.name}: {summary_of(rule, language)}" for rule in rules)


@lru_cache(maxsize=2)
def rule_words(language: Language) -> tuple[Word, ...]:
    """What rules are called: ids, names, groups, and the word for all of them."""
    groups: dict[str, list[str]] = {}
    for rule in RULES:
        groups.setdefault(rule.group, []).append(rule.id)
    return (
        *(Word(rule.id, rule.name, summary_of(rule, language)) for rule in RULES),
        *(Word(rule.name, rule.id, summary_of(rule, language)) for rule in RULES),
        *(Word(group, _range(ids)) for group, ids in groups.items()),
        Word(ALL, _range([rule.id for rule in RULES])),
    )


def _range(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}"


def _models(catalogue: Catalogue) -> Iterator[str]:
    for family in catalogue.models:
        match = _LITERAL.fullmatch(family.match.pattern)
        if match is not None:
            yield match[1].replace("\\", "")
