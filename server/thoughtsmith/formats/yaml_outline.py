r"""The outline of a YAML or JSON file: its keys and texts with their paths and places, in one pass over the lines.

The tree of a file is made after every keystroke, mostly of a text with an error in it, so this is no reader of YAML
(`yaml_data` is; the library is the oracle in the tests): it follows indentation, quotation marks and brackets, takes
values as they are written, and goes on below whatever it does not understand. Linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.text.lines import Lines

Path: TypeAlias = "tuple[str | int, ...]"
"""The keys and the indexes of items that lead to a value."""

MAX_DEPTH = 64
"""Values nested deeper than this are passed over."""

_BLANKS = " \t"
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?=[ \t]|$)")
_DASH = re.compile(r"-(?=[ \t]|$)")
_PROPERTY = re.compile(r"[&!][^\s,\[\]{}]*(?:[ \t]+|$)")
_HEADER = re.compile(r"[|>](?:([1-9])[+-]?|[+-]([1-9])?)?(?:[ \t]+#.*|[ \t]*)$")
_USUAL = re.compile(r"( *)(-[ ]+)?([A-Za-z_][\w-]*):(?:[ \t]+|$)")
"""A key as most are: one word without quotation marks, behind at most one dash."""
_COLON = re.compile(r":(?=[ \t]|$)")
_COMMENT = re.compile(r"[ \t]#")
_REST = {'"': re.compile(r'(?:[^"\\]|\\.)*(")?'), "'": re.compile(r"(?:[^']|'')*(')?")}
"""What stands on a line behind a quotation mark, up to the one that closes it, if it does."""
_FLOW = re.compile(
    r"(?P<lines>(?:\r\n|\n|\r)[ \t\r\n]*)"
    r"|(?P<blank>[ \t]+|\#[^\r\n]*)"
    r"|(?P<mark>[\[\]{},])"
    r"|(?P<colon>:)"
    r"|(?P<quoted>\"(?:[^\"\\\r\n]|\\[^\r\n])*\"|'(?:[^'\r\n]|'')*')"
    r"|(?P<plain>[^\s,\[\]{}:\"'#](?:[^\s,\[\]{}:]|:(?![\s,\[\]{}]|$)|[ \t]+(?=[^\s,\[\]{}:#]))*)"
    r"|(?P<other>[^\"'])"
)


class Body(NamedTuple):
    """The lines of a block scalar."""

    first: int
    """The line below the one with the indicator."""
    last: int
    """The line after those that have text on them, exclusive."""
    end: int
    """The line after the blank ones that follow them."""
    columns: int
    """The indentation that is no part of the text."""


class Text(NamedTuple):
    """A scalar."""

    path: Path
    span: Span
    """As it is written, with its quotation marks; of a block scalar only the indicator."""
    style: str
    """Empty for plain, `'`, `"`, `|` or `>`; `*` for an alias."""
    line: int
    """On which it begins."""
    column: int
    """Of the key or dash that it belongs to; -1 if there is none. What belongs to the value stands further right."""
    flow: bool = False
    """Whether it stands in brackets."""
    body: Body | None = None
    """Of a block scalar."""


class Key(NamedTuple):
    path: Path
    """Of the value."""
    span: Span
    """With its quotation marks."""
    style: str


class Outline(NamedTuple):
    texts: tuple[Text, ...]
    keys: tuple[Key, ...]
    """Both in the order of the text."""


def outline(lines: Lines) -> Outline:
    """The outline of `lines`. Total."""
    scanner = _Scanner(lines)
    scanner.scan()
    return Outline(tuple(scanner.texts), tuple(scanner.keys))


class _Level:
    """A mapping or list that is open."""

    def __init__(self, column: int, path: Path, *, is_list: bool) -> None:
        self.column = column
        self.is_list = is_list
        self._path = path
        self._index = -1
        self.slot = path
        """The path of the value that is being read."""

    def key(self, name: str) -> None:
        self.slot = (*self._path, name)

    def item(self) -> None:
        self._index += 1
        self.slot = (*self._path, self._index)


class _Scanner:
    def __init__(self, lines: Lines) -> None:
        self.text = lines.text
        self._lines = lines.lines
        self._starts = lines.starts
        self._levels: list[_Level] = []
        self.texts: list[Text] = []
        self.keys: list[Key] = []

    def scan(self) -> None:
        number = 0
        while number < len(self._lines):
            number = self._line(number)

    def _row(self, number: int) -> str:
        return self._lines[number].rstrip("\r\n")

    def _line(self, number: int) -> int:
        """Read the line that begins a key, item or value; the line after what began there."""
        row = self._row(number)
        if number and (usual := _USUAL.match(row)) is not None:
            return self._usual(number, row, usual)
        # A byte order mark takes no column.
        mark = number == 0 and row.startswith("\ufeff")
        at = len(row) - len(row[mark:].lstrip(_BLANKS))
        if at == len(row) or row[at] == "#" or row[at:].isspace():
            return number + 1
        if at == mark:
            if row[at] == "%":
                return number + 1
            if _DOCUMENT.match(row, at):
                self._levels = []
                return number + 1
        shift = int(mark)
        while _DASH.match(row, at):
            if not self._enter(at - shift, is_list=True):
                return number + 1
            self._levels[-1].item()
            at = _skip(row, at + 1)
            if at == len(row) or row[at] == "#":
                return number + 1
        start = _properties(row, at)
        key = self._key_end(row, start)
        if key is None:
            return self._value(number, row, at, self._owner(at - shift))
        end, colon = key
        if not self._enter(at - shift, is_list=False):
            return number + 1
        style = row[start] if row[start] in "\"'" else ""
        return self._behind_key(number, row, start, end, style, _skip(row, colon + 1))

    def _usual(self, number: int, row: str, found: re.Match[str]) -> int:
        if found[2]:
            if not self._enter(found.end(1), is_list=True):
                return number + 1
            self._levels[-1].item()
        start, end = found.span(3)
        if not self._enter(start, is_list=False):
            return number + 1
        return self._behind_key(number, row, start, end, "", found.end())

    def _behind_key(self, number: int, row: str, start: int, end: int, style: str, at: int) -> int:
        """Note a key of the innermost mapping and read the value at `at`; the line after it."""
        level = self._levels[-1]
        level.key(row[start + 1 : end - 1] if style else row[start:end])
        offset = self._starts[number]
        self.keys.append(Key(level.slot, Span(offset + start, offset + end), style))
        if at == len(row) or row[at] == "#":
            return number + 1
        return self._value(number, row, at, level.column)

    def _enter(self, column: int, *, is_list: bool) -> bool:
        """Have the mapping or list at `column` be the innermost one; whether it is not nested too deep."""
        levels = self._levels
        # A list may stand right below the key that it is the value of; a key there ends it.
        while levels and (levels[-1].column, levels[-1].is_list) > (column, is_list):
            levels.pop()
        if levels and levels[-1].column == column and levels[-1].is_list is is_list:
            return True
        if len(levels) >= MAX_DEPTH:
            return False
        levels.append(_Level(column, levels[-1].slot if levels else (), is_list=is_list))
        return True

    def _owner(self, column: int) -> int:
        """The column of the key or dash to which a value belongs that begins at `column`."""
        levels = self._levels
        while levels and levels[-1].column >= column:
            levels.pop()
        return levels[-1].column if levels else -1

    def _key_end(self, row: str, start: int) -> tuple[int, int] | None:
        """Where the key at `start` ends, and its colon; `None` if there is none."""
        if start == len(row):
            return None
        first = row[start]
        if first in "\"'":
            closing = _REST[first].match(row, start + 1)
            if closing is None or not closing[1]:
                return None
            colon = _skip(row, closing.end())
            return (closing.end(), colon) if _COLON.match(row, colon) else None
        if first in "[]{},|>*@`%#":
            return None
        found = _COLON.search(row, start)
        if found is None or found.start() == start or _COMMENT.search(row, start, found.start()):
            return None
        return len(row[: found.start()].rstrip()), found.start()

    # Values

    def _value(self, number: int, row: str, at: int, column: int) -> int:
        """Read the value at `at`, which belongs to the key or dash at `column`; the line after it."""
        at = _properties(row, at)
        if at == len(row) or row[at] == "#":
            return number + 1
        first = row[at]
        if first in "|>" and (header := _HEADER.match(row, at)):
            return self._block(number, at, column, int(header[1] or header[2] or 0))
        if first in "[{":
            return _Flow(self, self._slot(), number, column).scan(self._starts[number] + at)
        if first in "\"'":
            return self._quoted(number, at, column)
        return self._plain(number, row, at, column)

    def _slot(self) -> Path:
        return self._levels[-1].slot if self._levels else ()

    def _add(self, number: int, start: int, end: int, style: str, column: int, body: Body | None = None) -> None:
        """Note a text whose span is given by offsets in the file."""
        self.texts.append(Text(self._slot(), Span(start, end), style, number, column, body=body))

    def _block(self, number: int, at: int, column: int, digits: int) -> int:
        """Read a block scalar; `digits`: the indentation that its header gives."""
        columns = max(column, 0) + digits if digits else 0
        index = last = number + 1
        blanks = 0
        while index < len(self._lines):
            row = self._row(index)
            indent = len(row) - len(row.lstrip(" "))
            if row.strip(_BLANKS):
                if indent < columns or indent <= column:
                    break
                columns = columns or indent
                last = index + 1
            elif not columns:
                blanks = indent
            index += 1
        if not columns:
            # Nothing is written yet; a line that is indented shows where it will be.
            columns = blanks if blanks > column else column + 2
        start = self._starts[number] + at
        end = self._starts[number] + len(self._row(number).rstrip())
        self._add(number, start, end, self.text[start], column, Body(number + 1, last, index, columns))
        return index

    def _quoted(self, number: int, at: int, column: int) -> int:
        span, after = self.over_lines(number, self._starts[number] + at, column)
        if span is not None:
            self._add(number, span.start, span.end, self.text[span.start], column)
            return self.line_at(after) + 1
        return max(self.line_at(after), number + 1) if after < len(self.text) else len(self._lines)

    def over_lines(self, number: int, start: int, column: int) -> tuple[Span | None, int]:
        """The text in quotation marks from offset `start` on line `number`, and the offset behind it.

        Without its end there is none, and it reaches down to the text of a line that stands further left. Outside of
        all keys it ends with its line: in JSON texts have no line ends.
        """
        pattern = _REST[self.text[start]]
        index, row = number, self._row(number)
        position = start + 1 - self._starts[number]
        while True:
            found = pattern.match(row, position)
            if found is not None and found[1]:
                end = self._starts[index] + found.end()
                return Span(start, end), end
            if column < 0:
                return None, self._starts[index] + len(row)
            index += 1
            if index == len(self._lines):
                return None, len(self.text)
            row, position = self._row(index), 0
            at = _skip(row, 0)
            if at < len(row) and at <= column:
                return None, self._starts[index] + at

    def line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def column_of(self, number: int, offset: int) -> int:
        return offset - self._starts[number]

    def _plain(self, number: int, row: str, at: int, column: int) -> int:
        start = self._starts[number] + at
        end, ends = _plain_end(row, at)
        index, stop = number + 1, self._starts[number] + end
        while not ends and index < len(self._lines):
            row = self._row(index)
            indent = len(row) - len(row.lstrip(" "))
            if row.strip():
                if indent <= column or row[indent] == "#" or self._key_end(row, indent) is not None:
                    break
                end, ends = _plain_end(row, indent)
                stop = self._starts[index] + end
            index += 1
        self._add(number, start, stop, "*" if self.text[start] == "*" else "", column)
        return index


def _skip(row: str, at: int) -> int:
    """The column behind the blanks at `at`."""
    while at < len(row) and row[at] in _BLANKS:
        at += 1
    return at


def _properties(row: str, at: int) -> int:
    """The column behind the anchor and tag at `at`."""
    if row[at : at + 1] not in ("&", "!"):
        return at
    for _ in range(2):
        found = _PROPERTY.match(row, at)
        if found is None:
            break
        at = found.end()
    return at


def _plain_end(row: str, at: int) -> tuple[int, bool]:
    """Where a plain text on a line ends, and whether a comment does so for good."""
    comment = _COMMENT.search(row, at)
    return len(row[at : comment.start() if comment else None].rstrip()) + at, comment is not None


class _Bracket:
    """A bracket that is open."""

    def __init__(self, path: Path, *, is_list: bool) -> None:
        self._path = path
        self.is_list = is_list
        self._index = 0
        self.slot = (*path, 0) if is_list else path
        self.expects_key = not is_list

    def next(self) -> None:
        """Go on behind a comma."""
        self._index += 1
        if self.is_list:
            self.slot = (*self._path, self._index)
        self.expects_key = not self.is_list

    def key(self, name: str) -> None:
        self.slot = (*self._path, name)
        self.expects_key = False


class _Flow:
    """What stands in brackets, over one or more lines."""

    def __init__(self, scanner: _Scanner, path: Path, number: int, column: int) -> None:
        self._scanner = scanner
        self._path = path
        self._number = number
        self._column = column
        self._open: list[_Bracket] = []
        self._too_deep = 0

    def scan(self, at: int) -> int:
        """Read from the bracket at offset `at` on; the line after the one on which it is closed.

        If it is not closed, it ends where a line begins that stands no further right than what it belongs to.
        """
        text = self._scanner.text
        while (found := _FLOW.match(text, at)) is not None or at < len(text):
            if found is None:
                span, at = self._scanner.over_lines(self._number, at, self._column)
                self._number = self._scanner.line_at(at)
                if span is not None:
                    self._scalar(span, text[span.start])
                elif self._outside(at):
                    return self._number
                continue
            kind, at = found.lastgroup, found.end()
            if kind == "lines":
                self._number = self._scanner.line_at(at)
                if self._outside(at):
                    return self._number
            elif kind == "mark":
                self._mark(found[0])
                if not self._open:
                    break
            elif kind in ("quoted", "plain"):
                self._scalar(Span(*found.span()), found[0][0] if kind == "quoted" else "")
        return self._number + 1

    def _outside(self, at: int) -> bool:
        """Whether the line that begins its text at `at` cannot belong to it."""
        text = self._scanner.text
        return at < len(text) and text[at] not in "]}" and self._scanner.column_of(self._number, at) <= self._column

    def _mark(self, mark: str) -> None:
        if mark == ",":
            if not self._too_deep:
                self._open[-1].next()
        elif mark in "[{":
            if len(self._open) >= MAX_DEPTH:
                self._too_deep += 1
            else:
                path = self._open[-1].slot if self._open else self._path
                self._open.append(_Bracket(path, is_list=mark == "["))
        elif self._too_deep:
            self._too_deep -= 1
        else:
            self._open.pop()

    def _scalar(self, span: Span, style: str) -> None:
        if self._too_deep:
            return
        bracket = self._open[-1]
        if bracket.expects_key:
            written = self._scanner.text[span.start : span.end]
            bracket.key(written[1:-1] if style else written)
            self._scanner.keys.append(Key(bracket.slot, span, style))
        else:
            style = style or ("*" if self._scanner.text[span.start] == "*" else "")
            self._scanner.texts.append(Text(bracket.slot, span, style, self._number, self._column, flow=True))
