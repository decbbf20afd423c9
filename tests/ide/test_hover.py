"""Hover: what is explained, over which text, and where nothing is.

`<|>` is the cursor, `⟦…⟧` the text that the hover belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.ide.hover import hover
from thoughtsmith.ide.technique_hover import WINDOW
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Language

    from .conftest import SnapshotOf


def check(snapshot_of: SnapshotOf, marked: str, title: str, **options: Any) -> str:
    """The hover at the cursor belongs to the marked text and begins with `title`; without marks there is none."""
    before, cursor, after = marked.partition("<|>")
    assert cursor
    bare = before.replace("⟦", "").replace("⟧", "")
    text = bare + after.replace("⟦", "").replace("⟧", "")
    found = hover(snapshot_of(text, **options), len(bare))
    if "⟦" not in marked:
        assert found is None
        return ""
    assert found is not None
    expected = marked.replace("<|>", "").partition("⟦")[2].partition("⟧")[0]
    start = marked.replace("<|>", "").index("⟦")
    assert found.span == (start, start + len(expected))
    assert found.markdown.startswith(title)
    return found.markdown


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("Use ⟦chain<|>-of-thought⟧ here.", "### Chain-of-Thought · `cot`"),
        ("Use <!-- not <|>chain-of-thought --> it.", ""),
        ("Use ⟦<|>chain-of-thought⟧ here.", "### Chain-of-Thought · `cot`"),
        ("Use ⟦chain-of-thought<|>⟧ here.", "### Chain-of-Thought · `cot`"),
        ("⟦Co<|>T⟧ and ToT", "### Chain-of-Thought · `cot`"),
        ("Построй ⟦дерево<|> мыслей⟧.", "### Tree of Thoughts · `tot`"),
        ("Run `⟦self-<|>refine⟧` twice.", "### Self-Refine · `self-refine`"),
        ("| `⟦co<|>s⟧` | x |", "### Compute-Optimal Scaling · `cos`"),
        ("- ⟦RL<|>HF⟧ trains it", "### RLHF"),
        ("# ⟦Best-of-<|>N⟧\n", "### Best-of-N · `bon`"),
        ("> ⟦best of n<|>⟧", "### Best-of-N · `bon`"),
        ("```\nuse ⟦tree of<|> thoughts⟧\n```", "### Tree of Thoughts · `tot`"),
        ("A language model trained with ⟦PP<|>O⟧.", "### PPO"),
        # The longest name wins.
        ("A ⟦process reward<|> model⟧ scores steps.", "### PRM"),
        ("⟦Tree\nof <|>thoughts⟧", "### Tree of Thoughts · `tot`"),
    ],
)
def test_names_are_explained(snapshot_of: SnapshotOf, marked: str, title: str) -> None:
    check(snapshot_of, marked, title)


@pytest.mark.parametrize(
    "marked",
    [
        "",
        "Our<|> chain-of-thought paper.",
        "Our chain-of-thought p<|>aper.",
        "Our PP<|>O plan covers it.",
        "a decision tr<|>ee",
        "The c<|>os of a bond.",
        "Run `step-b<|>y-step` twice.",
        "Run `co<|>s.py` twice.",
        "---\ndescription: chain-of<|>-thought\n---\n\nText.",
        "---\ndescription: `co<|>t`\n---\n\nText.",
    ],
)
def test_other_text_is_not(snapshot_of: SnapshotOf, marked: str) -> None:
    check(snapshot_of, marked or "<|>", "")


def test_the_page_is_in_the_language_of_the_user(snapshot_of: SnapshotOf) -> None:
    check(snapshot_of, "Use ⟦Co<|>T⟧.", "### Цепочка рассуждений · `cot`", locale="ru")
    check(snapshot_of, "Нужна ⟦цепочка рассу<|>ждений⟧.", "### Chain-of-Thought · `cot`", locale="en")


def test_the_model_of_the_settings_is_spoken_of(snapshot_of: SnapshotOf) -> None:
    assert "⚠ `gpt-5` reasons by itself" in check(snapshot_of, "⟦Co<|>T⟧", "###", model="gpt-5")
    assert "⚠" not in check(snapshot_of, "⟦Co<|>T⟧", "###", model="gpt-4o")


def test_the_model_of_the_file_counts_before_that_of_the_settings(snapshot_of: SnapshotOf) -> None:
    file = "---\nmodel: {}\n---\nUse ⟦Co<|>T⟧ here.\n"
    assert "⚠ `o3` reasons by itself" in check(snapshot_of, file.format("o3"), "###", model="gpt-4o")
    assert "⚠" not in check(snapshot_of, file.format("gpt-4o"), "###", model="o3")


@pytest.mark.parametrize("padding", [WINDOW - 3, WINDOW, WINDOW + 3, 5_000])
def test_a_name_is_found_wherever_it_stands_in_a_long_text(snapshot_of: SnapshotOf, padding: int) -> None:
    filler = "x " * padding
    check(snapshot_of, f"{filler}⟦Tree of <|>Thoughts⟧ {filler}", "### Tree of Thoughts")


@pytest.mark.parametrize("offset", [-5, 3, 1_000])
def test_a_cursor_outside_the_text_is_moved_into_it(snapshot_of: SnapshotOf, offset: int) -> None:
    found = hover(snapshot_of("CoT"), offset)
    assert found is not None
    assert found.span == (0, 3)


THINK = "Let's think step by step."
DRAFTS = "Write three different drafts, score them against the same criteria, and pick the best."


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        # The words that ask for it.
        ("Plan it. Let's ⟦thi<|>nk step by step⟧.", "### Chain-of-Thought"),
        ("Plan it. Do not ⟦thi<|>nk step by step⟧.", "### Chain-of-Thought"),
        # The first line of the block, where no words say more.
        ("Plan it.\n\n⟦- Le<|>t's think step by step.⟧\n  - Note every step.\n", "### Chain-of-Thought"),
        ("Plan it.\n\n- Let's think step by step.\n  - No<|>te the date.\n", ""),
        ("Pla<|>n it. Let's think step by step.", ""),
        # A name says more than the words around it, and both more than the first line.
        ("Use ⟦chain-of-<|>thought⟧ to answer.", "### Chain-of-Thought"),
    ],
)
def test_what_asks_for_a_technique_is_explained(snapshot_of: SnapshotOf, marked: str, title: str) -> None:
    check(snapshot_of, marked, title)


def here(markdown: str, word: str = "Here") -> str:
    """The section about the block itself."""
    start = markdown.index(f"**{word}:**")
    paragraphs = markdown[start:].split("\n\n")
    return "\n".join(paragraphs[: 2 if paragraphs[1].startswith("- ") else 1])


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        (
            DRAFTS,
            "en",
            (
                "**Here:** an instruction\n- `n` = 3: how many candidates to write\n- a number of candidates: present\n"
                "- candidates must differ, and in what: present\n- criteria for the choice: present\n"
                "- one final pick: present"
            ),
        ),
        (
            THINK,
            "ru",
            (
                "**Здесь:** инструкция\n- рассуждение раньше ответа: **нет**\n"
                "- место для рассуждения: шаги, раздел или тег: есть\n"
                "- итоговый ответ, отделённый от рассуждения пометкой: **нет**"
            ),
        ),
        ("Do not think step by step.", "en", "**Here:** asks for the opposite"),
        ("Do not think step by step.", "ru", "**Здесь:** просьба об обратном"),
        ("They wrote about chain of thought.", "en", "**Here:** only mentioned"),
    ],
)
def test_what_the_block_makes_of_it(snapshot_of: SnapshotOf, text: str, locale: Language, expected: str) -> None:
    snapshot = snapshot_of(text, locale=locale)
    found = hover(snapshot, snapshot.detections[0].places[0].start + 1)
    assert found is not None
    assert here(found.markdown, "Here" if locale == "en" else "Здесь") == expected


@pytest.mark.parametrize(("confidence", "unsure"), [(0.6, True), (0.9, False)])
def test_doubt_is_spoken_of(snapshot_of: SnapshotOf, confidence: float, unsure: bool) -> None:
    snapshot = snapshot_of(THINK)
    # In place of what would be worked out.
    snapshot.__dict__["detections"] = (snapshot.detections[0]._replace(confidence=confidence),)
    found = hover(snapshot, 8)
    assert found is not None
    assert ("**Here:** an instruction (not certain)" in found.markdown) == unsure


def test_several_techniques_at_one_place_are_all_explained_the_most_specific_first(snapshot_of: SnapshotOf) -> None:
    markdown = check(snapshot_of, "Write 3 drafts by ⟦tree of <|>thoughts⟧ and pick the best.", "### Tree of Thoughts")
    # How the patterns of the content see the rest of the sentence is theirs to say.
    assert markdown.count("\n\n---\n\n") == markdown.count("### ") - 1
    two = snapshot_of("Let's think step by step.")
    (first,) = two.detections
    two.__dict__["detections"] = (first._replace(id="bon", places=(Span(0, 24),)), first)
    found = hover(two, 10)
    assert found is not None
    assert found.span == first.places[0]
    assert [line for line in found.markdown.splitlines() if line.startswith("### ") or line == "---"] == [
        "### Chain-of-Thought · `cot`",
        "---",
        "### Best-of-N · `bon`",
    ]


def test_a_name_in_a_fence_says_nothing_about_the_prompt(snapshot_of: SnapshotOf) -> None:
    fenced = "Plan it at length, please, and be kind about it.\n\n```python\n# ⟦tree of <|>thoughts⟧\n```"
    assert "Here" not in check(snapshot_of, fenced, "### Tree")


def test_a_key_that_the_profile_of_a_skill_forbids_is_not_explained(snapshot_of: SnapshotOf) -> None:
    text = "---\n⟦mo<|>del⟧: opus\n---\n"
    check(snapshot_of, text, "**`model`**", path="skills/a/SKILL.md", skill_profiles=("claude",))
    check(snapshot_of, text.replace("⟦", "").replace("⟧", ""), "", path="skills/a/SKILL.md", skill_profiles=("spec",))
