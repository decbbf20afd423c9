"""The model that a file names, wherever its format has it, and whether its parameters let it think."""

from __future__ import annotations

import pytest

from thoughtsmith.analysis.model import Model, model_of
from thoughtsmith.formats.registry import format_of
from thoughtsmith.text.lines import Lines


def model(path: str, text: str, default: str = "") -> Model:
    found = format_of(path, "", text)
    assert found is not None
    return model_of(found.data(found.parse(Lines.of(text))), default)


@pytest.mark.parametrize(
    ("path", "text", "id"),
    [
        ("a.prompt", "---\nmodel: openai/o3\n---\nHi\n", "openai/o3"),
        ("a.prompty", "---\nname: A\nmodel:\n  id: gpt-4o\n---\nsystem:\nHi\n", "gpt-4o"),
        ("a.prompty", "---\nname: A\nmodel:\n  configuration:\n    name: gpt-4o\n---\nsystem:\nHi\n", "gpt-4o"),
        ("prompts/a.prompt.md", "---\nmodel: ['o3']\n---\nHi\n", "o3"),
        ("prompts/a.prompt.md", "---\nmodel: ['o3', 'gpt-4o']\n---\nHi\n", "mine"),
        (".claude/agents/a.md", "---\nname: a\nmodel: inherit\n---\nHi\n", "mine"),
        ("prompts/a.prompt.md", "Hi\n", "mine"),
    ],
)
def test_the_model(path: str, text: str, id: str) -> None:
    found = model(path, text, "mine")
    assert found.id == id
    assert (found.span is None) is (id == "mine")
    assert found.span is None or id in text[found.span.start : found.span.end]


@pytest.mark.parametrize(
    ("config", "thinks"),
    [
        ("temperature: 1", None),
        ("reasoning_effort: high", True),
        ("reasoningEffort: none", False),
        ("thinkingConfig:\n    thinkingBudget: 0", False),
        ("thinking:\n    type: enabled", True),
        ("enable_thinking: false", False),
    ],
)
def test_whether_parameters_turn_thinking_on_or_off(config: str, thinks: bool | None) -> None:
    assert model("a.prompt", f"---\nmodel: x/y\nconfig:\n  {config}\n---\nHi\n").thinks is thinks
