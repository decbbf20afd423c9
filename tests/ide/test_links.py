"""Links to other files, going to them, and finding prompts and headings by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workspaces import workspace

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.ide.definition import definitions
from thoughtsmith.ide.links import links
from thoughtsmith.ide.workspace_symbols import workspace_symbols
from thoughtsmith.project.document import Document

if TYPE_CHECKING:
    from thoughtsmith.project.content import Content
    from thoughtsmith.project.document import Snapshot

FILES = {
    "prompts/persona.j2": "# Persona\n",
    "prompts/shared/tone.j2": "<tone>\nBrief.\n</tone>\n",
    "skills/a/SKILL.md": "---\nname: review\ndescription: x\n---\n# Rules\n",
    "skills/a/references/more.md": "# More\n",
    "skills/a/scripts/run.py": "",
}


def seen(content: Content, path: str, text: str) -> Snapshot:
    """A file of the workspace, as the editor has it."""
    known = format_of(path)
    assert known is not None
    document = Document(f"file:///w/{path}", f"/w/{path}", 1, text, known)
    return document.snapshot(Settings(), content, "en", workspace("/w", {**FILES, path: "# As it is on disk\n"}))


CASES = [
    ("prompts/a.j2", '{% include "persona.j2" %}', ["prompts/persona.j2"]),
    ("prompts/a.j2", '{% extends "shared/tone.j2" %}{% include "no.j2" %}', ["prompts/shared/tone.j2"]),
    ("prompts/a.j2", '{% include "../../secret.j2" %}{% include name %}{% include "" %}', []),
    ("prompts/a.j2", '{% include "a.j2" %}', ["prompts/a.j2"]),
    ("skills/a/SKILL.md", "[m](references/more.md#x) ![r](<scripts/run.py>)", ["references/more.md", "scripts/run.py"]),
    ("skills/a/SKILL.md", "[m](https://a.b/c.md) [n](references/) [o](#here)", []),
    ("prompts/a.prompt.md", "#file:skills/a/scripts/run.py", ["skills/a/scripts/run.py"]),
    ("CLAUDE.md", "Follow @skills/a/references/more.md.", ["skills/a/references/more.md"]),
]


@pytest.mark.parametrize(("path", "text", "expected"), CASES)
def test_references_to_files_that_exist_are_links(content: Content, path: str, text: str, expected: list[str]) -> None:
    snapshot = seen(content, path, text)
    found = links(snapshot)
    assert [link.path.endswith(f"/{end}") for link, end in zip(found, expected, strict=True)] == [True] * len(expected)
    assert all(link.path == f"/w/{link.shown}" for link in found)
    # The link is what is written, and going to the definition from there leads to the same file.
    for link in found:
        assert snapshot.lines.at(link.span) in link.path
        for offset in (link.span.start, link.span.end):
            assert [(one.path, one.span, one.origin) for one in definitions(snapshot, offset)] == [
                (link.path, None, link.span)
            ]


def test_no_definition_where_nothing_is_meant(content: Content) -> None:
    snapshot = seen(content, "prompts/a.j2", 'Text {% include "persona.j2" %}{% include "no.j2" %}')
    assert definitions(snapshot, 2) == []
    assert definitions(snapshot, snapshot.lines.text.index("no.j2")) == []
    assert definitions(snapshot, 10_000) == []


def test_without_a_workspace_there_are_no_links(content: Content) -> None:
    known = format_of("prompts/a.j2")
    assert known is not None
    document = Document("file:///w/prompts/a.j2", "/w/prompts/a.j2", 1, '{% include "persona.j2" %}', known)
    assert links(document.snapshot(Settings(), content, "en")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("review", ("review", "prompt", "skills/a/SKILL.md", 0, "", "")),
        ("tone", ("<tone>", "tag", "prompts/shared/tone.j2", 0, "<", "tone")),
        ("rul", ("Rules", "heading", "skills/a/SKILL.md", 4, "# ", "Rules")),
    ],
)
def test_symbols_of_the_workspace(query: str, found: tuple[str, str, str, int, str, str]) -> None:
    first = workspace_symbols(workspace("/w", FILES), query)[0]
    assert first.path == f"/w/{first.container}"
    assert (first.name, first.kind, *first[3:]) == found
