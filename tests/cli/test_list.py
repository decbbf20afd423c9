"""`thoughtsmith list`, `--version` and `--help`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import thoughtsmith

if TYPE_CHECKING:
    from .conftest import Run

KINDS = {
    "techniques": {"id", "name", "params", "summary"},
    "recipes": {"id", "name", "params", "summary"},
    "knowledge": {"id", "name", "summary"},
    "formats": {"id", "name", "files"},
    "models": {"name", "reasons"},
    "rules": {"id", "name", "group", "severity", "default", "summary"},
}


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("language", ["en", "ru"])
def test_json(run: Run, kind: str, language: str) -> None:
    data = json.loads(run("list", kind, "--lang", language, "--output-format", "json").stdout)
    # The table of models is dated.
    assert data.keys() == {"version", kind} | ({"checked"} if kind == "models" else set())
    assert data["version"] == 1
    assert data[kind]
    for row in data[kind]:
        assert row.keys() >= KINDS[kind]


def test_techniques(run: Run) -> None:
    rows = json.loads(run("list", "techniques", "--output-format", "json").stdout)["techniques"]
    assert len(rows) == 10
    [tot] = [row for row in rows if row["id"] == "tot"]
    assert tot["name"] == "Tree of Thoughts"
    assert tot["params"] == {"branches": 3, "depth": 2}


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("techniques", ["self-consistency", "Tree of Thoughts", "summary"]),
        ("recipes", ["research", "Research prompt"]),
        ("knowledge", ["reward-model-implicit", "MCTS: Monte Carlo tree search"]),
        ("formats", ["prompt-md", "*.prompt.md", "CLAUDE.md"]),
        ("models", ["OpenAI o-series", "always"]),
        ("rules", ["TH502", "unquoted-text", "needs-separate-calls", "warning", "✓"]),
    ],
)
def test_tables(run: Run, kind: str, holds: list[str]) -> None:
    text = run("list", kind).stdout
    for words in holds:
        assert words in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("width", ["80", "120"])
def test_rules_are_readable_in_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    lines = run("list", "rules").stdout.splitlines()
    assert max(map(len, lines)) <= int(width)
    # Three lines for a rule at most: its name, and a sentence that is broken once.
    rules = [line for line in lines if line.strip().startswith("TH")]
    assert len(lines) <= 3 * len(rules) + 4
    (row,) = [number for number, line in enumerate(lines) if "candidates-without-pick · completeness" in line]
    assert "TH101" in lines[row]
    assert "Several candidates and no word" in lines[row + 1]


def test_rules_are_explained_in_russian(run: Run) -> None:
    assert "Секрет в промпте." in run("list", "rules", "--lang", "ru").stdout


def test_tables_are_in_the_language_that_was_asked_for(run: Run) -> None:
    text = run("list", "techniques", "--lang", "ru").stdout
    assert "Дерево мыслей" in text
    assert "название" in text


def test_an_unknown_kind_is_a_usage_error(run: Run) -> None:
    assert "is not one of" in run("list", "spells", code=2).stderr


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"thoughtsmith, version {thoughtsmith.__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").stdout
    for command in ("server", "check", "scan", "insert", "compose", "explain", "list", "init", "setup", "demo"):
        assert f"\n  {command} " in text
    assert run("-h").stdout == text


@pytest.mark.parametrize(
    "command", ["server", "check", "scan", "insert", "compose", "explain", "list", "init", "setup"]
)
def test_every_command_has_help(run: Run, command: str) -> None:
    text = run(command, "--help").stdout
    assert text.startswith(f"Usage: main {command}")
    assert "Options:" in text


@pytest.mark.parametrize("address", ["7998", "localhost:", "localhost:http", "localhost"])
def test_the_server_refuses_an_address_that_is_none(run: Run, address: str) -> None:
    assert "write HOST:PORT" in run("server", "--tcp", address, code=2).stderr
