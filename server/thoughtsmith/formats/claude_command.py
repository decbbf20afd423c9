"""Commands of Claude Code: the Markdown files in `.claude/commands/`. New ones are better written as skills."""

from __future__ import annotations

from thoughtsmith.formats import claude_keys, markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import front_matter, text

# Claude Code reads commands like skills, whose further keys therefore do no harm.
SCHEMA = front_matter(
    {
        "description": text(
            "What the command does; shown in the list of commands. By default its first line.",
            "Что делает команда; видно в списке команд. По умолчанию — её первая строка.",
            minLength=1,
        ),
        "argument-hint": claude_keys.ARGUMENT_HINT,
        "allowed-tools": claude_keys.ALLOWED_TOOLS,
        "model": claude_keys.MODEL,
        "disable-model-invocation": claude_keys.DISABLE_MODEL_INVOCATION,
    }
)

FORMAT = markdown_format(
    "claude-command",
    "Claude command (.claude/commands)",
    (".claude/commands/*.md",),
    (),
    schema=SCHEMA,
    template=markdown_templates.with_arguments,
)
