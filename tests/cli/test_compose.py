"""`thoughtsmith compose`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Run


def check(text: str, *starts: str) -> None:
    """The lines at the left margin begin with `starts`."""
    margin = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert [line[: len(start)] for line, start in zip(margin, starts, strict=True)] == list(starts)


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        (["bon", "cot"], ["[Describe the task]", "1. Think step by step", "2. Write 3 candidates"]),
        (["bon:5", "cot", "--lang", "ru"], ["[Опишите задачу]", "1. Реши задачу выше", "2. Подготовь 5 вариантов"]),
        (["bon", "self-consistency", "--param", "n=4"], ["[", "1. Write 4 candidates", "2. Write 4 independent"]),
        (
            ["bon", "self-consistency", "--param", "bon.n=4"],
            ["[", "1. Write 4 candidates", "2. Write 5 independent"],
        ),
        (
            ["bon:4", "self-consistency", "--param", "n=6", "--param", "bon.n=7"],
            ["[", "1. Write 7 candidates", "2. Write 6 independent"],
        ),
        (["--recipe", "research", "--param", "task=tea"], ["I am working on tea.", *"12345", "Task context:"]),
        (["--recipe", "research:2"], ["I am working on [a problem].", *"12345", "Task context:"]),
    ],
)
def test_techniques_and_recipes(run: Run, arguments: list[str], starts: list[str]) -> None:
    result = run("compose", *arguments)
    check(result.stdout, *starts)
    assert result.stdout.endswith("\n")


def test_the_task_comes_from_a_file_and_decides_on_the_language(run: Run) -> None:
    Path("task.md").write_text("Составь план поездки по Волге.\n", encoding="utf-8")
    result = run("compose", "cot", "--task-file", "task.md")
    check(result.stdout, "Составь план поездки по Волге.", "1. Реши задачу выше")
    result = run("compose", "--recipe", "research", "--task-file", "task.md")
    assert result.stdout.startswith("Составь план поездки по Волге.\n\nЯ работаю над задачей выше.")


def test_the_task_comes_from_standard_input(run: Run) -> None:
    result = run("compose", "cot", "--task-file", "-", stdin="Plan a trip.\r\n")
    check(result.stdout, "Plan a trip.", "1. Think step by step")


def test_slots_are_filled(run: Run) -> None:
    result = run("compose", "bon", "self-refine", "--param", "criteria=price")
    assert result.stdout.count("criteria: price.") == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name either techniques or a --recipe"),
        (["cot", "--recipe", "research"], "name either techniques or a --recipe"),
        (["--recipe", "reserch"], "Did you mean research?"),
        (["--recipe", "cot"], "There is no 'cot' here."),
        (["cott"], "Did you mean cot"),
        (["research"], "There is no 'research' here."),
        (["bon:99"], "must be a whole number from 2 to 10"),
        (["cot", "--param", "n=3"], "--param n: nothing here takes it"),
        (["bon", "--param", "cot.n=3"], "--param cot.n: nothing here takes it"),
        (["cot", "bon", "--param", "cot.n=3"], "cot: n = '3': no such parameter"),
        (["bon", "--task-file", "missing.md"], "does not exist"),
    ],
)
def test_usage_errors(run: Run, arguments: list[str], says: str) -> None:
    result = run("compose", *arguments, code=2)
    assert says in result.stderr.replace("\n", " ")
    assert result.stdout == ""


def test_a_text_for_a_slot_of_one_technique_goes_to_that_one_only(run: Run) -> None:
    output = run("compose", "bon", "tot", "--param", "bon.criteria=SPEED").output
    assert output.count("SPEED") == 1
    assert run("compose", "bon", "tot", "--param", "criteria=SPEED").output.count("SPEED") == 2
