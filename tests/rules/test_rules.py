"""Every rule finds what its cases say, where they say it, and nothing else; its fixes do what they promise."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest
from tests.rules.cases import FOLDER, Case, cases
from tests.workspaces import workspace

from thoughtsmith import rules
from thoughtsmith.config.settings import Settings, language_of, read_settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.messages import findings
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document
from thoughtsmith.project.index import EMPTY
from thoughtsmith.rules.fixing import compatible
from thoughtsmith.rules.registry import RULES
from thoughtsmith.text.edits import apply_edits

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.project.index import Index
    from thoughtsmith.rules.rule import Rule
    from thoughtsmith.techniques.model import Language

CASES = list(cases())
SECTIONS = ("What it does", "Why is this bad", "Example", "When not to flag", "Fix")


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


def snapshot(content: Content, case: Case, text: str, locale: Language = "en") -> Snapshot:
    found = format_of(case.path)
    assert found is not None, case.path
    settings, problems = read_settings(case.settings, Settings())
    assert not problems
    document = Document(f"file:///{case.path}", f"/{case.path}", 1, text, found)
    return document.snapshot(settings, content, language_of(settings, locale), around(case))


def around(case: Case) -> Index:
    """The workspace of a case; none for a prompt that lies in no folder of it."""
    if not case.path.startswith("work/"):
        return EMPTY
    files = {**case.files, case.path: case.text}
    return workspace("/work", {path.removeprefix("work/"): text for path, text in files.items()})


def shown(made: Snapshot) -> str:
    """The findings as the cases write them."""
    assert not made.checked.failures
    lines = made.lines

    def place(offset: int) -> str:
        line = lines.line_at(offset)
        return f"{line + 1}:{offset - lines.start_of(line) + 1}"

    return "".join(
        f"{place(found.span.start)}-{place(found.span.end)} {found.rule} {found.message}\n"
        for found in made.checked.findings
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_findings(content: Content, case: Case) -> None:
    assert shown(snapshot(content, case, case.text)) == case.expected.get("findings", "")


FIXED = [case for case in CASES if any(key.startswith("fix") for key in case.expected)]


@pytest.mark.parametrize("case", FIXED, ids=lambda case: f"{case.rule}: {case.title}")
def test_fixes(content: Content, case: Case) -> None:
    made = snapshot(content, case, case.text)
    for key, expected in case.expected.items():
        if key.startswith("fix "):
            finding, fix = (int(number) - 1 for number in key.removeprefix("fix ").split()[0].split("."))
            assert apply_edits(case.text, made.checked.findings[finding].fixes[fix].edits) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_safe_fixes_remove_their_findings_and_bring_no_others(content: Content, case: Case) -> None:
    text = case.text
    made = snapshot(content, case, text)
    before = {(found.rule, found.message) for found in made.checked.findings}
    for _ in range(10):
        fixes = [found.fixes[0] for found in made.checked.findings if found.fixes and found.fixes[0].safe]
        if not fixes:
            break
        text = apply_edits(text, compatible(fixes))
        made = snapshot(content, case, text)
        assert {(found.rule, found.message) for found in made.checked.findings} <= before
    else:
        pytest.fail("the fixes never come to an end")
    assert text == case.expected.get("fixed", case.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_messages_are_complete_in_russian(content: Content, case: Case) -> None:
    for found in snapshot(content, case, case.text, "ru").checked.findings:
        assert re.search("[А-яЁё]", found.message)
        assert all(re.search("[А-яЁё]", fix.title) for fix in found.fixes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_documented_and_has_cases(rule: Rule) -> None:
    module = importlib.import_module(f"thoughtsmith.rules.{rule.name.replace('-', '_')}")
    assert module.RULE is rule
    doc = module.__doc__ or ""
    for section in SECTIONS:
        assert re.search(rf"^{section}\n    \S", doc, re.MULTILINE), section
    own = [case for case in CASES if case.rule == rule.name]
    found = [case for case in own if f" {rule.id} " in case.expected.get("findings", "")]
    assert found, "no case in which it finds something"
    assert len(found) < len(own), "no case in which it finds nothing"


def test_every_file_of_a_rule_is_in_the_table() -> None:
    modules = [
        importlib.import_module(f"thoughtsmith.rules.{name}") for _, name, _ in pkgutil.iter_modules(rules.__path__)
    ]
    assert {module.RULE.id for module in modules if hasattr(module, "RULE")} == {rule.id for rule in RULES}
    assert [rule.id for rule in RULES] == sorted({rule.id for rule in RULES})
    assert {file.stem for file in FOLDER.glob("*.md")} == {rule.name for rule in RULES}


def test_both_languages_say_the_same_with_the_same_values() -> None:
    english, russian = findings("en"), findings("ru")
    assert english.keys() == russian.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{.*?\}", text)) == set(re.findall(r"\{.*?\}", russian[key])), key
    names = {rule.name for rule in RULES}
    assert {key.partition(".")[0] for key in english} == names
