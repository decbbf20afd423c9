"""Where a Markdown text only shows something: code and comments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from thoughtsmith.formats.templates.finding import Finder
from thoughtsmith.text.span import Span

_MARK = re.compile(r"`+|~{3,}|<!--")
_BEFORE_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\Z")
"""What may stand on a line before the marks that open a fence or close it."""
_INFO = re.compile(r"[^`\r\n]*(?:[\r\n]|\Z)")
_NOTHING = re.compile(r"[^\S\r\n]*(?:\r\n?|\n|\Z)")
_BLANK_LINE = re.compile(r"(?:\n|\r(?!\n))[ \t>]*(?:[\r\n]|\Z)")
_VISIBLE = re.compile(r"\S")
_CLOSE = "-->"


class Quoted:
    """The code and comments in a part of a text, found in linear time.

    A comment reaches to its end, over whatever stands between. Without its end it reaches to that of the text if it
    begins a line, else to that of the paragraph.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.spans: list[Span] = []
        """In order; they do not overlap."""
        self._text = text
        self._end = end
        self._finder = Finder(text, end)
        self._scan(start)
        self._starts = [span.start for span in self.spans]

    def __contains__(self, offset: int) -> bool:
        """Whether the character at `offset` is only shown."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.spans[index].end

    def _scan(self, start: int) -> None:
        """Go from mark to mark; what lies between is not looked at."""
        text, end = self._text, self._end
        position = line = seen = start
        marks: list[re.Match[str]] = []
        """What may be code or a comment within the paragraph that ends at `paragraph`."""
        paragraph = start - 1
        while (mark := _MARK.search(text, position, end)) is not None:
            begin = mark.start()
            line = max(line, text.rfind("\n", seen, begin) + 1, text.rfind("\r", seen, begin) + 1)
            seen = begin
            is_comment = mark[0] == "<!--" and _VISIBLE.search(text, line, begin) is None
            is_fence = len(mark[0]) > 2 and mark[0] != "<!--" and self._opens_fence(mark, line)
            if is_comment or is_fence or begin > paragraph:
                position = self._inline(marks, min(line, paragraph) if is_comment or is_fence else paragraph)
                marks = []
                if position > begin:
                    continue  # It stands in a comment.
            if begin > paragraph:
                blank = _BLANK_LINE.search(text, begin, end)
                paragraph = end if blank is None else blank.start()
            position = mark.end()
            if is_comment:
                close = self._finder.find(_CLOSE, position)
                position = end if close < 0 else close + len(_CLOSE)
                self.spans.append(Span(begin, position))
            elif is_fence:
                position = self._end_of_fence(mark)
                self.spans.append(Span(line, position))
            elif mark[0][0] != "~":
                marks.append(mark)
        self._inline(marks, paragraph)

    def _opens_fence(self, mark: re.Match[str], line: int) -> bool:
        if _BEFORE_FENCE.match(self._text, line, mark.start()) is None:
            return False
        return mark[0][0] == "~" or _INFO.match(self._text, mark.end(), self._end) is not None

    def _end_of_fence(self, opening: re.Match[str]) -> int:
        """Behind the line that closes the fence; the end of the text if none does."""
        text, end, fence = self._text, self._end, opening[0]
        position = line = opening.end()
        while (begin := text.find(fence, position, end)) >= 0:
            line = max(line, text.rfind("\n", position, begin) + 1, text.rfind("\r", position, begin) + 1)
            position = begin + len(fence)
            while position < end and text[position] == fence[0]:
                position += 1
            rest = _NOTHING.match(text, position, end)
            if rest is not None and line > opening.end() and _BEFORE_FENCE.match(text, line, begin):
                return rest.end()
        return end

    def _inline(self, marks: list[re.Match[str]], end: int) -> int:
        """Note the code and comments in a paragraph up to `end`; where the last of them ends if not there."""
        places: dict[str, list[int]] = {}
        for mark in marks:
            places.setdefault(mark[0], []).append(mark.start())
        position = 0
        for mark in marks:
            if mark.start() < position:
                continue
            if mark[0] == "<!--":
                close = self._finder.find(_CLOSE, mark.end())
                position = end if close < 0 else close + len(_CLOSE)
            else:
                same = places[mark[0]]
                index = bisect_left(same, mark.end())
                if index == len(same):
                    continue
                position = same[index] + len(mark[0])
            self.spans.append(Span(mark.start(), position))
        return position
