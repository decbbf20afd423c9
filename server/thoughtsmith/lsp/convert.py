"""Positions of the client from and to offsets of ours. The only place where lines, columns and code units are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.text.lines import Lines


class PositionCodec:
    """Converts for one position encoding. Places outside the text are clamped to it."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding

    def place(self, lines: Lines, position: types.Position) -> tuple[int, int]:
        """The line and the column in code points."""
        return position.line, self._column(lines.line(position.line), position.character)

    def offset(self, lines: Lines, position: types.Position) -> int:
        if position.line >= lines.count:
            return len(lines)
        line, column = self.place(lines, position)
        return lines.start_of(line) + column

    def span(self, lines: Lines, range_: types.Range) -> Span:
        start = self.offset(lines, range_.start)
        return Span(start, max(start, self.offset(lines, range_.end)))

    def position(self, lines: Lines, offset: int) -> types.Position:
        offset = lines.clamp(offset)
        number = lines.line_at(offset)
        line = lines.line(number)
        return types.Position(number, self._units(line, min(offset - lines.start_of(number), len(line))))

    def range(self, lines: Lines, span: Span) -> types.Range:
        return types.Range(self.position(lines, span.start), self.position(lines, span.end))

    def length(self, text: str) -> int:
        """The code units of a piece of a line."""
        return self._units(text, len(text))

    def _column(self, line: str, units: int) -> int:
        """Code points before the given code unit; a unit inside a character counts as before it."""
        if units >= len(line) * 4 or line.isascii() or self._encoding == "utf-32":
            return min(units, len(line))
        if self._encoding == "utf-8":
            octets = line.encode("utf-8", "surrogatepass")
            units = min(units, len(octets))
            while units < len(octets) and octets[units] & 0xC0 == 0x80:
                units -= 1
            return len(octets[:units].decode("utf-8", "surrogatepass"))
        octets = line.encode("utf-16-le", "surrogatepass")
        cut = min(2 * units, len(octets))
        if 0 < cut < len(octets) and 0xDC <= octets[cut + 1] <= 0xDF and 0xD8 <= octets[cut - 1] <= 0xDB:
            cut -= 2
        return len(octets[:cut].decode("utf-16-le", "surrogatepass"))

    def _units(self, line: str, column: int) -> int:
        if self._encoding == "utf-32" or line.isascii():
            return column
        if self._encoding == "utf-8":
            return len(line[:column].encode("utf-8", "surrogatepass"))
        return len(line[:column].encode("utf-16-le", "surrogatepass")) // 2
