"""What the content says about recognising techniques, compiled once: signs, chains, signals, parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.passages import HEADING, ITEM, PROSE, QUOTE, TAG
from thoughtsmith.techniques.lexicon import Lexicon
from thoughtsmith.techniques.model import Problem
from thoughtsmith.techniques.pattern_compiler import SHARED, Compiler, PatternError, Scope
from thoughtsmith.techniques.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import ChainSource, Part, SignFile, Technique
    from thoughtsmith.techniques.pattern import Pattern

NAME = "(name)"
TITLE = "(title)"
"""The signs that a technique is named, and that what follows is called so; no sign of the content has such an id."""
EVERYWHERE = frozenset({HEADING, PROSE, ITEM, TAG, QUOTE})
"""Where signs count that do not say where."""


class SignContent:
    """The signs of all techniques and signals of a catalogue. What is broken is left out and told."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._techniques = catalogue.techniques
        kept = catalogue.memory.signs
        self.lexicon = Lexicon(catalogue.lexicon.frequencies, kept and kept["lexicon"])
        self._compiler = Compiler(self.lexicon, kept and kept["patterns"])
        self.problems: list[Problem] = []
        self._scopes: dict[str, Scope] = {}
        """The word classes of each technique's own files."""
        self.section_effects: dict[str, str] = {}
        """What signals do to what stands below them, `negates` or `mentions`."""
        self.document_effects: dict[str, str] = {}
        """What signals do to the whole document."""
        self.document_signals: dict[str, int] = {}
        """The signals of whole documents, and how many of their signs a document must have."""
        self.sentence_signals = frozenset(s.id for s in catalogue.signals.values() if s.scope == "sentence")
        """The signals that single sentences give."""
        self.chains: dict[str, tuple[ChainSource, ...]] = {}
        self.parts: dict[str, tuple[tuple[str, tuple[Pattern, ...]], ...]] = {}
        """The parts of each technique by id, and the patterns of which one shows that a block has it."""
        self.signs = tuple(self._compile(catalogue))
        self.openers: dict[tuple[str, str], int] = {}
        """The signs that open chains, by owner and id, and how many passages the longest of these covers."""
        for id, chains in self.chains.items():
            for chain in chains:
                for sign in chain.signs[0].split("|"):
                    self.openers[id, sign] = max(self.openers.get((id, sign), 0), chain.within)
        later = {
            (id, sign)
            for id, chains in self.chains.items()
            for chain in chains
            for sign in "|".join(chain.signs[1:]).split("|")
        }
        weighty = {(sign.owner, sign.id) for sign in self.signs if sign.weight}
        self.following = frozenset(later - self.openers.keys() - weighty)
        """The signs, by owner and id, that say nothing unless another one stands before them."""
        if kept is None and not self.problems:
            catalogue.memory.keep({"lexicon": self.lexicon.keep(), "patterns": self._compiler.keep()})

    def _compile(self, catalogue: Catalogue) -> list[Sign]:
        shared: dict[str, list[str]] = {}
        for name, entries in catalogue.lexicon.classes:
            shared.setdefault(name, []).extend(entries)
        if catalogue.memory.signs is None:
            for number, entries in catalogue.lexicon.numbers:
                for entry in entries:
                    self.lexicon.add_number(entry, number)
        signs: list[Sign] = []
        self._define_shared(shared)
        for technique in catalogue.techniques.values():
            signs += self._names_of(technique)
        for signal in catalogue.signals.values():
            signs += self._owned(signal.id, (signal.signs,))
            if signal.scope == "document":
                self.document_signals[signal.id] = signal.least
            if signal.effect != "none":
                in_document = signal.scope == "document"
                (self.document_effects if in_document else self.section_effects)[signal.id] = signal.effect
        for technique in catalogue.techniques.values():
            signs += self._owned(technique.id, technique.signs)
            self.chains[technique.id] = tuple(chain for file in technique.signs for chain in file.chains)
            self.parts[technique.id] = tuple(
                (part.id, self._part_patterns(technique, part)) for part in technique.parts
            )
        return signs

    def _define_shared(self, classes: dict[str, list[str]]) -> None:
        """Define the classes of the lexicon. One that takes in what there is not costs itself only."""
        while True:
            bad = [
                name
                for name, entries in classes.items()
                if any(entry[:1] == "@" and entry[1:] not in classes for entry in entries)
            ]
            for name in bad:
                missing = next(entry for entry in classes[name] if entry[:1] == "@" and entry[1:] not in classes)
                self.problems.append(Problem("lexicon", f"classes.{name}", f"there is no word class {missing}"))
                classes[name] = [entry for entry in classes[name] if entry[:1] != "@" or entry[1:] in classes]
                if not classes[name]:
                    del classes[name]
            if not bad:
                break
        try:
            self._define(classes, "")
        except PatternError as error:
            self.problems.append(Problem("lexicon", "classes", str(error)))
            # Without what they take in, they cannot take in one another.
            left = {name: entries for name, entries in classes.items() if not self._compiler.knows(name)}
            own = {name: [entry for entry in entries if entry[:1] != "@"] for name, entries in left.items()}
            self._define({name: entries or [name] for name, entries in own.items()}, "")

    def _names_of(self, technique: Technique) -> list[Sign]:
        """How a technique is named, anywhere and as the title of a section."""
        try:
            return list(self._name_signs(technique))
        except PatternError as error:
            self.problems.append(Problem(technique.id, "mentions", str(error)))
            return []

    def _name_signs(self, technique: Technique) -> Iterator[Sign]:
        name, title = f"name-{technique.id}", f"title-{technique.id}"
        exact = [word for word in technique.mentions.exact if word.isalpha()]
        self._compiler.define(name, technique.mentions.names.all, exact)
        self._compiler.define(title, [*technique.words.all, *technique.name])
        named = self._compiler.compile(f"(@{name}|<{technique.tag}>)")
        yield Sign(technique.id, NAME, 0, EVERYWHERE, (named,), polar=False)
        titled = self._compiler.compile(f"^ @{title} #? $")
        yield Sign(technique.id, TITLE, 0, EVERYWHERE, (titled,), polar=False, leads=True)

    def _define(self, classes: Mapping[str, Sequence[str]], prefix: str) -> None:
        """Define classes, those first that others take in; what they take in may be one of them or a shared one."""
        waiting = dict(classes)
        while waiting:
            ready = [
                name
                for name, entries in waiting.items()
                if not any(entry[1:] in waiting and entry[1:] != name for entry in entries if entry.startswith("@"))
            ]
            if not ready:
                raise PatternError(f"the classes {', '.join(sorted(waiting))} take in one another")
            for name in ready:
                entries = [
                    f"@{prefix}{entry[1:]}" if entry[:1] == "@" and entry[1:] in classes else entry
                    for entry in waiting.pop(name)
                ]
                self._compiler.define(prefix + name, entries)

    def _owned(self, owner: str, files: Iterable[SignFile]) -> list[Sign]:
        """The signs of one technique or signal; none of them if one pattern is broken."""
        signs: list[Sign] = []
        path = ""
        try:
            classes: dict[str, list[str]] = {}
            for file in files:
                path = file.path
                for name, entries in file.words:
                    classes.setdefault(name, []).extend(entries)
            self._define(classes, f"{owner}.")
            local = {name: f"{owner}.{name}" for name in classes}
            if owner in self._techniques:
                local["name"] = f"name-{owner}"
            scope = self._scopes[owner] = Scope(owner, local)
            unless: dict[str, list[str]] = {}
            for source in (source for file in files for source in file.signs):
                # What takes a sign away in one language takes it away in the other: their classes are the same.
                unless.setdefault(source.id, []).extend(source.unless)
            for file in files:
                path = file.path
                signs += [
                    Sign(
                        owner=owner,
                        id=source.id,
                        weight=source.weight,
                        where=frozenset(source.where) or EVERYWHERE,
                        patterns=tuple(self._compiler.compile(pattern, scope) for pattern in source.patterns),
                        unless=tuple(self._compiler.compile(pattern, scope) for pattern in unless[source.id]),
                        number=source.number,
                        least=source.least,
                        polar=source.polar,
                        leads=source.leads,
                        not_in=frozenset(source.not_in),
                    )
                    for source in file.signs
                ]
        except PatternError as error:
            self.problems.append(Problem(path, "signs", str(error)))
            return []
        return signs

    def _part_patterns(self, technique: Technique, part: Part) -> tuple[Pattern, ...]:
        """How a part shows; nothing if a pattern is broken."""
        scope = self._scopes.get(technique.id, SHARED)
        try:
            return tuple(self._compiler.compile(phrase, scope) for phrase in part.present.all)
        except PatternError as error:
            self.problems.append(Problem(technique.id, f"parts.{part.id}", str(error)))
            return ()
