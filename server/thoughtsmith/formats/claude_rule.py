"""Rules of Claude Code: the Markdown files in `.claude/rules/`."""

from __future__ import annotations

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import front_matter, text, text_or_texts

# Claude Code reads `paths` only, VS Code also `description`; both ignore the rest.
SCHEMA = front_matter(
    {
        "paths": text_or_texts(
            "Globs of the files for which the rule is read. Without it the rule is read at every start. "
            "Quote globs that begin with `*`.",
            "Шаблоны файлов, при работе с которыми читается правило. Без этого ключа оно читается при каждом запуске. "
            "Шаблоны, начинающиеся с `*`, берите в кавычки.",
            minItems=1,
            **{"x-separator": ", "},
        ),
        "description": text(
            "What the rule is about.",
            "О чём правило.",
            **{"x-tools": ["vscode"]},
        ),
    }
)

FORMAT = markdown_format(
    "claude-rule",
    "Claude rule (.claude/rules)",
    (".claude/rules/*.md",),
    (),
    schema=SCHEMA,
    template=markdown_templates.with_imports,
)
