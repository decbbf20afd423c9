"""Custom agents: `*.agent.md`, the older `*.chatmode.md`, and the agents and commands of Claude Code."""

from __future__ import annotations

from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format(
    "agent",
    "Agent (.agent.md, .chatmode.md)",
    ("*.agent.md", "*.chatmode.md", ".claude/agents/*.md", ".claude/commands/*.md", ".claude/output-styles/*.md"),
    ("chatagent", "chatmode"),
)
