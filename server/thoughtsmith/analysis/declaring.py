"""Adding a variable to those that the data of a file declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.syntax.data import Mapping, Scalar, Sequence, walk
from thoughtsmith.syntax.template import DECLARATION
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.analysis.variables import Variables
    from thoughtsmith.syntax.data import Data, Entry
    from thoughtsmith.text.lines import Lines

_TYPE_KEYS = ("type", "kind")
_TYPES = ("string", "number", "integer", "boolean", "float", "any", "null", "object", "array")


def declaration(data: Data | None, variables: Variables, lines: Lines, name: str) -> Edit | None:
    """The edit that declares `name` below the last variable that is declared, in the same way.

    `None` if no variable is declared as a key or an item of a list with a `name`: then nobody can tell how.
    """
    if data is None:
        return None
    starts = {
        place.span.start
        for variable in variables.all
        for place in variable.definitions
        if place.defines == DECLARATION and data.root.span.covers(place.span)
    }
    found: Edit | None = None
    for value in walk(data.root):
        if isinstance(value, Mapping):
            keys = [entry for entry in value.entries if _stands_at(entry.key_span, starts)]
            if keys:
                found = _after_key(keys[-1], lines, name, flow=value.flow)
        elif isinstance(value, Sequence) and not value.flow:
            items = [
                item for item in value.items if isinstance(item, Mapping) and not item.flow and _names(item, starts)
            ]
            if items:
                found = _after_item(items[-1], lines, name)
    return found


def _after_key(entry: Entry, lines: Lines, name: str, *, flow: bool) -> Edit:
    quote = lines.at(entry.key_span)[:1]
    key = f"{quote}{name}{quote}" if quote in ('"', "'") else name
    text = f"{key}: {_value(entry)}"
    line = lines.line_at(entry.key_span.start)
    before = lines.line(line)[: entry.key_span.start - lines.start_of(line)]
    if flow:
        # Either all stands on one line, or each key on its own, as in JSON.
        between = " " if before.strip() else f"{lines.newline}{before}"
        return Edit(Span(entry.span.end, entry.span.end), f",{between}{text}")
    end = lines.end_of(lines.line_at(entry.span.end))
    if isinstance(entry.value, Mapping) and not entry.value.flow:
        inner = lines.line(lines.line_at(entry.value.span.start))
        deeper = inner[: len(inner) - len(inner.lstrip())]
        type_key = _type_key(entry.value)
        text = f"{key}:{lines.newline}{deeper}{type_key}: string" if type_key else f'{key}: ""'
    return Edit(Span(end, end), f"{lines.newline}{before}{text}")


def _after_item(item: Mapping, lines: Lines, name: str) -> Edit:
    line = lines.line_at(item.span.start)
    dash = lines.line(line)[: item.span.start - lines.start_of(line)]
    end = lines.end_of(lines.line_at(item.span.end))
    type_key = _type_key(item)
    more = f"{lines.newline}{' ' * len(dash)}{type_key}: string" if type_key else ""
    return Edit(Span(end, end), f"{lines.newline}{dash}name: {name}{more}")


def _stands_at(span: Span, starts: set[int]) -> bool:
    """Whether the name of a variable starts in a key or value, perhaps behind a quotation mark."""
    return span.start in starts or span.start + 1 in starts


def _names(item: Mapping, starts: set[int]) -> bool:
    return any(_stands_at(entry.value.span, starts) for entry in item.entries if entry.key == "name")


def _type_key(value: Mapping) -> str:
    return next((key for key in _TYPE_KEYS if value.get(key) is not None), "")


def _value(entry: Entry) -> str:
    """What to write for another variable: a type where the neighbour has a type, else an empty text."""
    value = entry.value
    typed = isinstance(value, Scalar) and isinstance(value.value, str) and value.value.split(",")[0].strip() in _TYPES
    return "string" if typed else '""'
