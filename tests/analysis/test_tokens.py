"""The estimate of tokens."""

from __future__ import annotations

import pytest

from thoughtsmith.analysis.tokens import estimated


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("", 0, 0),
        ("Answer briefly and name your sources.", 6, 9),
        ("Отвечай кратко и называй источники.", 7, 12),
        ("def add(a, b):\n    return a + b\n", 12, 18),
        ("Think step by step. " * 100, 400, 600),
        ("Думай шаг за шагом. " * 100, 450, 800),
        ("用中文回答" * 20, 60, 140),
    ],
)
def test_it_is_near_to_what_tokenizers_count(text: str, low: int, high: int) -> None:
    assert low <= estimated(text) <= high


def test_it_does_not_feign_precision() -> None:
    assert estimated("word " * 1234) == 1200
    assert estimated("слово " * 56_789) % 1000 == 0
