"""Reusable prompts of VS Code and Copilot: `*.prompt.md`."""

from __future__ import annotations

from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format("prompt-md", "Prompt file (.prompt.md)", ("*.prompt.md",), ("prompt",))
