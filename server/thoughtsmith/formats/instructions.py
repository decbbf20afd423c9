"""Standing instructions for coding assistants: `*.instructions.md`, Copilot instructions, Claude rules."""

from __future__ import annotations

from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format(
    "instructions",
    "Instructions (.instructions.md)",
    ("*.instructions.md", ".github/copilot-instructions.md", ".claude/rules/*.md"),
    ("instructions",),
)
