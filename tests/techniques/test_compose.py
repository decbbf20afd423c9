"""One prompt out of several techniques."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats.place import Style
from thoughtsmith.techniques.compose import compose
from thoughtsmith.techniques.params import resolve

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language, Recipe, Technique


def composed(
    catalogue: Catalogue,
    *ids: str,
    language: Language = "en",
    task: str = "",
    style: Style | None = None,
    fills: dict[str, str] | None = None,
) -> str:
    entries: dict[str, Technique | Recipe] = {**catalogue.techniques, **catalogue.recipes}
    parts = [(entries[name], resolve(entries[name], {})) for name in ids]
    return compose(parts, language, task=task, style=style, fills=dict.fromkeys(ids, fills or {}))


def check(text: str, *lines: str) -> None:
    """The lines of `text` that stand at its left margin begin with `lines`."""
    margin = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert len(margin) == len(lines), text
    for line, start in zip(margin, lines, strict=True):
        assert line.startswith(start)


def test_techniques_become_one_numbered_list_in_the_order_in_which_they_work(catalogue: Catalogue) -> None:
    text = composed(catalogue, "self-refine", "bon", "cot", task="Plan a trip.\n")
    check(text, "Plan a trip.", "1. Think step by step about the task above", "2. Write 3 candidates", "3. Improve")
    assert text.startswith("Plan a trip.\n\n1. ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "[the task]" not in text


def test_without_a_task_there_is_a_place_for_it(catalogue: Catalogue) -> None:
    check(composed(catalogue, "cot"), "[Describe the task]", "1. Think step by step about the task above")
    check(composed(catalogue, "cot", language="ru"), "[Опишите задачу]", "1. Реши задачу выше")


def test_headings(catalogue: Catalogue) -> None:
    text = composed(catalogue, "bon", "cot", task="Plan a trip.", style=Style.HEADING)
    headings = re.findall(r"^#.*$", text, flags=re.MULTILINE)
    assert headings == ["# Task", "## Chain of thought", "## Best of 3"]
    assert "\n\n\n" not in text


def test_tags(catalogue: Catalogue) -> None:
    text = composed(catalogue, "cot", "bon", task="Plan a trip.", style=Style.XML)
    tags = re.findall(r"^</?\w+>$", text, flags=re.MULTILINE)
    assert tags == ["<task>", "</task>", "<chain_of_thought>", "</chain_of_thought>", "<best_of_n>", "</best_of_n>"]


def test_plain_paragraphs(catalogue: Catalogue) -> None:
    text = composed(catalogue, "cot", "confidence", task="Plan.", style=Style.PLAIN)
    assert re.search(r"^Plan\.\n\nThink step by step .*:\n1\. ", text)
    assert re.search(r"\n\nWhen your answer is ready, .*:\n1\. ", text)


def test_a_recipe_without_a_task_has_a_place_of_its_own_for_it(catalogue: Catalogue) -> None:
    text = composed(catalogue, "research")
    assert text.startswith("I am working on [a problem]. I need help with [finding a solution]. Please:\n1. Think")
    assert text.rstrip().endswith("Task context: [scale, resources, constraints].")


def test_a_recipe_with_a_task_follows_it(catalogue: Catalogue) -> None:
    text = composed(catalogue, "research", language="ru", task="Нужен план перехода.")
    assert text.startswith("Нужен план перехода.\n\nЯ работаю над задачей выше. ")


def test_slots_are_filled_wherever_they_occur(catalogue: Catalogue) -> None:
    text = composed(catalogue, "bon", "self-refine", fills={"criteria": "price and speed"})
    assert text.count("price and speed") == 2


@pytest.mark.parametrize("style", list(Style))
def test_a_composed_prompt_shows_all_its_techniques(catalogue: Catalogue, style: Style) -> None:
    ids = list(catalogue.techniques)
    text = composed(catalogue, *reversed(ids), task="Plan a trip.", style=style)
    places = [text.index(catalogue.techniques[name].templates.en.split("lead: ")[1][:14].split("{")[0]) for name in ids]
    assert places == sorted(places)
