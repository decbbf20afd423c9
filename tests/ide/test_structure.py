"""The outline and the folding ranges of a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.ide.folding import folding_ranges
from thoughtsmith.ide.symbols import TECHNIQUE, document_symbols
from thoughtsmith.ide.warm_up import warm_up
from thoughtsmith.project.content import Content
from thoughtsmith.techniques.detection import Detection
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.ide.symbols import Symbol

    from .conftest import SnapshotOf

STABLE = settings(max_examples=200, deadline=None, derandomize=True)


def outline(symbols: tuple[Symbol, ...], indent: str = "") -> list[str]:
    lines: list[str] = []
    for symbol in symbols:
        detail = f" ({symbol.detail})" if symbol.detail else ""
        lines += [f"{indent}{symbol.name}{detail}", *outline(symbol.children, indent + "  ")]
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Just text.\n", []),
        ("# A\n\n## B\n\ntext\n\n### C\n\n## D\n\n# E\n", ["A", "  B", "    C", "  D", "E"]),
        ("##\n\ntext\n", ["##"]),
        ("### deep\n\n# A\n", ["deep", "A"]),
        ("A\n===\n\nB\n---\n", ["A", "  B"]),
        ("<task>\n# A\n\ntext\n</task>\n\n<rules>\nx\n</rules>\n", ["<task>", "  A", "<rules>"]),
        ("<task>\nnever closed\n", []),
        ("```\n# no heading\n```\n", []),
        ("---\nname: x\n---\n\n# Роль\n", ["Роль"]),
    ],
)
def test_the_outline(snapshot_of: SnapshotOf, text: str, expected: list[str]) -> None:
    assert outline(document_symbols(snapshot_of(text))) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.prompty", "# system:\n# A\n\nx\n\nuser:\n<t>\ny\n</t>\n", ["system", "  A", "user", "  <t>"]),
        ("a.prompt", '{{role "system"}}A\n{{history}}\n{{role "user"}}\n', ["system", "history", "user"]),
        ("a.poml", "<poml>\n<role>A</role><task>\nB</task>\n</poml>\n", ["<poml>", "  <role>", "  <task>"]),
        ("a.j2", "{# a #}\n# A\n{% if x %}\n## B\n{% endif %}\n", ["A", "  B"]),
    ],
)
def test_the_outline_of_other_formats(snapshot_of: SnapshotOf, path: str, text: str, expected: list[str]) -> None:
    assert outline(document_symbols(snapshot_of(text, path=path))) == expected


def test_messages_fold(snapshot_of: SnapshotOf) -> None:
    text = "---\nname: x\n---\nsystem:\nYou\nhelp.\n\nuser:\nHi\n"
    folded = [text[span.start : span.end] for span in folding_ranges(snapshot_of(text, path="a.prompty"))]
    assert folded == ["---\nname: x\n---", "system:\nYou\nhelp.", "user:\nHi"]


THINK = "Think step by step before you answer, and put the final answer on the last line."
DRAFTS = "Write three different drafts, score them against the same criteria, and pick the best."
COT, BON = "Chain-of-Thought", "Best-of-N (n = 3)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (THINK, [COT]),
        (
            f"{THINK}\n\n# A\n\n{DRAFTS}\n\n## B\n\ntext\n\n# C\n\n{THINK}\n",
            [COT, "A", f"  {BON}", "  B", "C", f"  {COT}"],
        ),
        (f"<rules>\n- {THINK}\n</rules>\n\n{DRAFTS}\n", ["<rules>", f"  {COT}", BON]),
        # Inside another block.
        (f"- {DRAFTS}\n  - {THINK}\n", [BON, f"  {COT}"]),
        # One sentence that asks for two things.
        (
            (
                "Think step by step before answering, put the final answer last, and write three different drafts, "
                "score them against the same criteria and pick the best one."
            ),
            [COT, BON],
        ),
        (
            "Let's think step by step before you answer.",
            ["Chain-of-Thought (missing: a final answer that is marked apart from the reasoning)"],
        ),
        # Neither mentions nor what is asked not to be done.
        ("Do not think step by step.\n", []),
        ("They wrote about chain of thought.\n", []),
    ],
)
def test_blocks_stand_in_the_outline(snapshot_of: SnapshotOf, text: str, expected: list[str]) -> None:
    assert outline(document_symbols(snapshot_of(text))) == expected


def test_the_outline_speaks_the_language_of_the_user(snapshot_of: SnapshotOf) -> None:
    (symbol,) = document_symbols(snapshot_of("Let's think step by step.", locale="ru"))
    assert symbol.name == "Цепочка рассуждений"
    assert symbol.detail.startswith("нет: рассуждение раньше ответа; итоговый ответ")


SECTIONED = "intro one\n\n# A\n\nfirst text\nsecond text\n\n## B\n\n- one\n- two\n\n<t>\nthree\n</t>\n\n# C\n\nlast\n"


def fake_detections() -> st.SearchStrategy[list[Detection]]:
    """Blocks anywhere in `SECTIONED`, as the content may come to find them."""

    def detection(id: str, a: int, b: int, c: int, d: int) -> Detection:
        start, end = sorted((a, b))
        words = sorted((start + c % (end + 1 - start), start + d % (end + 1 - start)))
        return Detection(id, "instruction", False, 0.9, Span(start, end), (Span(*words),), (), (), ())

    offset = st.integers(0, len(SECTIONED))
    return st.lists(st.builds(detection, st.sampled_from(["cot", "bon", "tot", "cos"]), *[offset] * 4), max_size=8)


@STABLE
@given(fake_detections())
def test_symbols_nest_and_folds_do_not_cross(snapshot_of: SnapshotOf, found: list[Detection]) -> None:
    snapshot = snapshot_of(SECTIONED)
    sections = [symbol for symbol in flat(document_symbols(snapshot)) if symbol.kind != TECHNIQUE]
    # In place of what would be worked out.
    snapshot.__dict__["detections"] = tuple(sorted(found, key=lambda d: d.span.start))

    def check(symbols: tuple[Symbol, ...], around: Span) -> None:
        end = around.start
        for symbol in symbols:
            assert end <= symbol.span.start <= symbol.span.end <= around.end
            assert symbol.span.covers(symbol.name_span)
            end = symbol.span.end
            check(symbol.children, symbol.span)

    symbols = document_symbols(snapshot)
    check(symbols, Span(0, len(SECTIONED)))
    # The outline of the sections is what it is without blocks.
    assert [(s.name, s.span) for s in flat(symbols) if s.kind != TECHNIQUE] == [(s.name, s.span) for s in sections]

    open_until: list[int] = []
    starts: list[int] = []
    for span in folding_ranges(snapshot):
        first, last = snapshot.lines.line_at(span.start), snapshot.lines.line_at(span.end)
        assert first < last
        starts.append(first)
        while open_until and open_until[-1] < first:
            open_until.pop()
        assert not open_until or last <= open_until[-1]
        open_until.append(last)
    assert starts == sorted(set(starts))


def flat(symbols: tuple[Symbol, ...]) -> Iterator[Symbol]:
    for symbol in symbols:
        yield symbol
        yield from flat(symbol.children)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A\n",
        "one line\n\nanother\n",
        "⟦# A\n\ntext⟧\n",
        "⟦---\nmodel: o3\n---⟧\n\ntext\n",
        "⟦<task>\nPlan.\n</task>⟧\n",
        "⟦---\nmodel: o3\n---⟧\n\n⟦# A\n\ntext⟧\n\n⟦# B\n\ntext⟧\n",
        "⟦# A\n\n⟦## B\n\ntext⟧⟧\n",
        "Plan it.\n\n⟦- Let's think step by step.\n  - Note the date.⟧\n- Answer.\n",
        # A block of one line, and one that is a whole section.
        "⟦# A\n\nLet's think step by step.⟧\n",
        "⟦<chain_of_thought>\nLet's think step by step.\n</chain_of_thought>⟧\n",
        "⟦# A\n\n## B\n\n⟦## C\n\ntext⟧⟧\n\n# D\n",
    ],
)
def test_what_can_be_folded(snapshot_of: SnapshotOf, text: str) -> None:
    """`⟦…⟧` marks the ranges, which may be nested."""
    bare = ""
    spans: list[tuple[int, int]] = []
    open_at: list[int] = []
    for letter in text:
        if letter == "⟦":
            open_at.append(len(spans))
            spans.append((len(bare), -1))
        elif letter == "⟧":
            index = open_at.pop()
            spans[index] = (spans[index][0], len(bare))
        else:
            bare += letter
    assert [tuple(span) for span in folding_ranges(snapshot_of(bare))] == spans


def test_warming_up_changes_no_answer(snapshot_of: SnapshotOf, content: Content) -> None:
    warm = Content(content.catalogue)
    warm_up(warm)
    text = "Calculate it. Think step by step."
    cold = snapshot_of(text, content=Content(content.catalogue))
    assert snapshot_of(text, content=warm).suits == cold.suits
    assert snapshot_of(text, content=warm).detections == cold.detections
