"""Code actions: which are offered when, and what the file is after one of them.

`⟦…⟧` is the selection, `<|>` a cursor without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide import insert_technique, wrap_technique
from thoughtsmith.ide.action import RECIPE_KIND, TECHNIQUE_KIND, WrittenEdit
from thoughtsmith.ide.code_actions import BEST, Offers, Request, code_actions, edits_of
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.ide.action import Offer
    from thoughtsmith.project.document import Snapshot

    from .conftest import SnapshotOf

TECHNIQUES = 10
RECIPES = 1


def parse(marked: str) -> tuple[str, Span]:
    if "<|>" in marked:
        start = marked.index("<|>")
        return marked.replace("<|>", ""), Span(start, start)
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    return marked.replace("⟦", "").replace("⟧", ""), Span(start, end)


def fail(where: str, error: Exception) -> None:
    raise AssertionError(where) from error


def offers(
    snapshot_of: SnapshotOf, marked: str, *, only: tuple[str, ...] = (), automatic: bool = False, **options: Any
) -> Offers:
    text, selection = parse(marked)
    return code_actions(snapshot_of(text, **options), Request(selection, only, automatic), fail)


def text_edits(snapshot: Snapshot, offer: Offer) -> list[WrittenEdit]:
    return [change for change in edits_of(snapshot, offer) if isinstance(change, WrittenEdit)]


def check(snapshot_of: SnapshotOf, marked: str, producer: str, id: str, expected: str, **options: Any) -> None:
    """Choosing the action gives `expected`, in which `…` stands for any text."""
    text, selection = parse(marked)
    snapshot: Snapshot = snapshot_of(text, **options)
    found = code_actions(snapshot, Request(selection, ("refactor",)), fail).offers
    [offer] = [offer for offer in found if (offer.producer, offer.id) == (producer, id)]
    edits = [Edit(edit.span, to_plain(edit.written)) for edit in text_edits(snapshot, offer)]
    after = apply_edits(text, edits)
    position = 0
    pieces = expected.split("…")
    assert after.startswith(pieces[0]), after
    for piece in pieces:
        assert piece in after[position:], f"{piece!r} is missing in:\n{after}"
        position = after.index(piece, position) + len(piece)
    assert after.endswith(pieces[-1]), after


# Which are offered


def test_an_editor_that_asks_by_itself_gets_nothing_without_a_selection(snapshot_of: SnapshotOf) -> None:
    assert offers(snapshot_of, "Plan <|>a trip.", automatic=True) == Offers([], more=False)


def test_an_editor_that_asks_for_refactorings_gets_them_without_a_selection(snapshot_of: SnapshotOf) -> None:
    found = offers(snapshot_of, "Plan <|>a trip.", only=("refactor.rewrite",), automatic=True)
    assert len(found.offers) == TECHNIQUES + RECIPES


@pytest.mark.parametrize("automatic", [True, False])
def test_a_selection_gets_the_best_and_a_hint_at_more(snapshot_of: SnapshotOf, automatic: bool) -> None:
    found = offers(snapshot_of, "⟦Plan a trip.⟧", automatic=automatic)
    assert [offer.producer for offer in found.offers] == ["wrap"] * BEST
    assert found.more


def test_a_user_who_asks_without_a_selection_gets_insertions(snapshot_of: SnapshotOf) -> None:
    found = offers(snapshot_of, "Plan <|>a trip.")
    assert [offer.producer for offer in found.offers] == ["insert"] * BEST
    assert found.more


def test_a_selection_of_white_space_cannot_be_wrapped(snapshot_of: SnapshotOf) -> None:
    assert {offer.producer for offer in offers(snapshot_of, "a\n⟦  \n⟧\n").offers} == {"insert"}


@pytest.mark.parametrize("automatic", [True, False])
@pytest.mark.parametrize(
    ("only", "count"),
    [
        (("refactor",), 2 * TECHNIQUES + RECIPES),
        (("refactor.rewrite",), 2 * TECHNIQUES + RECIPES),
        (("",), 2 * TECHNIQUES + RECIPES),
        (("refactor.rewrite.technique",), 2 * TECHNIQUES),
        (("refactor.rewrite.technique.cot",), 2),
        (("refactor.rewrite.technique.cot", "refactor.rewrite.recipe"), 2 + RECIPES),
        (("refactor.rewrite.recipe",), RECIPES),
        (("refactor.rewrite.recipe.research",), RECIPES),
        (("quickfix", "refactor.rewrite.recipe"), RECIPES),
        (("quickfix",), 0),
        (("source.organizeImports",), 0),
        (("refactor.extract",), 0),
        (("refactor.rewrite.tech",), 0),
        (("refactor.rewrite.technique.co",), 0),
        (("refactoring",), 0),
    ],
)
def test_only_names_the_kinds_and_gets_all_of_them(
    snapshot_of: SnapshotOf, only: tuple[str, ...], count: int, automatic: bool
) -> None:
    found = offers(snapshot_of, "⟦Plan a trip.⟧", only=only, automatic=automatic)
    assert len(found.offers) == count
    assert not found.more


def test_kinds_are_announced_and_every_offer_has_one_below(snapshot_of: SnapshotOf) -> None:
    assert (TECHNIQUE_KIND, RECIPE_KIND) == ("refactor.rewrite.technique", "refactor.rewrite.recipe")
    for offer in offers(snapshot_of, "⟦a⟧", only=("refactor",)).offers:
        assert offer.kind in {f"{kind}.{offer.id}" for kind in (TECHNIQUE_KIND, RECIPE_KIND)}


def test_the_techniques_that_the_task_needs_come_first(snapshot_of: SnapshotOf) -> None:
    found = offers(snapshot_of, "⟦Write slogans and headlines for the campaign.⟧").offers
    assert found[0].id == "bon"


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("en", ["Wrap with Best-of-N", "Insert Best-of-N", "Insert recipe: Research prompt"]),
        (
            "ru",
            ["Обернуть в технику: Лучший из N", "Вставить: Лучший из N", "Вставить рецепт: Исследовательский промпт"],
        ),
    ],
)
def test_titles_are_in_the_language_of_the_user(snapshot_of: SnapshotOf, locale: str, titles: list[str]) -> None:
    found = offers(snapshot_of, "⟦Plan a trip.⟧", only=("refactor",), locale=locale).offers
    assert [offer.title for offer in found if offer.id in ("bon", "research")] == titles


def test_a_producer_that_fails_costs_its_own_actions_and_is_heard_of(
    snapshot_of: SnapshotOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(snapshot: Snapshot, selection: Span) -> list[Offer]:
        raise ZeroDivisionError("on purpose")

    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(wrap_technique, "offers", broken)
    found = code_actions(
        snapshot_of("Plan."),
        Request(Span(0, 5), ("refactor",)),
        lambda where, error: heard.append((where, type(error).__name__)),
    )
    assert {offer.producer for offer in found.offers} == {"insert", "recipe"}
    assert heard == [("code action wrap", "ZeroDivisionError")]


def test_a_producer_that_is_not_asked_for_is_not_run(snapshot_of: SnapshotOf, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(snapshot: Snapshot, selection: Span) -> list[Offer]:
        raise AssertionError("asked")

    monkeypatch.setattr(insert_technique, "offers", broken)
    assert len(offers(snapshot_of, "⟦Plan.⟧", only=("refactor.rewrite.recipe",)).offers) == RECIPES


# What they do


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<|>", "Write 3 candidates for [the task] that …one line."),
        ("Plan <|>a trip.\n", "Plan a trip.\n\nWrite 3 candidates …one line.\n"),
        ("Plan a trip.\n\n<|>\n", "Plan a trip.\n\nWrite 3 candidates …one line.\n"),
        ("1. Plan<|>.\n2. Pack.\n", "1. Plan.\n2. Write 3 candidates …:\n   - State …one line.\n3. Pack.\n"),
        ("- Plan<|>.\n- Pack.\n", "- Plan.\n- Write 3 candidates …:\n  1. State …one line.\n- Pack.\n"),
        ("---\nmodel: <|>o3\n---\n", "---\nmodel: o3\n---\n\nWrite 3 candidates …one line.\n"),
        (
            "Some text about the code below:\n\n```python\nx = <|>1\n```\n",
            "Some text about the code below:\n\n```python\nx = 1\n```\n\nWrite 3 candidates …one line.\n",
        ),
        ("<task>\nPlan<|>.\n</task>\n", "<task>\nPlan.\n\n<best_of_n>\nWrite 3 …\n</best_of_n>\n</task>\n"),
    ],
)
def test_inserting(snapshot_of: SnapshotOf, before: str, after: str) -> None:
    check(snapshot_of, before, "insert", "bon", after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("⟦Plan a trip.⟧", "Task:\nPlan a trip.\n\nWrite 3 candidates for the task above that …one line."),
        ("Plan ⟦a⟧ trip.\n", "Task:\nPlan a trip.\n\nWrite 3 candidates for the task above …one line.\n"),
        ("You are a guide.\n\n⟦Plan a trip.\n⟧", "You are a guide.\n\nTask:\nPlan a trip.\n\nWrite 3 …one line.\n"),
        (
            "⟦Составь план поездки по Волге.⟧\n",
            "Задача:\nСоставь план поездки по Волге.\n\nПодготовь 3 варианта решения задачи выше, …",
        ),
        ("1. ⟦Plan.⟧\n2. Pack.\n", "1. Plan.\n2. Write 3 candidates for the task above …one line.\n3. Pack.\n"),
        (
            "# Guide\n\n## Trip\n\n⟦Plan a trip.⟧\n",
            "# Guide\n\n## Trip\n\nPlan a trip.\n\n## Best of 3\n\nWrite 3 candidates for the task above …one line.\n",
        ),
        (
            "<role>\nGuide\n</role>\n\n⟦Plan a trip.⟧\n",
            "<role>\nGuide\n</role>\n\n<task>\nPlan a trip.\n</task>\n\n<best_of_n>\nWrite 3 …\n</best_of_n>\n",
        ),
    ],
)
def test_wrapping(snapshot_of: SnapshotOf, before: str, after: str) -> None:
    check(snapshot_of, before, "wrap", "bon", after)


@pytest.mark.parametrize(
    "marked",
    [
        "---\n⟦model: o3⟧\n---\n\nText.",
        "Some text about the code below:\n\n```python\n⟦x = 1⟧\n```\n",
        "Plan<|> a trip.",
    ],
)
def test_what_cannot_be_wrapped_is_not_offered(snapshot_of: SnapshotOf, marked: str) -> None:
    found = offers(snapshot_of, marked, only=("refactor",)).offers
    assert {offer.producer for offer in found} - {"migrate"} == {"insert", "recipe"}


def test_the_text_of_a_wrapped_task_stays_as_it_is(snapshot_of: SnapshotOf) -> None:
    text, selection = parse("A\n\n⟦  Plan  a\ttrip.  \n\nTwo $paragraphs {{ x }}.⟧\n\nB\n")
    snapshot = snapshot_of(text)
    for offer in code_actions(snapshot, Request(selection, ("refactor",)), fail).offers:
        after = apply_edits(text, [Edit(edit.span, to_plain(edit.written)) for edit in text_edits(snapshot, offer)])
        assert "  Plan  a\ttrip.  \n\nTwo $paragraphs {{ x }}.\n" in after
        assert after.startswith("A\n")
        assert after.endswith("B\n")


def test_inserting_a_recipe(snapshot_of: SnapshotOf) -> None:
    check(
        snapshot_of,
        "You are a guide.<|>\n",
        "recipe",
        "research",
        "You are a guide.\n\nI am working on [a problem]. …Please:\n1. Think …\n\nTask context: [scale, …\n",
    )


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"n": 4}, "Plan.\n\nWrite 4 candidates …"),
        ({"language": "ru"}, "Plan.\n\nПодготовь 3 варианта…"),
        ({"style": "xml"}, "Plan.\n\n<best_of_n>\n…</best_of_n>"),
    ],
)
def test_settings_override_what_the_prompt_suggests(
    snapshot_of: SnapshotOf, settings: dict[str, Any], expected: str
) -> None:
    check(snapshot_of, "Plan.<|>", "insert", "bon", expected, **settings)


@pytest.mark.parametrize("producer", ["insert", "wrap"])
def test_every_technique_can_be_chosen(snapshot_of: SnapshotOf, producer: str) -> None:
    text, selection = parse("⟦Plan a trip.⟧\n")
    snapshot = snapshot_of(text)
    found = code_actions(snapshot, Request(selection, ("refactor",)), fail).offers
    chosen = [offer for offer in found if offer.producer == producer]
    assert len({offer.id for offer in chosen}) == TECHNIQUES
    for offer in chosen:
        edits = text_edits(snapshot, offer)
        written = snapshot_of("".join(to_plain(edit.written) for edit in edits))
        assert offer.id in written.present


def test_what_mends_a_file_stands_before_what_silences_a_rule(snapshot_of: SnapshotOf) -> None:
    found = offers(snapshot_of, "<|>Plan.\n", path="w/plan.chatmode.md").offers
    order = list(dict.fromkeys(offer.producer for offer in found))
    assert order[:3] == ["migrate", "turn-off", "ignore"]
