"""Model ids: whatever they are wrapped in, the same model is recognised, and nothing is guessed of unknown ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.techniques.models import canonical, family_of, reasons_by_itself

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("gpt-4o", "gpt-4o"),
        ("  GPT-4o ", "gpt-4o"),
        ("openai/gpt-4o-mini", "gpt-4o-mini"),
        ("openrouter/openai/gpt-5", "gpt-5"),
        ("models/gemini-2.5-pro", "gemini-2.5-pro"),
        ("publishers/google/models/gemini-2.5-flash", "gemini-2.5-flash"),
        ("accounts/fireworks/models/deepseek-r1", "deepseek-r1"),
        ("deepseek/deepseek-r1:free", "deepseek-r1"),
        ("claude-3.7-sonnet", "claude-3-7-sonnet"),
        ("anthropic/claude-sonnet-4.5", "claude-sonnet-4-5"),
        ("claude-sonnet-4@20250514", "claude-sonnet-4"),
        ("us.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4-20250514"),
        ("eu.anthropic.claude-3-7-sonnet-20250219-v1:0", "claude-3-7-sonnet-20250219"),
        ("anthropic.claude-opus-4-20250514-v1:0", "claude-opus-4-20250514"),
        ("deepseek.r1-v1:0", "r1"),
        ("gpt-4.1", "gpt-4.1"),
        ("qwen3:8b", "qwen3:8b"),
        ("openai:gpt-4o", "gpt-4o"),
        ("anthropic:claude-sonnet-4.5", "claude-sonnet-4-5"),
        ("jp.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4-20250514"),
        ("GPT-5 (copilot)", "gpt-5"),
        ("Claude Opus 4.5", "claude-opus-4-5"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_canonical_ids(given: str, name: str) -> None:
    assert canonical(given) == name


@pytest.mark.parametrize(
    ("reasons", "models"),
    [
        (
            "always",
            [
                "o1",
                "o1-preview",
                "o3",
                "o3-mini",
                "o4-mini-2025-04-16",
                "openai/o3-pro",
                "gpt-5",
                "gpt-5-mini",
                "gpt-5-2025-08-07",
                "gemini-2.5-pro",
                "models/gemini-2.5-pro-preview-06-05",
                "deepseek-r1",
                "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
                "deepseek-reasoner",
                "grok-4",
                "grok-4-fast",
                "magistral-medium-latest",
                "kimi-k2-thinking",
                "Qwen/Qwen3-235B-A22B-Thinking-2507",
            ],
        ),
        ("default", ["gemini-2.5-flash", "google/gemini-2.5-flash-preview-09-2025", "Qwen/Qwen3-8B", "qwen3:14b"]),
        (
            "on-request",
            [
                "claude-3.7-sonnet",
                "claude-3-7-sonnet-20250219",
                "claude-sonnet-4-20250514",
                "us.anthropic.claude-opus-4-1-20250805-v1:0",
                "anthropic/claude-haiku-4.5",
                "gpt-5.1",
                "deepseek-v3.1",
            ],
        ),
        (
            "never",
            [
                "gpt-4o",
                "gpt-4o-mini-2024-07-18",
                "gpt-4.1-nano",
                "gpt-3.5-turbo",
                "azure/gpt-4",
                "gpt-5-chat-latest",
                "grok-4-fast-non-reasoning",
                "grok-3",
                "deepseek/deepseek-chat-v3-0324",
                "Qwen/Qwen3-30B-A3B-Instruct-2507",
                "qwen3-coder",
            ],
        ),
        (
            None,
            [
                "",
                "llama-3.3-70b-instruct",
                "my-own-model",
                "gpt-40",
                "o10",
                "opus",
                "claude",
                "claude-sonnet-4-9",
                "gemini-2.5-flash-image",
                "gemini-2.5-flash-lite",
                "not-gpt-4o",
                "qwen4-8b",
            ],
        ),
    ],
)
def test_what_is_known_of_models(catalogue: Catalogue, reasons: str | None, models: list[str]) -> None:
    found = {model: family.reasons if (family := family_of(catalogue, model)) else None for model in models}
    assert found == dict.fromkeys(models, reasons)
    assert {reasons_by_itself(catalogue, model) for model in models} == {reasons in ("always", "default")}


def test_the_table_is_dated_and_complete(catalogue: Catalogue) -> None:
    assert catalogue.models_checked >= "2025-01-01"
    assert {family.reasons for family in catalogue.models} == {"always", "default", "on-request", "never"}
