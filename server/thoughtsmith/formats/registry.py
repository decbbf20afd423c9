"""All formats, and which one a file is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats import (
    agent,
    chatmode,
    claude_agent,
    claude_command,
    claude_rule,
    cursor_rule,
    dotprompt,
    instructions,
    jinja,
    markdown,
    memory,
    output_style,
    plain_text,
    poml,
    prompt_md,
    prompt_yaml,
    promptfoo,
    prompty,
    skill,
)

if TYPE_CHECKING:
    from thoughtsmith.formats.format import Format

FORMATS: tuple[Format, ...] = (
    skill.FORMAT,
    prompt_md.FORMAT,
    instructions.FORMAT,
    agent.FORMAT,
    chatmode.FORMAT,
    claude_command.FORMAT,
    claude_agent.FORMAT,
    claude_rule.FORMAT,
    output_style.FORMAT,
    memory.FORMAT,
    promptfoo.FORMAT,
    prompt_yaml.FORMAT,
    prompt_yaml.FOLDER,
    cursor_rule.FORMAT,
    prompty.FORMAT,
    dotprompt.FORMAT,
    poml.FORMAT,
    jinja.FORMAT,
    markdown.FORMAT,
    plain_text.FORMAT,
)
"""Specific before general: the first that matches wins."""

_BY_ID = {known.id: known for known in FORMATS}


def by_id(id: str) -> Format | None:
    """The format that is called so in settings; `None` for an empty text."""
    return _BY_ID[id] if id else None


def format_of(path: str, language_id: str = "", text: str | None = None) -> Format | None:
    """The format of a file by its name and place, else by what the editor calls it, else by its ending.

    Where several formats share a name, `text` decides, if it is given. `None` for a file that is no prompt and no text
    that we can work in.
    """
    for candidate in FORMATS:
        if candidate.matches(path) and (text is None or candidate.claims is None or candidate.claims(text)):
            return candidate
    for candidate in FORMATS:
        if language_id in candidate.language_ids:
            return candidate
    if path.lower().endswith((".md", ".markdown")):
        return markdown.FORMAT
    if path.lower().endswith(jinja.ENDINGS):
        return jinja.FORMAT
    if language_id:
        return None
    return plain_text.FORMAT if path.lower().endswith(".txt") else None
