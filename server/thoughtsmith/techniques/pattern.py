r"""Patterns over tokens, matched in linear time by construction.

A pattern is a row of elements with spaces between them:

* `word`, `stem*`: that word, or one that begins so and has an inflectional ending; hyphens separate words;
* `@class`: a word or phrase of a word class; `#`: a number in digits or words; `:`; `<tag>`; `@code`; `@variable`;
* `(a b|c)`: one of several sequences;  `element?`: may be missing;
* `..`: up to three words in the same sentence, `..5`: up to five;  `//`: up to forty tokens, into the next sentences;
* `^`: the start of a sentence or what follows a colon;  `$`: the end of a sentence;
* `!element`: not followed by that word or class;  `<!element`: not preceded by it.

A passage is a row of tokens. The places at which a match may stand are the bits of one integer, and an element takes
the set of places before it to the set of places behind it: a token masks and shifts, alternatives unite, a gap shifts a
bounded number of times. So looking for a pattern costs a fixed number of operations on integers for every element and
every match, nothing backtracks, and how long a pattern of somebody else may take is bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from thoughtsmith.techniques.lexicon import Lexicon


class Marks:
    """The classes of the tokens of one passage: for each class the set of places at which a token of it stands."""

    __slots__ = ("_places", "full", "masks", "present", "starts", "stops")

    def __init__(self, tokens: Sequence[str], lexicon: Lexicon) -> None:
        masks: dict[int, int] = {}
        mask = masks.get
        classes = lexicon.classes
        bit = 1
        for token in tokens:
            for class_id in classes[token]:
                masks[class_id] = mask(class_id, 0) | bit
            bit <<= 1
        self.masks = masks
        self.stops = masks.get(lexicon.stop, 0)
        """The places of the tokens that end a sentence."""
        self.full = bit | (bit - 1)
        """Every place, the one behind the last token included."""
        self.starts = 1 | (self.stops | masks.get(lexicon.colon, 0)) << 1
        self.present = set(masks)
        self._places: dict[Words, list[tuple[int, int]]] = {}

    def of_words(self, words: Words) -> list[tuple[int, int]]:
        """Where words and phrases stand: for each length in tokens, the places at which one begins. Worked out once."""
        found = self._places.get(words)
        if found is None:
            found = self._places[words] = words.places(self.masks)
        return found


class Node:
    """An element of a compiled pattern. `forward` and `backward` take sets of places to sets of places."""

    def forward(self, places: int, marks: Marks) -> int:
        raise NotImplementedError

    def backward(self, places: int, marks: Marks) -> int:
        raise NotImplementedError

    def needs(self) -> list[frozenset[int]]:
        """Sets of classes, of each of which the text must have a word."""
        return []


class Token(Node):
    def __init__(self, class_id: int) -> None:
        self.class_id = class_id

    def forward(self, places: int, marks: Marks) -> int:
        return (places & marks.masks.get(self.class_id, 0)) << 1

    def backward(self, places: int, marks: Marks) -> int:
        return (places >> 1) & marks.masks.get(self.class_id, 0)

    def needs(self) -> list[frozenset[int]]:
        return [frozenset((self.class_id,))]


class Words(Node):
    """Any of several words and phrases."""

    def __init__(self, singles: Iterable[int], phrases: Iterable[tuple[int, ...]], costs: Sequence[float]) -> None:
        self._costs = costs
        self.singles = tuple(dict.fromkeys(singles))
        self.phrases = tuple(dict.fromkeys(phrases))

    @lazy
    def _begins(self) -> tuple[frozenset[int], Mapping[int, Sequence[tuple[int, ...]]]]:
        """The single words, and by its first word what follows in each phrase."""
        phrases: dict[int, list[tuple[int, ...]]] = {}
        for first, *others in self.phrases:
            phrases.setdefault(first, []).append(tuple(others))
        return frozenset(self.singles), phrases

    def places(self, masks: Mapping[int, int]) -> list[tuple[int, int]]:
        singles, phrases = self._begins
        present = masks.keys()
        lengths: dict[int, int] = {}
        for class_id in present & singles:
            lengths[1] = lengths.get(1, 0) | masks[class_id]
        for first in present & phrases.keys():
            for others in phrases[first]:
                places = masks[first]
                for shift, other in enumerate(others, 1):
                    places &= masks.get(other, 0) >> shift
                    if not places:
                        break
                else:
                    length = len(others) + 1
                    lengths[length] = lengths.get(length, 0) | places
        return list(lengths.items())

    def forward(self, places: int, marks: Marks) -> int:
        result = 0
        for length, begins in marks.of_words(self):
            result |= (places & begins) << length
        return result

    def backward(self, places: int, marks: Marks) -> int:
        result = 0
        for length, begins in marks.of_words(self):
            result |= (places >> length) & begins
        return result

    def needs(self) -> list[frozenset[int]]:
        rarest = (min(phrase, key=self._costs.__getitem__) for phrase in self.phrases)
        return [frozenset((*self.singles, *rarest))]


class Row(Node):
    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._reversed = nodes[::-1]

    def forward(self, places: int, marks: Marks) -> int:
        for node in self._nodes:
            places = node.forward(places, marks)
            if not places:
                return 0
        return places

    def backward(self, places: int, marks: Marks) -> int:
        for node in self._reversed:
            places = node.backward(places, marks)
            if not places:
                return 0
        return places

    def needs(self) -> list[frozenset[int]]:
        return [need for node in self._nodes for need in node.needs()]


class Choice(Node):
    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes

    def forward(self, places: int, marks: Marks) -> int:
        result = 0
        for node in self._nodes:
            result |= node.forward(places, marks)
        return result

    def backward(self, places: int, marks: Marks) -> int:
        result = 0
        for node in self._nodes:
            result |= node.backward(places, marks)
        return result

    def needs(self) -> list[frozenset[int]]:
        together: frozenset[int] = frozenset()
        for node in self._nodes:
            needs = node.needs()
            if not needs:
                return []
            together |= min(needs, key=len)
        return [together]


class Maybe(Node):
    def __init__(self, node: Node) -> None:
        self._node = node

    def forward(self, places: int, marks: Marks) -> int:
        return places | self._node.forward(places, marks)

    def backward(self, places: int, marks: Marks) -> int:
        return places | self._node.backward(places, marks)


class Gap(Node):
    """Up to `most` tokens; unless it is wide, none of them ends a sentence."""

    def __init__(self, most: int, *, wide: bool = False) -> None:
        self._most = most
        self._wide = wide

    def forward(self, places: int, marks: Marks) -> int:
        inside = marks.full if self._wide else marks.full & ~marks.stops
        for _ in range(self._most):
            more = places | (places & inside) << 1
            if more == places:
                break
            places = more
        return places & marks.full

    def backward(self, places: int, marks: Marks) -> int:
        inside = marks.full if self._wide else marks.full & ~marks.stops
        for _ in range(self._most):
            more = places | (places >> 1) & inside
            if more == places:
                break
            places = more
        return places


class Start(Node):
    def forward(self, places: int, marks: Marks) -> int:
        return places & marks.starts

    backward = forward


class End(Node):
    def forward(self, places: int, marks: Marks) -> int:
        return places & (marks.stops | marks.full & ~(marks.full >> 1))

    backward = forward


class Absent(Node):
    def __init__(self, class_ids: tuple[int, ...], *, behind: bool) -> None:
        self._class_ids = class_ids
        self._shift = 1 if behind else 0

    def forward(self, places: int, marks: Marks) -> int:
        for class_id in self._class_ids:
            places &= ~(marks.masks.get(class_id, 0) << self._shift)
        return places

    backward = forward


class Found(NamedTuple):
    """A match: the number of its first token, and of the one behind its last."""

    start: int
    end: int


class Pattern:
    """A compiled pattern. What it needs is known at once; its elements are made of its source when they are needed."""

    def __init__(self, source: str, needs: Sequence[frozenset[int]], node: Callable[[], Node]) -> None:
        self.source = source
        self.needs = needs
        """Sets of classes, of each of which every match has a word: at least one, the rarest first."""
        self._make = node

    @lazy
    def _node(self) -> Node:
        return self._make()

    def possible(self, present: set[int]) -> bool:
        """Whether a passage that has words of the classes `present` may have a match."""
        for need in self.needs:  # noqa: SIM110 -- called for every pattern that shares two words with a passage
            if need.isdisjoint(present):
                return False
        return True

    def ends(self, marks: Marks, places: int) -> int:
        """The places behind the matches that start at one of `places`."""
        return self._node.forward(places, marks) if self.possible(marks.present) else 0

    def find(self, marks: Marks) -> list[Found]:
        """The matches from left to right, the shortest at each place; they do not overlap."""
        ends = self.ends(marks, marks.full)
        found: list[Found] = []
        while ends:
            first = ends & -ends
            ends ^= first
            start = self._node.backward(first, marks).bit_length() - 1
            if not found or start >= found[-1].end:
                found.append(Found(start, first.bit_length() - 1))
        return found
