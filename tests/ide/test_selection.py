"""Selection ranges: what is selected step by step, from the cursor (`<|>`) outwards."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.ide.selection import WINDOW, selection_ranges
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from .conftest import SnapshotOf

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
LIST = "# A\n\n## B\n\nintro\n\n- one\n  - Plan well. Be very ki<|>nd.\n    - deep\n- two\n\n# C\n"
TAGS = "<a>\n\n<b>\nSay x<|>y now.\n</b>\n\nmore\n</a>\n"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<|>", [""]),
        ("one", ["one"]),
        (
            LIST,
            [
                "kind",
                "Be very kind.",
                "Plan well. Be very kind.",
                "- Plan well. Be very kind.\n    - deep",
                "- one\n  - Plan well. Be very kind.\n    - deep",
                "- one\n  - Plan well. Be very kind.\n    - deep\n- two",
                "## B\n\nintro\n\n- one\n  - Plan well. Be very kind.\n    - deep\n- two",
                "# A\n\n## B\n\nintro\n\n- one\n  - Plan well. Be very kind.\n    - deep\n- two",
                "",
            ],
        ),
        (TAGS, ["xy", "Say xy now.", "<b>\nSay xy now.\n</b>", "<a>\n\n<b>\nSay xy now.\n</b>\n\nmore\n</a>", ""]),
        ("# The ta<|>sk\n\ntext\n", ["task", "The task", "# The task", "# The task\n\ntext", ""]),
        # Sentences: abbreviations, broken lines, lines that are statements, other scripts.
        ("Use e.g. a pl<|>an. Then stop.", ["plan", "Use e.g. a plan.", ""]),
        ("It is “so.” Да, эт<|>о — план! 🚚 Всё?", ["это", "Да, это — план!", ""]),
        ("Do this\nDo th<|>at\nDo more", ["that", "Do that", ""]),
        ("a long sentence is\nbro<|>ken here. Next.", ["broken", "a long sentence is\nbroken here.", ""]),
        ("First.  <|>  Second.", [""]),
        ("step-by-st<|>ep it", ["step-by-step", ""]),
        # A fence: its content first. The prompt in a fence has items and sentences like any other.
        ("Here is some text around it.\n\n```py\nx<|>y\n```\n", ["xy", "xy\n", "```py\nxy\n```", ""]),
        (
            "```\n- Be ki<|>nd. Now.\n- two\n```\n",
            [
                "kind",
                "Be kind.",
                "Be kind. Now.",
                "- Be kind. Now.",
                "- Be kind. Now.\n- two",
                "- Be kind. Now.\n- two\n",
                "```\n- Be kind. Now.\n- two\n```",
                "",
            ],
        ),
        # Between the paragraphs of a section there is nothing smaller than the section.
        ("# A\n\none\n<|>\ntwo\n", ["# A\n\none\n\ntwo", ""]),
    ],
)
def test_the_steps(snapshot_of: SnapshotOf, marked: str, expected: list[str]) -> None:
    """The last step, the whole document, is written as an empty text."""
    offset = marked.find("<|>")
    text = marked.replace("<|>", "")
    (found,) = selection_ranges(snapshot_of(text), [max(offset, 0)])
    texts = [text[span.start : span.end] for span in found]
    assert found[-1] == (0, len(text))
    assert texts == [step or text for step in expected]


def test_a_very_long_line_costs_little_and_has_no_sentence(snapshot_of: SnapshotOf) -> None:
    text = "word " * WINDOW
    (found,) = selection_ranges(snapshot_of(text), [2 * WINDOW + 1])
    assert [len(span) for span in found] == [4, len(text) - 1, len(text)]


@STABLE
@given(
    st.lists(
        st.sampled_from(["# a", "\n", "\n\n", "- x. Y", "  - z", "<t>", "</t>", "```", "> q", " ", "🚚", "1. "]),
        max_size=25,
    ),
    st.data(),
)
def test_every_step_is_larger_and_the_last_is_everything(
    snapshot_of: SnapshotOf, pieces: list[str], data: st.DataObject
) -> None:
    text = "".join(pieces)
    offsets = data.draw(st.lists(st.integers(-1, len(text) + 1), max_size=4))
    found = selection_ranges(snapshot_of(text), offsets)
    assert len(found) == len(offsets)
    for offset, spans in zip(offsets, found, strict=True):
        assert spans[-1] == Span(0, len(text))
        for inner, outer in itertools.pairwise(spans):
            assert outer.covers(inner)
            assert outer != inner
        assert all(min(max(offset, 0), len(text)) in span for span in spans)
