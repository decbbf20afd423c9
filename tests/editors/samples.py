"""Prompts that the tests of several editors open, with characters that count differently in every position encoding."""

from __future__ import annotations

from thoughtsmith.formats.registry import FORMATS

_SPELLED = {
    "skill.md": "SKILL.md",
    "claude.md": "CLAUDE.md",
    "claude.local.md": "CLAUDE.local.md",
    "agents.md": "AGENTS.md",
    "gemini.md": "GEMINI.md",
    "promptfooconfig*.yaml": "promptfooconfig.yaml",
}
NAMES = tuple(
    _SPELLED.get(pattern, pattern.replace("*", "план")) for one in FORMATS for pattern in dict.fromkeys(one.patterns)
)
"""A path for every pattern by which a file is known as a prompt, spelled as people do."""

RUSSIAN = """# Задача 🙂

Составь план поставок и объясни выбор 🚚

1. Прочитай условие 🚚.
2. Ответь.
3. Проверь.
"""

PROMPTY = """---
name: plan
inputs:
  город:
    kind: string
---
system:
Составь план 🚚 для {{ город }} и {{ город | upper }}.
"""

SKILL = """---
name: plan
description: 🚚 Когда: просят
---
Составь план.
"""
"""With a value that has to be put in quotation marks."""

ASKED = """# Задача 🚚

План 🚚 готов. Let's think step by step.
"""
"""With an instruction behind an emoji that a hover explains."""

CHATMODE = """---
description: Планирование
---
Составь план 🚚.
"""

TASK = "Рассчитай, сколько машин нужно 🚚, и реши уравнение."
"""Of all techniques Chain-of-Thought fits best here."""
