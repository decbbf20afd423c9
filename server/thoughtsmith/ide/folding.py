"""Folding ranges: messages, sections under headings and between tags, techniques that are asked for, front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.symbols import TECHNIQUE, document_symbols

if TYPE_CHECKING:
    from thoughtsmith.ide.symbols import Symbol
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span


def folding_ranges(snapshot: Snapshot) -> list[Span]:
    """What can be folded, in the order in which it starts; only what covers more than one line.

    An editor folds whole lines, and of two ranges that start on one line or cross it drops one: here the block gives
    way to the section, and the later block to the earlier.
    """
    tree = snapshot.tree
    spans: list[Span] = []

    def collect(symbols: tuple[Symbol, ...], taken: int) -> None:
        """Collect the ranges of one level; a block needs a first line below `taken`."""
        for symbol in symbols:
            first, last = (tree.lines.line_at(offset) for offset in symbol.span)
            if first == last:
                continue
            if symbol.kind != TECHNIQUE or first > taken:
                spans.append(symbol.span)
                collect(symbol.children, first)
            else:
                collect(symbol.children, taken)
            taken = last

    if tree.front_matter is not None:
        spans.append(tree.front_matter)
    collect(document_symbols(snapshot), -1)
    return spans
