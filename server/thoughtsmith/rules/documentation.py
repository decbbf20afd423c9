"""The documentation of a rule: in English the docstring of its file, in Russian a page among the messages.

Both have the same sections. A page begins with a summary of one sentence; each section is indented below its title.
"""

from __future__ import annotations

import inspect
import re
import sys
from typing import TYPE_CHECKING

from thoughtsmith.messages import messages, rule_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.rules.rule import Rule
    from thoughtsmith.techniques.model import Language

SECTIONS = ("What it does", "Why is this bad", "Example", "When not to flag", "Fix", "Evidence")
SECTIONS_RU = ("Что проверяет", "Почему это плохо", "Пример", "Когда молчит", "Как исправить", "Откуда известно")
"""The same in Russian, in the same order."""
WHY, FIX = 1, 4
"""Which of the sections a reader needs who has the message before their eyes."""


def documentation_of(rule: Rule, language: Language = "en") -> str:
    """The page as it is written: a summary and the sections, each indented below its title."""
    if language == "ru":
        return rule_pages("ru")[rule.id].strip("\n")
    return inspect.cleandoc(sys.modules[rule.check.__module__].__doc__ or "")


def summary_of(rule: Rule, language: Language = "en") -> str:
    """What the rule reports, in one sentence."""
    return documentation_of(rule, language).partition("\n\n")[0].replace("\n", " ")


def sections_of(rule: Rule, language: Language = "en") -> dict[str, str]:
    """The sections by their titles, without indentation."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in documentation_of(rule, language).splitlines():
        if line in titles(language):
            lines = found[line] = []
        else:
            lines.append(line.removeprefix("    "))
    return {title: "\n".join(text).strip("\n") for title, text in found.items()}


def titles(language: Language) -> tuple[str, ...]:
    """What the sections are called."""
    return SECTIONS_RU if language == "ru" else SECTIONS


def page_of(rule: Rule, language: Language = "en") -> str:
    """The documentation as a Markdown page."""
    parts = [f"# {rule.name} ({rule.id})", summary_of(rule, language)]
    for title, text in sections_of(rule, language).items():
        parts += [f"## {title}", text]
    return "\n\n".join(parts) + "\n"


def rule_book(rules: Iterable[Rule], language: Language) -> str:
    """All pages in one Markdown file: a table, then each rule below an anchor that is its id."""
    say = messages(language)
    columns = [say.columns[name] for name in ("id", "name", "group", "severity", "default", "summary")]
    rows = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    pages = [f"# {say.rules_title}"]
    for rule in rules:
        cells = (
            f"[{rule.id}](#{rule.id})",
            rule.name,
            rule.group,
            rule.severity.value,
            "✓" if rule.default else "",
            summary_of(rule, language).replace("|", "\\|"),
        )
        rows.append(f"| {' | '.join(cells)} |")
        page = re.sub(r"^#", "##", page_of(rule, language), flags=re.MULTILINE).strip()
        pages.append(f'<a id="{rule.id}"></a>\n\n{page}')
    return "\n\n".join([pages[0], "\n".join(rows), *pages[1:]]) + "\n"


def short_page(rule: Rule, language: Language) -> str:
    """What somebody wants to know who has just read a finding: what the rule is, why it matters, what to do."""
    sections = sections_of(rule, language)
    shown = [titles(language)[index] for index in (WHY, FIX)]
    parts = [f"**{rule.id}** `{rule.name}`", summary_of(rule, language)]
    parts += [f"**{title}.** {_one_line(sections[title])}" for title in shown]
    return "\n\n".join(parts)


def address_of(pattern: str, id: str, name: str, language: Language) -> str:
    """The address of the page of a rule, as the setting `docs` has it; empty if there is no such setting."""
    values = {"{id}": id, "{name}": name, "{lang}": language}
    for word, value in values.items():
        pattern = pattern.replace(word, value)
    return pattern


def _one_line(text: str) -> str:
    return " ".join(text.split())
