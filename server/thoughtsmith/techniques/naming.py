"""Which techniques and terms a text names, and which techniques it shows signs of."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.techniques.phrases import PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class BlockFacts(NamedTuple):
    """What one piece of text says about techniques."""

    present: frozenset[str]
    """The techniques that it asks for or names."""
    suits: tuple[tuple[str, int], ...]
    """How many words speak for a technique, by id."""


def sum_of_facts(parts: Iterable[BlockFacts]) -> BlockFacts:
    """What several texts say together."""
    present: set[str] = set()
    suits: dict[str, int] = {}
    for part in parts:
        present |= part.present
        for technique, count in part.suits:
            suits[technique] = suits.get(technique, 0) + count
    return BlockFacts(frozenset(present), tuple(sorted(suits.items())))


class Names:
    """The names, cues and task words of a catalogue, compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._mentions: PhraseIndex[tuple[str, bool]] = PhraseIndex()
        self._signs: PhraseIndex[tuple[str, bool]] = PhraseIndex()
        """Cues and task words: the technique, and whether it is a cue."""
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
            for phrase in technique.cues.all:
                self._signs.add(phrase, (technique.id, True))
            for phrase in technique.suits.all:
                self._signs.add(phrase, (technique.id, False))
        for phrase in catalogue.context.all:
            self._context.add(phrase, None)
        self._techniques = frozenset(catalogue.techniques)
        self._remembered = lru_cache(maxsize=MEMORY)(self._facts)
        self._remembered_long = lru_cache(maxsize=LONG_MEMORY)(self._facts)

    def facts(self, text: str) -> BlockFacts:
        """What `text` says, remembered: an edit costs only the pieces that it touched."""
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

    def _facts(self, text: str) -> BlockFacts:
        present = {mention.id for mention in self.mentions(text)} & self._techniques
        suits: dict[str, int] = {}
        for hit in self._signs.find(text):
            technique, is_cue = hit.value
            if is_cue:
                present.add(technique)
            else:
                suits[technique] = suits.get(technique, 0) + 1
        return BlockFacts(frozenset(present), tuple(sorted(suits.items())))


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
