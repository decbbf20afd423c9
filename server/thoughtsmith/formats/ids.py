"""What the formats are called in settings, for whoever must not load them all to know."""

from __future__ import annotations

FORMAT_IDS = (
    "skill",
    "prompt-md",
    "instructions",
    "agent",
    "chatmode",
    "claude-command",
    "claude-agent",
    "claude-rule",
    "output-style",
    "memory",
    "promptfoo",
    "prompt-yaml",
    "prompt-data",
    "cursor-rule",
    "prompty",
    "dotprompt",
    "poml",
    "jinja",
    "markdown",
    "plain-text",
)
"""In the order of `registry.FORMATS`."""

SKILL_PROFILES = ("spec", "claude", "copilot", "codex")
"""The tools that a skill can be written for, as `schema.TOOLS` has them."""
