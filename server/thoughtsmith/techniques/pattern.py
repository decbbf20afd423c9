r"""Patterns over tokens, matched in linear time by construction.

A pattern is a sequence of elements with spaces between them:

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

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.techniques.lexicon import CODE, VARIABLE, Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GAP, LONGEST_GAP = 3, 15
WIDE_GAP, MAX_WIDE_GAPS = 40, 3
MAX_ELEMENTS = 200
"""Elements of one pattern, the content of its classes not counted."""
MAX_NESTING = 6
_ELEMENT = re.compile(r"\s*(\(|\)\??|\||//|\.\.\d*|\^|\$|(?:<!|!)?(?:@[\w-]+|<[\w/.:-]+>|#|:|[^\s()|?]+)\??)")
_HYPHENS = re.compile("[-\u2010-\u2015]")


class PatternError(ValueError):
    """The pattern is not one; the message says what is wrong with it."""


class Marks:
    """The classes of the tokens of one passage: for each class the set of places at which a token of it stands."""

    __slots__ = ("_classes", "full", "masks", "present", "starts", "stops")

    def __init__(self, tokens: Sequence[str], lexicon: Lexicon) -> None:
        masks: dict[int, int] = {}
        classes = lexicon.classes
        bit = 1
        for token in tokens:
            for class_id in classes(token):
                masks[class_id] = masks.get(class_id, 0) | bit
            bit <<= 1
        self.masks = masks
        self.stops = masks.get(lexicon.stop, 0)
        """The places of the tokens that end a sentence."""
        self.full = bit | (bit - 1)
        """Every place, the one behind the last token included."""
        self.starts = 1 | (self.stops | masks.get(lexicon.colon, 0)) << 1
        present = 0
        for class_id in masks:
            present |= 1 << class_id
        self.present = present
        self._classes: dict[_Words, list[tuple[int, int]]] = {}

    def of_words(self, words: _Words) -> list[tuple[int, int]]:
        """Where words and phrases stand: for each length in tokens, the places at which one begins. Worked out once."""
        found = self._classes.get(words)
        if found is None:
            found = self._classes[words] = words.places(self.masks)
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


class _Token(Node):
    def __init__(self, class_id: int) -> None:
        self.class_id = class_id

    def forward(self, places: int, marks: Marks) -> int:
        return (places & marks.masks.get(self.class_id, 0)) << 1

    def backward(self, places: int, marks: Marks) -> int:
        return (places >> 1) & marks.masks.get(self.class_id, 0)

    def needs(self) -> list[frozenset[int]]:
        return [frozenset((self.class_id,))]


class _Words(Node):
    """Any of several words and phrases."""

    def __init__(self, singles: Iterable[int], phrases: Iterable[tuple[int, ...]], costs: Sequence[float]) -> None:
        self._costs = costs
        self.singles = tuple(dict.fromkeys(singles))
        self.phrases = tuple(dict.fromkeys(phrases))

    def places(self, masks: Mapping[int, int]) -> list[tuple[int, int]]:
        lengths: dict[int, int] = {}
        for class_id in self.singles:
            if class_id in masks:
                lengths[1] = lengths.get(1, 0) | masks[class_id]
        for first, *others in self.phrases:
            places = masks.get(first, 0)
            shift = 0
            for other in others:
                if not places:
                    break
                shift += 1
                places &= masks.get(other, 0) >> shift
            if places:
                lengths[shift + 1] = lengths.get(shift + 1, 0) | places
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


class _Sequence(Node):
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


class _Choice(Node):
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


class _Optional(Node):
    def __init__(self, node: Node) -> None:
        self._node = node

    def forward(self, places: int, marks: Marks) -> int:
        return places | self._node.forward(places, marks)

    def backward(self, places: int, marks: Marks) -> int:
        return places | self._node.backward(places, marks)


class _Gap(Node):
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


class _Start(Node):
    def forward(self, places: int, marks: Marks) -> int:
        return places & marks.starts

    backward = forward


class _End(Node):
    def forward(self, places: int, marks: Marks) -> int:
        return places & (marks.stops | marks.full & ~(marks.full >> 1))

    backward = forward


class _Not(Node):
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
    """A compiled pattern."""

    def __init__(self, source: str, node: Node, costs: Sequence[float]) -> None:
        self.source = source
        self._node = node
        needs = node.needs()
        if not needs:
            raise PatternError(f"{source!r}: at least one word must be there in every match")
        rarest_first = sorted(needs, key=lambda need: sum(costs[class_id] for class_id in need))
        self.anchors = rarest_first[0]
        """The rarest set of classes, one of which every match has."""
        bits = [sum(1 << class_id for class_id in need) for need in rarest_first]
        self.second = bits[1] if len(bits) > 1 else -1
        """The classes, as bits, of which every match has one beside its anchor; all if there is only the anchor."""
        self._others = bits[2:]

    def possible(self, present: int) -> bool:
        """Whether a passage that has words of the classes `present`, one bit each, may have a match."""
        if not present & self.second:
            return False
        for need in self._others:  # noqa: SIM110 -- called for every pattern that shares two words with a passage
            if not present & need:
                return False
        return True

    def ends(self, marks: Marks, places: int) -> int:
        """The places behind the matches that start at one of `places`."""
        if not self.possible(marks.present):
            return 0
        return self._node.forward(places, marks)

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


class Compiler:
    """Turns the text of patterns into patterns over one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._classes: dict[str, _Words] = {}
        self._elements: dict[str, list[Node]] = {}
        """The nodes of elements met before; the same words come again and again."""
        for name, token in (("code", CODE), ("variable", VARIABLE)):
            self._classes[name] = _Words([lexicon.literal(token)], [], lexicon.costs)

    def define(self, name: str, entries: Iterable[str], exact: Iterable[str] = ()) -> None:
        """A word class `@name`. An entry of several words is a phrase, an entry `@other` takes in another class.

        The words of `exact` are in it only as they are written, `CoT`.
        """
        class_id = self.lexicon.id_of("@" + name)
        singles: list[int] = []
        phrases: list[tuple[int, ...]] = []
        for entry in entries:
            phrase = _HYPHENS.sub(" ", entry.removeprefix("-")).split()
            if entry.startswith("@"):
                other = self._class(entry, entry[1:])
                singles += other.singles
                phrases += other.phrases
            elif entry == "#":
                singles.append(self.lexicon.number)
            elif len(phrase) > 1 and not entry.startswith("-"):
                phrases.append(tuple(self.lexicon.literal(word) for word in phrase))
            else:
                self.lexicon.add(entry, class_id)
                singles.append(class_id)
        for word in exact:
            self.lexicon.add_exact(word, class_id)
            singles.append(class_id)
        if not singles and not phrases:
            raise PatternError(f"@{name}: the class is empty")
        self._classes[name] = _Words(singles, phrases, self.lexicon.costs)

    def knows(self, name: str) -> bool:
        """Whether there is a word class of that name."""
        return name in self._classes

    def compile(self, source: str, local: Mapping[str, str] | None = None) -> Pattern:
        """The pattern of `source`. `local` maps short class names to full ones. Raises `PatternError`."""
        elements = _split(source)
        node, rest = self._sequence(source, elements, 0, 0, local or {})
        if rest != len(elements):
            raise PatternError(f"{source!r}: there is a ')' without its '('")
        return Pattern(source, node, self.lexicon.costs)

    def _sequence(
        self, source: str, elements: list[str], index: int, depth: int, local: Mapping[str, str]
    ) -> tuple[Node, int]:
        if depth > MAX_NESTING:
            raise PatternError(f"{source!r}: nested too deeply")
        choices: list[list[Node]] = [[]]
        while index < len(elements) and elements[index] not in (")", ")?"):
            element = elements[index]
            index += 1
            if element == "|":
                choices.append([])
            elif element == "(":
                node, index = self._sequence(source, elements, index, depth + 1, local)
                if index == len(elements):
                    raise PatternError(f"{source!r}: there is a '(' without its ')'")
                choices[-1].append(_Optional(node) if elements[index] == ")?" else node)
                index += 1
            else:
                choices[-1] += self._element(source, element, local)
        if not all(choices):
            raise PatternError(f"{source!r}: a choice is empty")
        if len(choices) > 1 and all(isinstance(node, _Token) for nodes in choices for node in nodes):
            phrases = [tuple(node.class_id for node in nodes if isinstance(node, _Token)) for nodes in choices]
            singles = [phrase[0] for phrase in phrases if len(phrase) == 1]
            longer = [phrase for phrase in phrases if len(phrase) > 1]
            return _Words(singles, longer, self.lexicon.costs), index
        nodes = [nodes[0] if len(nodes) == 1 else _Sequence(nodes) for nodes in choices]
        return (nodes[0] if len(nodes) == 1 else _Choice(nodes)), index

    def _element(self, source: str, element: str, local: Mapping[str, str]) -> list[Node]:
        key = element
        if "@" in element:
            before, _, name = element.partition("@")
            bare = name.removesuffix("?")
            key = f"{before}@{local.get(bare, bare)}{name[len(bare) :]}"
        known = self._elements.get(key)
        if known is None:
            known = self._elements[key] = self._new_element(source, key)
        return known

    def _new_element(self, source: str, element: str) -> list[Node]:
        if element == "^":
            return [_Start()]
        if element == "$":
            return [_End()]
        if element == "//":
            return [_Gap(WIDE_GAP, wide=True)]
        if element.startswith(".."):
            most = int(element[2:] or GAP)
            if most > LONGEST_GAP:
                raise PatternError(f"{source!r}: a gap may have up to {LONGEST_GAP} words")
            return [_Gap(most)]
        if element.startswith(("!", "<!")):
            behind = element.startswith("<!")
            name = element[2 if behind else 1 :]
            return [_Not(self._single(source, name), behind=behind)]
        optional = element.endswith("?")
        element = element.removesuffix("?")
        node: Node
        if element.startswith("@"):
            node = self._class(source, element[1:])
        elif element == "#":
            node = _Token(self.lexicon.number)
        else:
            words = [element] if element.startswith("<") else _HYPHENS.sub(" ", element).split()
            if not words or any("*" in word[:-1] or word == "*" for word in words):
                raise PatternError(f"{source!r}: {element!r} is no word")
            tokens: list[Node] = [_Token(self.lexicon.literal(word)) for word in words]
            if not optional:
                return tokens
            node = tokens[0] if len(tokens) == 1 else _Sequence(tokens)
        return [_Optional(node)] if optional else [node]

    def _class(self, source: str, name: str) -> _Words:
        node = self._classes.get(name)
        if node is None:
            raise PatternError(f"{source!r}: there is no word class @{name}")
        return node

    def _single(self, source: str, name: str) -> tuple[int, ...]:
        """The classes of which one word must not stand somewhere."""
        if name == "#":
            return (self.lexicon.number,)
        if not name.startswith("@"):
            return (self.lexicon.literal(name),)
        node = self._class(source, name[1:])
        if node.phrases:
            raise PatternError(f"{source!r}: {name} has phrases; after '!' a class of single words must stand")
        return node.singles


def _split(source: str) -> list[str]:
    elements: list[str] = _ELEMENT.findall(source)
    if sum(map(len, elements)) != len(source.replace(" ", "")):
        raise PatternError(f"{source!r}: cannot be read; elements are separated by single spaces")
    if elements.count("//") > MAX_WIDE_GAPS:
        raise PatternError(f"{source!r}: {MAX_WIDE_GAPS} gaps across sentences are enough")
    if not elements or len(elements) > MAX_ELEMENTS:
        raise PatternError(f"{source!r}: a pattern has 1 to {MAX_ELEMENTS} elements")
    return elements
