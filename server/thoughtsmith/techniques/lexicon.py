"""Word classes: which classes a word form belongs to, whatever its ending.

An entry is a word, or a stem with `*` for up to `MAX_ENDING` letters of an inflectional ending; `-` before an entry
takes the words that it matches out of the class again (`reason*` and `-reasonab*`). What a word form belongs to is
worked out once and remembered, so that a text costs one look-up in a dictionary for every word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_ENDING = 7
"""Letters that `*` stands for: "проанализ" + "ируйте" and a reflexive ending."""
_REMEMBERED = 50_000
"""Word forms; a text of nothing but new words costs no more memory than that."""

NUMBER = "number"
"""The class of numbers in digits and in words."""
STOP, COLON, CODE, VARIABLE = ".", ":", "`", "{}"
"""What stands for tokens that are no words: the end of a sentence, a colon, code in a line, a template variable."""
_RARE = 0.2
"""Of a thousand passages so many have a word that is not among the common ones."""
_STOPS = frozenset(".!?…;\n。！？；")
_TAG = re.compile(r"`?(</?[^\W\d_][\w.:-]*)")


def folded(text: str) -> str:
    """`text` as entries compare it: lower case, `ё` as `е`, straight apostrophes."""
    return text.lower().replace("ё", "е").replace("’", "'")


class Lexicon:
    """Numbers the classes, and finds those of a word."""

    def __init__(self, frequencies: Iterable[tuple[int, Iterable[str]]] = ()) -> None:
        """`frequencies`: how many of a thousand passages have each of some words, for `costs`."""
        common = sorted((folded(word), rate) for rate, words in frequencies for word in words)
        self._common = [word for word, _ in common]
        self._rates = [rate for _, rate in common]
        self._ids: dict[str, int] = {}
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._shortest, self._longest = 99, 0
        self._known: dict[str, tuple[int, ...]] = {}
        self.bits = _Bits(self)
        self._numbers: dict[str, int] = {}
        self.exact: set[str] = set()
        """Abbreviations that mean something only in this case."""
        self.costs: list[float] = []
        """About how many of a thousand passages have a word of each class: rare classes are looked for first."""
        self.number = self.id_of(NUMBER)
        self.stop = self.literal(STOP)
        self.colon = self.literal(COLON)

    def id_of(self, name: str) -> int:
        """The number of a class, given to it when it is first asked for."""
        found = self._ids.get(name)
        if found is None:
            found = self._ids[name] = len(self._ids)
            self.costs.append(0)
        return found

    def add(self, entry: str, class_id: int) -> None:
        """Put the words that `entry` matches into a class; with `-` before it, take them out."""
        # Being taken out of a class is remembered as its bitwise inverse.
        value = ~class_id if entry.startswith("-") else class_id
        word = folded(entry.removeprefix("-"))
        if word.endswith("*"):
            stem = word[:-1]
            self._stems.setdefault(stem, []).append(value)
            self._shortest, self._longest = min(self._shortest, len(stem)), max(self._longest, len(stem))
        else:
            self._words.setdefault(word, []).append(value)
        self.costs[class_id] += self._rate(word) if value >= 0 else -self._rate(word)
        self._known.clear()
        self.bits.clear()

    def _rate(self, word: str) -> float:
        """About how many of a thousand passages have a word in folded letters, or one with that stem."""
        stem = word.removesuffix("*")
        index = bisect_left(self._common, stem)
        rate = _RARE
        while index < len(self._common) and self._common[index].startswith(stem):
            ending = len(self._common[index]) - len(stem)
            if ending == 0 or (stem != word and ending <= MAX_ENDING):
                rate += self._rates[index]
            index += 1
        return rate

    def add_exact(self, abbreviation: str, class_id: int) -> None:
        """Put `CoT` into a class, and neither `cot` nor `Cot`."""
        self.exact.add(abbreviation)
        self._words.setdefault(abbreviation, []).append(class_id)
        self.costs[class_id] += _RARE
        self._known.clear()
        self.bits.clear()

    def add_number(self, entry: str, value: int) -> None:
        """A word for a number: `трех`, `three`."""
        word = folded(entry)
        self._numbers[word] = value
        self.add(word, self.number)

    def literal(self, entry: str) -> int:
        """The class of one word or stem by itself."""
        name = "=" + folded(entry)
        known = name in self._ids
        class_id = self.id_of(name)
        if not known:
            self.add(entry, class_id)
        return class_id

    def number_of(self, word: str) -> int | None:
        """The value of a number in words or digits; `None` if it is none or has a fraction."""
        if word.isdecimal() and len(word) < 7:
            return int(word)
        return self._numbers.get(word)

    def classes(self, token: str) -> tuple[int, ...]:
        """The classes of a token: a word in folded letters or an abbreviation, or what is no word."""
        found = self._known.get(token)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[token] = self._work_out(token)
        return found

    def _work_out(self, token: str) -> tuple[int, ...]:
        first = token[0]
        if first.isalpha():
            values = list(self._words.get(token, ()))
            if token in self.exact:
                values += self._words.get(folded(token), ())
            stems = self._stems
            for length in range(max(self._shortest, len(token) - MAX_ENDING), min(self._longest, len(token)) + 1):
                if (stem := token[:length]) in stems:
                    values += stems[stem]
        elif first.isdigit():
            values = [*self._words.get(token, ()), self.number]
        elif first in _STOPS:
            values = [self.stop]
        else:
            # Code in a line is code, and may be a name that a pattern asks for: `todowrite`.
            values = [*self._words.get(_sort(token), ()), *self._words.get(token, ())]
        taken_out = {~value for value in values if value < 0}
        return tuple(dict.fromkeys(value for value in values if value >= 0 and value not in taken_out))


class _Bits(dict[str, int]):
    """The classes of tokens as sets of bits, worked out when one is first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, token: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        bits = self[token] = sum(1 << class_id for class_id in self._lexicon.classes(token))
        return bits


def _sort(token: str) -> str:
    """What stands for a token that is no word: the name of a tag, also in code marks, else the sort of thing it is."""
    if tag := _TAG.match(token):
        return tag[1] + ">"
    if token[0] == "`":
        return CODE
    return COLON if token[0] == ":" else VARIABLE
