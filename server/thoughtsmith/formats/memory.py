"""What an assistant always reads: `CLAUDE.md`, `AGENTS.md` and their like."""

from __future__ import annotations

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format(
    "memory",
    "Memory (CLAUDE.md, AGENTS.md)",
    ("claude.md", "claude.local.md", "agents.md", "gemini.md"),
    (),
    template=markdown_templates.with_imports,
)
