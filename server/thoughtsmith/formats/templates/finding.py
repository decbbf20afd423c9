"""Searching a text for the ends of things, so that all searches together are linear."""

from __future__ import annotations


class Finder:
    """Finds the next of a few fixed strings. It remembers where each stands next, or that there is none."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._next: dict[str, tuple[int, int]] = {}
        """For each string: from where on it was looked for, and where it is; -1 for nowhere."""

    def find(self, what: str, start: int) -> int:
        """The first place of `what` from `start` on; -1 if there is none."""
        since, found = self._next.get(what, (start + 1, -1))
        if start < since or -1 < found < start:
            found = self._text.find(what, start, self._end)
            self._next[what] = (start, found)
        return found
