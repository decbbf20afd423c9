"""The outline of a TOML text: which keys and values stand where.

Total, unlike the reader of the standard library, which stops at the first error and tells no places: a config file that
somebody is writing is mostly not right yet. What cannot be understood is passed over to the end of its line.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from thoughtsmith.text.span import Span

Kind: TypeAlias = Literal["text", "list", "table", "other"]
Path: TypeAlias = "tuple[str, ...]"

MAX_DEPTH = 32
"""Lists in lists; deeper ones are not looked into."""

_SPACE = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[\w-]+")
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"?|' + r"'[^'\n]*'?")
_LONG = {mark: re.compile(rf"{mark}(?P<inner>.*?){mark}(?:{mark[0]}{{0,2}})?", re.DOTALL) for mark in ('"""', "'''")}
_OTHER = re.compile(r"[^,\]}#\n]*")
_NEXT_LINE = re.compile(r"[ \t]*(?:[A-Za-z_][\w.-]*[ \t]*=|\[\[?[ \t]*[A-Za-z_])")
"""What begins a new entry or table, so that a list above it cannot go on, whatever is missing there."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class Value(NamedTuple):
    kind: Kind
    span: Span
    inner: Span
    """Between the quotation marks or brackets."""
    closed: bool = True
    text: str = ""
    """What a text says; of a value that is neither text nor list nor table, how it is written."""
    items: tuple[Value, ...] = ()
    entries: tuple[Entry, ...] = ()


class Entry(NamedTuple):
    """A key, and its value if there is one."""

    path: Path
    """All tables around it, and its own parts."""
    key: Span
    value: Value | None = None
    equals: int = -1
    """Where the sign of equality stands; -1 if there is none."""


class Table(NamedTuple):
    """A part of the file: a header with what stands below it. The first has no header."""

    path: Path
    header: Span
    """With its brackets; empty for the part without one."""
    name: Span
    """Between the brackets."""
    entries: tuple[Entry, ...]
    end: int
    """Where the next begins, or the text ends."""


class Outline(NamedTuple):
    tables: tuple[Table, ...]

    def entry(self, path: Path) -> Entry | None:
        """The entry that sets the value at `path`, wherever it is written."""
        for table in self.tables:
            for entry in table.entries:
                found = _within(entry, path)
                if found is not None:
                    return found
        return None


def outline(text: str) -> Outline:
    return _Reader(text).read()


def _within(entry: Entry, path: Path) -> Entry | None:
    if entry.path == path:
        return entry
    if path[: len(entry.path)] != entry.path or entry.value is None:
        return None
    return next((found for inner in entry.value.entries if (found := _within(inner, path)) is not None), None)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def read(self) -> Outline:
        tables: list[Table] = []
        path: Path = ()
        header = name = Span(0, 0)
        entries: list[Entry] = []
        while True:
            self._skip(_GAP)
            if self._at >= len(self._text):
                tables.append(Table(path, header, name, tuple(entries), len(self._text)))
                return Outline(tuple(tables))
            if self._text[self._at] == "[":
                tables.append(Table(path, header, name, tuple(entries), self._at))
                entries = []
                path, header, name = self._header()
            else:
                entries.append(self._entry(path))
            self._at = self._line_end()

    def _header(self) -> tuple[Path, Span, Span]:
        start = self._at
        self._at += 2 if self._text.startswith("[[", start) else 1
        self._skip(_SPACE)
        inner = self._at
        path, name = self._key()
        name = name if len(name) else Span(inner, inner)
        self._skip(_SPACE)
        while self._text[self._at : self._at + 1] == "]":
            self._at += 1
        return path, Span(start, self._at), name

    def _entry(self, around: Path) -> Entry:
        start = self._at
        parts, key = self._key()
        path = (*around, *parts)
        self._skip(_SPACE)
        if self._text[self._at : self._at + 1] != "=":
            return Entry(path, key if len(key) else Span(start, start))
        equals = self._at
        self._at += 1
        self._skip(_SPACE)
        return Entry(path, key, self._value(path, 0), equals)

    def _key(self) -> tuple[Path, Span]:
        """The parts of a key with dots, and its place."""
        parts: list[str] = []
        start = end = self._at
        while True:
            match = _TEXT.match(self._text, self._at) or _BARE.match(self._text, self._at)
            if match is not None:
                parts.append(_said(match[0]) if match[0][0] in "\"'" else match[0])
                self._at = end = match.end()
            self._skip(_SPACE)
            if match is None or self._text[self._at : self._at + 1] != ".":
                self._at = end
                return tuple(parts), Span(start, end)
            self._at = end = self._at + 1
            self._skip(_SPACE)

    def _value(self, path: Path, depth: int) -> Value:
        start, text = self._at, self._text
        for mark, form in _LONG.items():
            if text.startswith(mark, start):
                match = form.match(text, start)
                self._at = len(text) if match is None else match.end()
                inner = Span(start + 3, self._at if match is None else match.end("inner"))
                return Value("text", Span(start, self._at), inner, match is not None, text[inner.start : inner.end])
        if (match := _TEXT.match(text, start)) is not None:
            self._at = match.end()
            closed = len(match[0]) > 1 and match[0][-1] == match[0][0]
            return Value(
                "text", Span(*match.span()), Span(start + 1, self._at - closed), closed=closed, text=_said(match[0])
            )
        opening = text[start : start + 1]
        if opening == "[" and depth < MAX_DEPTH:
            return self._list(path, depth)
        if opening == "{" and depth < MAX_DEPTH:
            return self._table(path, depth)
        self._skip(_OTHER)
        written = text[start : self._at].rstrip()
        self._at = start + len(written)
        span = Span(start, self._at)
        return Value("other", span, span, text=written)

    def _list(self, path: Path, depth: int) -> Value:
        start = self._at
        self._at += 1
        items: list[Value] = []
        while self._goes_on("]", several_lines=True):
            before = self._at
            items.append(self._value(path, depth + 1))
            if self._at == before:
                self._at += 1  # Something that belongs nowhere, such as a brace that closes nothing.
                items.pop()
        return self._closed("list", start, items=tuple(items))

    def _table(self, path: Path, depth: int) -> Value:
        start = self._at
        self._at += 1
        entries: list[Entry] = []
        while self._goes_on("}", several_lines=False):
            before = self._at
            parts, key = self._key()
            self._skip(_SPACE)
            entry = Entry((*path, *parts), key)
            if self._text[self._at : self._at + 1] == "=":
                equals = self._at
                self._at += 1
                self._skip(_SPACE)
                entry = Entry(entry.path, key, self._value(entry.path, depth + 1), equals)
            if self._at == before:
                self._at += 1
            else:
                entries.append(entry)
        return self._closed("table", start, entries=tuple(entries))

    def _goes_on(self, closing: str, *, several_lines: bool) -> bool:
        """Whether another item follows; spaces, comments and commas before it are passed over."""
        while True:
            line = self._at
            self._skip(_GAP if several_lines else _SPACE)
            if several_lines:
                begin = self._text.rfind("\n", line, self._at) + 1
                if begin and _NEXT_LINE.match(self._text, begin):
                    self._at = line
                    return False
            following = self._text[self._at : self._at + 1]
            if following == ",":
                self._at += 1
                continue
            return following not in ("", closing, "\n")

    def _closed(
        self, kind: Kind, start: int, *, items: tuple[Value, ...] = (), entries: tuple[Entry, ...] = ()
    ) -> Value:
        end = self._at
        closed = self._text[end : end + 1] == ("]" if kind == "list" else "}")
        self._at += closed
        return Value(kind, Span(start, self._at), Span(start + 1, end), closed, items=items, entries=entries)

    def _skip(self, form: re.Pattern[str]) -> None:
        match = form.match(self._text, self._at)
        if match is not None:
            self._at = match.end()

    def _line_end(self) -> int:
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end


def _said(quoted: str) -> str:
    """What a text in quotation marks says; the second mark may be missing."""
    inner = quoted[1:-1] if len(quoted) > 1 and quoted[-1] == quoted[0] else quoted[1:]
    if quoted[0] == "'" or "\\" not in inner:
        return inner
    return _ESCAPE.sub(_character, inner)


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if code is None:
        return _ESCAPES.get(escape[3], escape[3])
    number = int(code, 16)
    return chr(number) if number < 0x11_0000 else escape[0]
