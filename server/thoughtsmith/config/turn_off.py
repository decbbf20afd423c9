"""Turning a rule off in a config file: edits that keep everything else, comments and layout included.

What an edit makes of the file is read before anybody sees the edit: it must say what it said before and one word more.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from thoughtsmith.config.file import loads
from thoughtsmith.config.toml_outline import outline
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.config.toml_outline import Entry, Outline, Path, Table, Value

IGNORE, PER_FILE = "ignore", "per-file-ignores"
_SPECIAL = re.compile(r"[\\*?\[\]!#]|\s(?=\s*$)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_EXAMPLE = re.compile(rf"^#[ \t]*{IGNORE}[ \t]*=.*$", re.MULTILINE)
"""How `thoughtsmith init` shows the key: a comment, below its explanation."""


def turn_off(text: str, table: Path, rule: str, pattern: str = "") -> tuple[Edit, ...] | None:
    """Edits of a config file after which `rule` is off: everywhere, or for the files that `pattern` matches.

    `table` is the one that is ours. `None` if the file is no TOML, or so unusual that no edit is certain.
    """
    before = loads(text)
    if before is None:
        return None
    wanted = _with(before, (*table, PER_FILE, pattern) if pattern else (*table, IGNORE), rule)
    made = _Writer(text, table)
    for edits in made.per_file(pattern, rule) if pattern else made.everywhere(rule):
        if wanted is not None and loads(apply_edits(text, edits)) == wanted:
            return edits
    return None


def pattern_of(relative: str) -> str:
    """The pattern, as in `.gitignore`, that matches exactly the file at a path from the folder of the config file."""
    return "/" + _SPECIAL.sub(lambda found: "\\" + found[0], relative)


def new_config(rule: str, pattern: str = "") -> str:
    """A config file that does nothing but turn a rule off."""
    if pattern:
        return f"[{PER_FILE}]\n{_quoted(pattern)} = [{_quoted(rule)}]\n"
    return f"{IGNORE} = [{_quoted(rule)}]\n"


def _with(data: dict[str, Any], path: Path, rule: str) -> dict[str, Any] | None:
    """What the file should say afterwards; `None` if something else stands where the rule should."""
    wanted = copy.deepcopy(data)
    around: Any = wanted
    for name in path[:-1]:
        around = around.setdefault(name, {}) if isinstance(around, dict) else None
    words = around.setdefault(path[-1], []) if isinstance(around, dict) else None
    if not isinstance(words, list) or rule in words:
        return None
    words.append(rule)
    return wanted


class _Writer:
    """Makes the edits that may be meant, the nicest first."""

    def __init__(self, text: str, table: Path) -> None:
        self._text = text
        self._table = table
        self._outline: Outline = outline(text)
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def everywhere(self, rule: str) -> Iterator[tuple[Edit, ...]]:
        path = (*self._table, IGNORE)
        yield from self._into_list(path, rule)
        yield from self._into_table(path, rule, example=True)
        # Tables below ours are there, and ours is not: a table may come before its parts.
        below = (table for table in self._outline.tables if table.path[: len(self._table)] == self._table)
        for table in below:
            if len(table.header) and self._table:
                name = ".".join(self._table)
                line = f"[{name}]{self._newline}{IGNORE} = [{_quoted(rule)}]{self._newline}{self._newline}"
                yield (Edit(Span(table.header.start, table.header.start), line),)
        yield (self._at_the_end(self._table, f"{IGNORE} = [{_quoted(rule)}]"),)

    def per_file(self, pattern: str, rule: str) -> Iterator[tuple[Edit, ...]]:
        path = (*self._table, PER_FILE, pattern)
        yield from self._into_list(path, rule)
        yield from self._into_table(path, rule)
        yield (self._at_the_end((*self._table, PER_FILE), f"{_quoted(pattern)} = [{_quoted(rule)}]"),)

    def _at_the_end(self, table: Path, written: str) -> Edit:
        end = len(self._text)
        gap = "" if not self._text or self._text.endswith("\n") else self._newline
        gap += self._newline if self._text.strip() else ""
        return Edit(Span(end, end), f"{gap}[{'.'.join(table)}]{self._newline}{written}{self._newline}")

    # A list that is there

    def _into_list(self, path: Path, rule: str) -> Iterator[tuple[Edit, ...]]:
        entry = self._outline.entry(path)
        if entry is None or entry.value is None or entry.value.kind != "list":
            return
        value = entry.value
        if not value.items:
            yield (Edit(Span(value.inner.start, value.inner.start), _quoted(rule)),)
            return
        yield self._behind(value, rule)

    def _behind(self, value: Value, rule: str) -> tuple[Edit, ...]:
        """Behind the last item, written as it is: on its line, or on a line of its own."""
        last = value.items[-1].span
        comma = self._comma(last.end, value.inner.end)
        line_start = self._text.rfind("\n", 0, last.start) + 1
        own_line = line_start > value.span.start and not self._text[line_start : last.start].strip()
        after = last.end if comma is None else comma + 1
        if not own_line:
            return (Edit(Span(after, after), f", {_quoted(rule)}" if comma is None else f" {_quoted(rule)}"),)
        indentation = self._text[line_start : last.start]
        line_end = self._text.find("\n", after, value.inner.end)
        written = f"{self._newline}{indentation}{_quoted(rule)}{'' if comma is None else ','}"
        if line_end < 0:  # The bracket stands on the line of the item.
            return (Edit(Span(after, after), f"{',' if comma is None else ''}{written}"),)
        line_end -= self._text[line_end - 1] == "\r"
        new = Edit(Span(line_end, line_end), written)
        if comma is not None:
            return (new,)
        return (Edit(Span(after, line_end), f",{self._text[after:line_end]}{written}"),)

    def _comma(self, start: int, end: int) -> int | None:
        """The comma behind an item, if there is one: what else may stand there is spaces and comments."""
        position = start
        while position < end:
            letter = self._text[position]
            if letter == ",":
                return position
            if letter == "#":
                position = self._text.find("\n", position, end)
                if position < 0:
                    return None
            position += 1
        return None

    # A list that is not there

    def _into_table(self, path: Path, rule: str, *, example: bool = False) -> Iterator[tuple[Edit, ...]]:
        around, value = path[:-1], f"[{_quoted(rule)}]"
        for depth in range(len(around), 0, -1):
            inline = self._outline.entry(path[:depth])
            if inline is not None and inline.value is not None and inline.value.kind == "table":
                # Braces are closed for ever: nothing outside can add to them.
                yield (self._into_inline(inline.value, f"{_key(path[depth:])} = {value}"),)
                return
        for table in self._outline.tables:
            if table.path == around and (len(table.header) or not around):
                yield (self._into_part(table, f"{_key(path[-1:])} = {value}", example=example),)
        for table in self._outline.tables:
            # Keys with dots: `per-file-ignores."a" = …`.
            beside = [entry for entry in table.entries if entry.path[: len(around)] == around]
            if beside and table.path != around and path[: len(table.path)] == table.path:
                yield (self._below(table, beside[-1], f"{_key(path[len(table.path) :])} = {value}"),)

    def _into_inline(self, value: Value, written: str) -> Edit:
        if not value.entries:
            return Edit(Span(value.inner.start, value.inner.end), written)
        last = value.entries[-1]
        end = last.key.end if last.value is None else last.value.span.end
        return Edit(Span(end, end), f", {written}")

    def _into_part(self, table: Table, written: str, *, example: bool) -> Edit:
        if table.entries:
            return self._below(table, table.entries[-1], written)
        if len(table.header):
            end = self._line_end(table.header.end)
            return Edit(Span(end, end), f"{self._newline}{written}")
        shown = _EXAMPLE.search(self._text, 0, table.end) if example else None
        if shown is not None:
            end = self._line_end(shown.start())
            return Edit(Span(end, end), f"{self._newline}{written}")
        if table.end == len(self._text):
            gap = "" if not self._text or self._text.endswith("\n") else self._newline
            return Edit(Span(table.end, table.end), f"{gap}{written}{self._newline}")
        # Before the first table, and before what is said of it.
        start = table.end
        while self._text[:start].endswith("\n") and self._text[self._line_above(start) : start].startswith("#"):
            start = self._line_above(start)
        return Edit(Span(start, start), f"{written}{self._newline}{self._newline}")

    def _below(self, table: Table, entry: Entry, written: str) -> Edit:
        end = entry.key.end if entry.value is None else entry.value.span.end
        start = self._text.rfind("\n", 0, entry.key.start) + 1
        indentation = self._text[start : entry.key.start]
        end = min(self._line_end(end), table.end)
        return Edit(Span(end, end), f"{self._newline}{indentation}{written}")

    def _line_above(self, line_start: int) -> int:
        return self._text.rfind("\n", 0, line_start - 1) + 1

    def _line_end(self, position: int) -> int:
        end = self._text.find("\n", position)
        if end < 0:
            return len(self._text)
        return end - (self._text[end - 1 : end] == "\r")


def _key(parts: Path) -> str:
    return ".".join(part if _BARE.fullmatch(part) else _quoted(part) for part in parts)


def _quoted(text: str) -> str:
    r"""The text in TOML; in quotation marks that need no escapes, if it has backslashes."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
