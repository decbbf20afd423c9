"""What can be read of YAML with errors in it, and what the errors are.

The text is cut into the entries of its outermost mapping, so that a mistake costs only the entry that it is in. Where
the library stops in an entry, the value that it stumbles over is blanked out by a plain text of the same length, so
that all offsets stay what they are, and it is asked again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from thoughtsmith.formats.yaml_data import ERRORS, Composing, Source, TooDeepError, duplicates
from thoughtsmith.formats.yaml_rows import indent_of, row_of
from thoughtsmith.formats.yaml_scalar import quoted
from thoughtsmith.syntax.data import DataProblem, Entry, Mapping, Scalar
from thoughtsmith.text.lines import split_lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.yaml_rows import Row

MAX_REPAIRS = 200
"""How often an entry is read again; after that only its key is kept."""
MAX_BROKEN = 500
"""What stands behind so many entries with problems is not read: each costs a few attempts of the library."""
MAX_READ_AGAIN = 400_000
"""How many characters of one entry are read again in all."""

_NO_SPACE = re.compile(r"(?P<key>[A-Za-z_][\w.-]*):(?!//)(?P<value>\S.*)")
_NOT_BLANK = re.compile(r"[^\s]")
_KEY_OUTSIDE = re.compile(r"^[\w.-]+[ \t]*:(?=[ \t\r\n]|\Z)", re.MULTILINE)
"""A key at the start of a line without quotation marks, with which something else begins."""
_STUMBLED = re.compile(r"\"[^\"\r\n]*\"?|'[^'\r\n]*'?|[\w.-]+|\S")
"""What is underlined where the library stops."""
_IN_QUOTES = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|'[^']*'")
"""A text in quotation marks; one that is being typed reaches to the end of its line, so that nothing is read twice."""
_ITEM = re.compile(r"[^,]+")


def recover(source: Source) -> tuple[tuple[Entry, ...], list[DataProblem]]:
    """The entries of the outermost mapping that can be made out, and the problems of the text."""
    entries: list[Entry] = []
    problems: list[DataProblem] = []
    broken = 0
    pieces = [(0, len(source.readable))] if _in_brackets(source.readable) else _pieces(source.readable)
    for start, end in pieces:
        if broken == MAX_BROKEN:
            source.problem("too-long", start, len(source.readable))
            break
        piece = _Piece(source, start, end)
        entries += piece.read()
        problems += piece.problems
        broken += bool(piece.problems)
    return tuple(entries), problems + duplicates(entries)


def _in_brackets(text: str) -> bool:
    """Whether the text is one value in brackets, as JSON is, however its lines are indented."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and _KEY_OUTSIDE.search(text) is None


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost entries start and end: each begins with a line indented no further than the first."""
    base: int | None = None
    begun: int | None = None
    offset = 0
    for line in split_lines(text):
        content = line.lstrip(" \t\ufeff")
        indent = len(line) - len(content)
        content = content.rstrip()
        marks = content if content in ("---", "...") or line.startswith("%") else ""
        if content and not content.startswith("#"):
            if marks and begun is not None and content != "---":
                break
            base = indent if base is None and not marks else base
            if marks or (base is not None and indent <= base and not _continues(content)):
                if begun is not None:
                    yield begun, offset
                begun = None if marks else offset
            elif begun is None:
                begun = offset
        offset += len(line)
    if begun is not None:
        yield begun, offset


def _continues(content: str) -> bool:
    """Whether a line that is not indented belongs to the entry above all the same: an item or a closing bracket."""
    return content[0] in "]}" or content == "-" or content.startswith(("- ", "-\t"))


class _Piece:
    """One entry of the outermost mapping, from its line to the next one's."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self._source = source
        self._start = start
        self._text = source.readable[start:end]
        """As it is read next: of the same length, but for what closes brackets and quotes behind it."""
        self._lines = split_lines(self._text)
        self._starts: list[int] = []
        at = 0
        for line in self._lines:
            self._starts.append(at)
            at += len(line)
        self._closed = ""
        self._tabs_replaced = False
        self._blanked: set[int] = set()
        """The lines whose value was blanked out already."""
        self.problems: list[DataProblem] = []

    def read(self) -> tuple[Entry, ...]:
        if self._text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            return self._brackets()
        if row_of(self._lines[0]) is None:
            return self._without_key()
        for _ in range(max(2, min(MAX_REPAIRS, MAX_READ_AGAIN // (len(self._text) + 1)))):
            composing = Composing(self._source, self._start, self._start + len(self._text.rstrip("\r\n")))
            try:
                value = composing.compose("".join(self._lines).rstrip() + self._closed)
            except ERRORS as error:
                if not self._repair(error, composing):
                    break
                continue
            if not isinstance(value, Mapping):
                break
            self.problems += composing.problems
            return value.entries
        return self._only_key()

    def _brackets(self) -> tuple[Entry, ...]:
        """The entries of a mapping in brackets if nothing is wrong but that some are not closed.

        Tabs may stand between its parts, as they often do in JSON; it is this library that cannot read them.
        """
        size = len(self._text.rstrip())
        inner = self._source.tab
        self._lines = [
            _IN_QUOTES.sub(lambda text: text[0].replace("\t", inner), line).replace("\t", " ") for line in self._lines
        ]
        for _ in range(2):
            composing = Composing(self._source, self._start, self._start + size)
            try:
                value = composing.compose("".join(self._lines).rstrip() + self._closed)
            except ERRORS as error:
                at, quote = _stopped(error)
                if at >= size and composing.bracket is not None and not self._closed:
                    bracket = self._source.start + self._start + composing.bracket
                    span = Span(bracket, bracket + 1)
                    self._problem("unclosed-bracket", span, self._source.slice(span))
                    self._closed = composing.closers
                    continue
                found = _STUMBLED.search(self._text, at)
                span = self._source.span(self._start + at, self._start + (size if found is None else found.end()))
                deep = isinstance(error, TooDeepError)
                id = "too-deep" if deep else "unclosed-quote" if quote else "syntax"
                self._problem(id, span, self._source.slice(span))
                return ()
            self.problems += composing.problems
            return value.entries if isinstance(value, Mapping) else ()
        return ()

    def _without_key(self) -> tuple[Entry, ...]:
        """The entry of a line without a key, such as `name:foo`; none if it says nothing."""
        line = self._lines[0]
        column = len(line) - len(line.lstrip(" \t\ufeff"))
        match = _NO_SPACE.fullmatch(line[column:].rstrip())
        start = self._start + column
        if match is None:
            end = self._start + len(line.rstrip())
            words = self._source.span(start, end)
            bracket = line[column] in "[{\"'"
            self._problem("syntax" if bracket else "missing-colon", words, self._source.slice(words))
            return ()
        key = self._source.span(start, start + match.end("key"))
        value = self._source.span(start + match.start("value"), start + match.end("value"))
        self._no_space(key, value)
        scalar = Scalar(value, self._source.slice(value))
        return (Entry(match["key"], key, scalar, Span(key.start, value.end)),)

    def _only_key(self) -> tuple[Entry, ...]:
        row = row_of(self._lines[0])
        if row is None or row.key is None:
            return ()
        key = self._span(0, row.key[0], row.key[1])
        value = self._span(0, row.value, row.end)
        if not self.problems:
            self._problem("syntax", Span(key.start, value.end))
        return (
            Entry(
                self._source.slice(key).strip("\"'"),
                key,
                Scalar(value, self._source.slice(value) or None),
                Span(key.start, value.end),
            ),
        )

    def _problem(self, id: str, span: Span, detail: str = "", replacement: str | None = None) -> None:
        self.problems.append(DataProblem(id, span, detail, replacement=replacement))

    def _no_space(self, key: Span, value: Span) -> None:
        colon = Span(key.end, value.start)
        self._problem("no-space-after-colon", colon, self._source.slice(Span(key.start, value.end)), ": ")

    def _span(self, line: int, start: int, end: int) -> Span:
        at = self._start + self._starts[line]
        return self._source.span(at + start, at + end)

    # What to do about an error

    def _repair(self, error: Exception, composing: Composing) -> bool:
        """Change the piece so that the library comes further; `False` if nothing can be done."""
        if isinstance(error, TooDeepError):
            self._problem("too-deep", self._source.span(self._start + error.at, self._start + error.at + 1))
        if not isinstance(error, MarkedYAMLError):
            return False
        words = error.problem or error.context or ""
        context = error.context or ""
        at = error.problem_mark.index if error.problem_mark is not None else 0
        began = error.context_mark.index if error.context_mark is not None else at
        if "'\\t'" in words and not self._tabs_replaced:
            self._replace_tabs()
            return True
        size = len("".join(self._lines).rstrip())
        if len(self._closed) < 80 and at >= size and self._close(context, began, composing):
            return True
        line = self._line_at(began if "scanning" in context or "parsing a flow" in context else at)
        above = self._line_above(line)
        if (
            "mapping values" in words
            and row_of(self._lines[above]) is None
            and indent_of(self._lines[above]) == indent_of(self._lines[line])
            and self._owner(above) == above
        ):
            return self._drop(above, words)
        return self._blank_value(line, words) or self._drop(line, words)

    def _line_at(self, offset: int) -> int:
        """The line on which `offset` lies, or the last above it that says something."""
        line = len(self._lines) - 1
        while line > 0 and self._starts[line] > offset:
            line -= 1
        while line > 0 and not self._says_something(line):
            line -= 1
        return line

    def _line_above(self, line: int) -> int:
        """The next line further up that says something; 0 if there is none."""
        return next((above for above in range(line - 1, -1, -1) if self._says_something(above)), 0)

    def _says_something(self, line: int) -> bool:
        content = self._lines[line].strip()
        return bool(content) and not content.startswith("#")

    def _replace_tabs(self) -> None:
        """Blanks for tabs. Indentation by tabs is a mistake; tabs elsewhere trouble only this library."""
        self._tabs_replaced = True
        spaces = any(line.startswith(" ") for line in self._lines)
        for number, line in enumerate(self._lines):
            content = line.lstrip(" \t")
            indent = line[: len(line) - len(content)]
            if "\t" in indent and content.strip():
                replacement = None if spaces else "  " * len(indent)
                self._problem("tab", self._span(number, 0, len(indent)), replacement=replacement)
            inside = re.sub(r"(?<![\s:,\[{?-])\t(?=\S)", self._source.tab, line[len(indent) :])
            self._lines[number] = (indent + inside).replace("\t", " ")

    def _close(self, context: str, began: int, composing: Composing) -> bool:
        """Close what is open at the end, so that a list which is being written is a list already."""
        if "scanning a quoted scalar" in context:
            quote = "".join(self._lines)[began : began + 1]
            line = self._line_at(began)
            if quote not in ('"', "'") or any(map(self._says_something, range(line + 1, len(self._lines)))):
                return False
            row = row_of(self._lines[line])
            start = began - self._starts[line]
            size = len(self._lines[line].rstrip())
            span = self._span(line, start, size)
            alone = row is not None and row.value == start
            if alone and self._lines[line].find(quote, start + 1) >= 0:
                return False  # Something is wrong inside, rather than missing at the end.
            text = self._source.slice(span)
            self._problem("unclosed-quote", span, text, quoted(text[1:]) if alone else None)
            self._closed += quote
            return True
        bracket = composing.bracket
        if "parsing a flow" not in context or bracket is None:
            return False
        at = self._source.start + self._start + bracket
        self._problem("unclosed-bracket", Span(at, at + 1), self._source.slice(Span(at, at + 1)))
        self._closed += "\n" + composing.closers
        return True

    def _blank_value(self, line: int, words: str) -> bool:
        """Have the value that `line` belongs to read as the text that it is."""
        owner = self._owner(line)
        row = row_of(self._lines[owner])
        if row is None or row.value >= row.end or owner in self._blanked:
            return False
        last = self._last_of_value(owner, row.indent)
        self._blanked.add(owner)
        if self._reads_alone(owner, row, last):
            return False
        if last == owner and self._items_of_list(owner, row):
            return True
        end = row.end if last == owner else len(self._lines[last].rstrip())
        span = Span(self._span(owner, row.value, row.value).start, self._span(last, end, end).end)
        intended = self._classify(span, words, owner, row)
        at = self._start + self._starts[owner] + row.value
        self._source.scalars[at] = Scalar(span, " ".join(line.strip() for line in split_lines(intended)))
        for number in range(owner, last + 1):
            text = self._lines[number]
            start = row.value if number == owner else 0
            stop = end if number == last else len(text)
            self._lines[number] = text[:start] + _NOT_BLANK.sub("x", text[start:stop]).replace("\t", " ") + text[stop:]
        return True

    def _owner(self, line: int) -> int:
        """The line that begins the value which `line` continues; `line` itself if it continues none."""
        indent = indent_of(self._lines[line])
        for above in range(line - 1, -1, -1):
            if not self._says_something(above) or indent_of(self._lines[above]) >= indent:
                continue
            row = row_of(self._lines[above])
            if row is not None:
                return above if row.value < row.end and row.indent < indent else line
            line, indent = above, indent_of(self._lines[above])
        return line

    def _last_of_value(self, owner: int, indent: int) -> int:
        last = owner
        for number in range(owner + 1, len(self._lines)):
            if self._says_something(number):
                if indent_of(self._lines[number]) <= indent:
                    break
                last = number
        return last

    def _reads_alone(self, owner: int, row: Row, last: int) -> bool:
        """Whether the value is in order, so that something around it must be wrong."""
        value = self._lines[owner][row.value :] + "".join(self._lines[owner + 1 : last + 1])
        try:
            Composing(Source(value, 0)).compose("x: " + value)
        except ERRORS:
            return False
        return True

    def _items_of_list(self, line: int, row: Row) -> bool:
        """Have those items of a list in brackets read as texts that cannot be read, such as `[*.ts, *.js]`."""
        text = self._lines[line]
        inner = text[row.value + 1 : row.end - 1]
        if text[row.value] != "[" or text[row.end - 1] != "]" or any(char in inner for char in "[]{}\"'#"):
            return False
        found = False
        for match in _ITEM.finditer(inner):
            content = match[0].strip()
            if not content or _reads(f"[{content}]"):
                continue
            start = row.value + 1 + match.start() + len(match[0]) - len(match[0].lstrip())
            span = self._span(line, start, start + len(content))
            value = self._source.slice(span)
            self._problem("unquoted-colon" if ": " in value else "unquoted-start", span, value, quoted(value))
            self._source.scalars[self._start + self._starts[line] + start] = Scalar(span, value)
            text = text[:start] + "x" * len(content) + text[start + len(content) :]
            found = True
        self._lines[line] = text
        return found

    def _classify(self, span: Span, words: str, owner: int, row: Row) -> str:
        """Say what is wrong with a value; the text that it is meant to be."""
        text = intended = self._source.slice(span)
        first = text[0]
        on_one_line = "\n" not in text and "\r" not in text
        id, certain = "syntax", False
        if first in "\"'":
            id, intended, certain = _misquoted(text)
        elif first in "*&@`%!,]}" or (first in "-?" and text[1:2] in ("", " ", "\t")):
            id, certain = "unquoted-start", on_one_line
        elif first in "|>":
            id = "unquoted-start"
        elif first in "[{" and on_one_line:
            id, certain = _brackets(text)
        elif ": " in text or ":\t" in text or text.endswith(":") or re.search(r":[\r\n]", text):
            id = "unquoted-colon"
            certain = on_one_line or not self._looks_like_keys(owner, row)
        self._problem(id, span, words if id == "syntax" else text, quoted(intended) if certain else None)
        return intended

    def _looks_like_keys(self, owner: int, row: Row) -> bool:
        """Whether what continues a text might be meant as a mapping."""
        last = self._last_of_value(owner, row.indent)
        rows = map(row_of, self._lines[owner + 1 : last + 1])
        below = zip(self._lines[owner + 1 : last + 1], rows, strict=True)
        return any(r is not None and r.key is not None and " " not in line[slice(*r.key)] for line, r in below)

    def _drop(self, line: int, words: str) -> bool:
        """Have `line` read as a comment."""
        text = self._lines[line]
        column = indent_of(text)
        content = text[column:].rstrip()
        if not self._says_something(line) or line == 0:
            return False
        span = self._span(line, column, column + len(content))
        match = _NO_SPACE.fullmatch(content)
        if match is not None and row_of(text) is None:
            at = self._start + self._starts[line] + column
            key = Span(span.start, span.start + match.end("key"))
            value = Span(span.start + match.start("value"), span.end)
            self._no_space(key, value)
            self._source.values[at] = Scalar(value, self._source.slice(value))
            colon = column + match.end("key")
            self._lines[line] = text[: colon + 1] + " " * len(match["value"]) + text[colon + 1 + len(match["value"]) :]
            return True
        if row_of(text) is None and not any(char in content for char in ":[]{}\"'"):
            self._problem("missing-colon", span, self._source.slice(span))
        else:
            self._problem("syntax", span, words)
        self._lines[line] = text[:column] + "#" + text[column + 1 :]
        return True


def _stopped(error: Exception) -> tuple[int, bool]:
    """The offset at which the library stopped, and whether a quotation mark there is not closed."""
    if isinstance(error, TooDeepError):
        return error.at, False
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return 0, False
    if error.context_mark is not None and "unexpected end of stream" in (error.problem or ""):
        return error.context_mark.index, True
    return error.problem_mark.index, False


def _reads(text: str) -> bool:
    try:
        Composing(Source(text, 0)).compose(text)
    except ERRORS:
        return False
    return True


def _misquoted(text: str) -> tuple[str, str, bool]:
    """What is wrong with a text that begins with a quotation mark, what it is meant to be, and whether it surely is."""
    quote, inner = text[0], text[1:-1]
    on_one_line = "\n" not in text and "\r" not in text
    if len(text) == 1 or quote not in text[1:]:
        return "unclosed-quote", text[1:], on_one_line
    if text[-1] != quote:
        return "unquoted-start", text, on_one_line
    if quote in inner.replace("\\\\", "").replace('\\"', "").replace("''", ""):
        return "unclosed-quote", inner, on_one_line and "\\" not in inner
    # An escape that there is not, as in a path of Windows.
    return "syntax", inner, on_one_line and quote == '"' and '\\"' not in inner


def _brackets(text: str) -> tuple[str, bool]:
    """What is wrong with a value that begins with a bracket, and whether it is meant to be a text.

    It is if it goes on behind the bracket; the bracket may also have errors inside, or never end.
    """
    closing = "]" if text[0] == "[" else "}"
    if closing not in text:
        return "unclosed-bracket", False
    return "unquoted-start", not text.endswith(closing) or _pairs(text) > 1


def _pairs(text: str) -> int:
    """How many pairs of the first bracket stand side by side; 1 if the first one reaches to the end."""
    opening, closing = text[0], "]" if text[0] == "[" else "}"
    depth = pairs = 0
    for char in text:
        if char == opening:
            depth += 1
        elif char == closing:
            depth -= 1
            pairs += depth == 0
    return pairs
