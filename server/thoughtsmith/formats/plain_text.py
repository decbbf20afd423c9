"""Plain text: people write lists, tags and headings in it as in Markdown, so it is read the same way."""

from __future__ import annotations

from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format("plain-text", "Plain text (.txt)", ("prompts/*.txt",), ("plaintext", "text"))
