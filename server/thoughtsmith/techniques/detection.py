"""Detection: which techniques a prompt asks for, where, with what parameters, and which parts they lack.

Signs are found passage by passage and remembered by the text of the passage. What needs the whole document is a cheap
pass over the signs: headings that turn round or quote what stands below them, signs that only together speak for a
technique, neighbouring signs that make one block, techniques that are part of another.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.passages import HEADING, ITEM, PROSE, QUOTE, TAG, Passage, passages
from thoughtsmith.techniques.pattern import Marks
from thoughtsmith.techniques.reading import Abbreviations, Reading
from thoughtsmith.techniques.sign_content import NAME, TITLE, SignContent
from thoughtsmith.techniques.signs import Polarity, SignFinder
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import ChainSource, Problem, Technique, Value
    from thoughtsmith.techniques.signs import Hit

ENOUGH = 0.5
"""From this confidence on a technique is reported."""
NEAR = 2
"""Passages between two signs of one block at most."""
FAR = 100
"""Clues that are looked at for the next sign of a chain: more in so few passages are no prompt."""
LONG_BLOCK = 5_000
"""Tokens of a block in which its parts are looked for."""
LONG_SECTION = 4_000
"""Characters: a longer section is not one block because its heading speaks of a technique."""


class Detection(NamedTuple):
    """A technique in a prompt; spans are offsets in the text."""

    id: str
    form: str
    """`instruction`, or `mention`: it is named, taught or quoted."""
    negated: bool
    confidence: float
    span: Span
    """The whole block."""
    places: tuple[Span, ...]
    """Where the words stand that say so."""
    params: tuple[tuple[str, Value], ...]
    present: tuple[str, ...]
    """The parts that the block has, by id."""
    missing: tuple[str, ...]
    """The required parts that it lacks."""


class Signalled(NamedTuple):
    """A signal that a sentence gives; spans are offsets in the text."""

    id: str
    span: Span
    """The words that say so."""
    sentence: Span


class Found(NamedTuple):
    """What a prompt asks for."""

    detections: tuple[Detection, ...]
    signals: tuple[Signalled, ...]
    """The instructions that are no technique and get along with some techniques badly."""


class _Clue(NamedTuple):
    """A sign in the document."""

    passage: int
    hit: Hit
    span: Span
    sentence: Span
    negated: bool
    mention: bool
    home: int
    """The heading, tag or lead around it that names the technique; -1 if none does."""


class _Group(NamedTuple):
    """Clues that make one block."""

    clues: tuple[_Clue, ...]
    confidence: float


class Detector:
    """Finds the techniques of a catalogue in prompts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._techniques = catalogue.techniques
        self._content = content = SignContent(catalogue)
        self._speaking = catalogue.techniques.keys() | content.sentence_signals
        self._finder = SignFinder(content.lexicon, content.signs, Polarity(content.lexicon), content.following)
        self._abbreviations = Abbreviations(content.lexicon.exact)
        self._remembered_parts = lru_cache(maxsize=1024)(self._present_parts)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out because a pattern is none."""
        return tuple(self._content.problems)

    @property
    def searched(self) -> int:
        """How many passages have been searched and not remembered; what an edit costs."""
        return self._finder.searched

    def detect(self, tree: PromptTree) -> tuple[Detection, ...]:
        """The techniques of a prompt in the order in which they stand."""
        return self.find(tree).detections

    def find(self, tree: PromptTree, text: str | None = None) -> Found:
        """The techniques and signals of a prompt, each in the order in which they stand.

        `text` is what to read instead of the text of the tree, place by place, where that has comments in it.
        """
        text = tree.lines.text if text is None else text
        found = passages(tree, text)
        hits = self._hits(text, found)
        signals = self._signals(hits)
        clues = self._clues(found, hits, signals)
        signalled = [
            Signalled(id, clue.span, clue.sentence)
            for id in self._content.sentence_signals & clues.keys()
            for clue in clues.pop(id)
            if not clue.negated and not clue.mention
        ]
        detections: list[Detection] = []
        for id, own in clues.items():
            for kind in ((False, False), (True, False), (False, True)):
                groups = self._groups(id, found, [clue for clue in own if (clue.negated, clue.mention) == kind])
                blocks = _united([(_block(text, found, group.clues), group) for group in groups])
                detections += [self._detection(self._techniques[id], text, span, group) for span, group in blocks]
        detections = self._absorbed(detections)
        detections += self._mentions(found, hits, detections)
        return Found(
            tuple(sorted(detections, key=lambda d: (d.span.start, d.id, d.form, d.negated))),
            tuple(sorted(signalled, key=lambda signal: (signal.span, signal.id))),
        )

    def parts_of(self, id: str, text: str) -> tuple[str, ...]:
        """The parts of a technique that show in a text, by id."""
        return self._remembered_parts(id, text)

    def _hits(self, text: str, found: list[Passage]) -> list[tuple[Hit, ...]]:
        """The signs of each passage; those that only continue a chain where one has been opened."""
        hits: list[tuple[Hit, ...]] = []
        open_until = -1
        for index, passage in enumerate(found):
            words = text[passage.span.start : passage.span.end]
            here = self._finder.find(words, passage.place, leads=passage.leads, following=False)
            for hit in here:
                if (reach := self._content.openers.get((hit.sign.owner, hit.sign.id))) is not None:
                    open_until = max(open_until, index + reach)
            if index <= open_until:
                more = self._finder.find(words, passage.place, leads=passage.leads, following=True)
                here = tuple(sorted(here + more, key=lambda hit: hit.span)) if more else here
            hits.append(here)
        return hits

    def _signals(self, hits: list[tuple[Hit, ...]]) -> frozenset[str]:
        """The signals that the document as a whole gives."""
        given: dict[str, int] = {}
        counts: dict[str, dict[str, int]] = {}
        for here in hits:
            for hit in here:
                sign = hit.sign
                if sign.owner in self._content.document_signals and not hit.negated:
                    own = counts.setdefault(sign.owner, {})
                    own[sign.id] = own.get(sign.id, 0) + 1
                    if own[sign.id] == sign.least:
                        given[sign.owner] = given.get(sign.owner, 0) + 1
        return frozenset(owner for owner, count in given.items() if count >= self._content.document_signals[owner])

    def _clues(
        self, found: list[Passage], hits: list[tuple[Hit, ...]], signals: frozenset[str]
    ) -> dict[str, list[_Clue]]:
        everything_mentioned = any(self._content.document_effects.get(signal) == "mentions" for signal in signals)
        titles = {index: names for index, here in enumerate(hits) if here and (names := _named(found[index], here))}
        below: dict[int, tuple[bool, bool]] = {}
        """Whether a passage negates, and only mentions, what stands below it."""
        clues: dict[str, list[_Clue]] = {}
        for index, here in enumerate(hits):
            if not here:
                continue
            passage = found[index]
            negates, mentions = False, passage.place == QUOTE or everything_mentioned
            for around in passage.path if below else ():
                if around in below:
                    negates, mentions = negates or below[around][0], mentions or below[around][1]
            effects = {
                self._content.section_effects[hit.sign.owner]
                for hit in here
                if hit.sign.owner in self._content.section_effects and not hit.negated
            }
            if effects:
                below[index] = ("negates" in effects, "mentions" in effects)
            for hit in here:
                sign = hit.sign
                if sign.owner not in self._speaking or sign.not_in & signals:
                    continue
                start = passage.span.start
                clue = _Clue(
                    index,
                    hit,
                    hit.span.shifted(start),
                    hit.sentence.shifted(start),
                    hit.negated or (negates and not hit.affirmed),
                    mentions or hit.quoted,
                    _home(passage, index, titles, sign.owner),
                )
                clues.setdefault(sign.owner, []).append(clue)
        return {id: _often_enough(own) for id, own in clues.items()}

    def _groups(self, id: str, found: list[Passage], clues: list[_Clue]) -> Iterator[_Group]:
        """The blocks that clues of one kind make."""
        weights: list[tuple[int, int, float]] = [
            (index, index, clue.hit.sign.weight) for index, clue in enumerate(clues) if clue.hit.sign.weight
        ]
        for chain in self._content.chains.get(id, ()):
            weights += _chained(chain, clues)
        weights.sort()
        first = last = -1
        doubt = 1.0
        for start, end, weight in weights:
            if last >= 0 and (start <= last or _near(found, clues[last], clues[start])):
                last = max(last, end)
                doubt *= 1 - weight
                continue
            if last >= 0 and 1 - doubt >= ENOUGH:
                yield _Group(tuple(clues[first : last + 1]), 1 - doubt)
            first, last, doubt = start, end, 1 - weight
        if last >= 0 and 1 - doubt >= ENOUGH:
            yield _Group(tuple(clues[first : last + 1]), 1 - doubt)

    def _detection(self, technique: Technique, text: str, span: Span, group: _Group) -> Detection:
        clues = group.clues
        present = self._remembered_parts(technique.id, text[span.start : span.end])
        params: dict[str, Value] = {}
        for clue in clues:
            if clue.hit.number is not None:
                params.setdefault(clue.hit.sign.number, clue.hit.number)
        return Detection(
            id=technique.id,
            form="mention" if clues[0].mention else "instruction",
            negated=clues[0].negated,
            confidence=round(min(group.confidence, 0.99), 2),
            span=span,
            places=tuple(sorted({clue.span for clue in clues})),
            params=tuple(sorted(params.items())),
            present=present,
            missing=tuple(part.id for part in technique.parts if part.required and part.id not in present),
        )

    def _present_parts(self, id: str, text: str) -> tuple[str, ...]:
        marks = Marks(Reading(text, self._abbreviations).tokens[:LONG_BLOCK], self._content.lexicon)
        return tuple(
            part for part, patterns in self._content.parts[id] if any(p.ends(marks, marks.full) for p in patterns)
        )

    def _absorbed(self, detections: list[Detection]) -> list[Detection]:
        """Without those that are part of another technique's block."""
        absorbing: dict[tuple[str, bool], list[Span]] = {}
        for detection in detections:
            if detection.form == "instruction":
                for id in self._techniques[detection.id].absorbs:
                    absorbing.setdefault((id, detection.negated), []).append(detection.span)
        within = {key: _Spans(spans) for key, spans in absorbing.items()}
        return [
            detection
            for detection in detections
            if detection.form != "instruction"
            or (spans := within.get((detection.id, detection.negated))) is None
            or not spans.touch(detection.span)
        ]

    def _mentions(
        self, found: list[Passage], hits: list[tuple[Hit, ...]], detections: list[Detection]
    ) -> Iterator[Detection]:
        """The names of techniques that no detection of them covers."""
        covered: dict[str, list[Span]] = {}
        for detection in detections:
            covered.setdefault(detection.id, []).append(detection.span)
        blocks = {id: _Spans(spans) for id, spans in covered.items()}
        for passage, here in zip(found, hits, strict=True):
            for hit in here:
                if hit.sign.id != NAME:
                    continue
                id, span = hit.sign.owner, hit.span.shifted(passage.span.start)
                if id not in blocks or not blocks[id].touch(span):
                    yield Detection(id, "mention", False, 0.9, span, (span,), (), (), ())


class _Spans:
    """Spans that are asked whether they touch another one."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            # Those that overlap are one, so that their ends are sorted as well.
            if self._spans and span.start <= self._spans[-1].end:
                span = Span(self._spans[-1].start, max(self._spans.pop().end, span.end))
            self._spans.append(span)

    def touch(self, other: Span) -> bool:
        """Whether one of the spans has a character in common with `other`."""
        index = bisect_left(self._spans, (other.end, 0)) - 1
        return index >= 0 and self._spans[index].end > other.start


def _named(passage: Passage, hits: tuple[Hit, ...]) -> frozenset[str]:
    """The techniques that a heading, tag or lead names."""
    if not passage.leads:
        return frozenset()
    return frozenset(hit.sign.owner for hit in hits if hit.sign.id in (NAME, TITLE))


def _home(passage: Passage, index: int, titles: dict[int, frozenset[str]], id: str) -> int:
    """The outermost heading, tag or lead at or around a passage that names the technique."""
    if not titles:
        return -1
    return next((around for around in (*passage.path, index) if id in titles.get(around, ())), -1)


def _often_enough(clues: list[_Clue]) -> list[_Clue]:
    """Without those whose sign must be there more often."""
    counts: dict[tuple[str, bool, bool], int] = {}
    for clue in clues:
        key = (clue.hit.sign.id, clue.negated, clue.mention)
        counts[key] = counts.get(key, 0) + 1
    return [clue for clue in clues if counts[clue.hit.sign.id, clue.negated, clue.mention] >= clue.hit.sign.least]


def _chained(chain: ChainSource, clues: list[_Clue]) -> Iterator[tuple[int, int, float]]:
    """The first and last clue of every chain, and its weight."""
    first, *others = (wanted.split("|") for wanted in chain.signs)
    for index, clue in enumerate(clues):
        if clue.hit.sign.id not in first:
            continue
        last = index
        for wanted in others:
            following = _next(clues, last, clue.passage + chain.within, wanted)
            if following is None:
                break
            last = following
        else:
            yield index, last, chain.weight


def _next(clues: list[_Clue], index: int, last_passage: int, wanted: list[str]) -> int | None:
    """The next clue of one of the signs `wanted`, no farther than a passage and `FAR` clues."""
    for later in range(index + 1, min(index + 1 + FAR, len(clues))):
        if clues[later].passage > last_passage:
            return None
        if clues[later].hit.sign.id in wanted:
            return later
    return None


def _near(found: list[Passage], one: _Clue, other: _Clue) -> bool:
    """Whether two clues may belong to one block."""
    if other.passage == one.passage or one.home == other.home >= 0:
        return True
    here, there = found[one.passage], found[other.passage]
    return other.passage - one.passage <= NEAR and (
        here.path == there.path or one.passage in there.path or here.path[:1] == there.path[:1] != ()
    )


def _united(blocks: list[tuple[Span, _Group]]) -> list[tuple[Span, _Group]]:
    """Blocks that overlap as one; they are in the order of their first clues."""
    united: list[tuple[Span, _Group]] = []
    for span, group in blocks:
        if united and span.start < united[-1][0].end and united[-1][0].start < span.end:
            last, others = united.pop()
            doubt = (1 - group.confidence) * (1 - others.confidence)
            span = Span(min(span.start, last.start), max(span.end, last.end))
            group = _Group(others.clues + group.clues, 1 - doubt)
        united.append((span, group))
    return united


def _end_of(found: list[Passage], index: int) -> int:
    """Where what a passage leads to ends."""
    end = found[index].block.end
    if found[index].place != PROSE:
        # The block of a heading, tag or item holds what belongs to it.
        return end
    following = index + 1
    while following < len(found) and index in found[following].path:
        end = max(end, found[following].block.end)
        following += 1
    return end


def _block(text: str, found: list[Passage], clues: tuple[_Clue, ...]) -> Span:
    """The whole block that clues stand in: sentences, items with what is below them, sections."""
    start = min(clue.sentence.start for clue in clues)
    end = max(clue.sentence.end for clue in clues)
    for home in {clue.home for clue in clues if clue.home >= 0}:
        start, end = min(start, found[home].block.start), max(end, _end_of(found, home))
    for clue in clues:
        passage = found[clue.passage]
        block = passage.block
        if passage.place in (HEADING, TAG) and len(block) > LONG_SECTION:
            block = passage.span
        if passage.place in (ITEM, HEADING, TAG):
            start, end = min(start, block.start), max(end, block.end)
        elif passage.leads and not text[clue.sentence.end : passage.span.end].strip(" \t:*_"):
            # The last sentence of what leads to a list takes the list with it.
            end = max(end, _end_of(found, clue.passage))
    return Span(start, max(end, start))
