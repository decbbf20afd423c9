"""Word patterns: which texts they match, and where."""

from __future__ import annotations

import pytest

from thoughtsmith.techniques.phrases import PhraseIndex, fold


def find(phrases: dict[str, str], text: str, *, case_sensitive: bool = False) -> list[tuple[str, str]]:
    """The value and the matched text of every hit."""
    index: PhraseIndex[str] = PhraseIndex()
    for phrase, value in phrases.items():
        index.add(phrase, value, case_sensitive=case_sensitive)
    return [(hit.value, text[hit.span.start : hit.span.end]) for hit in index.find(text)]


def check(phrase: str, text: str, *, case_sensitive: bool = False) -> None:
    """`⟦…⟧` in `text` marks what `phrase` matches; without it, it matches nothing."""
    expected = [piece.partition("⟧")[0] for piece in text.split("⟦")[1:]]
    plain = text.replace("⟦", "").replace("⟧", "")
    assert [found for _, found in find({phrase: "x"}, plain, case_sensitive=case_sensitive)] == expected


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("tree of thoughts", "a ⟦Tree of Thoughts⟧ here"),
        ("tree of thoughts", "a ⟦TREE-OF-THOUGHTS⟧, the ⟦tree of\nthoughts⟧"),
        ("tree of thoughts", "a ⟦tree\u00a0of\u00a0thoughts⟧, a ⟦tree\u2011of\u2011thoughts⟧"),
        ("tree of thoughts", "a tree of thoughtsx, atree of thoughts, a tree, of thoughts, tree    of thoughts"),
        ("tree-of-thoughts", "a ⟦tree of thoughts⟧"),
        ("best-of-n", "⟦best-of-N⟧ and best-of-N2"),
        ("цепоч* рассуждени*", "⟦цепочка рассуждений⟧, ⟦Цепочку рассуждений⟧, ⟦цепочками рассуждениями⟧"),
        ("цепоч* рассуждени*", "цепь рассуждений, цепочка из рассуждений, цепочечками рассуждений"),
        ("дерев* мысл*", "⟦дерево мыслей⟧, ⟦деревом мыслей⟧, ⟦деревьями мыслями⟧"),
        ("трёх экспертов", "⟦трёх экспертов⟧ или ⟦трех экспертов⟧, ⟦ТРЁХ ЭКСПЕРТОВ⟧"),
        ("трех экспертов", "⟦трёх экспертов⟧ или ⟦трех экспертов⟧"),
        ("ещё раз", "⟦Еще раз⟧ и ⟦ещё раз⟧"),
        ("plan", "⟦plan⟧, plans, planet"),
        ("plan*", "⟦plan⟧, ⟦plans⟧, ⟦planning⟧, plan2, ⟦plan⟧-b, plan_b"),
        ("rl", "⟦RL⟧ and ⟦rl⟧, not url or rla"),
        ("0-100", "from ⟦0-100⟧ and ⟦0 100⟧ but not 0-1000 or 10-100"),
        ("5", "⟦5⟧ items, 15, 5a"),
        ("maj@k", "by ⟦maj@k⟧ voting"),
        ("c++ code", "some ⟦C++ code⟧ here"),
        (".* code", "any code"),
        ("убедись, что ответ", "⟦Убедись, что ответ⟧ верный"),
        ("«результат»", "строка ⟦«Результат»⟧ и результат"),
    ],
)
def test_any_case(phrase: str, text: str) -> None:
    check(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("CoT", "⟦CoT⟧, not COT, cot or CoTs"),
        ("BoN", "⟦BoN⟧ and bon appétit"),
        ("Тонкая настройка", "⟦Тонкая настройка⟧, тонкая настройка"),
    ],
)
def test_case_sensitive(phrase: str, text: str) -> None:
    check(phrase, text, case_sensitive=True)


def test_the_longest_of_several_at_one_place_is_found() -> None:
    phrases = {"reward model*": "short", "reward model benchmark*": "long"}
    assert find(phrases, "reward model benchmarks and reward models") == [
        ("long", "reward model benchmarks"),
        ("short", "reward models"),
    ]


def test_the_longest_is_found_whatever_the_first_letters_are() -> None:
    phrases = {"re* model": "short", "reward model benchmark*": "long"}
    assert find(phrases, "a reward model benchmark") == [("long", "reward model benchmark")]


def test_a_phrase_may_have_several_values() -> None:
    index: PhraseIndex[str] = PhraseIndex()
    index.add("plan", "a")
    index.add("plan", "b")
    assert [hit.value for hit in index.find("a plan")] == ["a", "b"]


def test_finding_can_be_limited_to_a_part_of_the_text() -> None:
    index: PhraseIndex[str] = PhraseIndex()
    index.add("tree of thoughts", "x")
    text = "tree of thoughts, tree of thoughts, tree of thoughts"
    assert [hit.span.start for hit in index.find(text, 5, 40)] == [18]


@pytest.mark.parametrize("letter", ["İ", "ẞ", "Ǆ"])
def test_letters_that_change_their_length_move_nothing(letter: str) -> None:
    check("tree of thoughts", f"{letter * 5} ⟦tree of thoughts⟧")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chain-of-Thought", "chain of thought"),
        ("Трёх Экспертов", "трех экспертов"),
        ("a - b", "a b"),
        ("a\u2011b", "a b"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_hostile_pattern_does_not_multiply_with_a_hostile_text() -> None:
    """With a pattern that tries every way to split the text this would not end."""
    index: PhraseIndex[str] = PhraseIndex()
    index.add("a* a* a* a* a* a* a* a* b", "x")
    assert list(index.find("a " * 20_000)) == []
    assert list(index.find("a" * 20_000)) == []
