"""Selection ranges: what "expand selection" takes in, step by step, from the word under the cursor to the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.markdown_scanner import parse
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.techniques.reading import LONG_LINE
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.tree import Node, PromptTree, Section

WINDOW = 4_000
"""Characters on either side in which a sentence begins and ends; nobody selects a longer one as a sentence."""
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_END = re.compile(r"(?P<stop>(?<![.!?…])[.!?…]+[\"'»”’)\]*_`]*)(?=\s)|[。！？]|(?P<line>\n)")


def selection_ranges(snapshot: Snapshot, offsets: list[int]) -> list[list[Span]]:
    """For each offset the spans around it: each lies in the next and is shorter, the last is the whole document."""
    return [_around(snapshot, snapshot.lines.clamp(offset)) for offset in offsets]


def _around(snapshot: Snapshot, offset: int) -> list[Span]:
    tree = snapshot.tree
    steps = [*_in_tree(tree, offset), Span(0, len(tree.lines))]
    result: list[Span] = []
    for span in steps:
        if offset in span and (not result or (span.covers(result[-1]) and span != result[-1])):
            result.append(span)
    return result


def _in_tree(tree: PromptTree, offset: int) -> Iterator[Span]:
    """What lies around `offset` in a tree, from the inside out."""
    placed = tree.at(offset)
    if placed is not None:
        fence = tree.prompt_fence
        content = placed.node.content.shifted(placed.start)
        if fence is not None and fence.first_line == placed.first_line and offset in content:
            # The prompt stands in this fence and has a structure of its own.
            inner = parse(Lines.of(tree.lines.at(content)))
            yield from (span.shifted(content.start) for span in _in_tree(inner, offset - content.start))
        yield from _in_node(placed.node, tree.lines.text, offset, placed.start)
    yield from reversed([section.span for section in _sections(tree.sections, offset)])


def _in_node(node: Node, text: str, offset: int, start: int) -> Iterator[Span]:
    """What lies around `offset` in a node whose spans count from `start`."""
    span = node.span.shifted(start)
    if offset not in span:
        return
    for child in node.children:
        yield from _in_node(child, text, offset, start)
    content = node.content.shifted(start)
    if not node.children or node.kind is Kind.DATA:
        yield from _words(text, content if offset in content else span, offset)
    if node.kind in (Kind.HEADING, Kind.FENCE, Kind.EMBEDDED):
        yield content
    yield span


def _words(text: str, span: Span, offset: int) -> Iterator[Span]:
    """The word and the sentence around `offset`, if it stands in one."""
    low, high = max(span.start, offset - WINDOW), min(span.end, offset + WINDOW)
    for word in _WORD.finditer(text, low, high):
        if word.start() <= offset <= word.end():
            yield Span(*word.span())
            break
    start = low
    for end in (*_ends(text, low, high), high):
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        if first <= offset <= end:
            # At the edge of the window it would only be a piece of a sentence.
            if (first > low or low == span.start) and (end < high or high == span.end):
                yield Span(first, first + len(piece.strip()))
            break
        start = end


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end: at a full stop, or with a line that was not broken just to fit a width."""
    line_start = start
    for match in _END.finditer(text, start, end):
        following = text[match.end() : min(match.end() + WINDOW, end)].lstrip()[:1]
        if match["line"]:
            long = match.start() - line_start >= LONG_LINE
            line_start = match.end()
            if following.islower() or (long and following.isalnum()):
                continue
            yield match.start()
        elif not following.islower():
            # After an abbreviation the sentence goes on in small letters.
            yield match.end()


def _sections(sections: tuple[Section, ...], offset: int) -> Iterator[Section]:
    """The sections around `offset`, outermost first."""
    for section in sections:
        if offset in section.span:
            yield section
            yield from _sections(section.children, offset)
            return
