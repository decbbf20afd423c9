"""The catalogue together with what is compiled from it once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from thoughtsmith.project.suits import SuitsOfPrompts
from thoughtsmith.techniques.catalogue import render
from thoughtsmith.techniques.detection import Detector
from thoughtsmith.techniques.lexicon import folded
from thoughtsmith.techniques.model import LANGUAGES
from thoughtsmith.techniques.naming import Names
from thoughtsmith.techniques.phrases import fold
from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.syntax.block import Block
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language, Recipe, Technique, Value

MAX_DIGITS = 7
"""A number this long is no parameter, and reading a very long one would take its time."""


class Content:
    """What all snapshots share. Never changes; new content is a new object."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._block = lru_cache(maxsize=1024)(self._render)

    @lazy
    def names(self) -> Names:
        return Names(self.catalogue)

    @lazy
    def suits(self) -> SuitsOfPrompts:
        return SuitsOfPrompts(self.names)

    @lazy
    def detector(self) -> Detector:
        return Detector(self.catalogue)

    @lazy
    def _numerals(self) -> Mapping[str, int]:
        return {folded(word): number for number, words in self.catalogue.lexicon.numbers for word in words}

    def number_of(self, word: str) -> int | None:
        """The value of a whole number in digits or in words; `None` if it is none."""
        if word.isdecimal():
            return int(word) if len(word) < MAX_DIGITS else None
        return self._numerals.get(folded(word))

    @lazy
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """What a user may type to get a technique or recipe, by id: ids, names and words of all languages, folded."""
        return {
            entry.id: tuple(
                dict.fromkeys(
                    [fold(entry.id)]
                    + [fold(entry.name.of(language)) for language in LANGUAGES]
                    + [fold(word) for word in entry.words.all]
                )
            )
            for entry in self.catalogue.insertable
        }

    def block(
        self,
        entry: Technique | Recipe,
        language: Language,
        values: Mapping[str, Value],
        *,
        task_above: bool = False,
        fills: Mapping[str, str] | None = None,
    ) -> Block:
        """The block of an entry for resolved parameter values and texts for its slots; rendered once for each."""
        return self._block(
            entry.id, language, tuple(sorted(values.items())), tuple(sorted((fills or {}).items())), task_above
        )

    def _render(
        self,
        id: str,
        language: Language,
        values: tuple[tuple[str, Value], ...],
        fills: tuple[tuple[str, str], ...],
        task_above: bool,
    ) -> Block:
        entry = self.catalogue.techniques.get(id) or self.catalogue.recipes[id]
        return render(entry, language, dict(values), task_above=task_above, fills=dict(fills))
