"""Chat modes of VS Code: `*.chatmode.md`, what agents were before they were called so."""

from __future__ import annotations

from thoughtsmith.formats import agent, markdown_templates
from thoughtsmith.formats.markdown import markdown_format

# VS Code reads them as agents, whose keys therefore complete and are checked here as well.
SCHEMA = {**agent.SCHEMA, "required": []}

FORMAT = markdown_format(
    "chatmode",
    "Chat mode (.chatmode.md)",
    ("*.chatmode.md",),
    ("chatmode",),
    schema=SCHEMA,
    template=markdown_templates.with_references,
)
