"""Agent skills: `SKILL.md`, as Claude, Copilot, Codex and others read them."""

from __future__ import annotations

from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format("skill", "Agent skill (SKILL.md)", ("skill.md",), ("skill",))
