"""The lines that a scanner reads, one after the other, and views of them that begin or end elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import re

    from thoughtsmith.formats.dialect import Dialect
    from thoughtsmith.text.lines import Lines

Row: TypeAlias = "tuple[int, str]"
"""The offset of a line's content in the text, and that content without terminator and container indentation."""

MARK = "\ufeff"
"""The byte order mark, as which some editors take it into the text."""


class Rows:
    """Lines to scan. Which come is asked for one after the other, never beyond the first that is missing."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def get(self, index: int) -> Row | None:
        """Row `index`; `None` past the last."""
        raise IndexError(index)

    def at(self, index: int) -> Row:
        """Row `index`, which is known to exist."""
        row = self.get(index)
        if row is None:
            raise IndexError(index)
        return row


class TextRows(Rows):
    """The lines of the whole text."""

    def __init__(self, lines: Lines, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.lines = lines.lines
        self._starts = lines.starts
        self._count = len(lines.lines)
        self._index = -1
        self._last: Row | None = None

    def get(self, index: int) -> Row | None:
        # One row is asked for many times, and taking the line end off a long one costs as much as the line is long.
        if index != self._index:
            self._index, self._last = index, self._row(index) if index < self._count else None
        return self._last

    def at(self, index: int) -> Row:
        return self._last if index == self._index and self._last is not None else super().at(index)

    def _row(self, index: int) -> Row:
        text = self.lines[index] if index else unmarked(self.lines, index)
        return self._starts[index + 1] - len(text), text.rstrip("\r\n")

    def start_of(self, index: int) -> int:
        """The offset at which line `index` starts, be there a mark or not: what the spans of its node count from."""
        return self._starts[index]


class MessageRows(Rows):
    """The lines from `first` on up to the one that begins the next message: to what stands here the text ends there."""

    def __init__(self, rows: Rows, first: int, role: re.Pattern[str]) -> None:
        super().__init__(rows.dialect)
        self._rows = rows
        self._first = first
        self._role = role

    def get(self, index: int) -> Row | None:
        row = self._rows.get(index)
        return None if row is not None and index > self._first and self._role.match(row[1]) else row


class CutRows(Rows):
    """Lines without what stands on line `first` before `column`."""

    def __init__(self, rows: Rows, first: int, column: int) -> None:
        super().__init__(rows.dialect)
        self._rows = rows
        self._first = first
        self._column = column

    def get(self, index: int) -> Row | None:
        row = self._rows.get(index)
        if row is None or index != self._first:
            return row
        return row[0] + self._column, row[1][self._column :]


class ListedRows(Rows):
    """Lines that were put together, such as those inside a list item."""

    def __init__(self, rows: list[Row], dialect: Dialect) -> None:
        super().__init__(dialect)
        self._rows = rows

    def get(self, index: int) -> Row | None:
        return self._rows[index] if index < len(self._rows) else None


def unmarked(lines: tuple[str, ...], number: int) -> str:
    """Line `number` without the byte order mark that the text may begin with."""
    text = lines[number]
    return text.removeprefix(MARK) if number == 0 else text


def blank(text: str) -> bool:
    return not text or text.isspace()
