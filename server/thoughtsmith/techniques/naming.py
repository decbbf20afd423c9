"""Which techniques and terms a text names, and which techniques it shows signs of."""

from __future__ import annotations

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
MEMORY = 16_384
"""Pieces of text whose facts are remembered: those of several large prompts."""


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
        self.facts = lru_cache(maxsize=MEMORY)(self._facts)
        """The `BlockFacts` of a text, remembered: an edit costs only the blocks that it touched."""

    def mentions(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """What is named between `start` and `end`; an ambiguous abbreviation only if its surroundings make it clear."""
        for hit in self._mentions.find(text, start, end):
            name, needs_context = hit.value
            if not needs_context or self._in_context(text, hit.span):
                yield Mention(hit.span, name)

    def _in_context(self, text: str, span: Span) -> bool:
        start, end = max(span.start - CONTEXT_WINDOW, 0), min(span.end + CONTEXT_WINDOW, len(text))
        if next(self._context.find(text, start, end), None) is not None:
            return True
        start, end = max(span.start - TERM_WINDOW, 0), min(span.end + TERM_WINDOW, len(text))
        # Another term is context as well, unless it is as ambiguous and as short as this one.
        return any(
            (not hit.value[1] or len(hit.span) > MAX_ABBREVIATION)
            and not (hit.span.start < span.end and span.start < hit.span.end)
            for hit in self._mentions.find(text, start, end)
        )

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
