"""Document highlight: what belongs together with the words under the cursor (`<|>`); `⟦…⟧` marks it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.ide.highlight import Highlight, highlights
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from .conftest import SnapshotOf


@pytest.mark.parametrize(
    "marked",
    [
        # Every name of the technique, however it is spelt.
        "Use ⟦chain of <|>thought⟧. Then ⟦CoT⟧ again, and a tree of thoughts.",
        "Строй ⟦цепочку<|> рассуждений⟧. ⟦Chain-of-Thought⟧ — это она, BoN — нет.",
        "⟦RL<|>HF⟧ trains it, and ⟦RLHF⟧ costs.",
        "---\ndescription: chain of thought\n---\n\n⟦Co<|>T⟧ here.",
        "Run `⟦co<|>t⟧`, that is ⟦chain of thought⟧.",
        # The words of one block, and of no other.
        "Let's ⟦think step<|> by step⟧.\n\nPlan it well.\n\nNote it.\n\nBe kind.\n\nDo not think step by step.",
        # Nothing.
        "<|>",
        "Pla<|>n it. Let's think step by step.",
        "Le<|>t's think step by step.",
        "---\ndescription: chain of tho<|>ught\n---\n\nCoT here.",
    ],
)
def test_what_belongs_together_is_highlighted(snapshot_of: SnapshotOf, marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    offset = text.index("<|>")
    spans: list[Span] = []
    bare = ""
    for letter in marked.replace("<|>", ""):
        if letter == "⟦":
            start = len(bare)
        elif letter == "⟧":
            spans.append(Span(start, len(bare)))
        else:
            bare += letter
    assert [found.span for found in highlights(snapshot_of(bare), offset)] == spans


def test_all_words_of_a_block_are_highlighted_once(snapshot_of: SnapshotOf) -> None:
    text = "Write three different drafts, score them against the same criteria, and pick the best.\n\nThat is all."
    snapshot = snapshot_of(text)
    found = [highlight.span for highlight in highlights(snapshot, text.index("drafts"))]
    assert len(found) > 1
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    (bon,) = snapshot.detections
    assert all(any(span.covers(place) for span in found) for place in bon.places)


@pytest.mark.parametrize("offset", [-5, 3, 1_000])
def test_a_cursor_outside_the_text_is_moved_into_it(snapshot_of: SnapshotOf, offset: int) -> None:
    assert highlights(snapshot_of("CoT"), offset) == [Highlight(Span(0, 3), "text")]
