"""The pages of rules: in both languages, with the same sections, and those that are shipped are up to date.

`THOUGHTSMITH_UPDATE=1 pytest tests/rules/test_documentation.py` writes the shipped ones anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.messages import rule_pages
from thoughtsmith.rules.documentation import (
    SECTIONS,
    SECTIONS_RU,
    address_of,
    page_of,
    rule_book,
    sections_of,
    short_page,
    summary_of,
    titles,
)
from thoughtsmith.rules.registry import RULES
from thoughtsmith.techniques.model import LANGUAGES, Language

if TYPE_CHECKING:
    from thoughtsmith.rules.rule import Rule

DOCS = Path(__file__).parent.parent.parent / "server" / "docs"


def name(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_both_languages_have_the_same_sections(rule: Rule) -> None:
    english, russian = list(sections_of(rule, "en")), list(sections_of(rule, "ru"))
    assert [SECTIONS.index(title) for title in english] == [SECTIONS_RU.index(title) for title in russian]
    # In this order, and without evidence only where none is known.
    assert english[:5] == list(SECTIONS[:5])
    for language in LANGUAGES:
        summary = summary_of(rule, language)
        assert summary
        assert summary.endswith(".")
        assert all(sections_of(rule, language).values())


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_russian_page_is_russian_and_speaks_of_the_same(rule: Rule) -> None:
    page = page_of(rule, "ru")
    for title, text in sections_of(rule, "ru").items():
        if title != SECTIONS_RU[2]:  # An example may be code.
            assert re.search(r"[а-яё]{3}", text), title
    papers = re.compile(r"arXiv:[\d.]+|CVE-[\d-]+|LLM\d\d")
    assert papers.findall(page) == papers.findall(page_of(rule, "en"))


def test_there_are_no_pages_of_rules_that_are_gone() -> None:
    assert set(rule_pages("ru")) == {rule.id for rule in RULES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_a_short_page(language: Language) -> None:
    rule = RULES[0]
    page = page_of(rule, language)
    assert page.startswith(f"# {rule.name} ({rule.id})\n\n{summary_of(rule, language)}\n\n## ")
    assert all(f"\n## {title}\n\n" in page for title in titles(language)[:5])
    assert not re.search(r"^ {4}", page, re.MULTILINE)
    short = short_page(rule, language)
    assert summary_of(rule, language) in short
    assert max(len(short_page(rule, language)) for rule in RULES) < 1000


def test_the_address_of_a_page() -> None:
    assert address_of("", "TH101", "x-y", "en") == ""
    assert address_of("https://e.org/{lang}/{id}#{name}", "TH101", "x-y", "ru") == "https://e.org/ru/TH101#x-y"


@pytest.mark.parametrize(("language", "file"), [("en", "rules.md"), ("ru", "rules.ru.md")])
def test_the_shipped_pages_are_up_to_date(language: Language, file: str) -> None:
    path = DOCS / file
    expected = rule_book(RULES, language)
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        path.write_text(expected, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == expected
    links = re.findall(r"\]\(#([^)]+)\)", expected)
    anchors = re.findall(r'<a id="([^"]+)">', expected)
    assert links == anchors == [rule.id for rule in RULES]
