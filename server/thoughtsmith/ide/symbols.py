"""Document symbols: messages, headings and tags of the prompt, and among them the blocks that ask for a technique."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.detected import asked_for, missing_parts
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.tree import Section
    from thoughtsmith.techniques.detection import Detection

HEADING, TAG, ROLE, TECHNIQUE = "heading", "tag", "role", "technique"
_KINDS = {Kind.HEADING: HEADING, Kind.TAG: TAG, Kind.ROLE: ROLE, Kind.EMBEDDED: ROLE}


class Symbol(NamedTuple):
    """An entry of the outline. It lies within its parent and touches none of its siblings."""

    name: str
    kind: str
    span: Span
    name_span: Span
    detail: str = ""
    """Of a block: its parameters and the parts that it lacks."""
    children: tuple[Symbol, ...] = ()


def document_symbols(snapshot: Snapshot) -> tuple[Symbol, ...]:
    """The sections, nested, and in each the blocks that begin in its own text.

    A block that goes on into the next section ends before it here: the sections are the outline, and two entries that
    overlap would make an editor lose its place in it.
    """
    return _level(snapshot, snapshot.tree.sections, asked_for(snapshot), len(snapshot.lines))


def _level(
    snapshot: Snapshot, sections: tuple[Section, ...], blocks: Sequence[Detection], end: int
) -> tuple[Symbol, ...]:
    """The sections of one level and the blocks among them, down to `end`."""
    starts = [section.span.start for section in sections]
    inside: list[list[Detection]] = [[] for _ in sections]
    between: list[_Block] = []
    for block in blocks:
        index = bisect_right(starts, block.span.start) - 1
        if index >= 0 and block.span.start < sections[index].span.end:
            inside[index].append(block)
        else:
            limit = starts[index + 1] if index + 1 < len(starts) else end
            between.append(_Block(snapshot, block, block.span.start, min(block.span.end, limit)))
    symbols = [
        Symbol(
            _name(section),
            _KINDS[section.kind],
            section.span,
            section.name_span,
            children=_level(snapshot, section.children, own, section.span.end),
        )
        for section, own in zip(sections, inside, strict=True)
    ]
    symbols += [block.symbol() for block in _nested(between)]
    return tuple(sorted(symbols, key=lambda symbol: symbol.span))


def _name(section: Section) -> str:
    if section.kind is Kind.TAG:
        return f"<{section.name}>"
    return section.name.strip() or "#" * section.level


class _Block:
    """A block on its way into the outline."""

    def __init__(self, snapshot: Snapshot, detection: Detection, start: int, end: int) -> None:
        self._snapshot = snapshot
        self._detection = detection
        self.id = detection.id
        self.words = detection.places[0]
        self.children: list[_Block] = []
        self.narrow(start, end)

    def narrow(self, start: int, end: int) -> None:
        """Let it reach from `start` to `end`, without the white space there."""
        text = self._snapshot.lines.text[start:end]
        self.end = start + len(text.rstrip())
        self.start = min(start + len(text) - len(text.lstrip()), self.end)

    def symbol(self) -> Symbol:
        snapshot, detection = self._snapshot, self._detection
        span = Span(self.start, self.end)
        name_span = Span(max(self.words.start, span.start), min(self.words.end, span.end))
        if name_span.start >= name_span.end:
            # The words stand in what was left to another block or section.
            line_end = snapshot.lines.end_of(snapshot.lines.line_at(span.start))
            name_span = Span(span.start, min(span.end, line_end))
        values = ", ".join(f"{name} = {value}" for name, value in detection.params)
        return Symbol(
            snapshot.content.catalogue.techniques[self.id].name.of(snapshot.locale),
            TECHNIQUE,
            span,
            name_span,
            "; ".join(filter(None, (values, missing_parts(snapshot, detection)))),
            tuple(child.symbol() for child in self.children),
        )


def _nested(blocks: list[_Block]) -> list[_Block]:
    """The blocks with those inside that lie within others. Where two cross, the first ends where the second begins."""
    blocks = [block for block in blocks if block.start < block.end]
    _part(blocks)
    roots: list[_Block] = []
    around: list[_Block] = []
    for block in sorted(blocks, key=lambda block: (block.start, -block.end, block.words)):
        while around and block.end > around[-1].end:
            outer = around.pop()
            outer.narrow(outer.start, min(outer.end, block.start))
        if any(outer.id == block.id for outer in around):
            continue  # A block of a technique inside another of the same adds nothing.
        (around[-1].children if around else roots).append(block)
        around.append(block)
    return roots


def _part(blocks: list[_Block]) -> None:
    """Give each of several blocks that are the same sentence the part of it that has its own words."""
    last: dict[tuple[int, int], _Block] = {}
    for block in sorted(blocks, key=lambda block: block.words):
        whole = (block.start, block.end)
        before = last.get(whole)
        if before is not None and before.start < block.words.start < block.end:
            before.narrow(before.start, block.words.start)
            block.narrow(block.words.start, block.end)
        last[whole] = block
