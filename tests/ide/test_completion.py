"""Completion: where it is offered and where not, what matches, and what stands in the file after accepting it.

`<|>` is the cursor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.technique_completion import Completion, complete, documentation
from thoughtsmith.messages import messages
from thoughtsmith.project.content import Content
from thoughtsmith.techniques.model import Localised
from thoughtsmith.text.edits import Edit, apply_edits

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Language

    from .conftest import SnapshotOf

ALL = 11
"""Ten techniques and one recipe."""


def offers(snapshot_of: SnapshotOf, marked: str, **options: Any) -> list[Completion]:
    before, cursor, after = marked.partition("<|>")
    assert cursor
    return complete(snapshot_of(before + after, **options), len(before))


def check_ids(snapshot_of: SnapshotOf, marked: str, *ids: str, **options: Any) -> None:
    assert [offer.id for offer in offers(snapshot_of, marked, **options)] == list(ids)


def check(snapshot_of: SnapshotOf, marked: str, expected: str, *, accept: str = "", **options: Any) -> None:
    """Accepting the first offer, or the one with id `accept`, gives `expected`; `…` stands for any text."""
    found = offers(snapshot_of, marked, **options)
    offer = next(offer for offer in found if not accept or offer.id == accept)
    text = apply_edits(marked.replace("<|>", ""), [Edit(offer.at, to_plain(offer.written)), *offer.edits])
    position = 0
    pieces = expected.split("…")
    assert text.startswith(pieces[0]), text
    for piece in pieces:
        assert piece in text[position:], f"{piece!r} is missing in:\n{text}"
        position = text.index(piece, position) + len(piece)
    assert text.endswith(pieces[-1]), text


# Where


@pytest.mark.parametrize(
    "marked",
    [
        "<|>",
        "/<|>",
        "- <|>",
        "- /<|>",
        "1. a\n2. <|>",
        "  <|>",
        "\t<|>",
        "Plan a trip.\n\n<|>",
        "Plan a trip.\n<|>\n",
        "Plan a trip. <|>",
        "Plan a trip. /<|>",
        "# Task\n\n<|>\n\n# More\n",
        "<task>\n<|>\n</task>\n",
        "---\nmodel: gpt-4o\n---\n<|>",
        "A prompt:\n\n```\nPlan a trip through the whole of Europe.\n<|>\n```\n",
    ],
)
def test_everything_is_offered_at_the_start_of_a_block_and_after_white_space(
    snapshot_of: SnapshotOf, marked: str
) -> None:
    assert len(offers(snapshot_of, marked)) == ALL


@pytest.mark.parametrize(
    "marked",
    [
        # A slash in a path, an address or between words.
        "see a/<|>",
        "see ./<|>",
        "see ~/<|>",
        "see /usr/b<|>",
        "see src/bo<|>",
        "http:/<|>",
        "https://<|>",
        "https://example.org/bon<|>",
        "and/<|>",
        "and/or<|>",
        "1/<|>",
        # In the middle of a word, or behind something that belongs to it.
        "carbon<|>",
        "x-bon<|>",
        "a@cot<|>",
        "`bon<|>",
        "<bon<|>",
        "#bon<|>",
        "(cot<|>",
        "$cot<|>",
        "{cot<|>",
        # Ordinary words of a sentence, even if a block has them as a word.
        "We want reasoning<|>",
        "Give me options<|>",
        "Let us plan bo<|>",
        "we go to<|>",
        # Text after the cursor.
        "bon<|> and more",
        "<|>bon",
        "cot<|>)",
        # Text that is no instruction.
        "---\nmodel: gpt-4o\nbon<|>\n---\n",
        "---\nmodel: <|>\n---\n",
        "A tutorial about code:\n\n```python\nbon<|>\n```\n",
        "A tutorial about code and its comments:\n\n```\nbon<|>\n```\n",
        "> bon<|>",
        "> <|>",
        "| a | b |\n|---|---|\n| bon<|> | c |",
        "<!-- bon<|> -->",
        # Nothing of ours begins like that.
        "zzz<|>",
        "/zzz<|>",
        "Привет<|>",
    ],
)
def test_nothing_is_offered_elsewhere(snapshot_of: SnapshotOf, marked: str) -> None:
    check_ids(snapshot_of, marked)


# What


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("bo", ["bon"]),
        ("bon", ["bon"]),
        ("BON", ["bon"]),
        ("/bon", ["bon"]),
        ("best of", ["bon"]),
        ("Best-of", ["bon"]),
        ("step by step", ["cot"]),
        ("Step-by-step", ["cot"]),
        ("self-ref", ["self-refine"]),
        ("self ref", ["self-refine"]),
        ("self-", ["decomposition", "self-consistency", "self-refine", "verification"]),
        ("/step-b", ["step-back", "cot"]),
        ("majority", ["self-consistency"]),
        ("пошаг", ["cot"]),
        ("Пошагово", ["cot"]),
        ("дере", ["tot"]),
        ("дерево мыс", ["tot"]),
        ("Лучший из", ["bon"]),
        ("метод трёх", ["tot"]),
        ("метод трех", ["tot"]),
        ("самопро", ["verification"]),
        ("research", ["research"]),
        ("исслед", ["research"]),
        ("/рецепт", ["research"]),
    ],
)
def test_words_of_both_languages_match_in_any_prompt(snapshot_of: SnapshotOf, typed: str, ids: list[str]) -> None:
    for before in ("", "- ", "Plan a trip.\n\n", "Составь план поездки по Волге.\n\n"):
        found = [offer.id for offer in offers(snapshot_of, f"{before}{typed}<|>")]
        assert sorted(found) == sorted(ids)


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("Plan a trip bon<|>", "bon"),
        ("Plan a trip, cot<|>", "cot"),
        ("Plan a trip as a tree of thoughts<|>", "tot"),
        ("Составь план: дерево мыслей<|>", "tot"),
        ("Plan a trip /best<|>", "bon"),
    ],
)
def test_an_id_or_a_full_name_counts_in_the_middle_of_a_line(snapshot_of: SnapshotOf, marked: str, first: str) -> None:
    assert offers(snapshot_of, marked)[0].id == first


@pytest.mark.parametrize("typed", ["cot", "cos", "tot", "bon", "self-consistency", "verification", "step-back"])
def test_an_exact_id_comes_first_even_if_the_technique_is_there_already(snapshot_of: SnapshotOf, typed: str) -> None:
    for text in ("", "Think step by step. Rate the difficulty of each part.\n\n"):
        assert offers(snapshot_of, f"{text}{typed}<|>")[0].id == typed


@pytest.mark.parametrize(
    "typed", ["b", "B", "/b", "/", "best of", "Best-of", "Лучший", "трёх", "self ref", "метод трёх", "Chain-of-"]
)
def test_no_client_can_filter_an_offer_away(snapshot_of: SnapshotOf, typed: str) -> None:
    for offer in offers(snapshot_of, f"Text.\n\n{typed}<|>"):
        assert offer.filter_text.startswith(typed)
        assert (offer.at.start, offer.at.end) == (7, 7 + len(typed))


def test_before_anything_is_typed_the_id_filters(snapshot_of: SnapshotOf) -> None:
    assert [offer.filter_text for offer in offers(snapshot_of, "/<|>")] == [
        f"/{offer.id}" for offer in offers(snapshot_of, "<|>")
    ]


# In which order


def test_the_techniques_that_the_task_needs_come_first(snapshot_of: SnapshotOf) -> None:
    found = [offer.id for offer in offers(snapshot_of, "Calculate how much it costs, solve the equation.\n\n<|>")]
    assert found.index("cot") < found.index("bon")
    found = [offer.id for offer in offers(snapshot_of, "Write slogans and headlines for the campaign.\n\n<|>")]
    assert found.index("bon") < found.index("cot")


@pytest.mark.parametrize(
    ("locale", "already"), [("en", "already in this prompt: "), ("ru", "уже есть в этом промпте: ")]
)
def test_what_is_there_already_sinks_and_says_so(snapshot_of: SnapshotOf, locale: Language, already: str) -> None:
    found = offers(snapshot_of, "Calculate it. Think step by step.\n\n<|>", locale=locale)
    details = {offer.id: offer.detail for offer in found}
    assert details["cot"].startswith(already)
    assert not any(detail.startswith(already) for name, detail in details.items() if name != "cot")
    techniques = [offer.id for offer in found if offer.id != "research"]
    assert techniques[-1] == "cot"


def test_what_a_reasoning_model_does_by_itself_sinks(snapshot_of: SnapshotOf) -> None:
    text = "Calculate it.\n\n<|>"
    usual = [offer.id for offer in offers(snapshot_of, text, model="gpt-4o")]
    reasoning = [offer.id for offer in offers(snapshot_of, text, model="o3")]
    said = "---\nmodel: o3\n---\n" + text
    assert [offer.id for offer in offers(snapshot_of, said, model="gpt-4o")] == reasoning
    assert usual.index("cot") < usual.index("verification")
    assert reasoning.index("cot") > reasoning.index("verification")


def test_ranks_are_in_order(snapshot_of: SnapshotOf) -> None:
    ranks = [offer.rank for offer in offers(snapshot_of, "/co<|>")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_recipes_come_last_and_say_what_they_are(snapshot_of: SnapshotOf) -> None:
    *_, last = offers(snapshot_of, "<|>")
    assert last.id == "research"
    assert last.detail == f"recipe: {last.summary}"


# What stands in the file afterwards


def test_a_word_becomes_a_paragraph_with_its_list(snapshot_of: SnapshotOf) -> None:
    check(
        snapshot_of,
        "Plan a trip.\n\nbon<|>\n",
        "Plan a trip.\n\nWrite 3 candidates for [the task] that …:\n1. State …\n4. Give … in one line.\n",
    )


def test_a_slash_goes_with_the_word(snapshot_of: SnapshotOf) -> None:
    check(snapshot_of, "Plan a trip.\n\n/bo<|>", "Plan a trip.\n\nWrite 3 candidates…one line.")


def test_a_word_at_the_end_of_a_sentence_leaves_it_whole(snapshot_of: SnapshotOf) -> None:
    check(snapshot_of, "Plan a trip. bon<|>\n", "Plan a trip.\n\nWrite 3 candidates…one line.\n")


def test_in_a_list_it_becomes_the_next_item_and_the_others_are_counted_up(snapshot_of: SnapshotOf) -> None:
    check(
        snapshot_of,
        "1. Plan.\nbon<|>\n2. Pack.\n3. Go.\n",
        "1. Plan.\n2. Write 3 candidates…:\n   - State …one line.\n3. Pack.\n4. Go.\n",
    )


def test_behind_a_marker_it_fills_the_item(snapshot_of: SnapshotOf) -> None:
    check(
        snapshot_of,
        "* Plan.\n* bon<|>\n",
        "* Plan.\n* Write 3 candidates…:\n  1. State …one line.\n",
    )


def test_under_a_heading_it_becomes_a_section(snapshot_of: SnapshotOf) -> None:
    check(
        snapshot_of,
        "# Trip\n\nPlan it.\n\n/bon<|>",
        "# Trip\n\nPlan it.\n\n## Best of 3\n\nWrite 3 candidates…:\n\n1. State…one line.",
    )


def test_in_a_file_of_tags_it_becomes_a_tag(snapshot_of: SnapshotOf) -> None:
    check(
        snapshot_of,
        "<task>\nPlan a trip.\n</task>\n\nbon<|>",
        "<task>\nPlan a trip.\n</task>\n\n<best_of_n>\nWrite 3 candidates…one line.\n</best_of_n>",
    )


def test_line_ends_are_those_of_the_file(snapshot_of: SnapshotOf) -> None:
    found = offers(snapshot_of, "1. Plan.\r\nbon<|>\r\n")
    text = to_plain(found[0].written)
    assert text.count("\r\n") == text.count("\n") > 3


@pytest.mark.parametrize(
    ("prompt", "start"),
    [
        ("Составь план поездки по Волге.", "Подготовь 3 варианта решения [задачи]"),
        ("Plan a trip down the Volga.", "Write 3 candidates for [the task]"),
    ],
)
def test_the_language_is_that_of_the_prompt(snapshot_of: SnapshotOf, prompt: str, start: str) -> None:
    for typed in ("bon", "лучший из"):
        check(snapshot_of, f"{prompt}\n\n{typed}<|>", f"{prompt}\n\n{start}…")


@pytest.mark.parametrize(("locale", "start"), [("en", "Write 3 candidates"), ("ru", "Подготовь 3 варианта")])
def test_without_a_text_the_language_is_that_of_the_user(snapshot_of: SnapshotOf, locale: Language, start: str) -> None:
    check(snapshot_of, "bon<|>", f"{start}…", locale=locale)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"language": "ru"}, "Plan a trip.\n\nПодготовь 3 варианта…"),
        ({"n": 5}, "Plan a trip.\n\nWrite 5 candidates…"),
        ({"style": "xml"}, "Plan a trip.\n\n<best_of_n>\nWrite 3…</best_of_n>"),
        ({"style": "heading"}, "Plan a trip.\n\n## Best of 3\n\nWrite 3…"),
        ({"style": "list"}, "Plan a trip.\n\n- Write 3 candidates…:\n  1. State…"),
        ({"style": "xml", "language": "ru", "n": 2}, "Plan a trip.\n\n<best_of_n>\nПодготовь 2 варианта…"),
    ],
)
def test_settings_override_what_the_prompt_suggests(
    snapshot_of: SnapshotOf, settings: dict[str, Any], expected: str
) -> None:
    check(snapshot_of, "Plan a trip.\n\nbon<|>", expected, **settings)


def test_a_list_can_be_left_for_a_paragraph_by_the_setting(snapshot_of: SnapshotOf) -> None:
    check(snapshot_of, "- Plan.\n\nbon<|>", "- Plan.\n\nWrite 3 candidates…", style="plain")


def test_names_and_remarks_are_in_the_language_of_the_user(snapshot_of: SnapshotOf) -> None:
    [english] = offers(snapshot_of, "Составь план поездки.\n\nbon<|>", locale="en")
    [russian] = offers(snapshot_of, "Plan a trip.\n\nbon<|>", locale="ru")
    assert (english.label, russian.label) == ("Best-of-N", "Лучший из N")
    assert english.detail.startswith("Write several different candidates")
    assert russian.detail.startswith("Несколько разных вариантов")


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_the_documentation_shows_the_block_and_the_explanation(snapshot_of: SnapshotOf, locale: Language) -> None:
    text = documentation(snapshot_of("", locale=locale, model="o3"), "cot", "\n1. a\n")
    say = messages(locale)
    assert text.startswith(f"**{say.preview}**\n\n```markdown\n1. a\n```\n\n### ")
    assert "`cot`" in text
    assert say.avoid_when in text
    assert "`o3`" in text


def test_a_preview_with_a_fence_stays_whole(snapshot_of: SnapshotOf) -> None:
    assert "````markdown\n```\na\n```\n````\n" in documentation(snapshot_of(""), "cot", "```\na\n```")


def test_a_technique_that_cannot_be_rendered_costs_only_itself(snapshot_of: SnapshotOf, content: Content) -> None:
    """A pack is checked when it is loaded, but its template may fail for other values than the defaults."""
    catalogue = content.catalogue
    source = "title: T\nlead: {% if n == 5 %}{{ n - 'a' }}{% endif %}:\n- a"
    broken = replace(catalogue.techniques["bon"], templates=Localised(source, source))
    other = Content(replace(catalogue, techniques={**catalogue.techniques, "bon": broken}))
    assert len(offers(snapshot_of, "<|>", content=other)) == ALL
    assert len(offers(snapshot_of, "<|>", content=other, n=5)) == ALL - 1


def test_the_preview_fits_the_narrow_window_beside_the_list(snapshot_of: SnapshotOf) -> None:
    """Lines are broken below their own text, since editors do not break what is in code marks."""
    snapshot = snapshot_of("")
    block = "1. " + "word " * 20 + "\n   - " + "слово " * 20
    _, preview, _ = documentation(snapshot, "bon", block).split("```", 2)
    lines = preview.splitlines()[1:]
    assert len(lines) > 4
    assert all(len(line) <= 60 for line in lines)
    assert lines[1].startswith("   word")
    assert lines[-1].startswith("     слово")
