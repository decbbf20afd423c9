"""Turning the text of patterns into patterns.

What is costly about it can be kept: which classes each word is in, and which words each pattern needs. The elements of
a pattern are then made of its text when a passage first has all words that it needs: most patterns never get there.
"""

from __future__ import annotations

import re
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.techniques.lexicon import CODE, VARIABLE, Lexicon
from thoughtsmith.techniques.pattern import (
    Absent,
    Choice,
    End,
    Gap,
    Maybe,
    Node,
    Pattern,
    Row,
    Start,
    Token,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from thoughtsmith.techniques.model import Json

GAP, LONGEST_GAP = 3, 15
WIDE_GAP, MAX_WIDE_GAPS = 40, 3
MAX_ELEMENTS = 200
"""Elements of one pattern, the content of its classes not counted."""
MAX_NESTING = 6
_ELEMENT = re.compile(r"\s*(\(|\)\??|\||//|\.\.\d*|\^|\$|(?:<!|!)?(?:@[\w-]+|<[\w/.:-]+>|#|:|[^\s()|?]+)\??)")
_HYPHENS = re.compile("[-\u2010-\u2015]")


class PatternError(ValueError):
    """The pattern is not one; the message says what is wrong with it."""


class Scope(NamedTuple):
    """Whose pattern it is, and what the short names of its word classes stand for."""

    owner: str
    classes: Mapping[str, str]


SHARED = Scope("", {})
"""The scope of patterns that have only the classes that all share."""


class Compiler:
    """Turns the text of patterns into patterns over one lexicon."""

    def __init__(self, lexicon: Lexicon, kept: Json | None = None) -> None:
        """`kept`: what another compiler has kept after it had compiled the same content."""
        self.lexicon = lexicon
        self._classes: dict[str, Words] = {}
        self._elements: dict[str, dict[str, list[Node]]] = {SHARED.owner: {}}
        """The nodes of elements met before, by owner and as all know them; the same words come again and again."""
        self._patterns: dict[tuple[str, str], Pattern] = {}
        """By owner and source."""
        self._rates: dict[frozenset[int], tuple[float, frozenset[int]]] = {}
        """About how many of a thousand passages have a word of some classes, and the one object for these classes."""
        for name, token in (("code", CODE), ("variable", VARIABLE)):
            self._classes[name] = Words([lexicon.literal(token)], [], lexicon.costs)
        kept = kept or {"classes": {}, "needs": [], "patterns": {}}
        for name, (singles, phrases) in kept["classes"].items():
            self._classes[name] = Words(singles, map(tuple, phrases), lexicon.costs)
        self._kept_classes = frozenset(kept["classes"])
        self._kept_needs = list(map(frozenset, kept["needs"]))
        self._kept_patterns: dict[str, dict[str, list[int]]] = kept["patterns"]

    def keep(self) -> Json:
        """What it took to compile everything, as data that can be written."""
        numbers: dict[frozenset[int], int] = {}
        patterns: dict[str, dict[str, list[int]]] = {}
        for (owner, source), pattern in self._patterns.items():
            needs = [numbers.setdefault(need, len(numbers)) for need in pattern.needs]
            patterns.setdefault(owner, {})[source] = needs
        return {
            "classes": {name: [words.singles, words.phrases] for name, words in self._classes.items()},
            "needs": [sorted(class_ids) for class_ids in numbers],
            "patterns": patterns,
        }

    def define(self, name: str, entries: Iterable[str], exact: Iterable[str] = ()) -> None:
        """A word class `@name`. An entry of several words is a phrase, an entry `@other` takes in another class.

        The words of `exact` are in it only as they are written, `CoT`.
        """
        if name in self._kept_classes:
            return
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
        self._classes[name] = Words(singles, phrases, self.lexicon.costs)

    def knows(self, name: str) -> bool:
        """Whether there is a word class of that name."""
        return name in self._classes

    def compile(self, source: str, scope: Scope = SHARED) -> Pattern:
        """The pattern of `source`, the same one for the same owner. Raises `PatternError`."""
        key = scope.owner, source
        known = self._patterns.get(key)
        if known is None:
            known = self._patterns[key] = self._kept(source, scope) or self._compiled(source, scope)
        return known

    def _kept(self, source: str, scope: Scope) -> Pattern | None:
        numbers = self._kept_patterns.get(scope.owner, {}).get(source)
        if numbers is None:
            return None
        return Pattern(source, [self._kept_needs[number] for number in numbers], partial(self._read, source, scope))

    def _compiled(self, source: str, scope: Scope) -> Pattern:
        node = self._read(source, scope)
        needs = sorted(map(self._rate, node.needs()), key=itemgetter(0))
        if not needs:
            raise PatternError(f"{source!r}: at least one word must be there in every match")
        return Pattern(source, [class_ids for _, class_ids in needs], lambda: node)

    def _rate(self, class_ids: frozenset[int]) -> tuple[float, frozenset[int]]:
        found = self._rates.get(class_ids)
        if found is None:
            rate = sum(map(self.lexicon.costs.__getitem__, class_ids))
            found = self._rates[class_ids] = rate, class_ids
        return found

    def _read(self, source: str, scope: Scope) -> Node:
        """The elements of a pattern as one node."""
        elements = _split(source)
        node, rest = self._choice(source, elements, 0, 0, scope)
        if rest != len(elements):
            raise PatternError(f"{source!r}: there is a ')' without its '('")
        return node

    def _choice(self, source: str, elements: list[str], index: int, depth: int, scope: Scope) -> tuple[Node, int]:
        """What stands from element `index` to the end of the brackets, and where that end is."""
        if depth > MAX_NESTING:
            raise PatternError(f"{source!r}: nested too deeply")
        known = self._elements.setdefault(scope.owner, {})
        row: list[Node] = []
        rows = [row]
        while index < len(elements) and (element := elements[index]) not in (")", ")?"):
            index += 1
            if element == "|":
                row = []
                rows.append(row)
            elif element == "(":
                node, index = self._choice(source, elements, index, depth + 1, scope)
                if index == len(elements):
                    raise PatternError(f"{source!r}: there is a '(' without its ')'")
                row.append(Maybe(node) if elements[index] == ")?" else node)
                index += 1
            else:
                nodes = known.get(element)
                if nodes is None:
                    nodes = known[element] = self._element(source, element, scope)
                row += nodes
        if not all(rows):
            raise PatternError(f"{source!r}: a choice is empty")
        if len(rows) == 1:
            return (row[0] if len(row) == 1 else Row(row)), index
        if {type(node) for row in rows for node in row} == {Token}:
            phrases = [tuple([node.class_id for node in row if isinstance(node, Token)]) for row in rows]
            singles = [phrase[0] for phrase in phrases if len(phrase) == 1]
            longer = [phrase for phrase in phrases if len(phrase) > 1]
            return Words(singles, longer, self.lexicon.costs), index
        return Choice([row[0] if len(row) == 1 else Row(row) for row in rows]), index

    def _element(self, source: str, element: str, scope: Scope) -> list[Node]:
        if "@" in element:
            before, _, name = element.partition("@")
            bare = name.removesuffix("?")
            element = f"{before}@{scope.classes.get(bare, bare)}{name[len(bare) :]}"
        shared = self._elements[SHARED.owner]
        known = shared.get(element)
        if known is None:
            known = shared[element] = self._new_element(source, element)
        return known

    def _new_element(self, source: str, element: str) -> list[Node]:
        if element == "^":
            return [Start()]
        if element == "$":
            return [End()]
        if element == "//":
            return [Gap(WIDE_GAP, wide=True)]
        if element.startswith(".."):
            most = int(element[2:] or GAP)
            if most > LONGEST_GAP:
                raise PatternError(f"{source!r}: a gap may have up to {LONGEST_GAP} words")
            return [Gap(most)]
        if element.startswith(("!", "<!")):
            behind = element.startswith("<!")
            name = element[2 if behind else 1 :]
            return [Absent(self._single(source, name), behind=behind)]
        optional = element.endswith("?")
        element = element.removesuffix("?")
        node: Node
        if element.startswith("@"):
            node = self._class(source, element[1:])
        elif element == "#":
            node = Token(self.lexicon.number)
        else:
            words = [element] if element.startswith("<") else _HYPHENS.sub(" ", element).split()
            if not words or any("*" in word[:-1] or word == "*" for word in words):
                raise PatternError(f"{source!r}: {element!r} is no word")
            tokens: list[Node] = [Token(self.lexicon.literal(word)) for word in words]
            if not optional:
                return tokens
            node = tokens[0] if len(tokens) == 1 else Row(tokens)
        return [Maybe(node)] if optional else [node]

    def _class(self, source: str, name: str) -> Words:
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
