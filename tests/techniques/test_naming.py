"""Names of techniques and terms in running text: which are found, in which forms, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.techniques.naming import Names

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue


def check(names: Names, marked: str, *ids: str) -> None:
    """`⟦…⟧` in `marked` marks the names; `ids` are theirs in order, one for all if there is only one."""
    expected = [piece.partition("⟧")[0] for piece in marked.split("⟦")[1:]]
    text = marked.replace("⟦", "").replace("⟧", "")
    mentions = list(names.mentions(text))
    # A name inside a longer one, "reward model" in "process reward model", is for whoever asks to pass over.
    outer = [m for m in mentions if not any(len(o.span) > len(m.span) and o.span.covers(m.span) for o in mentions)]
    found = [(mention.id, text[mention.span.start : mention.span.end]) for mention in outer]
    assert found == list(zip(ids * (len(expected) if len(ids) == 1 else 1), expected, strict=True))


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("Use ⟦chain of thought⟧ here, or ⟦Chain-of-Thought⟧, in short ⟦CoT⟧.", ["cot"]),
        ("⟦Best-of-N⟧ picks one of many; ⟦BoN⟧ needs a judge, ⟦rejection sampling⟧ as well.", ["bon"]),
        ("We apply ⟦Self-Refine⟧, that is, ⟦self-critique⟧ with ⟦self-feedback⟧.", ["self-refine"]),
        ("⟦Compute-optimal scaling⟧ spends more on hard questions.", ["cos"]),
        ("⟦Self-consistency⟧ takes the majority.", ["self-consistency"]),
        ("⟦Tree of Thoughts⟧ (⟦ToT⟧) backtracks; a ⟦tree-of-thought⟧ prompt imitates it.", ["tot"]),
        ("⟦Verbalised confidence⟧ is often too high.", ["confidence"]),
        ("⟦Chain-of-Verification⟧, ⟦CoVe⟧ for short, is ⟦self-verification⟧ by questions.", ["verification"]),
        ("⟦Least-to-most prompting⟧ is a kind of decomposition.", ["decomposition"]),
        ("⟦Step-back prompting⟧ asks for the principle first.", ["step-back"]),
        ("Добавь ⟦цепочку рассуждений⟧: с ⟦цепочкой рассуждений⟧ и без ⟦цепочки рассуждений⟧.", ["cot"]),
        ("В ⟦цепочках рассуждений⟧ и ⟦цепочке мыслей⟧ шаги видны.", ["cot"]),
        ("Метод «⟦лучший из N⟧» выбирает одно.", ["bon"]),
        ("⟦Выборка лучшего из N⟧ и ⟦генерация с отбором⟧.", ["bon"]),
        ("⟦Самоулучшение⟧ начинается с ⟦самокритики⟧, без ⟦саморефлексии⟧ его нет.", ["self-refine"]),
        ("С ⟦вычислительно-оптимальным масштабированием⟧ простое решается сразу.", ["cos"]),
        ("Техника ⟦универсальной самосогласованности⟧ обходится без подсчёта.", ["self-consistency"]),
        ("Построй ⟦дерево мыслей⟧; ⟦деревом мыслей⟧ управляет программа, у ⟦дерева мыслей⟧ есть глубина.", ["tot"]),
        ("⟦Метод трёх экспертов⟧, он же ⟦метод трех экспертов⟧.", ["tot"]),
        ("⟦Оценка уверенности модели⟧ и ⟦выборка по уверенности⟧.", ["confidence"]),
        ("Проведи ⟦самопроверку⟧: ⟦самопроверка⟧ помогает, с ⟦самопроверкой⟧ надёжнее.", ["verification"]),
    ],
)
def test_techniques_are_recognised_by_name(names: Names, sentence: str, ids: list[str]) -> None:
    check(names, sentence, *ids)


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("The language model was trained with ⟦PPO⟧, later with ⟦DPO⟧.", ["ppo", "dpo"]),
        ("⟦DPO⟧ needs preference pairs, ⟦GRPO⟧ a verifier, ⟦ORPO⟧ neither.", ["dpo", "grpo", "orpo"]),
        ("An ⟦ORM⟧ scores the result, a ⟦process reward model⟧ every step.", ["orm", "prm"]),
        ("⟦RLHF⟧ and ⟦RLAIF⟧ differ in who compares.", ["rlhf", "rlaif"]),
        ("⟦LoRA⟧ and ⟦QLoRA⟧ freeze the weights.", ["lora"]),
        ("⟦Monte Carlo tree search⟧, in short ⟦MCTS⟧.", ["mcts"]),
        ("⟦Beam search⟧ keeps the best few.", ["beam-search"]),
        (
            "An ⟦implicit reward model⟧ beats an ⟦explicit reward model⟧.",
            ["reward-model-implicit", "reward-model-explicit"],
        ),
        ("⟦Knowledge distillation⟧ needs a teacher.", ["distillation"]),
        ("⟦Graph of Thoughts⟧ merges branches.", ["graph-of-thoughts"]),
        ("It solves 80 % of ⟦GSM8K⟧ and knows ⟦MMLU⟧.", ["benchmarks-reasoning", "benchmarks-general"]),
        ("Нейросеть учили дальше: сначала ⟦SFT⟧, потом ⟦PPO⟧.", ["sft", "ppo"]),
        ("Модель сравнивали с ⟦лучевым поиском⟧ и ⟦дистилляцией знаний⟧.", ["beam-search", "distillation"]),
        ("Про ⟦обучение с подкреплением на основе отзывов людей⟧.", ["rlhf"]),
    ],
)
def test_terms_are_recognised_by_name_and_by_abbreviation_in_context(
    names: Names, sentence: str, ids: list[str]
) -> None:
    check(names, sentence, *ids)


@pytest.mark.parametrize(
    "sentence",
    [
        "Grow a decision tree and prune it.",
        "Draw the tree of life.",
        "построй дерево решений",
        "Посади дерево и построй дом.",
        "best of luck with the best of both worlds",
        "The best of 3 games wins.",
        "Bon appétit and bon voyage!",
        "Your PPO network covers this visit; an HMO does not.",
        "Contact our DPO about your personal data.",
        "We use the Django ORM, so no SQL is needed.",
        "The ORM maps tables to objects.",
        "Put the baby cot next to the bed.",
        "Ask the COS department, that is, the chief of staff.",
        "The board has GOT a plan, and Game of Thrones is GoT.",
        "Step back from the edge.",
        "The LATS are sore after training; MATH homework is due.",
        "Verify the invoice and state how confident the customer is.",
        "Customer confidence is high.",
        "Цепочка поставок и цепочка магазинов.",
        "Лучший из лучших получает приз.",
        "Проверь почту и самолёт.",
        "SC Freiburg won; the SC ruled; Columbia, SC.",
        "A supply chain of thoughtful partners.",
        "Distillation of whisky takes two runs.",
        "Тонкая настройка рояля заняла час.",
        "Модель вознаграждения сотрудников утверждена.",
        "",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(names: Names, sentence: str) -> None:
    check(names, sentence)


@pytest.mark.parametrize(
    ("near", "far"), [("reinforcement learning", "insurance plans"), ("языковая модель", "страховой полис")]
)
def test_only_what_stands_near_is_context(names: Names, near: str, far: str) -> None:
    check(names, f"{near}: ⟦PPO⟧", "ppo")
    check(names, f"{far}: PPO")
    check(names, f"{near}. {'Filler text. ' * 60}PPO")


def test_two_ambiguous_abbreviations_do_not_explain_each_other(names: Names) -> None:
    check(names, "The DPO checked the ORM and the PPO.")


@pytest.mark.parametrize(
    ("text", "suits"),
    [
        ("Write three slogans, then pick the best.", {"bon"}),
        ("Solve the puzzle.", {"cot", "tot", "self-consistency"}),
        ("Hello there.", set()),
        ("", set()),
    ],
)
def test_words_speak_for_techniques(names: Names, text: str, suits: set[str]) -> None:
    found = {technique for technique, count in names.suits(text) if count}
    assert found >= suits
    assert suits or not found


def test_words_are_counted_once_for_each_text(catalogue: Catalogue) -> None:
    names = Names(catalogue)
    assert names.suits("Solve the puzzle.") is names.suits("Solve the puzzle.")
    assert names.searched == 1
