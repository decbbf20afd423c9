"""Real-looking files of every format: each is of its format, has its variables and references, and nothing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import FORMATS, format_of
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document, Snapshot
from thoughtsmith.rules.finding import Severity

FOLDER = Path(__file__).parent / "fixtures"
FILES = {
    # File: its format, its variables in order, and what it refers to.
    "skill/skills/release-notes/SKILL.md": ("skill", "ARGUMENTS", "style.md"),
    "skill/skills/svodka/SKILL.md": ("skill", "week team", ""),
    "prompt-md/component.prompt.md": ("prompt-md", "name file", "conventions.md"),
    "instructions/python.instructions.md": ("instructions", "", ""),
    "agent/planner.agent.md": ("agent", "", ""),
    "claude-command/.claude/commands/fix-issue.md": ("claude-command", "1", "CONTRIBUTING.md"),
    "claude-agent/.claude/agents/redaktor.md": ("claude-agent", "", ""),
    "claude-rule/.claude/rules/api.md": ("claude-rule", "", ""),
    "output-style/.claude/output-styles/mentor.md": ("output-style", "", ""),
    "memory/CLAUDE.md": ("memory", "", "docs/architecture.md"),
    "cursor-rule/.cursor/rules/ts.mdc": ("cursor-rule", "", "docs/guide.md"),
    "markdown/prompts/recenziya.md": ("markdown", "title audience spoilers", ""),
    "plain-text/prompts/translate.txt": ("plain-text", "language text", ""),
    "dotprompt/recipe.prompt": ("dotprompt", None, None),
    "dotprompt/pismo.prompt": ("dotprompt", None, None),
    "jinja/povestka.j2": ("jinja", None, None),
    "jinja/review.md.j2": ("jinja", None, None),
    "poml/orders.poml": ("poml", None, None),
    "poml/teatr.poml": ("poml", None, None),
    "prompt_yaml/summary.prompt.yml": ("prompt-yaml", None, None),
    "promptfoo/promptfooconfig.yaml": ("promptfoo", None, None),
    "promptfoo/promptfooconfig.json": ("promptfoo", None, None),
    "prompty/oglavlenie.prompty": ("prompty", None, None),
    "prompty/support_reply.prompty": ("prompty", None, None),
    "prompty/translate.prompty": ("prompty", None, None),
}


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


def snapshot(content: Content, path: str) -> Snapshot:
    text = (FOLDER / path).read_text(encoding="utf-8")
    # Some formats know their files by the folder that they lie in.
    place = f"/w/prompts/{path.split('/', 1)[1]}"
    found = format_of(place, "", text)
    assert found is not None
    return Document(f"file://{place}", place, 1, text, found).snapshot(Settings(), content, "en")


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_read_as_what_it_is(content: Content, path: str) -> None:
    made = snapshot(content, path)
    id, names, references = FILES[path]
    assert made.format.id == id
    if names is not None:
        assert " ".join(dict.fromkeys(name.name for name in made.template.names)) == names
        assert " ".join(include.target.removeprefix("mdc:") for include in made.template.includes) == references
    assert made.tree.lines.text == made.lines.text
    for name in made.template.names:
        assert name.name in made.lines.at(name.span)


@pytest.mark.parametrize("path", FILES)
def test_nothing_is_wrong_with_it(content: Content, path: str) -> None:
    checked = snapshot(content, path).checked
    # A test may have values that its prompt does not use.
    assert [found for found in checked.findings if found.severity is not Severity.HINT] == []
    assert not checked.failures


def test_every_format_has_a_file() -> None:
    # Chat modes are agents by another name; what is only called Prompts in YAML and JSON has no front matter to show.
    assert {format.id for format in FORMATS} - {id for id, _, _ in FILES.values()} == {"chatmode", "prompt-data"}
