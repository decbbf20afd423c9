"""Spans: the only way code below the protocol names a place in a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, `start <= end`."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        """Whether a cursor at `offset` touches the span; its end counts, a cursor stands between characters."""
        return isinstance(offset, int) and self.start <= offset <= self.end

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end
