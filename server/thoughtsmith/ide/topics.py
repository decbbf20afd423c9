"""What can be explained, techniques first, and the page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from thoughtsmith.rules.documentation import page_of, summary_of
from thoughtsmith.rules.registry import RULES
from thoughtsmith.techniques.explain import page

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language


class Topic(NamedTuple):
    id: str
    name: str
    kind: Literal["technique", "recipe", "knowledge", "rule"]
    summary: str
    """One or two sentences."""


def topics(catalogue: Catalogue, language: Language) -> list[Topic]:
    """Everything that has a page."""
    found = [
        Topic(entry.id, entry.name.of(language), "technique", entry.summary.of(language))
        for entry in catalogue.techniques.values()
    ]
    found += [
        Topic(entry.id, entry.name.of(language), "recipe", entry.summary.of(language))
        for entry in catalogue.recipes.values()
    ]
    found += [
        Topic(entry.id, entry.name.of(language), "knowledge", entry.summary.of(language))
        for entry in catalogue.knowledge.values()
    ]
    return found + [Topic(rule.id, rule.name, "rule", summary_of(rule, language)) for rule in RULES]


def explanation(catalogue: Catalogue, id: str, language: Language) -> str | None:
    """The page, in Markdown, of what goes by `id`, or by the name of a rule, in any case; `None` if nothing does."""
    wanted = id.lower()
    for rule in RULES:
        if wanted in (rule.id.lower(), rule.name):
            return page_of(rule, language)
    return page(catalogue, wanted, language) if wanted in catalogue.ids else None
