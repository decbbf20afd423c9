"""Quick fixes that let a finding pass: the comment stands where it is read as one and breaks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.rules.cases import cases

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.ide import suppress
from thoughtsmith.project.document import Document, Snapshot
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from tests.rules.cases import Case

    from thoughtsmith.project.content import Content

SKILL = "/w/skills/review/SKILL.md"


def snapshot(content: Content, text: str, path: str) -> Snapshot:
    found = format_of(path, text=text)
    assert found is not None
    return Document(f"file://{path}", path, 1, text, found).snapshot(Settings(select=("all",)), content, "en")


def written(made: Snapshot) -> dict[str, str]:
    """What the text is after each of the actions, by title."""
    result = {}
    for offer in suppress.offers(made, Span(0, len(made.lines))):
        edits = [Edit(edit.span, "".join(map(str, edit.written))) for edit in suppress.edits(made, offer)]
        assert not offer.preferred
        result[offer.title] = apply_edits(made.lines.text, edits)
    return result


@pytest.mark.parametrize(
    ("path", "before", "here", "file"),
    [
        (
            SKILL,
            "---\r\nname: review\r\ndescription: x: y  \r\n---\r\n",
            "---\r\nname: review\r\ndescription: x: y # thoughtsmith-ignore TH502  \r\n---\r\n",
            "---\r\n# thoughtsmith-ignore-file TH502\r\nname: review\r\ndescription: x: y  \r\n---\r\n",
        ),
        (
            "/w/prompts/a.prompt.yml",
            "messages:\n  - role: usr\n    content: Hi\n",
            "messages:\n  - role: usr # thoughtsmith-ignore TH505\n    content: Hi\n",
            "# thoughtsmith-ignore-file TH505\nmessages:\n  - role: usr\n    content: Hi\n",
        ),
        (
            "/w/prompts/a.j2",
            "{% if x %}\nHi\n",
            "{# thoughtsmith-ignore-next-line TH606 #}\n{% if x %}\nHi\n",
            "{# thoughtsmith-ignore-file TH606 #}\n{% if x %}\nHi\n",
        ),
        ("/w/x.prompt.json", '{"messages": [{"role": "usr", "content": "Hi"}]}', None, None),
        ("/w/prompts/a.txt", "```\nDo it.\n", None, None),
    ],
)
def test_the_comment(content: Content, path: str, before: str, here: str | None, file: str | None) -> None:
    found = written(snapshot(content, before, path))
    by_reach = {("file" if title.endswith("in this file") else "here"): text for title, text in found.items()}
    assert (by_reach.get("here"), by_reach.get("file")) == (here, file)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.rule}: {case.title}")
def test_it_takes_away_findings_and_brings_none(content: Content, case: Case) -> None:
    path, text = f"/w/{case.path}", case.text
    made = snapshot(content, text, path)
    before = [found.rule for found in made.checked.findings]
    for after in written(made).values():
        rest = list(before)
        for found in snapshot(content, after, path).checked.findings:
            rest.remove(found.rule)
        assert rest
