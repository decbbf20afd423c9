"""Files of data with prompts in them, such as the block scalars of a YAML file: their tree.

The prompts stand in the tree as nodes of kind EMBEDDED, whose children are what Markdown makes of their text: on the
top level the block scalars, with their keys; inside nodes of kind DATA, for the lines between, the texts on one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import markdown_scanner, yaml_outline
from thoughtsmith.syntax.tree import Kind, Node, PromptTree, TopNode
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from thoughtsmith.formats.dialect import Dialect
    from thoughtsmith.formats.rows import Row
    from thoughtsmith.formats.yaml_outline import Body, Outline, Text
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.text.lines import Lines


class Prompt(NamedTuple):
    """A text that is a prompt."""

    text: Text
    name: str
    """What it is called in the outline of the file: its role, label or key."""


@dataclass(frozen=True, slots=True)
class Holder:
    """How a kind of file holds prompts."""

    prompts: Callable[[Outline, str], Iterable[Prompt]]
    """The prompts among what is written in a text, in order."""
    opening: tuple[str, ...]
    """The lines above the text of a first prompt; the first is a key on the top level."""
    dialect: Dialect


class DataTree(PromptTree):
    """The tree of a file of data."""

    def __init__(
        self,
        lines: Lines,
        nodes: tuple[TopNode, ...],
        first_lines: tuple[int, ...],
        holder: Holder,
        outline: Outline,
        prompts: tuple[Prompt, ...],
    ) -> None:
        super().__init__(lines, nodes, first_lines)
        self.holder = holder
        self.outline = outline
        self.prompts = prompts
        """In the order of the text."""


def parse(lines: Lines, holder: Holder) -> DataTree:
    """The tree of `lines`. Total."""
    return _Making(lines, holder, {}).tree()


def reparse(old: PromptTree, lines: Lines, _first_changed: int, _unchanged_tail: int, *, holder: Holder) -> DataTree:
    """The tree of `lines`, equal to `parse(lines, holder)`. Prompts that were there before are not scanned again.

    What is a prompt depends on everything above it, so the outline of the file is made anew.
    """
    tops = zip(old.nodes, old.first_lines, strict=True)
    known = {old.lines.slice(first, first + top.lines): top for top, first in tops}
    return _Making(lines, holder, known).tree()


def data(tree: PromptTree) -> Data:
    """What the whole file says."""
    from thoughtsmith.formats import yaml_data  # With the first such file: it brings the YAML library.

    return yaml_data.read(tree.lines.text)


def rows_of(lines: Lines, body: Body, end: int) -> list[Row]:
    """The lines of a block scalar up to line `end`, without the indentation that is no part of the text."""
    rows: list[Row] = []
    for number in range(body.first, end):
        row = lines.line(number)
        columns = min(len(row) - len(row.lstrip(" ")), body.columns)
        rows.append((lines.starts[number] + columns, row[columns:]))
    return rows


def inner_span(text: Text, written: str) -> Span | None:
    """Where exactly the characters stand that a plain or quoted text means; `None` if some are written otherwise."""
    if text.style == "":
        return text.span
    span = Span(text.span.start + 1, text.span.end - 1)
    content = written[span.start : span.end]
    escape = {'"': "\\", "'": "''"}.get(text.style)
    return None if escape is None or escape in content else span


class _Making:
    """A tree under construction; `known`: nodes by their text that may be taken over."""

    def __init__(self, lines: Lines, holder: Holder, known: dict[str, TopNode]) -> None:
        self._lines = lines
        self._holder = holder
        self._known = known
        self._nodes: list[TopNode] = []
        self._first_lines: list[int] = []

    def tree(self) -> DataTree:
        lines = self._lines
        outline = yaml_outline.outline(lines)
        prompts = tuple(self._holder.prompts(outline, lines.text))
        line = 0
        inline: list[Prompt] = []
        for prompt in prompts:
            body = prompt.text.body
            if body is None:
                inline.append(prompt)
                continue
            self._data(line, prompt.text.line, inline)
            self._embedded(prompt, body)
            line, inline = body.end, []
        self._data(line, len(lines.lines), inline)
        return DataTree(lines, tuple(self._nodes), tuple(self._first_lines), self._holder, outline, prompts)

    def _data(self, first: int, end: int, prompts: list[Prompt]) -> None:
        """The lines between two block scalars, without blank ones around them."""
        lines = self._lines
        while first < end and not lines.line(first).strip():
            first += 1
        while first < end and not lines.line(end - 1).strip():
            end -= 1
        if first == end:
            return
        start = lines.starts[first]
        span = _visible(lines, first, end, start)
        children = tuple(self._inline(prompts, start))
        node = Node(Kind.DATA, span, span, children)
        known = self._known.get(lines.slice(first, end))
        self._nodes.append(known if known is not None and known.node == node else TopNode(node, end - first))
        self._first_lines.append(first)

    def _inline(self, prompts: list[Prompt], start: int) -> Iterator[Node]:
        lines = self._lines
        for prompt in prompts:
            span = inner_span(prompt.text, lines.text)
            if span is None:
                continue
            rows: list[Row] = []
            for number in range(prompt.text.line, lines.line_at(span.end) + 1):
                low = max(lines.starts[number], span.start)
                row = lines.text[low : min(lines.end_of(number), span.end)]
                rows.append((low + len(row) - len(row.lstrip(" \t")), row.lstrip(" \t")))
            children = markdown_scanner.blocks(rows, start, self._holder.dialect)
            inner = span.shifted(-start)
            yield Node(Kind.EMBEDDED, inner, inner, children, info=prompt.name)

    def _embedded(self, prompt: Prompt, body: Body) -> None:
        lines, first = self._lines, prompt.text.line
        start = lines.starts[first]
        rows = rows_of(lines, body, body.last)
        span = _visible(lines, first, max(body.last, body.first), start)
        content = Span(rows[0][0] - start, span.end) if rows else Span(span.end, span.end)
        known = self._known.get(lines.slice(first, body.end))
        if (
            known is None
            or known.node.kind is not Kind.EMBEDDED
            or (known.node.info, known.node.content.start) != (prompt.name, content.start)
        ):
            children = markdown_scanner.blocks(rows, start, self._holder.dialect)
            # The content of a fence counts to the end of its line, and a form feed is blank to all but YAML.
            end = max(span.end, content.start, children[-1].span.end if children else 0)
            span, content = Span(span.start, end), Span(content.start, end)
            known = TopNode(Node(Kind.EMBEDDED, span, content, children, info=prompt.name), body.end - first)
        # Else all of it follows from the text, which is the same.
        self._nodes.append(known)
        self._first_lines.append(first)


def _visible(lines: Lines, first: int, end: int, origin: int) -> Span:
    """From the first to the last visible character of some lines."""
    row = lines.line(first)
    start = lines.starts[first] + len(row) - len(row.lstrip())
    return Span(start - origin, lines.starts[end - 1] + len(lines.line(end - 1).rstrip()) - origin)
