"""YAML with its places in the text: a total reader over PyYAML's parser.

The library turns text into events; values are made here, by the core schema of YAML 1.2, without constructors, so
nothing is ever run or expanded. Where the library stops at an error, `yaml_repair` goes on entry by entry.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

try:
    from yaml.cyaml import CSafeLoader  # Only for its events; nothing is ever constructed.
except ImportError:  # The library without its part in C.
    CSafeLoader = None  # type: ignore[assignment,misc]  # The stubs promise it.
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from thoughtsmith.formats.yaml_scalar import core_value, quoted
from thoughtsmith.syntax.data import Data, DataProblem, Entry, Mapping, Scalar, Sequence
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thoughtsmith.syntax.data import Value

PROBLEMS = (
    "unquoted-colon",
    "unquoted-start",
    "unclosed-quote",
    "unclosed-bracket",
    "missing-colon",
    "no-space-after-colon",
    "tab",
    "duplicate-key",
    "not-a-mapping",
    "control-character",
    "too-deep",
    "second-document",
    "too-long",
    "syntax",
)
"""The ids of everything that can be wrong."""

MAX_DEPTH = 64
"""Values nested deeper than this are not read, so that whoever walks the data may recurse."""
MAX_LENGTH = 500_000
"""What stands behind this many characters is not read: the library needs seconds for them."""

ERRORS = (YAMLError, ValueError, OverflowError)
"""What the library raises; the last two come from escapes and versions with absurd numbers."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What the library refuses, or takes for a line end where editors and YAML 1.2 do not."""
_DIFFERENT = re.compile("[\t\x85\u2028\u2029\ufeff]")
"""What the library's parser in C takes otherwise than the one in Python."""
_ALLOWED = frozenset("\x7f\x85\u2028\u2029")
"""Those of them that YAML 1.2 allows."""
_STAND_INS = (0xF0000, 0x100000)
"""Where the two planes for private use begin."""

_CORE_TAG = "tag:yaml.org,2002:"


class TooDeepError(YAMLError):
    """Values are nested deeper than `MAX_DEPTH`."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at
        """The offset in what was to be read."""


class Source:
    """A YAML text: as it is, as the library can read it, and what is known of it so far."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        """The offset of the text in its file."""
        self.stand_ins: dict[int, str] = {}
        """For the code points that stand in for unreadable characters: the characters."""
        self.tab = " "
        """What stands in for a tab inside a text, where it has to be replaced."""
        self.problems: list[DataProblem] = []
        self.readable = self._readable()
        """The text for the library; of the same length unless the text is too long."""
        self.anchors: dict[str, DataProblem | None] = {}
        """By name; with the problem that it is if no alias refers to it."""
        self.scalars: dict[int, Scalar] = {}
        """What to read at these offsets of the text instead of what the library reads."""
        self.values: dict[int, Scalar] = {}
        """What to read as the values of the keys at these offsets of the text."""

    def _readable(self) -> str:
        text = self.text
        if len(text) > MAX_LENGTH:
            cut = max(text.rfind("\n", 0, MAX_LENGTH), text.rfind("\r", 0, MAX_LENGTH)) + 1 or MAX_LENGTH
            self.problem("too-long", cut, len(text))
            text = text[:cut]
        unreadable = set(_UNREADABLE.findall(text))
        replaced = unreadable | ({"\t"} & set(text))
        if not replaced:
            return text
        for run in re.finditer(f"(?:{_UNREADABLE.pattern})+", text):
            if refused := next((char for char in run[0] if char not in _ALLOWED), None):
                self.problem("control-character", run.start(), run.end(), f"U+{ord(refused):04X}")
        stand_ins: dict[str, str] = {}
        for base in _STAND_INS:
            stand_ins = {char: chr(base + ord(char)) for char in replaced}
            if not any(stand_in in text for stand_in in stand_ins.values()):
                self.stand_ins = {ord(stand_in): char for char, stand_in in stand_ins.items()}
                break
        self.tab = stand_ins.pop("\t", " ")
        return text.translate({ord(char): stand_in for char, stand_in in stand_ins.items()})

    def restored(self, value: str) -> str:
        """A piece of the readable text with its own characters."""
        return value.translate(self.stand_ins) if self.stand_ins else value

    def span(self, start: int, end: int) -> Span:
        """A span of the file, from offsets in the text."""
        return Span(self.start + start, self.start + end)

    def slice(self, span: Span) -> str:
        return self.text[span.start - self.start : span.end - self.start]

    def problem(self, id: str, start: int, end: int, detail: str = "", replacement: str | None = None) -> None:
        self.problems.append(DataProblem(id, self.span(start, end), detail, replacement=replacement))


@lru_cache(maxsize=32)
def read(text: str, start: int = 0) -> Data:
    """The data of `text`, which stands at offset `start` of its file. Total, in linear time."""
    source = Source(text, start)
    composing = Composing(source)
    try:
        root = composing.compose(source.readable)
    except ERRORS:
        root = None
    else:
        if root is None or (isinstance(root, Scalar) and root.value is None):
            root = Mapping(Span(start, start), ())
        if isinstance(root, Mapping):
            return _data(source, root, composing.problems)
        if not isinstance(root, Scalar) or root.style:
            return _data(source, Mapping(root.span, ()), [_not_a_mapping(source, root.span)])

    from thoughtsmith.formats.yaml_repair import recover  # It reads pieces of the text with what is above.

    entries, problems = recover(source)
    if isinstance(root, Scalar) and not entries:
        return _data(source, Mapping(root.span, ()), [_not_a_mapping(source, root.span)])
    span = Span(entries[0].span.start, entries[-1].span.end) if entries else Span(start, start)
    return _data(source, Mapping(span, entries), problems)


def duplicates(entries: Iterable[Entry]) -> list[DataProblem]:
    """A problem for every entry whose key stands further up in the same mapping."""
    first: dict[str, Span] = {}
    return [
        DataProblem("duplicate-key", entry.key_span, entry.key, related=seen)
        for entry in entries
        if (seen := first.setdefault(entry.key, entry.key_span)) is not entry.key_span
    ]


def _data(source: Source, root: Mapping, problems: list[DataProblem]) -> Data:
    unused = [problem for problem in source.anchors.values() if problem is not None]
    return Data(root, tuple(sorted(source.problems + problems + unused, key=lambda problem: problem.span)))


def _not_a_mapping(source: Source, span: Span) -> DataProblem:
    """At the first line of what there is instead."""
    first = re.match(r"[^\r\n]*", source.slice(span))
    return DataProblem("not-a-mapping", Span(span.start, span.start + (first.end() if first else 0)))


class _Library(Reader, Scanner, Parser):
    """PyYAML up to its events; what it does with brackets nested without end is cut short."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def next_event(self) -> Event | None:
        event: Event | None = self.get_event()  # type: ignore[no-untyped-call]  # The stubs give it no type.
        return event

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803 -- the library's name for it
        if self.flow_level >= MAX_DEPTH:
            raise TooDeepError(self.index)
        super().fetch_flow_collection_start(TokenClass)


def events(text: str) -> Iterable[Event]:
    """What the library makes of a text. Raises one of `ERRORS`, mostly after some events.

    The library's parser in C is used where it is there and says the same; mistakes are left to the other one.
    """
    if CSafeLoader is not None and _DIFFERENT.search(text) is None:
        with suppress(*ERRORS):
            return list(_quick_events(CSafeLoader(text)))
    return iter(_Library(text).next_event, None)


def _quick_events(parser: CSafeLoader) -> Iterator[Event]:
    depth = 0
    for event in iter(parser.get_event, None):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth >= MAX_DEPTH:
            raise TooDeepError(_start(event))
        yield event


def _start(event: Event) -> int:
    return 0 if event.start_mark is None else int(event.start_mark.index)


def _end(event: Event) -> int:
    return 0 if event.end_mark is None else int(event.end_mark.index)


class _Open:
    """A collection under construction."""

    def __init__(self, event: CollectionStartEvent) -> None:
        self.start = _start(event)
        self.flow = bool(event.flow_style)
        self.is_mapping = isinstance(event, MappingStartEvent)
        self.items: list[Value] = []
        """Of a mapping, in turn keys and values."""


class Composing:
    """One attempt to read a text, or a piece of it that starts at `offset` and ends at `limit`."""

    def __init__(self, source: Source, offset: int = 0, limit: int | None = None) -> None:
        self._source = source
        self._offset = offset
        self._limit = len(source.text) if limit is None else limit
        self._open: list[_Open] = []
        self._anchors: dict[str, DataProblem | None] = {}
        self._used: set[str] = set()
        self.problems: list[DataProblem] = []

    @property
    def bracket(self) -> int | None:
        """After an error: where the innermost bracket that is open there stands."""
        return next((frame.start for frame in reversed(self._open) if frame.flow), None)

    @property
    def closers(self) -> str:
        """After an error: the brackets that would close what is open there."""
        return "".join("}" if frame.is_mapping else "]" for frame in reversed(self._open) if frame.flow)

    def compose(self, text: str) -> Value | None:
        """The first document of `text`; `None` if it is empty. Raises one of `ERRORS`."""
        root: Value | None = None
        documents = 0
        for event in events(text):
            value: Value
            if isinstance(event, CollectionStartEvent):
                if len(self._open) >= MAX_DEPTH:
                    raise TooDeepError(_start(event))
                self._open.append(_Open(event))
                self._properties(event, None)
                continue
            if isinstance(event, ScalarEvent):
                value = self._scalar(event, text)
            elif isinstance(event, AliasEvent):
                value = self._alias(event)
            elif isinstance(event, CollectionEndEvent):
                value = self._closed(self._open.pop(), event)
            else:
                documents += isinstance(event, DocumentStartEvent)
                if documents > 1:
                    span = self._span(_start(event), _end(event))
                    self.problems.append(DataProblem("second-document", span))
                    break
                continue
            if self._open:
                self._open[-1].items.append(value)
            else:
                root = value
        self._source.anchors.update(self._anchors)
        self._source.anchors.update(dict.fromkeys(self._used))
        return root

    def _span(self, start: int, end: int) -> Span:
        """A span of the file; brackets that were added behind the piece are not in it."""
        by, limit = self._offset, self._limit
        return self._source.span(min(by + start, limit), min(by + end, limit))

    def _scalar(self, event: ScalarEvent, text: str) -> Scalar:
        source = self._source
        start, end = _start(event), _end(event)
        written = source.scalars.get(self._offset + start)
        if written is not None:
            return written
        if start == end:
            # Nothing is written. The place for it is behind the colon or dash and the blanks after it; within brackets
            # the parser in C says where the next thing stands, which may be on a line below.
            while end and text[end - 1] in "\r\n\t ":
                end -= 1
            while end < len(text) and text[end] in " \t":
                end += 1
            return Scalar(self._span(end, end), None)
        style = event.style or ""
        if style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        span = self._span(start, end)
        self._properties(event, span)
        meaning = source.restored(event.value)
        says_type = (event.tag or "").startswith(_CORE_TAG) and event.tag != _CORE_TAG + "str"
        is_plain = says_type or (not style and not event.tag)
        return Scalar(span, core_value(meaning) if is_plain else meaning, style)

    def _alias(self, event: AliasEvent) -> Scalar:
        source = self._source
        span = self._span(_start(event), _end(event))
        if event.anchor in self._anchors or event.anchor in source.anchors:
            self._used.add(event.anchor)
            return Scalar(span, event.anchor, "*")
        text = source.slice(span)
        self.problems.append(DataProblem("unquoted-start", span, text, replacement=quoted(text)))
        return Scalar(span, text)

    def _properties(self, event: ScalarEvent | CollectionStartEvent, span: Span | None) -> None:
        """Take note of an anchor; tags and anchors on texts are mostly texts that begin with `!` or `&`."""
        mistake: DataProblem | None = None
        if isinstance(event, ScalarEvent) and span is not None and not event.style and (event.anchor or event.tag):
            text = self._source.slice(span)
            on_one_line = "\n" not in text and "\r" not in text
            mistake = DataProblem("unquoted-start", span, text, replacement=quoted(text) if on_one_line else None)
        if event.anchor is not None:
            self._anchors[event.anchor] = mistake
        elif mistake is not None and not (event.tag or "").startswith(_CORE_TAG):
            self.problems.append(mistake)

    def _closed(self, frame: _Open, event: CollectionEndEvent) -> Value:
        items = frame.items
        span = self._span(frame.start, _end(event))
        if not frame.flow:
            # The library ends a block where the next token begins.
            span = Span(span.start, max(items[-1].span.end, span.start) if items else span.start)
        if not frame.is_mapping:
            return Sequence(span, tuple(items), frame.flow)
        entries = tuple(self._entry(key, value) for key, value in zip(items[::2], items[1::2], strict=True))
        if entries and not frame.flow:
            span = Span(span.start, entries[-1].span.end)
        self.problems += duplicates(entries)
        return Mapping(span, entries, frame.flow)

    def _entry(self, key: Value, value: Value) -> Entry:
        source = self._source
        value = source.values.get(key.span.start - source.start, value)
        name = source.slice(key.span)
        if isinstance(key, Scalar) and isinstance(key.value, str) and key.style != "*":
            name = key.value
        return Entry(name, key.span, value, Span(key.span.start, max(key.span.end, value.span.end)))
