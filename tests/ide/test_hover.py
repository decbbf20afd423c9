"""Hover: what is explained, over which text, and where nothing is.

`<|>` is the cursor, `⟦…⟧` the text that the hover belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.ide.hover import WINDOW, hover

if TYPE_CHECKING:
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
        "Use<|> chain-of-thought here.",
        "Use chain-of-thought h<|>ere.",
        "Our PP<|>O plan covers it.",
        "a decision tr<|>ee",
        "Run c<|>os here, or bo<|>n.".replace("bo<|>n", "bon"),
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


@pytest.mark.parametrize("padding", [WINDOW - 3, WINDOW, WINDOW + 3, 5_000])
def test_a_name_is_found_wherever_it_stands_in_a_long_text(snapshot_of: SnapshotOf, padding: int) -> None:
    filler = "x " * padding
    check(snapshot_of, f"{filler}⟦Tree of <|>Thoughts⟧ {filler}", "### Tree of Thoughts")


@pytest.mark.parametrize("offset", [-5, 3, 1_000])
def test_a_cursor_outside_the_text_is_moved_into_it(snapshot_of: SnapshotOf, offset: int) -> None:
    found = hover(snapshot_of("CoT"), offset)
    assert found is not None
    assert found.span == (0, 3)
