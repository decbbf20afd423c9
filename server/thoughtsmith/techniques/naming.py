"""Which techniques and terms a text names, and for which techniques its words speak."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.techniques.phrases import PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Knowledge, Technique
    from thoughtsmith.text.span import Span

CONTEXT_WINDOW = 100
"""Characters on either side in which a word of machine learning makes an ambiguous abbreviation clear."""
TERM_WINDOW = 400
"""Characters on either side in which the name of another technique or term does."""

MAX_ABBREVIATION = 6
"""Characters. Longer ambiguous names, such as "self-improvement", are clear enough to explain a shorter one."""
_OVERLAPPING = 8
"""More names than this do not touch one abbreviation."""
MEMORY = 16_384
"""Pieces of text whose facts are remembered: those of several large prompts."""
LONG = 4_000
"""Characters. Every keystroke in a long piece makes another one, so few of those are remembered."""
LONG_MEMORY = 64


class Mention(NamedTuple):
    """A name of a technique or term in a text."""

    span: Span
    id: str


class Names:
    """The names and task words of a catalogue, compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._mentions: PhraseIndex[tuple[str, bool]] = PhraseIndex()
        self._suits: PhraseIndex[str] = PhraseIndex()
        """Words of tasks for which a technique is good."""
        self._context: PhraseIndex[None] = PhraseIndex()
        named: list[Technique | Knowledge] = [*catalogue.techniques.values(), *catalogue.knowledge.values()]
        for entry in named:
            for phrase in entry.mentions.names.all:
                self._mentions.add(phrase, (entry.id, False))
            for phrase in entry.mentions.exact:
                self._mentions.add(phrase, (entry.id, False), case_sensitive=True)
            for phrase in entry.mentions.in_context:
                self._mentions.add(phrase, (entry.id, True), case_sensitive=True)
        for technique in catalogue.techniques.values():
            for phrase in technique.suits.all:
                self._suits.add(phrase, technique.id)
        for phrase in catalogue.context.all:
            self._context.add(phrase, None)
        self._remembered = lru_cache(maxsize=MEMORY)(self._count_suits)
        self._remembered_long = lru_cache(maxsize=LONG_MEMORY)(self._count_suits)

    def suits(self, text: str) -> tuple[tuple[str, int], ...]:
        """How many words of `text` speak for each technique. Remembered: an edit costs only what it touched."""
        return self._remembered(text) if len(text) <= LONG else self._remembered_long(text)

    @property
    def searched(self) -> int:
        """How many pieces of text have been searched and not remembered; what an edit costs."""
        return self._remembered.cache_info().misses + self._remembered_long.cache_info().misses

    def mentions(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """What is named between `start` and `end`; an ambiguous abbreviation only if its surroundings make it clear."""
        end = len(text) if end is None else end
        low, high = max(start - TERM_WINDOW, 0), min(end + TERM_WINDOW, len(text))
        hits = list(self._mentions.find(text, low, high))
        # Another term is context too, unless it is as ambiguous and as short as what it would explain.
        clear = [hit.span for hit in hits if not hit.value[1] or len(hit.span) > MAX_ABBREVIATION]
        words: list[Span] | None = None
        for hit in hits:
            if hit.span.start < start or hit.span.end > end:
                continue
            name, needs_context = hit.value
            if needs_context and not _is_near(hit.span, clear, TERM_WINDOW):
                if words is None:
                    words = [found.span for found in self._context.find(text, low, high)]
                if not _is_near(hit.span, words, CONTEXT_WINDOW):
                    continue
            yield Mention(hit.span, name)

    def _count_suits(self, text: str) -> tuple[tuple[str, int], ...]:
        counts: dict[str, int] = {}
        for hit in self._suits.find(text):
            counts[hit.value] = counts.get(hit.value, 0) + 1
        return tuple(sorted(counts.items()))


def _is_near(span: Span, others: list[Span], distance: int) -> bool:
    """Whether one of `others`, which are sorted, begins within `distance` of `span` without touching it."""
    first = bisect_left(others, (span.start - distance, 0))
    for other in others[first : first + _OVERLAPPING]:
        if other.start > span.end + distance:
            return False
        if other.end <= span.start or span.end <= other.start:
            return True
    # So many in a row cannot all touch the span.
    return len(others) > first + _OVERLAPPING and others[first + _OVERLAPPING].start <= span.end + distance
