"""Output styles of Claude Code: the Markdown files in `.claude/output-styles/`."""

from __future__ import annotations

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import flag, front_matter, text

# Claude Code ignores keys that it does not know.
SCHEMA = front_matter(
    {
        "name": text(
            "What the style is called in the list of styles. By default the name of the file.",
            "Имя стиля в списке стилей. По умолчанию — имя файла.",
        ),
        "description": text(
            "What the style does; shown in the list of styles.",
            "Что делает стиль; видно в списке стилей.",
        ),
        "keep-coding-instructions": flag(
            "Whether Claude Code keeps its own instructions for programming beside those of the style. "
            "By default they are left out.",
            "Сохраняет ли Claude Code вместе со стилем собственные указания по программированию. "
            "По умолчанию они убираются.",
            default=False,
        ),
    }
)

FORMAT = markdown_format(
    "output-style",
    "Output style (.claude/output-styles)",
    (".claude/output-styles/*.md",),
    (),
    schema=SCHEMA,
    template=markdown_templates.linked,
)
