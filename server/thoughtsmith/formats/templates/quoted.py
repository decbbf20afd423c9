"""Where a Markdown text only shows something: code and comments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from thoughtsmith.text.span import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`\r\n]*(?:[\r\n]|\Z))|~{3,})")
_BLANK = re.compile(r"[ \t>]*[\r\n]*\Z")
_RUN = re.compile(r"`+|<!--")


class Quoted:
    """The code and comments in a part of a text, found in linear time."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.spans: list[Span] = []
        """In order; they do not overlap."""
        self._text = text
        self._scan(start, end)
        self._starts = [span.start for span in self.spans]

    def __contains__(self, offset: int) -> bool:
        """Whether the character at `offset` is only shown."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.spans[index].end

    def _scan(self, start: int, end: int) -> None:
        text = self._text
        position = paragraph = start
        fence = ""
        opened = start
        while position < end:
            line = _LINE.match(text, position, end)
            after = line.end() if line is not None else end
            found = _FENCE.match(text, position, after)
            if fence:
                if found is not None and found[1].startswith(fence) and not text[found.end() : after].strip():
                    self.spans.append(Span(opened, after))
                    fence, paragraph = "", after
            elif found is not None:
                self._inline(paragraph, position)
                # A comment before may reach into this line.
                fence, opened = found[1], max(position, self.spans[-1].end if self.spans else position)
            elif _BLANK.match(text, position, after):
                self._inline(paragraph, after)
                paragraph = after
            position = after
        if fence:
            self.spans.append(Span(opened, max(opened, end)))
        else:
            self._inline(paragraph, end)

    def _inline(self, start: int, end: int) -> None:
        """The code and comments in one paragraph."""
        runs = list(_RUN.finditer(self._text, start, end))
        places: dict[str, list[int]] = {}
        for run in runs:
            places.setdefault(run[0], []).append(run.start())
        position = start
        for run in runs:
            if run.start() < position:
                continue
            if run[0] == "<!--":
                close = self._text.find("-->", run.end(), end)
                position = end if close < 0 else close + 3
            else:
                same = places[run[0]]
                index = bisect_left(same, run.end())
                if index == len(same):
                    continue
                position = same[index] + len(run[0])
            self.spans.append(Span(run.start(), position))
