"""The passages of a prompt: the pieces of text that speak, each with its place among the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats.markdown_scanner import parse
from thoughtsmith.syntax.tree import MAX_SECTION_DEPTH, PROMPT_FENCES, Kind
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import Node, PromptTree

HEADING, PROSE, ITEM, TABLE, QUOTE, TEMPLATE, TAG = "heading", "prose", "item", "table", "quote", "template", "tag"
"""Where a passage stands. A template is a fence that shows what an answer looks like."""

_TEMPLATES = PROMPT_FENCES | {"json", "jsonc", "json5", "xml", "yaml", "yml", "html"}
_LEAD = re.compile(r"(?:[*_]{2}|__)[^*_\n]+(?:[*_]{2}|__):?")
MAX_FENCES = 4
"""A prompt in a fence in a fence … is read no deeper than this."""
_SILENT = frozenset({Kind.FRONT_MATTER, Kind.COMMENT, Kind.RULE, Kind.DIRECTIVE})


class Passage(NamedTuple):
    """A paragraph, heading, tag or table, or the text of a list item without the items below it."""

    span: Span
    place: str
    block: Span
    """What belongs to it: of an item the whole item, of a heading or start tag its section; else `span`."""
    depth: int
    """How deep in lists it stands; 0 outside."""
    path: tuple[int, ...]
    """What it stands under, outermost first, as indexes of passages: headings, tags, items, what leads to its list."""
    leads: bool
    """Whether it introduces what follows: a heading, a line in bold, or text that ends in a colon."""


def passages(tree: PromptTree, text: str | None = None) -> list[Passage]:
    """The passages of a prompt in order. Front matter, comments, code and the statements of a template have none.

    `text` is what to read instead of the text of the tree, place by place: `spoken.spoken` of it.
    """
    walk = _Walk(tree.lines.text if text is None else text)
    walk.tree(tree, 0)
    return walk.found


class _Open(NamedTuple):
    at: int
    """Its index among the passages."""
    level: int
    """Of a heading; 0 for a tag."""
    name: str


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._path: tuple[int, ...] = ()
        self._last_end = 0
        self.found: list[Passage] = []

    def tree(self, tree: PromptTree, start: int, depth: int = 0) -> None:
        """All of `tree`, whose text begins at `start`."""
        fence = tree.prompt_fence if depth < MAX_FENCES else None
        for placed in tree:
            node, offset = placed.node, placed.start + start
            if node.kind is Kind.FENCE and fence is not None and fence.first_line == placed.first_line:
                content = node.content.shifted(offset)
                self.tree(parse(Lines.of(self._text[content.start : content.end])), content.start, depth + 1)
            else:
                self._node(node, offset, 0)
        if depth == 0:
            self._close(0)

    def _close(self, level: int) -> None:
        """End the open headings of `level` and below; with 0, everything."""
        while self._open and (level == 0 or self._open[-1].level >= level):
            self._end(self._open.pop(), self._last_end)
        self._path = tuple(opened.at for opened in self._open)

    def _end(self, opened: _Open, end: int) -> None:
        passage = self.found[opened.at]
        self.found[opened.at] = passage._replace(block=Span(passage.block.start, max(end, passage.block.end)))

    def _node(self, node: Node, offset: int, depth: int) -> None:
        kind = node.kind
        if kind in _SILENT:
            return
        span = node.span.shifted(offset)
        if depth and kind in (Kind.HEADING, Kind.TAG):
            # Inside a list item they open no section: the item is the block.
            heading = kind is Kind.HEADING
            self._add(node.content.shifted(offset) if heading else span, HEADING if heading else TAG, depth)
        elif kind is Kind.HEADING:
            self._close(node.level)
            self._open_section(node.content.shifted(offset), span, HEADING, node.level, "")
        elif kind is Kind.TAG:
            self._tag(node, offset)
        elif kind is Kind.LIST:
            self._list(node, offset, depth + 1)
        elif kind is Kind.MIXED:
            for child in node.children:
                self._node(child, offset, depth)
        elif kind is Kind.ROLE:
            self._close(0)  # What was said under a heading or in a tag does not go on in the next message.
        elif kind is Kind.DATA:
            for child in node.children:
                self._node(child, offset, depth)
        elif kind is Kind.EMBEDDED:
            self._close(0)
            # It says nothing itself, but keeps apart what stands in different prompts.
            self._open_section(Span(span.start, span.start), span, TAG, 0, "")
            for child in node.children:
                self._node(child, offset, depth)
            self._close(0)
        elif kind is Kind.FENCE:
            if node.info in _TEMPLATES:
                self._add(node.content.shifted(offset), TEMPLATE, depth)
        elif kind is Kind.QUOTE:
            self._add(span, QUOTE, depth)
        elif kind is Kind.TABLE:
            self._add(span, TABLE, depth)
        else:
            self._add(span, PROSE, depth)
        self._last_end = span.end

    def _tag(self, node: Node, offset: int) -> None:
        if not node.closing:
            if len(self._open) >= MAX_SECTION_DEPTH:
                # As in the tree, it opens nothing: every passage below would have to name all tags around it.
                self._add(node.span.shifted(offset), TAG, 0)
                return
            span = node.span.shifted(offset)
            self._open_section(span, span, TAG, 0, node.info)
            if node.marker == "/":
                self._open.pop()
                self._path = self._path[:-1]
            return
        for depth, opened in enumerate(reversed(self._open)):
            if opened.level == 0 and opened.name == node.info:
                for _ in range(depth):
                    self._end(self._open.pop(), self._last_end)
                self._end(self._open.pop(), node.span.end + offset)
                self._path = tuple(left.at for left in self._open)
                return

    def _open_section(self, span: Span, block: Span, place: str, level: int, name: str) -> None:
        self.found.append(Passage(span, place, block, 0, self._path, leads=True))
        self._open.append(_Open(len(self.found) - 1, level, name))
        self._path = tuple(opened.at for opened in self._open)

    def _list(self, node: Node, offset: int, depth: int) -> None:
        around = self._path
        last = len(self.found) - 1
        if last >= 0 and self.found[last].place == PROSE and self.found[last].leads:
            self._path = (*around, last)
        for item in node.children:
            self._item(item, offset, depth)
        self._path = around

    def _item(self, item: Node, offset: int, depth: int) -> None:
        around = self._path
        block = item.span.shifted(offset)
        first, *rest = item.children or (None,)
        if first is not None and first.kind is Kind.PARAGRAPH:
            span = first.span.shifted(offset)
            leads = bool(rest) or self._text[span.start : span.end].rstrip().endswith(":")
            self.found.append(Passage(span, ITEM, block, depth, self._path, leads))
            self._path = (*around, len(self.found) - 1)
        elif first is not None:
            self._node(first, offset, depth)
        for child in rest:
            if child is not None:
                self._node(child, offset, depth)
        self._path = around

    def _add(self, span: Span, place: str, depth: int) -> None:
        if span.start < span.end:
            text = self._text[span.start : span.end].rstrip()
            leads = place == PROSE and (text.endswith(":") or _LEAD.fullmatch(text.strip()) is not None)
            self.found.append(Passage(span, place, span, depth, self._path, leads))
