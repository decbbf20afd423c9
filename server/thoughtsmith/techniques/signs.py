"""Signs: what in the words of a prompt speaks for a technique, and finding them in a passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.techniques.pattern import Found, Marks, Pattern
from thoughtsmith.techniques.reading import Abbreviations, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from thoughtsmith.techniques.lexicon import Lexicon
    from thoughtsmith.text.span import Span

REACH = 6
"""Words before a sign in which a negation still means it."""
MAX_TOKENS = 1_500
"""Tokens that are matched at once: a longer passage is cut at the end of a sentence."""
MEMORY, LONG_MEMORY, LONG = 16_384, 64, 4_000
"""Passages whose signs are remembered, and how many of those longer than `LONG` characters."""

_QUOTED = re.compile(r"“[^”\n]{2,400}”|«[^»\n]{2,400}»|\"[^\"\n]{2,400}\"|(?<!\w)'[^'\n]{6,400}'(?!\w)")
_BREAKS_OFF = re.compile(
    r"\w\s*(?:\s[\u2013\u2014-]\s"
    r"|,(?!.*\b(?:or|nor|и|или|ни)\b)"
    r"|(?<!following)(?<!these)(?<!this)(?<!следующее):)",
    re.IGNORECASE,
)
"""What ends the reach of a negation, "do not guess: check": a dash, a colon, a comma that begins no list."""
_OPENS_VALUE = re.compile(r"(?:^|[:=(\[{,+>|*\u2192-]|\b[frub]{1,2})\s*$")
"""What stands before a quotation mark that begins a value or a whole line, not a quotation."""


@dataclass(frozen=True)
class Sign:
    """One way in which people ask for something; found by any of its patterns."""

    owner: str
    """The technique or signal that it speaks for."""
    id: str
    weight: float
    """How sure the sign alone makes that the technique is asked for, 0 to 1."""
    where: frozenset[str]
    """The places where it counts."""
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    """Patterns that take its meaning away when they match in the same sentence."""
    number: str = ""
    """The parameter that a number in the match gives."""
    least: int = 1
    """How many times the prompt must have it."""
    polar: bool = True
    """Whether a negation before it turns it round."""
    leads: bool = False
    """Whether it counts only where it introduces something: headings, lines in bold, text before a list."""
    not_in: frozenset[str] = field(default_factory=frozenset)
    """Signals that take its meaning away when the document has them."""


class Hit(NamedTuple):
    """A sign in a passage; spans are offsets in the passage."""

    sign: Sign
    span: Span
    sentence: Span
    negated: bool
    affirmed: bool
    """Whether the sentence itself says that it is meant: "do not forget to"."""
    quoted: bool
    number: int | None


class SignFinder:
    """All signs of a catalogue, found together. A passage is read only if it has a word that some pattern needs."""

    def __init__(
        self, lexicon: Lexicon, signs: Iterable[Sign], polarity: Polarity, following: frozenset[tuple[str, str]]
    ) -> None:
        """`following`: the owner and id of signs that say nothing unless another one stands before them."""
        self._lexicon = lexicon
        self._polarity = polarity
        self._following = following
        self._by_anchor: dict[int, list[_Entry]] = {}
        """The patterns of all signs by the rarest word that each of them needs."""
        pairs = ((sign, pattern) for sign in signs for pattern in sign.patterns)
        for number, (sign, pattern) in enumerate(pairs):
            first, *others = sorted(pattern.needs, key=lambda need: not need.isdisjoint(lexicon.no_words))
            entry = _Entry(number, sign, pattern, tuple(others))
            for anchor in first:
                self._by_anchor.setdefault(anchor, []).append(entry)
        self._tables: dict[tuple[str, bool, bool], _Table] = {}
        self._abbreviations = Abbreviations(lexicon.exact)
        self._classes_of = lexicon.classes.__getitem__
        self._remembered = lru_cache(maxsize=MEMORY)(self._find)
        self._remembered_long = lru_cache(maxsize=LONG_MEMORY)(self._find)

    @property
    def searched(self) -> int:
        """How many passages have been searched and not remembered; what an edit costs."""
        return self._remembered.cache_info().misses + self._remembered_long.cache_info().misses

    def find(self, text: str, place: str, *, leads: bool, following: bool) -> tuple[Hit, ...]:
        """Every sign that counts in a passage at such a place, in order; one of a kind for each sentence.

        The signs that follow others are looked for apart from the rest. Remembered by the text and the place.
        """
        return (self._remembered if len(text) <= LONG else self._remembered_long)(text, place, leads, following)

    def _find(self, text: str, place: str, leads: bool, following: bool) -> tuple[Hit, ...]:
        reading = Reading(text, self._abbreviations)
        table = self._tables.get((place, leads, following))
        if table is None:

            def counts(sign: Sign) -> bool:
                return (
                    place in sign.where
                    and (leads or not sign.leads)
                    and ((sign.owner, sign.id) in self._following) is following
                )

            table = self._tables[place, leads, following] = _Table(self._by_anchor, counts)
        present: set[int] = set().union(*map(self._classes_of, set(reading.tokens)))
        candidates = table.candidates(present)
        if not candidates:
            return ()
        if len(candidates) > 1:
            candidates = _in_order(candidates, present)
        hits: list[Hit] = []
        quotations = _quotations(text)
        start = 0
        while start < len(reading.tokens):
            end = self._cut(reading.tokens, start)
            hits += self._find_in(text, reading, start, end, candidates, quotations)
            start = end
        # A sign with a polarity of its own knows better: "never answer before you have reasoned".
        meant = {(hit.sign.owner, hit.sentence) for hit in hits if not hit.sign.polar}
        hits = [hit for hit in hits if not hit.negated or (hit.sign.owner, hit.sentence) not in meant]
        return tuple(sorted(hits, key=lambda hit: hit.span))

    def _cut(self, tokens: list[str], start: int) -> int:
        """Where the piece of a passage that begins at token `start` ends."""
        end = start + MAX_TOKENS
        if end >= len(tokens):
            return len(tokens)
        for cut in range(end, start + MAX_TOKENS // 2, -1):
            if self._lexicon.stop in self._lexicon.classes[tokens[cut - 1]]:
                return cut
        return end

    def _find_in(
        self,
        text: str,
        reading: Reading,
        start: int,
        end: int,
        candidates: list[_Entry],
        quotations: list[tuple[int, int]],
    ) -> list[Hit]:
        """The hits in the tokens from `start` to `end`."""
        tokens = reading.tokens[start:end]
        marks = Marks(tokens, self._lexicon)
        hits: list[Hit] = []
        done: dict[tuple[int, Found], bool] = {}
        tried: set[int] = set()
        for _, sign, pattern, _ in candidates:
            if id(pattern) in tried:
                # Another sign has the same.
                continue
            tried.add(id(pattern))
            for found in pattern.find(marks):
                sentence = _sentence(marks, found)
                key = (id(sign), sentence)
                # One hit of a kind for each sentence, but what is negated must not hide what is not.
                if done.get(key) is False:
                    continue
                if sign.unless:
                    places = (1 << sentence.end) - (1 << sentence.start)
                    if any(unless.ends(marks, places) for unless in sign.unless):
                        continue
                negated, affirmed = False, False
                if sign.polar and (negation := self._polarity.negation(marks, found, sentence)) is not None:
                    at = start + negation.at
                    between = text[reading.span(at, at + 1).end : reading.span(start + found.start, 0).start]
                    broken_off = _BREAKS_OFF.search(between) is not None
                    negated = not negation.cancelled and not broken_off
                    affirmed = negation.cancelled and not broken_off
                if done.get(key) is negated:
                    continue
                done[key] = negated
                number = self._number(tokens[found.start : found.end]) if sign.number else None
                span = reading.span(start + found.start, start + found.end)
                # With the mark that ends it, unless that is the end of a line.
                stopped = sentence.end < len(tokens) and tokens[sentence.end] != "\n"
                whole = reading.span(start + sentence.start, start + sentence.end + stopped)
                hits.append(Hit(sign, span, whole, negated, affirmed, _is_quoted(quotations, span), number))
        return hits

    def _number(self, tokens: list[str]) -> int | None:
        """The first number among tokens."""
        values = (self._lexicon.number_of(token) for token in tokens)
        return next((value for value in values if value is not None), None)


class _Entry(NamedTuple):
    """A pattern of a sign."""

    number: int
    """Its place in the content."""
    sign: Sign
    pattern: Pattern
    needs: tuple[frozenset[int], ...]
    """What it needs beside the word by which it is looked up."""


class _Shelf(NamedTuple):
    """Patterns that need the same two words."""

    second: frozenset[int]
    """The classes of one of which the second must be; the first is that by which they are looked up."""
    entries: list[tuple[tuple[frozenset[int], ...], _Entry]]
    """The patterns with what else they need."""


class _Table:
    """The patterns of some of the signs by the rarest word that each of them needs."""

    def __init__(self, everything: Mapping[int, Sequence[_Entry]], counts: Callable[[Sign], bool]) -> None:
        """`everything`: the patterns of all signs by the same words. `counts`: whether a sign is one of those meant."""
        self._everything = everything
        self._counts = counts
        self._anchors = set(everything)
        self._shelves: dict[int, list[_Shelf]] = {}
        """Of the words that a text has had."""

    def candidates(self, present: set[int]) -> list[_Entry]:
        """The patterns of which a passage has all words, in whatever order: mostly none, and it is done with."""
        return [
            entry
            for anchor in present & self._anchors
            for second, entries in self._shelves.get(anchor) or self._look_up(anchor)
            if not second.isdisjoint(present)
            for others, entry in entries
            if not others or not any(need.isdisjoint(present) for need in others)
        ]

    def _look_up(self, anchor: int) -> list[_Shelf]:
        shelves: dict[frozenset[int], _Shelf] = {}
        for entry in self._everything[anchor]:
            if self._counts(entry.sign):
                # A pattern that needs nothing else is looked at in any case.
                second = entry.needs[0] if entry.needs else frozenset((anchor,))
                shelves.setdefault(second, _Shelf(second, [])).entries.append((entry.needs[1:], entry))
        if shelves:
            self._shelves[anchor] = list(shelves.values())
        else:
            self._anchors.discard(anchor)
        return list(shelves.values())


def _in_order(candidates: list[_Entry], present: set[int]) -> list[_Entry]:
    """The candidates by the first class of what each needs most that a passage has, then as the content has them."""
    needs = {entry.pattern.needs[0] for entry in candidates}
    first = {need: min(need & present) for need in needs}
    return sorted(candidates, key=lambda entry: (first[entry.pattern.needs[0]], entry.number))


class Negation(NamedTuple):
    """A word that negates what follows it."""

    at: int
    """The number of its token."""
    cancelled: bool
    """Whether another word turns it round again."""


class Polarity:
    """Tells whether a negation means what follows it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._not = lexicon.id_of("@not")
        self._without = lexicon.id_of("@without")
        """Negations that another one before them turns round: "never … without"."""
        self._auxiliary = lexicon.id_of("@auxiliary")
        self._cancels = lexicon.id_of("@not-cancelled")
        """Words after which a negation asks for the thing: "do not forget to", "not only", "do not answer before"."""

    def negation(self, marks: Marks, found: Found, sentence: Found) -> Negation | None:
        """The negation before a match in a sentence."""
        first = max(found.start - REACH, sentence.start)
        window = (1 << found.start) - (1 << first)
        if marks.masks.get(self._auxiliary, 0) >> found.start & 1 and found.end > found.start + 1:
            # The second word of a match may be one: "do not check".
            window |= 2 << found.start
        negations = marks.masks.get(self._not, 0) & window
        if not negations:
            return None
        last = negations.bit_length() - 1
        twice = marks.masks.get(self._without, 0) >> last & 1 and negations & ((1 << last) - 1)
        # The first word of the match counts: "do not answer before checking".
        between = (1 << max(found.start, last + 1) + 1) - (1 << last + 1)
        return Negation(last, bool(twice or marks.masks.get(self._cancels, 0) & between))


def _sentence(marks: Marks, found: Found) -> Found:
    """The sentences that a match touches."""
    before = marks.stops & ((1 << found.start) - 1)
    behind = marks.stops >> found.end
    end = found.end + (behind & -behind).bit_length() - 1 if behind else marks.full.bit_length() - 1
    return Found(before.bit_length(), end)


def _quotations(text: str) -> list[tuple[int, int]]:
    """Where words stand in quotation marks inside a sentence: examples of words, not instructions."""
    if not any(mark in text for mark in "\"'“«"):
        return []
    found: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(text):
        start = match.start()
        line_start = text.rfind("\n", max(0, start - 40), start) + 1
        if _OPENS_VALUE.search(text[max(line_start, start - 40) : start]) is None:
            found.append(match.span())
    return found


def _is_quoted(quotations: list[tuple[int, int]], span: Span) -> bool:
    index = bisect_right(quotations, (span.start, len(quotations) and quotations[-1][1])) - 1
    return index >= 0 and span.end <= quotations[index][1]
