"""Structured data with its places in the text: the front matter of a prompt, or a file that is all data.

Whatever the notation (YAML, JSON), readers of formats produce these values; rules, completion and hover read them.
Spans are of the whole text of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.text.span import Span

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""A value as any program would read it."""


@dataclass(frozen=True, slots=True)
class Scalar:
    span: Span
    """With its quotes, without a comment behind it; empty, at the place for it, where nothing is written."""
    value: str | int | float | bool | None
    """What it means by the core schema of YAML 1.2: `yes` is a text."""
    style: str = ""
    """How it is written: empty for plain, `'`, `"`, `|` or `>`; `*` for an alias, whose value is its name."""

    @property
    def plain(self) -> Plain:
        return self.value


@dataclass(frozen=True, slots=True)
class Sequence:
    span: Span
    items: tuple[Value, ...]
    flow: bool = False
    """Whether it is written in brackets."""

    @property
    def plain(self) -> Plain:
        return [item.plain for item in self.items]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping with its value."""

    key: str
    key_span: Span
    """With quotes, without the colon."""
    value: Value
    span: Span
    """From the key to the end of the value."""


@dataclass(frozen=True, slots=True)
class Mapping:
    span: Span
    entries: tuple[Entry, ...]
    """In the order of the text; of a key that is written twice both."""
    flow: bool = False

    @property
    def plain(self) -> Plain:
        return {entry.key: entry.value.plain for entry in self.entries}

    def get(self, key: str) -> Entry | None:
        """The entry of `key`; the last, if it is written twice."""
        return next((entry for entry in reversed(self.entries) if entry.key == key), None)

    def at(self, *path: str) -> Value | None:
        """The value found by going down `path`."""
        value: Value = self
        for key in path:
            entry = value.get(key) if isinstance(value, Mapping) else None
            if entry is None:
                return None
            value = entry.value
        return value


Value: TypeAlias = "Scalar | Sequence | Mapping"


@dataclass(frozen=True, slots=True)
class DataProblem:
    """Something in the notation itself that readers stumble over."""

    id: str
    """kebab-case, such as `unquoted-colon`, `duplicate-key`, `tab`, `syntax`."""
    span: Span
    detail: str = ""
    """The value or the library's words, for the message."""
    related: Span | None = None
    """Such as the first of two equal keys."""
    replacement: str | None = None
    """What to write at `span` instead, if that certainly keeps the meaning that was intended."""


@dataclass(frozen=True, slots=True)
class Data:
    """Everything that could be read, also of a text with errors, and the errors."""

    root: Mapping
    problems: tuple[DataProblem, ...] = ()


def walk(value: Value) -> Iterator[Value]:
    """The value and everything in it, outermost first."""
    pending = [value]
    while pending:
        value = pending.pop()
        yield value
        if isinstance(value, Mapping):
            pending += [entry.value for entry in reversed(value.entries)]
        elif isinstance(value, Sequence):
            pending += reversed(value.items)
