"""Where a block may stand in a file of data: in a prompt as in Markdown, and nowhere else.

The place is found in the text that the prompt means, without the indentation of the data around it, and brought back
to the file with that indentation on every line.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import markdown_scanner, placement
from thoughtsmith.formats.embedded import DataTree, inner_span, rows_of
from thoughtsmith.formats.list_places import indentation
from thoughtsmith.formats.place import Around, Place, Style
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.formats.dialect import Dialect
    from thoughtsmith.formats.embedded import Prompt
    from thoughtsmith.formats.rows import Row
    from thoughtsmith.formats.yaml_outline import Body, Text
    from thoughtsmith.syntax.tree import PromptTree

STEP = 2
"""Columns by which a new block scalar is indented."""


def place(tree: PromptTree, at: Span, style: Style | None = None) -> Place | None:
    """Where a block goes if the user typed `at`; `None` outside of prompts."""
    inside = _prompt_around(tree, at)
    if inside is None:
        return None
    inner = inside.to_inner(at)
    if inside.to_outer(inner) != at:
        return None  # It begins in the indentation, which is no part of the prompt.
    found = placement.place(inside.tree, inner, style)
    return None if found is None else inside.placed(found)


def place_after(tree: PromptTree, offset: int, style: Style | None = None) -> Place | None:
    """Where a block goes by command: in the prompt around `offset` or at the end of the nearest one.

    A prompt that is a text on one line becomes a block scalar. In a file without a prompt the block becomes its first
    one; `None` where nothing of that is possible, as between the brackets of JSON.
    """
    offset = tree.lines.clamp(offset)
    inside = _prompt_around(tree, Span(offset, offset))
    if inside is not None:
        return inside.placed(placement.place_after(inside.tree, inside.to_inner(Span(offset, offset)).start, style))
    if not isinstance(tree, DataTree):
        return placement.place_after(tree, offset, style)
    line = tree.lines.line_at(offset)
    nearest: tuple[int, Prompt, str | None] | None = None
    for prompt in tree.prompts:
        text = prompt.text
        written = None if text.body else _convertible(tree, text)
        if text.body is None and written is None:
            continue
        last = text.line if text.body is None else text.body.end - 1
        distance = max(text.line - line, line - last, 0)
        if nearest is None or distance < nearest[0]:
            nearest = distance, prompt, written
    if nearest is None:
        return _first_prompt(tree, style)
    _, prompt, written = nearest
    if written is None:
        return _at_end_of_prompt(tree, prompt.text, style)
    return _as_block_scalar(tree, prompt.text, written, style)


def place_around(tree: PromptTree, selection: Span, task_title: str, style: Style | None = None) -> Around | None:
    """How to wrap the text that `selection` touches; `None` unless it lies in one prompt."""
    inside = _prompt_around(tree, selection)
    if inside is None:
        return None
    around = placement.place_around(inside.tree, inside.to_inner(selection), task_title, style)
    if around is None:
        return None
    newline = tree.lines.newline
    task = inside.to_outer(around.task)
    # It begins before the indentation, so that what is written before it is indented like everything else.
    start = tree.lines.start_of(tree.lines.line_at(task.start))
    before = "".join((inside.base + line if line else "") + newline for line in around.before.split(newline)[:-1])
    return Around(Span(start, task.end), before, inside.indented(around.after), inside.placed(around.place))


class _Inside(NamedTuple):
    """A prompt as a text of its own, and the way back."""

    lines: Lines
    """Of the file."""
    tree: PromptTree
    """Of the text of the prompt."""
    first: int
    """The line of the file on which the text begins."""
    rows: list[Row]
    base: str
    """The indentation that is no part of the text."""
    folded: bool = False
    """Whether YAML joins the lines of a paragraph, so that a line end needs a blank line to stay one."""

    def to_inner(self, span: Span) -> Span:
        start, end = (self._inner(offset) for offset in span)
        return Span(start, end)

    def _inner(self, offset: int) -> int:
        number = self.lines.line_at(offset) - self.first
        inner = self.tree.lines.start_of(number) + offset - self.rows[number][0]
        return max(inner, self.tree.lines.start_of(number))

    def to_outer(self, span: Span) -> Span:
        start, end = (self._outer(offset) for offset in span)
        return Span(start, end)

    def _outer(self, offset: int) -> int:
        number = min(self.tree.lines.line_at(offset), len(self.rows) - 1)
        return self.rows[number][0] + offset - self.tree.lines.start_of(number)

    def indented(self, text: str) -> str:
        """What is written after a place, with the indentation on every line that it begins."""
        newline = self.lines.newline
        first, *rest = text.split(newline)
        last = len(rest) - 1
        return newline.join([first, *(self.base + line if line or i == last else "" for i, line in enumerate(rest))])

    def placed(self, found: Place) -> Place:
        """A place in the text of the prompt as one in the file."""
        at = self.to_outer(found.at)
        lead_in = self.indented(found.lead_in)
        line = self.lines.line(self.lines.line_at(at.start))
        if not line.strip() and not found.lead_in.startswith(self.lines.newline):
            # A blank line need not be indented; a line with a block must be.
            lead_in = " " * (len(self.base) - (len(line) - len(line.lstrip(" ")))) + lead_in
        return replace(
            found,
            at=at,
            lead_in=lead_in,
            indent=self.base + found.indent,
            content_indent=self.base + found.content_indent,
            newline=found.newline * 2 if self.folded else found.newline,
            line_indent=indentation(line),
            renumber=tuple(Edit(self.to_outer(edit.span), edit.text) for edit in found.renumber),
        )


def _prompt_around(tree: PromptTree, span: Span) -> _Inside | None:
    """The prompt in whose lines `span` lies."""
    if not isinstance(tree, DataTree):
        return None
    first, last = tree.lines.line_at(span.start), tree.lines.line_at(span.end)
    for prompt in tree.prompts:
        body = prompt.text.body
        if body is not None and body.first <= first and last < body.end:
            return _inside(tree, prompt.text, body, body.end)
    return None


def _inside(tree: DataTree, text: Text, body: Body, end: int) -> _Inside:
    rows = rows_of(tree.lines, body, end)
    return _Inside(tree.lines, _tree_of(tree, rows), body.first, rows, " " * body.columns, folded=text.style == ">")


def _tree_of(tree: DataTree, rows: list[Row]) -> PromptTree:
    newline = tree.lines.newline
    return _parsed(newline.join(row for _, row in rows), newline, tree.holder.dialect)


@lru_cache(maxsize=4)
def _parsed(text: str, newline: str, dialect: Dialect) -> PromptTree:
    """The tree of a prompt; one request asks for it several times."""
    return markdown_scanner.parse(Lines.of(text, newline), dialect)


def _at_end_of_prompt(tree: DataTree, text: Text, style: Style | None) -> Place:
    body = text.body
    if body is None or body.last == body.first:
        # Nothing is written yet below the line with the indicator.
        columns = body.columns if body is not None else text.column + STEP
        return _below(tree, Span(tree.lines.end_of(text.line), tree.lines.end_of(text.line)), "", columns, style)
    inside = _inside(tree, text, body, body.last)
    return inside.placed(placement.place_after(inside.tree, len(inside.tree.lines), style))


def _convertible(tree: DataTree, text: Text) -> str | None:
    """What a text on one line means, if it can be written as a block scalar."""
    span = inner_span(text, tree.lines.text)
    if text.flow or span is None or not len(span):
        return None
    written = tree.lines.at(span)
    end = tree.lines.end_of(text.line)
    if written != written.strip() or text.span.end > end or tree.lines.text[text.span.end : end].strip():
        return None
    return written


def _as_block_scalar(tree: DataTree, text: Text, written: str, style: Style | None) -> Place:
    newline = tree.lines.newline
    inner = _parsed(written, newline, tree.holder.dialect)
    found = placement.place_after(inner, len(written), style)
    columns = max(text.column, 0) + STEP
    base = " " * columns
    inside = _Inside(tree.lines, inner, text.line, [(text.span.start, written)], base)
    lead_in = f"|-{newline}{base}{written}{inside.indented(found.lead_in)}"
    return replace(inside.placed(found), at=text.span, lead_in=lead_in, renumber=())


def _first_prompt(tree: DataTree, style: Style | None) -> Place | None:
    """A place for the first prompt of a file, below everything else; `None` if there may be none."""
    lines = tree.lines
    end = Span(len(lines), len(lines))
    opening = tree.holder.opening
    newline = lines.newline
    gap = newline if lines.text and not lines.text.endswith(("\n", "\r")) else ""
    top_level = {key.path[0] for key in tree.outline.keys}
    in_brackets = any(text.flow and text.column < 0 for text in tree.outline.texts) or lines.text.lstrip()[:1] in (
        "{",
        "[",
    )
    begun = len(opening) > 1 and opening[0] == next((row for row in map(str.rstrip, reversed(lines.lines)) if row), "")
    if (begun or opening[0].rstrip(":") not in top_level) and not in_brackets:
        if begun:
            opening = opening[1:]
        columns = len(indentation(opening[-1])) + STEP
        return _below(tree, end, gap + newline.join(opening), columns, style)
    return None


def _below(tree: DataTree, at: Span, written: str, columns: int, style: Style | None) -> Place:
    """A place for the text of a prompt of which nothing is written yet, below `written` at `at`."""
    newline = tree.lines.newline
    base = " " * columns
    empty = _parsed("", newline, tree.holder.dialect)
    inside = _Inside(tree.lines, empty, 0, [(at.start, "")], base)
    found = replace(inside.placed(placement.place_after(empty, 0, style)), at=at)
    return replace(found, lead_in=written + newline + base)
