"""All formats, and which one a file is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats import agent, cursor_rule, instructions, markdown, memory, plain_text, prompt_md, skill

if TYPE_CHECKING:
    from thoughtsmith.formats.format import Format

FORMATS: tuple[Format, ...] = (
    skill.FORMAT,
    prompt_md.FORMAT,
    instructions.FORMAT,
    agent.FORMAT,
    memory.FORMAT,
    cursor_rule.FORMAT,
    markdown.FORMAT,
    plain_text.FORMAT,
)
"""Specific before general: the first that matches wins."""


def format_of(path: str, language_id: str = "") -> Format | None:
    """The format of a file by its name and place, else by what the editor calls it, else by its ending.

    `None` for a file that is no prompt and no text that we can work in.
    """
    for candidate in FORMATS:
        if candidate.matches(path):
            return candidate
    for candidate in FORMATS:
        if language_id in candidate.language_ids:
            return candidate
    if path.lower().endswith((".md", ".markdown")):
        return markdown.FORMAT
    if language_id:
        return None
    return plain_text.FORMAT if path.lower().endswith(".txt") else None
