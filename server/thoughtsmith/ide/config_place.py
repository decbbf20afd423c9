"""Where in a config file a cursor stands: at a key, at a value, at the name of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from thoughtsmith.config.toml_outline import Path, outline
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.config.toml_outline import Entry, Table, Value

Kind: TypeAlias = Literal["key", "value", "table"]


class ConfigPlace(NamedTuple):
    kind: Kind
    path: Path
    """From our own table. Of a key: the table that it stands in, and the key itself. Of a value: its key."""
    span: Span
    """The word at the cursor, without quotation marks."""
    quote: str = ""
    """The quotation mark that the word begins with; empty for none."""
    closed: bool = False
    """Whether it ends with one as well."""
    listed: bool = False
    """Whether the value is one of a list."""
    present: frozenset[str] = frozenset()
    """What stands beside it already: keys of the table, items of the list."""
    alone: bool = False
    """Of a key: whether nothing follows it, neither a value nor other keys of its table."""


def place_at(text: str, offset: int, ours: Path) -> ConfigPlace | None:
    """The place at `offset`, if it is in the table `ours`; `None` elsewhere and in comments."""
    found = _place(text, offset)
    if found is None:
        return None
    if found.kind == "table":
        return found._replace(path=found.path[len(ours) :]) if _leads_to(found.path, ours) else None
    if found.path[: len(ours)] != ours:
        return None
    return found._replace(path=found.path[len(ours) :])


def _leads_to(path: Path, ours: Path) -> bool:
    """Whether the name of a table is ours, in it, or may become so when it is written to the end."""
    if not path:
        return True
    if len(path) > len(ours):
        return path[: len(ours)] == ours
    last = len(path) - 1
    return path[:last] == ours[:last] and ours[last].startswith(path[last])


def _place(text: str, offset: int) -> ConfigPlace | None:
    tables = outline(text).tables
    table = next(table for table in reversed(tables) if table.header.start <= offset or not len(table.header))
    if len(table.header) and offset <= table.header.end:
        return ConfigPlace("table", table.path, table.name)
    entry = next((entry for entry in reversed(table.entries) if entry.key.start <= offset), None)
    if entry is not None and (place := _in_entry(text, entry, offset, table.path, table.entries)) is not None:
        return place
    end = max((_end(entry) for entry in table.entries if entry.key.start <= offset), default=table.header.end)
    if text[text.rfind("\n", 0, offset) + 1 : offset].strip() or (offset <= end and len(table.header)):
        return None  # Behind a value, or in a comment.
    alone = all(entry.key.end <= offset for entry in table.entries)
    return ConfigPlace("key", (*table.path, ""), Span(offset, offset), present=_names(table, table.path), alone=alone)


def _in_entry(text: str, entry: Entry, offset: int, around: Path, beside: Iterable[Entry]) -> ConfigPlace | None:
    if offset <= entry.key.end:
        names = frozenset(
            other.path[len(around)] for other in beside if other is not entry and len(other.path) > len(around)
        )
        later = any(other.key.start > entry.key.end for other in beside)
        return _at_key(text, entry, names, alone=entry.equals < 0 and not later)
    if entry.value is None or offset <= entry.equals:
        return None
    if offset < entry.value.span.start:
        between = text[entry.equals + 1 : offset]
        empty = not between.strip() and "\n" not in between and not len(entry.value.span)
        return ConfigPlace("value", entry.path, Span(offset, offset)) if empty else None
    return _in_value(text, entry.value, offset, entry.path)


def _at_key(text: str, entry: Entry, present: frozenset[str], *, alone: bool) -> ConfigPlace:
    """The last part of a key with dots is the one that is meant."""
    written = text[entry.key.start : entry.key.end]
    quote = written[-1:] if written[-1:] in ('"', "'") else ""
    last = entry.path[-1] if entry.path else ""
    length = len(last) + 2 * len(quote) if written.endswith(f"{quote}{last}{quote}") else len(written)
    start = entry.key.end - length + len(quote)
    span = Span(start, max(entry.key.end - len(quote), start))
    return ConfigPlace("key", entry.path, span, quote, closed=bool(quote), present=present, alone=alone)


def _in_value(text: str, value: Value, offset: int, path: Path, *, listed: bool = False) -> ConfigPlace | None:
    if offset > value.span.end:
        return None
    if value.kind == "text":
        if offset < value.inner.start or (offset > value.inner.end and value.closed):
            return None
        return ConfigPlace("value", path, value.inner, text[value.span.start], value.closed, listed)
    if value.kind == "other":
        return ConfigPlace("value", path, value.span, listed=listed)
    if not value.inner.start <= offset <= value.inner.end:
        return None
    if _in_comment(text, value, offset):
        return None
    if value.kind == "list":
        for item in value.items:
            if item.span.start <= offset <= item.span.end:
                words = frozenset(other.text for other in value.items if other is not item)
                inside = _in_value(text, item, offset, path, listed=True)
                return None if inside is None else inside._replace(present=words)
        words = frozenset(item.text for item in value.items)
        return ConfigPlace("value", path, Span(offset, offset), listed=True, present=words)
    entry = next((entry for entry in reversed(value.entries) if entry.key.start <= offset), None)
    if entry is not None and offset <= _end(entry):
        return _in_entry(text, entry, offset, path, value.entries)
    names = frozenset(other.path[-1] for other in value.entries)
    return ConfigPlace("key", (*path, ""), Span(offset, offset), present=names)


def _in_comment(text: str, value: Value, offset: int) -> bool:
    """Whether a comment of a list begins between the last item before `offset` and `offset`, on its line."""
    before = [item.span.end for item in value.items if item.span.end <= offset]
    start = max([value.inner.start, text.rfind("\n", 0, offset) + 1, *before])
    return "#" in text[start:offset]


def _end(entry: Entry) -> int:
    return entry.key.end if entry.value is None else entry.value.span.end


def _names(table: Table, around: Path) -> frozenset[str]:
    return frozenset(entry.path[len(around)] for entry in table.entries if len(entry.path) > len(around))
