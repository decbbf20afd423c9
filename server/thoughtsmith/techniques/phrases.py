"""Word patterns: how the content names words and phrases of two inflected languages without regular expressions.

A pattern is words separated by single spaces. `*` at the end of a word stands for up to four letters of an
inflectional ending. Spaces and hyphens match short runs of white space and hyphens, `е` matches `ё`, case does not
matter unless a pattern is added as case-sensitive. Patterns are looked up by the first letters of each word of the
text, and no pattern repeats without a bound, so that finding is linear in the text whatever a pack contains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from thoughtsmith.text.lazy import lazy
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = TypeVar("Value")

MAX_ENDING = 4
_KEY_LENGTH = 3
_HYPHENS = "\u2010-\u2015-"
_SEPARATOR = rf"[\s{_HYPHENS}]{{1,3}}"
_BETWEEN_WORDS = re.compile(f"[ {_HYPHENS}]+")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """`text` as patterns compare it: lower case, `ё` as `е`, hyphens as spaces."""
    return _BETWEEN_WORDS.sub(" ", text.lower().replace("ё", "е"))


def _source(phrase: str) -> str:
    return _SEPARATOR.join(_word(word) for word in _BETWEEN_WORDS.split(phrase))


def _word(word: str) -> str:
    stem, star, _ = word.partition("*")
    source = re.sub("[её]", "[её]", re.escape(stem))
    source = re.sub("[ЕЁ]", "[ЕЁ]", source)
    return source + (f"[^\\W\\d_]{{0,{MAX_ENDING}}}" if star else "")


@dataclass(frozen=True)
class Hit(Generic[Value]):
    """A pattern found in a text."""

    span: Span
    value: Value


class _Pattern(Generic[Value]):
    def __init__(self, phrase: str, before_word: int, *, case_sensitive: bool) -> None:
        self.length = len(phrase)
        self.before_word = before_word
        """How many characters of the pattern stand before its first word: an opening quotation mark."""
        self.values: list[Value] = []
        self._phrase = phrase
        self._flags = 0 if case_sensitive else re.IGNORECASE

    @lazy
    def regex(self) -> re.Pattern[str]:
        """Compiled when a text first has a word that begins alike: most patterns never are."""
        return re.compile(rf"(?<!\w){_source(self._phrase)}(?!\w)", self._flags)


class PhraseIndex(Generic[Value]):
    """Many word patterns, each with a value, found together in one pass over a text."""

    def __init__(self) -> None:
        self._buckets: dict[str, list[_Pattern[Value]]] = {}
        self._key_sizes: list[int] = []
        self._known: dict[tuple[str, bool], _Pattern[Value]] = {}

    def add(self, phrase: str, value: Value, *, case_sensitive: bool = False) -> None:
        key = (phrase, case_sensitive)
        if key in self._known:
            self._known[key].values.append(value)
            return
        first = _WORD.search(phrase)
        if first is None:
            return
        pattern: _Pattern[Value] = _Pattern(phrase, first.start(), case_sensitive=case_sensitive)
        pattern.values.append(value)
        self._known[key] = pattern
        key_letters = fold(first[0][:_KEY_LENGTH])
        bucket = self._buckets.setdefault(key_letters, [])
        self._key_sizes = sorted({*self._key_sizes, len(key_letters)})
        bucket.append(pattern)
        bucket.sort(key=lambda p: -p.length)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit[Value]]:
        """Every pattern found between `start` and `end`, in order; of several at one place the longest."""
        end = len(text) if end is None else end
        buckets, sizes = self._buckets, self._key_sizes
        folded = _folded_letters(text)
        for word in _WORD.finditer(folded, start, end):
            place = word.start()
            best: re.Match[str] | None = None
            values: list[Value] = []
            for size in sizes:
                for pattern in buckets.get(folded[place : place + size], ()):
                    match = pattern.regex.match(text, max(place - pattern.before_word, 0), end)
                    if match is not None and (best is None or len(match[0]) > len(best[0])):
                        best, values = match, pattern.values
            if best is not None:
                for value in values:
                    yield Hit(Span(best.start(), best.end()), value)


def _folded_letters(text: str) -> str:
    """`text` with letters as keys have them, every one at its place."""
    folded = text.lower().replace("ё", "е")
    if len(folded) == len(text):
        return folded
    # A few capital letters become two when lowered; such a letter begins no pattern of ours.
    return "".join(letter if len(low := letter.lower()) != 1 else low.replace("ё", "е") for letter in text)
