"""Plain text: people write lists, tags and headings in it as in Markdown, so it is read the same way.

Files called `.prompt` that are of no other format are plain text as well.
"""

from __future__ import annotations

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format(
    "plain-text",
    "Plain text (.txt, .prompt)",
    ("prompts/*.txt", "*.prompt"),
    ("plaintext", "text"),
    template=markdown_templates.guessed,
    comment=None,
)
