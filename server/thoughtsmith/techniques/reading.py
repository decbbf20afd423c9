"""Reading a passage: its tokens and their places in the text as it was written.

Spelling is evened out (composed letters, case, ё, apostrophes, soft hyphens and zero-width characters), and every token
knows where it stands in the original, whatever that changed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from thoughtsmith.techniques.lexicon import folded
from thoughtsmith.text.lazy import lazy
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

LONG_LINE = 60
"""Characters after which a line was probably broken to fit a width, not because a sentence ended."""

MAX_MARKS = 32
"""Combining marks of one letter that are composed with it; more are no language, and composing them takes long."""
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HAS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_TOKEN = re.compile(
    r"(?:e\.g|i\.e|vs|approx|т\. ?е|т\. ?к|т\. ?д|т\. ?п|см|напр)\."  # Abbreviations end no sentence.
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*"
    r"|[.!?…]+(?=[\s\"')\]*_»”,]|$)"
    r"|[;\n:。！？；]"
    r"|`[^`\n]{1,40}`"
    r"|\{\{[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,80}\}"
    r"|</?[^\W\d_][\w.:-]{0,40}(?:\s[^<>\n]{0,80})?/?>"
)
_BULLET = re.compile(r"[ \t>]*(?:[-*+•–—]|\d{1,3}[.)]|#{1,6})[ \t]")
_ENDS = frozenset('.!?:;…"”»|')


class Abbreviations:
    """Words that mean something only in their own case, such as CoT."""

    def __init__(self, words: Iterable[str]) -> None:
        words = sorted(words, key=len, reverse=True)
        self.lower = frozenset(map(folded, words))
        self._regex = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})(?![^\W_])" if words else r"(?!)")

    def kept(self, written: str, low: str) -> str:
        """`low`, with the abbreviations of `written` in their case; both are equally long."""
        for match in self._regex.finditer(written):
            low = low[: match.start()] + match[0] + low[match.end() :]
        return low


class Reading:
    """A passage as tokens: words and numbers in folded letters, ends of sentences, colons, tags, code, variables."""

    def __init__(self, text: str, abbreviations: Abbreviations) -> None:
        self._places: list[Span] | None = None
        written = text
        low = text.lower()
        if not text.isascii():
            written, self._places = _even(text)
            low = folded(written)
            if len(low) != len(written):
                # A few capital letters become two when lowered.
                low = "".join(letter if len(small := folded(letter)) != 1 else small for letter in written)
        if "\\n" in low:
            # A string in code: its escapes are line breaks.
            low, written = low.replace("\\n", " \n"), written.replace("\\n", " \n")
        if "\n" in low:
            low = _unwrapped(low, written)
        self.tokens: list[str] = _TOKEN.findall(low)
        if not abbreviations.lower.isdisjoint(self.tokens):
            low = abbreviations.kept(written, low)
            self.tokens = _TOKEN.findall(low)
        self._low = low

    @lazy
    def _ranges(self) -> list[tuple[int, int]]:
        """Where each token stands; few passages are asked for it."""
        ranges = [match.span() for match in _TOKEN.finditer(self._low)]
        if (places := self._places) is not None:
            ranges = [(places[start].start, places[end - 1].end) for start, end in ranges]
        return ranges

    def span(self, start: int, end: int) -> Span:
        """In the passage as written: from the start of token `start` to the end of the one before `end`."""
        return Span(self._ranges[start][0], self._ranges[max(end - 1, start)][1])


def _unwrapped(low: str, written: str) -> str:
    """`low` with a space for every line break after which the sentence goes on."""
    pieces: list[str] = []
    line_start, done = 0, 0
    while (line_break := low.find("\n", line_start)) >= 0:
        if _continues(written, line_start, line_break):
            pieces += (low[done:line_break], " ")
            done = line_break + 1
        line_start = line_break + 1
    pieces.append(low[done:])
    return "".join(pieces)


def _continues(text: str, line_start: int, line_break: int) -> bool:
    """Whether the sentence goes on after a line break."""
    following = text[line_break + 1 : line_break + 200].lstrip(" \t\r>")
    if not following or following[0] == "\n":
        return False
    if following[0].islower():
        return True
    before = text[line_start:line_break].rstrip()
    return (
        len(before) >= LONG_LINE
        and before[-1] not in _ENDS
        # A capital letter mostly begins a new sentence, even if nothing ended the last one.
        and (not following[0].isupper() or before[-1] == ",")
        and (following[0].isalnum() or following[0] in "`*_(\"'«“")
        and _BULLET.match(following) is None
    )


def _even(text: str) -> tuple[str, list[Span] | None]:
    """`text` composed and without invisible characters, and where each character left stood; `None` if all stay."""
    if unicodedata.is_normalized("NFC", text) and _HAS_INVISIBLE.search(text) is None:
        return text, None
    letters: list[str] = []
    places: list[Span] = []
    index = 0
    while index < len(text):
        end = index + 1
        while end < min(len(text), index + MAX_MARKS) and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", text[index:end]):
            if letter not in _INVISIBLE:
                letters.append(letter)
                places.append(Span(index, end))
        index = end
    return "".join(letters), places
