"""Where in structured data a cursor stands: on a key or in a value, also where nothing is written yet.

What is written is found in the data that was read; of empty and half-typed lines the indentation decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from thoughtsmith.formats import front_matter
from thoughtsmith.formats.yaml_rows import indent_of, row_of
from thoughtsmith.syntax.data import Mapping, Scalar, Sequence
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.data import Data, Value
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.text.lines import Lines

Path: TypeAlias = "tuple[str | int, ...]"


@dataclass(frozen=True, slots=True)
class DataPlace:
    path: Path
    """Of the value; for a key, of the mapping that the key stands in or would stand in.

    What is not written yet may turn out either way: on a line below `key:` an item may come instead of a key, and what
    is begun behind a dash may become a key. The schema at the path knows.
    """
    on_key: bool
    span: Span
    """What is written there: the key without the colon, or the value with its quotes; empty if nothing is."""
    gap: str = ""
    """What has to be written before a value: a blank if the cursor stands right behind the colon or dash."""


def front_matter_at(tree: PromptTree, offset: int) -> DataPlace | None:
    """The place of `offset` in the front matter; `None` outside and where no key or value can stand.

    Front matter that has no end yet goes on over the blank lines below it.
    """
    data, region = front_matter.data(tree), front_matter.content(tree)
    if data is None or region is None:
        return None
    if tree.placed(0).node.closed:
        return data_at(data, tree.lines, region, offset) if offset < region.end else None
    if offset > region.end and not tree.lines.at(Span(region.end, offset)).strip():
        region = Span(region.start, offset)
    return data_at(data, tree.lines, region, offset)


def data_at(data: Data, lines: Lines, region: Span, offset: int) -> DataPlace | None:
    """The place of `offset` in `data`, which was read from the `region` of a text."""
    if not region.start <= offset <= region.end:
        return None
    return _Cursor(data, lines, lines.line_at(region.start), offset).place()


def value_at(data: Data, path: Path) -> Value | None:
    """The value found by going down `path`."""
    value: Value = data.root
    for step in path:
        if isinstance(step, str):
            entry = value.get(step) if isinstance(value, Mapping) else None
            if entry is None:
                return None
            value = entry.value
        elif isinstance(value, Sequence) and step < len(value.items):
            value = value.items[step]
        else:
            return None
    return value


class _Cursor:
    """An offset in a text with data."""

    def __init__(self, data: Data, lines: Lines, first_line: int, offset: int) -> None:
        self._root = data.root
        self._lines = lines
        self._first_line = first_line
        self._offset = offset
        self._number = lines.line_at(offset)
        self._start = lines.start_of(self._number)
        self._line = lines.line(self._number)
        self._column = offset - self._start

    def place(self) -> DataPlace | None:
        found = self._written(self._root, ())
        if found is not None:
            return found
        before = self._line[: self._column].lstrip()
        if before.startswith("#") or " #" in before:
            return None
        row = row_of(self._line)
        if row is None or self._column < row.indent:
            return self._on_new_line()
        if row.key is None:
            at = self._start + row.value
            path = next((path for path, value in _all(self._root, ()) if value.span.start == at), None)
        else:
            if self._line[row.key[1] : self._column].strip() != ":":
                return None
            path = self._path_of_key(self._start + row.key[0])
            if path is not None and row.value < row.end:
                return DataPlace(path, False, Span(self._start + row.value, self._start + row.end))
        return None if path is None else self._nothing_at(path)

    def _nothing_at(self, path: Path) -> DataPlace:
        """A value that is not written."""
        previous = self._line[self._column - 1 : self._column]
        return DataPlace(path, False, Span(self._offset, self._offset), " " if previous in (":", "-") else "")

    def _written(self, value: Value, path: Path) -> DataPlace | None:
        """The place in what is written."""
        while True:
            if isinstance(value, Scalar):
                return DataPlace(path, False, value.span) if len(value.span) else self._nothing_at(path)
            step: str | int | None = None
            if isinstance(value, Mapping):
                for entry in value.entries:
                    if self._offset in entry.key_span:
                        return DataPlace(path, True, entry.key_span)
                    if self._offset in entry.value.span:
                        step, inner = entry.key, entry.value
                        break
            else:
                for index, item in enumerate(value.items):
                    if self._offset in item.span:
                        step, inner = index, item
                        break
            if step is None:
                return self._between(value, path)
            value, path = inner, (*path, step)

    def _between(self, value: Mapping | Sequence, path: Path) -> DataPlace | None:
        """The place between the entries or items of something in brackets."""
        start, end = value.span
        open_ended = self._lines.at(Span(end - 1, end)) not in ("]", "}") or end - start < 2
        if not value.flow or not start < self._offset < end + open_ended:
            return None
        here = Span(self._offset, self._offset)
        if isinstance(value, Mapping):
            for entry in value.entries:
                if entry.key_span.end < self._offset <= entry.value.span.start:
                    return self._nothing_at((*path, entry.key))
            return DataPlace(path, True, here)
        return DataPlace((*path, sum(item.span.end < self._offset for item in value.items)), False, here)

    def _on_new_line(self) -> DataPlace | None:
        """The place of a key that is about to be written, by its indentation."""
        word_start = indent_of(self._line)
        word = self._line.rstrip()[word_start:]
        indent = word_start if self._column >= word_start and word else self._column
        span = Span(self._offset, self._offset)
        if word and self._column >= word_start:
            if not word.replace("-", "").replace("_", "").replace(".", "").isalnum():
                return None
            span = Span(self._start + word_start, self._start + word_start + len(word))
        elif word:
            return None
        if indent == 0:
            return DataPlace((), True, span)
        for number in range(self._number - 1, self._first_line - 1, -1):
            row = row_of(self._lines.line(number))
            if row is None or (row.indent > indent and indent_of(self._lines.line(number)) >= indent):
                continue
            start = self._lines.start_of(number)
            if row.key is None:
                return None
            path = self._path_of_key(start + row.key[0])
            if path is None:
                return None
            if row.indent == indent:
                return DataPlace(path[:-1], True, span)
            if row.indent > indent or row.value < row.end:
                return None
            return DataPlace(path, True, span)
        return DataPlace((), True, span)

    def _path_of_key(self, start: int) -> Path | None:
        """The path of the value whose key starts at offset `start`."""
        for path, value in _all(self._root, ()):
            if isinstance(value, Mapping):
                for entry in value.entries:
                    if entry.key_span.start == start:
                        return (*path, entry.key)
        return None


def _all(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    """The value and everything in it with its path."""
    yield path, value
    if isinstance(value, Mapping):
        for entry in value.entries:
            yield from _all(entry.value, (*path, entry.key))
    elif isinstance(value, Sequence):
        for index, item in enumerate(value.items):
            yield from _all(item, (*path, index))
