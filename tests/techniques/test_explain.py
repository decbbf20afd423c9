"""Explanation pages: complete, in the reader's language, with every figure linked to its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.techniques.ids import TECHNIQUES

from thoughtsmith.messages import messages
from thoughtsmith.techniques.explain import page, short_page
from thoughtsmith.techniques.model import LANGUAGES, Language

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue

each_technique = pytest.mark.parametrize("technique_id", TECHNIQUES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def check(text: str, *parts: str) -> None:
    """`text` holds all `parts` in this order."""
    position = 0
    for part in parts:
        found = text.find(part, position)
        assert found >= 0, f"{part!r} is missing or out of place"
        position = found + len(part)


def test_a_page_in_english(catalogue: Catalogue) -> None:
    check(
        page(catalogue, "bon", "en"),
        "# Best-of-N · `bon`",
        "## What it does",
        "## When to use it",
        "## When not to use it",
        "## In a single prompt",
        "## At run time",
        "- DSPy: `dspy.BestOfN",
        "## Cost",
        "≈ 3 × the output of one reasoned answer (n = 3). One call",
        "Through the API: N independent calls",
        "## Evidence",
        "([arXiv:2305.20050](https://arxiv.org/abs/2305.20050), measured with separate calls)",
        "## Caveats",
        "([arXiv:2210.10760](https://arxiv.org/abs/2210.10760))",
        "## Parameters",
        "- `n` = 3 (2–10): how many candidates",
        "## Related",
        "Self-Consistency (`self-consistency`)",
        "## Rating in the review",
        "test-time scaling: direct use high, conceptual value very high, potential for adaptation very high",
    )


def test_a_page_in_russian(catalogue: Catalogue) -> None:
    check(
        page(catalogue, "tot", "ru"),
        "# Дерево мыслей · `tot`",
        "## Что делает",
        "## Когда применять",
        "## Когда не применять",
        "## В одном промпте",
        "## Вне промпта",
        "## Цена",
        "≈ 6 × объём одного ответа с рассуждением (branches = 3, depth = 2). Один вызов",
        "Через API: ",
        "## Данные исследований",
        "измерено отдельными вызовами",
        "## Оговорки",
        "## Параметры",
        "- `branches` = 3 (2–5): сколько ветвей",
        "## Близкие техники",
        "Цепочка рассуждений (`cot`)",
        "## Оценка в обзоре",
        "концептуальная ценность очень высокая",
    )


def test_choices_are_listed(catalogue: Catalogue) -> None:
    check(page(catalogue, "confidence", "en"), "- `scale` = 0-100 (0-100 | low-medium-high): ")


def test_pages_of_other_sites_are_linked_by_their_host(catalogue: Catalogue) -> None:
    check(page(catalogue, "cot", "en"), "([developers.openai.com](https://developers.openai.com/api/")


@each_technique
@each_language
def test_every_page_has_cost_evidence_rating_and_related(
    catalogue: Catalogue, technique_id: str, language: Language
) -> None:
    say = messages(language)
    text = page(catalogue, technique_id, language)
    technique = catalogue.techniques[technique_id]
    check(text, f"## {say.cost}\n\n≈ ", say.cost_api, f"## {say.evidence}", f"## {say.caveats}", f"## {say.related}")
    check(text, f"## {say.rating}")
    for evidence in (*technique.evidence, *technique.caveats):
        address = evidence.source.replace("arXiv:", "https://arxiv.org/abs/")
        assert f"({address})" in text
        assert evidence.text.of(language) in text
    for other in technique.related:
        assert f"(`{other}`)" in text
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    # A page in the other language would show up in its headings.
    letters = "[А-яЁё]" if language == "ru" else "[A-Za-z]"
    assert all(re.search(letters, heading) for heading in re.findall(r"^## .*$", text, flags=re.MULTILINE))


@each_technique
@each_language
def test_the_short_page_says_when_not_to_use_it_and_what_it_costs(
    catalogue: Catalogue, technique_id: str, language: Language
) -> None:
    say = messages(language)
    technique = catalogue.techniques[technique_id]
    text = short_page(catalogue, technique_id, language)
    bodies = [body.of(language) for _, body in technique.pages]
    check(
        text,
        f"### {technique.name.of(language)} · `{technique_id}`",
        technique.summary.of(language),
        say.use_when,
        bodies[1],
        say.avoid_when,
        bodies[2],
        f"**{say.cost}:** ≈ ",
        say.single_prompt,
        bodies[3],
        say.evidence,
        technique.evidence[0].text.of(language),
        say.caveats,
        technique.caveats[0].text.of(language),
        say.run_time,
    )
    assert len(text) < len(page(catalogue, technique_id, language))
    assert "⚠" not in text


@pytest.mark.parametrize("model", ["gpt-5", "o3", "openai/o3-mini", "gemini-2.5-flash"])
def test_a_reasoning_model_gets_a_note(catalogue: Catalogue, model: str) -> None:
    check(short_page(catalogue, "cot", "en", model=model), f"⚠ `{model}` reasons by itself. A request to think")
    check(short_page(catalogue, "cot", "ru", model=model), f"⚠ Модель `{model}` рассуждает сама. Просьба")


@pytest.mark.parametrize("model", ["", "gpt-4o", "my-own-model", "claude-3.7-sonnet"])
def test_other_models_get_none(catalogue: Catalogue, model: str) -> None:
    assert short_page(catalogue, "cot", "en", model=model) == short_page(catalogue, "cot", "en")


def test_a_technique_that_reasoning_models_need_as_well_gets_none(catalogue: Catalogue) -> None:
    assert catalogue.techniques["confidence"].on_reasoning_models is None
    assert "⚠" not in short_page(catalogue, "confidence", "en", model="o3")


@each_language
def test_a_recipe_lists_its_techniques_and_parameters(catalogue: Catalogue, language: Language) -> None:
    recipe = catalogue.recipes["research"]
    techniques = [catalogue.techniques[name] for name in recipe.techniques]
    parts = [f"- {t.name.of(language)} (`{t.id}`): {t.summary.of(language)}" for t in techniques]
    text = page(catalogue, "research", language)
    check(text, f"# {recipe.name.of(language)} · `research`", recipe.summary.of(language), *parts, "- `n` = 3 (2–10)")
    assert short_page(catalogue, "research", language) == text


@each_language
def test_a_term_says_that_a_prompt_cannot_switch_it_on(catalogue: Catalogue, language: Language) -> None:
    say = messages(language)
    for entry in catalogue.knowledge.values():
        text = page(catalogue, entry.id, language)
        check(text, f"### {entry.name.of(language)}", entry.summary.of(language))
        assert (say.knowledge in text) == (entry.group != "benchmarks")
        for evidence in (*entry.evidence, *entry.caveats):
            assert evidence.source.removeprefix("arXiv:") in text
        for other in entry.instead:
            check(text, f"**{say.instead}:** ", f"(`{other}`)")


def test_an_unknown_id_has_no_page(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        page(catalogue, "telepathy", "en")
