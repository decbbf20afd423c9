"""The outline and the folding ranges of a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.ide.folding import folding_ranges
from thoughtsmith.ide.symbols import document_symbols
from thoughtsmith.ide.warm_up import warm_up
from thoughtsmith.project.content import Content

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import Section

    from .conftest import SnapshotOf


def outline(sections: tuple[Section, ...], indent: str = "") -> list[str]:
    lines: list[str] = []
    for section in sections:
        lines += [f"{indent}{section.name}", *outline(section.children, indent + "  ")]
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Just text.\n", []),
        ("# A\n\n## B\n\ntext\n\n### C\n\n## D\n\n# E\n", ["A", "  B", "    C", "  D", "E"]),
        ("### deep\n\n# A\n", ["deep", "A"]),
        ("A\n===\n\nB\n---\n", ["A", "  B"]),
        ("<task>\n# A\n\ntext\n</task>\n\n<rules>\nx\n</rules>\n", ["task", "  A", "rules"]),
        ("<task>\nnever closed\n", []),
        ("```\n# no heading\n```\n", []),
        ("---\nname: x\n---\n\n# Роль\n", ["Роль"]),
    ],
)
def test_the_outline(snapshot_of: SnapshotOf, text: str, expected: list[str]) -> None:
    assert outline(document_symbols(snapshot_of(text))) == expected


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
    assert snapshot_of(text, content=warm).facts == snapshot_of(text, content=Content(content.catalogue)).facts
