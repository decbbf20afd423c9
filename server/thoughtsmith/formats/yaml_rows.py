"""Single lines of YAML, taken apart without the YAML library: what keys, dashes and values stand on them."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A line that begins a value, taken apart. Columns of the line."""

    indent: int
    """Where its key begins, or the item if it has no key."""
    key: tuple[int, int] | None
    value: int
    """Where its value begins; the end if there is none."""
    end: int
    """Where its value ends, without a comment."""


def row_of(line: str) -> Row | None:
    """The parts of a line that holds a key, an item of a list or both; `None` for any other."""
    size = len(line.rstrip())
    at = len(line) - len(line.lstrip(" \t\ufeff"))
    first = at
    while line[at : at + 1] == "-" and line[at + 1 : at + 2] in ("", " ", "\t", "\r", "\n"):
        first = at
        at += 1
        while at < size and line[at] in " \t":
            at += 1
    item = line[first : first + 1] == "-" and at > first
    colon = _colon(line, at, size)
    if colon < 0:
        return Row(first, None, min(at, size), _without_comment(line, at, size)) if item else None
    value = colon + 1
    while value < size and line[value] in " \t":
        value += 1
    key_end = at + len(line[at:colon].rstrip())
    return Row(at, (at, key_end), value, _without_comment(line, value, size))


def _colon(line: str, at: int, size: int) -> int:
    """Where the colon behind the key that begins at `at` stands; -1 if there is none."""
    search = at
    if line[at : at + 1] in ('"', "'"):
        close = line.find(line[at], at + 1)
        after = line[close + 1 : size].lstrip(" \t")
        return -1 if close < 0 or not after.startswith(":") else size - len(after)
    if at >= size or line[at] in "#[]{},|>@`%":
        return -1
    comment = line.find(" #", at)
    limit = size if comment < 0 else comment
    while (colon := line.find(":", search, limit)) >= 0:
        if colon + 1 >= size or line[colon + 1] in " \t":
            return colon if colon > at else -1
        search = colon + 1
    return -1


def _without_comment(line: str, value: int, size: int) -> int:
    """Where the value that begins at `value` ends."""
    if value >= size or line[value] == "#":
        return min(value, size)
    search = value
    if line[value] in ('"', "'"):
        search = max(line.rfind(line[value], value + 1, size), value)
    comment = line.find(" #", search, size)
    return size if comment < 0 else value + len(line[value:comment].rstrip())


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
