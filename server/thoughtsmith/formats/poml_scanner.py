"""The structure of POML: components, the lists among them, and the text between them, which is read as Markdown.

Tags may span lines and share them. Lines on which several things stand are one top-level node, so that here too every
such node can be scanned knowing only the line on which it starts. It is no XML parser: half a document, a tag without
its end or partner, `&` and `<` in a text are read as they are meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import incremental, poml_names
from thoughtsmith.formats.dialect import Dialect
from thoughtsmith.formats.markdown_scanner import MAX_DEPTH, block
from thoughtsmith.formats.rows import Row, Rows, TextRows, blank
from thoughtsmith.syntax.tree import Kind, Node, PromptTree
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.text.lines import Lines

_TEXT = Dialect(front_matter=())
_MARK = re.compile(r"<(?:(?P<comment>!--)|[!?]|(?P<end>/?)(?P<name>[A-Za-z][\w.:-]*))")
_VISIBLE = re.compile(r"\S")
_IN_TAG = re.compile(r"[\"'>]|<(?=[A-Za-z/!?])")
_USUAL_END = re.compile(r"[^\"'<>]*(?:(?:\"[^\"<>]*\"|'[^'<>]*')[^\"'<>]*)*>")
"""The end of a tag on the line on which it begins, with the quotes of its attributes."""
_NUMBERED = re.compile(r"\blistStyle\s*=\s*[\"'](?:decimal|latin|roman)", re.IGNORECASE)


def parse(lines: Lines) -> PromptTree:
    """The tree of `lines`. Total: every text has one."""
    return incremental.parse(lines, TextRows(lines, _TEXT), _top_level)


def reparse(old: PromptTree, lines: Lines, first_changed: int, unchanged_tail: int) -> PromptTree:
    """The tree of `lines`, equal to `parse(lines)`, made from the tree of the text before an edit."""
    rows = TextRows(lines, _TEXT)
    return incremental.reparse(old, lines, rows, _top_level, lambda _, count: count, first_changed, unchanged_tail)


class _At(NamedTuple):
    """A place in the text."""

    row: int
    column: int


class _Run(Rows):
    """The text from a place on up to the next tag that does not stand in the middle of a sentence."""

    def __init__(self, rows: Rows, at: _At) -> None:
        super().__init__(rows.dialect)
        self._rows = rows
        self._first = at
        self._index = -1
        self._last: Row | None = None
        self.end: _At | None = None
        """Where the tag stands, if that has been seen."""

    def get(self, index: int) -> Row | None:
        # As in `TextRows`: one row is asked for many times.
        if index != self._index:
            self._index, self._last = index, self._row(index)
        return self._last

    def _row(self, index: int) -> Row | None:
        row = None if self.end is not None and index > self.end.row else self._rows.get(index)
        if row is None:
            return None
        offset, text = row
        column = self._first.column if index == self._first.row else 0
        mark = _next_mark(text, column)
        if mark is None:
            return (offset + column, text[column:]) if column else row
        if self.end is None:
            self.end = _At(index, mark.start())
        # A row that begins with a tag is none of the text.
        own = text[column : mark.start()]
        return None if blank(own) else (offset + column, own)


def _next_mark(text: str, column: int) -> re.Match[str] | None:
    """The next tag, comment or the like that ends a text."""
    if "<" not in text:
        return None
    for mark in _MARK.finditer(text, column):
        if mark["name"] is None or poml_names.key(mark["name"]) not in poml_names.INLINE:
            return mark
    return None


def _top_level(rows: TextRows, line: int) -> tuple[Node, int]:
    origin = rows.start_of(line)
    nodes: list[Node] = []
    at = _At(line, 0)
    while not nodes or at.column:
        visible = _VISIBLE.search(rows.at(at.row)[1], at.column)
        if visible is None:
            at = _At(at.row + 1, 0)
            break
        node, at = _piece(rows, _At(at.row, visible.start()), origin, 0)
        nodes.append(node)
    if len(nodes) == 1:
        return nodes[0], at.row
    span = Span(nodes[0].span.start, nodes[-1].span.end)
    return Node(Kind.MIXED, span, span, tuple(nodes), closed=nodes[-1].closed), at.row


def _piece(rows: Rows, at: _At, origin: int, depth: int) -> tuple[Node, _At]:
    """What stands at a visible character, and the place behind it; column 0 if it ends with its row."""
    offset, text = rows.at(at.row)
    start = offset + at.column - origin
    mark = _MARK.match(text, at.column)
    if mark is None or poml_names.key(mark["name"] or "") in poml_names.INLINE:
        return _text(rows, at, origin, depth)
    if mark["name"] is None:
        closing = "-->" if mark["comment"] else "CDATA[" if text.startswith("<![CDATA[", at.column) else ">"
        found = _until(rows, at._replace(column=mark.end()), closing, several=mark["comment"] is not None)
        span = Span(start, found.end - origin)
        return Node(Kind.COMMENT, span, span, closed=found.closed), found.after
    found = _tag_end(rows, at._replace(column=mark.end()))
    name = Span(offset + mark.start("name") - origin, offset + mark.end("name") - origin)
    marker = "/" if found.closed and rows.at(found.after.row)[1][found.after.column - 2] == "/" else ""
    tag = Node(
        Kind.TAG,
        Span(start, found.end - origin),
        name,
        marker=marker,
        info=mark["name"],
        closed=found.closed,
        closing=bool(mark["end"]),
    )
    key = poml_names.key(mark["name"])
    if key in poml_names.SILENT:
        if found.closed and not marker and not tag.closing:
            found = _until_end_tag(rows, found, key)
        span = Span(start, found.end - origin)
        return Node(Kind.DIRECTIVE, span, span, closed=found.closed), found.after
    if key in poml_names.LISTS and depth < MAX_DEPTH and found.closed and not marker and not tag.closing:
        numbered = _NUMBERED.search(_source(rows, at, found.after)) is not None
        return _list(rows, tag, found.after, origin, depth, numbered=numbered)
    return tag, found.after


def _text(rows: Rows, at: _At, origin: int, depth: int) -> tuple[Node, _At]:
    run = _Run(rows, at)
    node, after = block(run, at.row, origin, depth)
    if run.end is not None and run.end.row < after:
        return node, run.end
    return node, _At(after, 0)


class _End(NamedTuple):
    """Where something ends."""

    after: _At
    """The place behind it; column 0 if it takes all of its last row."""
    end: int
    """The offset behind its last character."""
    closed: bool


def _tag_end(rows: Rows, at: _At) -> _End:
    """The end of a tag, from behind its name. Half a tag ends before the next one, or with its lines."""
    row, column = at
    offset, text = rows.at(row)
    if (usual := _USUAL_END.match(text, column)) is not None:
        return _End(_At(row, usual.end()), offset + usual.end(), closed=True)
    end = offset + column
    quote = ""
    while True:
        for sign in _IN_TAG.finditer(text, column):
            if sign[0] == "<":
                own = text[column : sign.start()]
                if not blank(own):
                    end = offset + column + len(own.rstrip())
                elif column == 0:
                    return _End(_At(row, 0), end, closed=False)
                return _End(_At(row, sign.start()), end, closed=False)
            if quote:
                quote = "" if sign[0] == quote else quote
            elif sign[0] == ">":
                return _End(_At(row, sign.end()), offset + sign.end(), closed=True)
            else:
                quote = sign[0]
        end = offset + max(column, len(text.rstrip()))
        row += 1
        following = rows.get(row)
        if following is None or blank(following[1]):
            return _End(_At(row, 0), end, closed=False)
        (offset, text), column = following, 0


def _until(rows: Rows, at: _At, closing: str, *, several: bool) -> _End:
    """Behind the next `closing`, on this row or on any of `several`."""
    row, column = at
    while True:
        offset, text = rows.at(row)
        found = text.find(closing, column)
        if found >= 0:
            found += len(closing)
            return _End(_At(row, found), offset + found, closed=True)
        end = offset + max(column, len(text.rstrip()))
        row, column = row + 1, 0
        if not several or rows.get(row) is None:
            return _End(_At(row, 0), end, closed=False)


def _until_end_tag(rows: Rows, opened: _End, key: str) -> _End:
    """Behind the end tag of something whose content says nothing; if there is none, before the next other tag."""
    (row, column), end = opened.after, opened.end
    while (found := rows.get(row)) is not None:
        offset, text = found
        mark = _next_mark(text, column)
        own = text[column : len(text) if mark is None else mark.start()]
        if not blank(own):
            end = offset + column + len(own.rstrip())
        if mark is None:
            row, column = row + 1, 0
        elif mark["name"] is None:
            passed = _until(rows, _At(row, mark.end()), "-->" if mark["comment"] else ">", several=False)
            (row, column), end = passed.after, passed.end
        elif mark["end"] and poml_names.key(mark["name"]) == key:
            return _tag_end(rows, _At(row, mark.end()))
        else:
            at_start = blank(own) and column == 0
            return _End(_At(row, 0 if at_start else mark.start()), end, closed=False)
    return _End(_At(row, 0), end, closed=False)


def _source(rows: Rows, start: _At, end: _At) -> str:
    """What stands between two places."""
    if start.row == end.row:
        return rows.at(start.row)[1][start.column : end.column]
    middle = (rows.at(row)[1] for row in range(start.row + 1, end.row))
    return " ".join((rows.at(start.row)[1][start.column :], *middle, rows.at(end.row)[1][: end.column]))


def _visible(rows: Rows, at: _At) -> _At | None:
    """The next visible character; `None` at the end of the text."""
    row, column = at
    while (found := rows.get(row)) is not None:
        if visible := _VISIBLE.search(found[1], column):
            return _At(row, visible.start())
        row, column = row + 1, 0
    return None


def _mark_at(rows: Rows, at: _At) -> tuple[str, bool]:
    """The name of the tag at a place and whether it is an end tag; an empty name where text stands."""
    mark = _MARK.match(rows.at(at.row)[1], at.column)
    name = poml_names.key(mark["name"] or "") if mark is not None else ""
    return ("", False) if mark is None or name in poml_names.INLINE else (name, bool(mark["end"]))


def _list(rows: Rows, tag: Node, at: _At, origin: int, depth: int, *, numbered: bool) -> tuple[Node, _At]:
    """The list that `tag` begins, from behind that tag on; the tag alone if no item follows."""
    items: list[Node] = []
    end, closed = tag.span.end, False
    here = _visible(rows, at)
    while here is not None:
        name, closing = _mark_at(rows, here)
        if name in poml_names.ITEMS and not closing:
            item, at = _item(rows, here, origin, depth + 1, len(items) + 1 if numbered else -1)
            items.append(item)
            end = item.span.end
        elif not items:
            break
        elif closing and name in poml_names.LISTS:
            found, at = _piece(rows, here, origin, depth + 1)
            end, closed = found.span.end, True
            break
        elif closing or (name and name not in poml_names.SILENT):
            break
        else:
            # Words between items are on their way to become one.
            found, at = _piece(rows, here, origin, depth + 1)
            end = found.span.end
        here = _visible(rows, at)
    if not items:
        return tag, at
    span = Span(tag.span.start, end)
    return Node(Kind.LIST, span, span, tuple(items), number=items[0].number, closed=closed), at


def _item(rows: Rows, at: _At, origin: int, depth: int, number: int) -> tuple[Node, _At]:
    """The item that begins at a place. Without its end it ends before the next one, or with what it stands in."""
    tag, at = _piece(rows, at, origin, depth)
    children: list[Node] = []
    opened: list[str] = []
    counts: dict[str, int] = {}
    end = content_end = tag.span.end
    closed = tag.marker == "/"
    while not closed and (here := _visible(rows, at)) is not None:
        name, closing = _mark_at(rows, here)
        if closing and name in poml_names.ITEMS:
            found, at = _piece(rows, here, origin, depth)
            end, closed = found.span.end, True
            break
        if (closing and not counts.get(name)) or name in poml_names.ITEMS:
            break
        node, at = _piece(rows, here, origin, depth)
        if closing:
            while counts[name]:
                last = opened.pop()
                counts[last] -= 1
                if last == name:
                    break
        elif node.kind is Kind.TAG and name and node.marker != "/":
            opened.append(name)
            counts[name] = counts.get(name, 0) + 1
        children.append(node)
        end = content_end = node.span.end
    span, content = Span(tag.span.start, end), Span(tag.span.end, content_end)
    return Node(Kind.ITEM, span, content, tuple(children), number=number, closed=closed), at
