r"""A text as lines: cheap to edit, with offsets on demand.

Lines end at `\r\n`, `\n` or `\r` and nowhere else, as the language server protocol has it. (`str.splitlines` also
splits at form feeds and U+2028, after which every later position would be off by a line.)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from thoughtsmith.text.span import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


def split_lines(text: str) -> list[str]:
    """The lines of `text` with their terminators; joined they are `text` again. An empty text has no lines."""
    if "\r" not in text:
        lines = text.split("\n")
        last = lines.pop()
        result = [line + "\n" for line in lines]
        if last:
            result.append(last)
        return result
    return _LINE.findall(text)


class Lines:
    """An immutable text. An edit makes a new one and shares every untouched line with the old."""

    def __init__(self, lines: tuple[str, ...], newline: str = "\n") -> None:
        self.lines = lines
        """The lines with their terminators; only the last may lack one."""
        self._default_newline = newline

    @classmethod
    def of(cls, text: str, newline: str = "\n") -> Lines:
        """The lines of `text`; `newline` ends what is added to it if no line of its own shows how."""
        return cls(tuple(split_lines(text)), newline)

    @lazy
    def text(self) -> str:
        return "".join(self.lines)

    @lazy
    def starts(self) -> list[int]:
        """The offset at which each line starts, and the length of the text as the last element."""
        return list(accumulate(map(len, self.lines), initial=0))

    def __len__(self) -> int:
        """The number of code points."""
        return self.starts[-1]

    @property
    def count(self) -> int:
        """The number of lines an editor shows: the text after the last terminator counts, even when empty."""
        return len(self.lines) + (not self.lines or self.lines[-1].endswith(("\n", "\r")))

    def line(self, number: int) -> str:
        """Line `number` (from 0) without its terminator; empty past the end of the text."""
        return self.lines[number].rstrip("\r\n") if 0 <= number < len(self.lines) else ""

    def line_at(self, offset: int) -> int:
        """The number of the line on which `offset` lies; offsets outside the text are clamped."""
        if offset >= len(self):
            return self.count - 1
        return max(0, bisect_right(self.starts, offset) - 1)

    def start_of(self, number: int) -> int:
        """The offset at which line `number` starts; the end of the text past its last line."""
        return self.starts[min(max(number, 0), len(self.lines))]

    def end_of(self, number: int) -> int:
        """The offset at which the content of line `number` ends, before its terminator."""
        return self.start_of(number) + len(self.line(number))

    def slice(self, first: int, last: int) -> str:
        """The text of the lines `first` to `last - 1`."""
        return "".join(self.lines[first:last])

    def at(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def clamp(self, offset: int) -> int:
        return min(max(offset, 0), len(self))

    @lazy
    def newline(self) -> str:
        """The terminator of the first line that has one."""
        for line in self.lines[:1]:
            for terminator in ("\r\n", "\n", "\r"):
                if line.endswith(terminator):
                    return terminator
        return self._default_newline

    def replaced(self, start: tuple[int, int], end: tuple[int, int], new: str) -> tuple[Lines, int, int]:
        """The text with `new` between the (line, column) pairs `start` and `end`.

        Also returns the first line that changed and the number of lines at the end of the *new* text that did not
        change, so that what was derived from the other lines can be kept. Columns are code points; places outside
        the text are clamped, an `end` before `start` is taken as `start`.
        """
        lines = self.lines
        first, head = self._clamped(start)
        last, tail = self._clamped(max(start, end))
        middle = "".join(
            (lines[first][:head] if first < len(lines) else "", new, lines[last][tail:] if last < len(lines) else "")
        )
        if first > 0 and head == 0 and lines[first - 1].endswith("\r"):
            # A lone carriage return becomes one terminator with a line feed that now follows it.
            first -= 1
            middle = lines[first] + middle
        rest = lines[last + 1 :]
        if rest and middle and (not middle.endswith(("\n", "\r")) or (middle.endswith("\r") and rest[0] == "\n")):
            middle += rest[0]
            rest = rest[1:]
        new_lines = (*lines[:first], *split_lines(middle), *rest)
        return Lines(new_lines, self._default_newline), first, len(rest)

    def _clamped(self, place: tuple[int, int]) -> tuple[int, int]:
        line, column = place
        if line < 0:
            return 0, 0
        if line >= len(self.lines):
            if self.lines and not self.lines[-1].endswith(("\n", "\r")):
                return len(self.lines) - 1, len(self.lines[-1])
            return len(self.lines), 0
        return line, min(max(column, 0), len(self.line(line)))
