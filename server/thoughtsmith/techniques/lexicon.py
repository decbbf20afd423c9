"""Word classes: which classes a word form belongs to, whatever its ending.

An entry is a word, or a stem with `*` for up to `MAX_ENDING` letters of an inflectional ending; `-` before an entry
takes the words that it matches out of the class again (`reason*` and `-reasonab*`). What a word form belongs to is
worked out once and remembered, so that a text costs one look-up in a dictionary for every word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoughtsmith.techniques.model import Json

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

    def __init__(self, frequencies: Iterable[tuple[int, Iterable[str]]] = (), kept: Json | None = None) -> None:
        """`frequencies`: how many of a thousand passages have each of some words, for `costs`.

        `kept`: what another lexicon has kept to begin with.
        """
        self._frequencies = frequencies
        self._ids: dict[str, int] = {}
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._shortest, self._longest = 99, 0
        self.classes = _Classes(self._work_out)
        self._numbers: dict[str, int] = {}
        self.exact: set[str] = set()
        """Abbreviations that mean something only in this case."""
        self.costs: list[float] = []
        """About how many of a thousand passages have a word of each class: rare classes are looked for first."""
        if kept is not None:
            self._ids = {name: class_id for class_id, name in enumerate(kept["ids"])}
            self.costs = list(kept["costs"])
            self._words, self._stems = kept["words"], kept["stems"]
            self._shortest, self._longest = kept["lengths"]
            self._numbers, self.exact = kept["numbers"], set(kept["exact"])
        self.number = self.id_of(NUMBER)
        self.stop = self.literal(STOP)
        self.colon = self.literal(COLON)
        self.no_words = frozenset((self.number, self.stop, self.colon, self.literal(CODE)))
        """The classes of what is no word and stands in every third passage; `costs` knows of words only."""

    def keep(self) -> Json:
        """All that is in it, as data that can be written."""
        return {
            "ids": list(self._ids),
            "costs": self.costs,
            "words": self._words,
            "stems": self._stems,
            "lengths": [self._shortest, self._longest],
            "numbers": self._numbers,
            "exact": sorted(self.exact),
        }

    @lazy
    def _common(self) -> tuple[list[str], list[int]]:
        """The common words in folded letters and order, and how common each is."""
        common = sorted((folded(word), rate) for rate, words in self._frequencies for word in words)
        return [word for word, _ in common], [rate for _, rate in common]

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
        self.classes.clear()

    def _rate(self, word: str) -> float:
        """About how many of a thousand passages have a word in folded letters, or one with that stem."""
        common, rates = self._common
        stem = word.removesuffix("*")
        index = bisect_left(common, stem)
        rate = _RARE
        while index < len(common) and common[index].startswith(stem):
            ending = len(common[index]) - len(stem)
            if ending == 0 or (stem != word and ending <= MAX_ENDING):
                rate += rates[index]
            index += 1
        return rate

    def add_exact(self, abbreviation: str, class_id: int) -> None:
        """Put `CoT` into a class, and neither `cot` nor `Cot`."""
        self.exact.add(abbreviation)
        self._words.setdefault(abbreviation, []).append(class_id)
        self.costs[class_id] += _RARE
        self.classes.clear()

    def add_number(self, entry: str, value: int) -> None:
        """A word for a number: `трех`, `three`."""
        word = folded(entry)
        self._numbers[word] = value
        self.add(word, self.number)

    def literal(self, entry: str) -> int:
        """The class of one word or stem by itself."""
        name = "=" + folded(entry)
        if (known := self._ids.get(name)) is not None:
            return known
        class_id = self.id_of(name)
        self.add(entry, class_id)
        return class_id

    def number_of(self, word: str) -> int | None:
        """The value of a number in words or digits; `None` if it is none or has a fraction."""
        if word.isdecimal() and len(word) < 7:
            return int(word)
        return self._numbers.get(word)

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


class _Classes(dict[str, tuple[int, ...]]):
    """The classes of each token: of a word in folded letters, of an abbreviation, or of what is no word."""

    def __init__(self, work_out: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, token: str) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[token] = self._work_out(token)
        return found


def _sort(token: str) -> str:
    """What stands for a token that is no word: the name of a tag, also in code marks, else the sort of thing it is."""
    if tag := _TAG.match(token):
        return tag[1] + ">"
    if token[0] == "`":
        return CODE
    return COLON if token[0] == ":" else VARIABLE
