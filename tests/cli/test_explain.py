"""`thoughtsmith explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Run


@pytest.mark.parametrize(
    ("arguments", "start", "holds"),
    [
        (["cot"], "# Chain-of-Thought · `cot`\n\n", "\n## When not to use it\n"),
        (["COT", "--lang", "ru"], "# Цепочка рассуждений · `cot`\n\n", "\n## Когда не применять\n"),
        (["rlhf"], "### RLHF", messages("en").knowledge),
        (["rlhf", "--lang", "ru"], "### RLHF", messages("ru").knowledge),
        (["research"], "# Research prompt · `research`\n", "(`self-refine`)"),
        (["research", "--lang", "ru"], "# Исследовательский промпт · `research`\n", "(`self-refine`)"),
        (["TH502"], "# unquoted-text (TH502)\n\n", "\n## When not to flag\n"),
        (["unquoted-text"], "# unquoted-text (TH502)\n\n", "\n## Why is this bad\n\n"),
        (["th502", "--lang", "ru"], "# unquoted-text (TH502)\n\nТекст, который YAML", "\n## Почему это плохо\n\n"),
    ],
)
def test_markdown(run: Run, arguments: list[str], start: str, holds: str) -> None:
    text = run("explain", *arguments, "--output-format", "markdown").stdout
    assert text.startswith(start)
    assert holds in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize(
    ("name", "kind"), [("bon", "technique"), ("research", "recipe"), ("dpo", "knowledge"), ("TH502", "rule")]
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_json(run: Run, name: str, kind: str, language: str) -> None:
    data = json.loads(run("explain", name, "--lang", language, "--output-format", "json").stdout)
    markdown = run("explain", name, "--lang", language, "--output-format", "markdown").stdout
    assert data == {"version": 1, "id": name, "kind": kind, "language": language, "markdown": markdown}


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (["cot"], ["Chain-of-Thought", "When not to use it", "• Reasoning models", "17.9%"]),
        (["cot", "--lang", "ru"], ["Цепочка рассуждений", "Когда не применять", "17,9 %"]),
        (["rlhf"], ["RLHF", "People compare"]),
        (["research"], ["Research prompt", "Best-of-N"]),
    ],
)
def test_text_for_a_terminal(run: Run, arguments: list[str], holds: list[str]) -> None:
    text = run("explain", *arguments).stdout
    for words in holds:
        assert words in text
    assert "##" not in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_language_is_that_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert "Когда применять" in run("explain", "tot").stdout


def test_a_config_file_may_say_the_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thoughtsmith.toml").write_text('locale = "ru"\n', encoding="utf-8")
    assert "Когда молчит" in run("explain", "TH502").stdout
    assert "When not to flag" in run("explain", "TH502", "--lang", "en").stdout


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rlfh", "Did you mean rlhf"),
        ("unquotd-text", "unquoted-text"),
        ("self-refin", "self-refine"),
        ("zzzzzz", "There is no 'zzzzzz'"),
        ("th50", "TH509"),
        ("TH999", "There is no 'TH999'"),
    ],
)
def test_an_unknown_id_gets_the_nearest(run: Run, name: str, says: str) -> None:
    assert says in run("explain", name, code=2).stderr
