"""Which file is of which format."""

from __future__ import annotations

import pytest

from thoughtsmith.formats.ids import FORMAT_IDS, SKILL_PROFILES
from thoughtsmith.formats.registry import FORMATS, by_id, format_of
from thoughtsmith.formats.schema import TOOLS


@pytest.mark.parametrize(
    ("path", "language_id", "format_id"),
    [
        ("SKILL.md", "", "skill"),
        ("skills/review/SKILL.md", "markdown", "skill"),
        ("skills/review/skill.md", "", "skill"),
        (".github/prompts/x.prompt.md", "", "prompt-md"),
        ("x.prompt.md", "markdown", "prompt-md"),
        ("prompts/x.prompt.md", "", "prompt-md"),
        (".github/copilot-instructions.md", "", "instructions"),
        ("copilot-instructions.md", "", "markdown"),
        ("style.instructions.md", "", "instructions"),
        (".claude/rules/deep/x.md", "", "claude-rule"),
        (".claude/commands/x.md", "", "claude-command"),
        (".claude/commands/deep/x.md", "", "claude-command"),
        ("/home/me/.claude/agents/x.md", "", "claude-agent"),
        (".claude/output-styles/x.md", "", "output-style"),
        (".claude/other/x.md", "", "markdown"),
        ("x.agent.md", "", "agent"),
        ("x.chatmode.md", "", "chatmode"),
        ("Untitled-1", "chatmode", "chatmode"),
        ("CLAUDE.md", "", "memory"),
        ("deep/AGENTS.md", "", "memory"),
        ("GEMINI.md", "markdown", "memory"),
        ("NOTCLAUDE.md", "", "markdown"),
        (".cursor/rules/x.mdc", "", "cursor-rule"),
        ("prompts/a/b.md", "", "markdown"),
        ("prompts/a/b.txt", "", "plain-text"),
        ("prompts/a/b.txt", "markdown", "plain-text"),
        ("x.prompty", "", "prompty"),
        ("Untitled-1", "prompty", "prompty"),
        ("x.prompt", "", "dotprompt"),
        ("x.formal.prompt", "dotprompt", "dotprompt"),
        ("x.poml", "", "poml"),
        ("prompts/x.j2", "", "jinja"),
        ("prompts/x.j2", "yaml", "jinja"),
        ("prompts/deep/x.md.jinja2", "", "jinja"),
        ("x.jinja", "", "jinja"),
        ("x.j2", "jinja-html", "jinja"),
        ("index.html", "jinja-html", "jinja"),
        ("notes.md", "", "markdown"),
        ("notes.markdown", "", "markdown"),
        ("notes.md", "markdown", "markdown"),
        ("notes.txt", "", "plain-text"),
        ("notes", "plaintext", "plain-text"),
        ("Untitled-1", "markdown", "markdown"),
        ("Untitled-1", "prompt", "prompt-md"),
        ("Untitled-1", "", None),
        ("x.py", "", None),
        ("x.py", "python", None),
        # An editor that calls it something else knows better than the ending.
        ("notes.md", "vimwiki", "markdown"),
        ("", "", None),
        # Paths as Windows has them, and names as people spell them.
        ("C:\\work\\.github\\prompts\\x.prompt.md", "", "prompt-md"),
        ("C:\\work\\.claude\\commands\\x.md", "", "claude-command"),
        ("C:\\work\\prompts\\x.md", "", "markdown"),
        ("X.PROMPT.MD", "", "prompt-md"),
        ("Notes.MD", "", "markdown"),
        ("Notes.TXT", "", "plain-text"),
        (".GitHub/Copilot-Instructions.md", "", "instructions"),
    ],
)
def test_the_format_of_a_file(path: str, language_id: str, format_id: str | None) -> None:
    found = format_of(path, language_id)
    assert (found and found.id) == format_id


@pytest.mark.parametrize(
    ("front_matter", "format_id"),
    [
        ("model: gemini", "dotprompt"),
        ("output:\n  format: csv", "dotprompt"),
        ("input: {default: {a: 1}}", "dotprompt"),
        ("name: plan\noutput: plan.json", "plain-text"),
    ],
)
def test_a_prompt_file_of_another_program_is_told_by_its_front_matter(front_matter: str, format_id: str) -> None:
    found = format_of("x.prompt", "", f"---\n{front_matter}\n---\nPlan it.\n")
    assert found is not None
    assert found.id == format_id


def test_formats_can_be_told_apart() -> None:
    ids = [candidate.id for candidate in FORMATS]
    assert len(set(ids)) == len(ids)
    assert tuple(ids) == FORMAT_IDS, "settings know them by these names"
    assert [found.id for id in ids if (found := by_id(id))] == ids
    assert set(SKILL_PROFILES) <= TOOLS.keys()
    language_ids = [language_id for candidate in FORMATS for language_id in candidate.language_ids]
    assert len(set(language_ids)) == len(language_ids)
