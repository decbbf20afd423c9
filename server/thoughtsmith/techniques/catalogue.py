"""Loading and layering the content: the shipped folder first, then the packs of the user, who may replace techniques.

One broken folder costs that folder and gives one `Problem`; everything else keeps working.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from thoughtsmith.techniques import params as parameters
from thoughtsmith.techniques import template
from thoughtsmith.techniques.content_source import Schemas, Source
from thoughtsmith.techniques.memory import Memory
from thoughtsmith.techniques.model import (
    LANGUAGES,
    ChainSource,
    ContentError,
    Cost,
    Evidence,
    Knowledge,
    Language,
    LexiconSource,
    Localised,
    Mentions,
    Param,
    Part,
    Phrases,
    Problem,
    Rating,
    Recipe,
    Runtime,
    Signal,
    SignFile,
    SignSource,
    Technique,
)
from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from thoughtsmith.syntax.block import Block
    from thoughtsmith.techniques.model import Json
    from thoughtsmith.text.files import Files

PAGE_SECTIONS: tuple[Localised, ...] = (
    Localised("What it does", "Что делает"),
    Localised("When to use it", "Когда применять"),
    Localised("When not to use it", "Когда не применять"),
    Localised("In a single prompt", "В одном промпте"),
    Localised("At run time", "Вне промпта"),
)
"""The sections of every explanation page, in order."""

_PACK_MODEL = re.compile(r"[a-z0-9][a-z0-9._:-]*\*?")
_NOT_TECHNIQUES = frozenset({"knowledge", "recipes", "schema", "signals"})


class ModelFamily(NamedTuple):
    """Models that reason in the same way."""

    match: re.Pattern[str]
    reasons: str
    """`always`, `default`, `on-request` or `never`."""
    name: str
    rejects: frozenset[str] = frozenset()
    """Parameters of requests that are an error."""
    discourages: frozenset[str] = frozenset()
    """Techniques, or `examples`, that the maker advises against."""


@dataclass(frozen=True)
class Catalogue:
    """All content, ready to use. Immutable."""

    techniques: Mapping[str, Technique]
    recipes: Mapping[str, Recipe]
    knowledge: Mapping[str, Knowledge]
    ratings: Mapping[str, Rating]
    signals: Mapping[str, Signal]
    lexicon: LexiconSource
    models: tuple[ModelFamily, ...]
    models_checked: str
    """The date on which the model table was last checked."""
    context: Phrases
    """Words that show that a text is about machine learning."""
    problems: tuple[Problem, ...]
    memory: Memory = field(compare=False, repr=False)
    """What is made of all this, for the next time."""

    @lazy
    def insertable(self) -> tuple[Technique | Recipe, ...]:
        """What can be written into a prompt: techniques, then recipes."""
        return (*self.techniques.values(), *self.recipes.values())

    @lazy
    def ids(self) -> tuple[str, ...]:
        """Everything that `explain` knows, techniques first."""
        return (*self.techniques, *self.recipes, *self.knowledge)


def load(roots: Iterable[tuple[Files, str]], memory: Memory | None = None, *, prove_shipped: bool = False) -> Catalogue:
    """The catalogue of the folders `roots`, the shipped one first; later ones replace what has the same id.

    Never fails for bad content: what is broken is left out and described in `problems`. What packs bring is held
    against the schemas and its templates are tried; what is shipped only with `prove_shipped`, as the tests do. What
    `memory` holds is neither read nor proved again.
    """
    memory = memory or Memory()
    loader = _Loader()
    schemas: Schemas | None = None
    for files, root in roots:
        shipped = schemas is None
        schemas = schemas or Schemas(files, f"{root}/schema")
        loader.add(Source(files, root, schemas, memory.parsed, trusted=shipped and not prove_shipped), shipped=shipped)
    catalogue = loader.finish(memory)
    if memory.signs is not None:
        memory.parsed = {}  # Nothing is left to be kept.
    return catalogue


_Entry = TypeVar("_Entry", Technique, Recipe, Knowledge, Signal)


class _Loader:
    def __init__(self) -> None:
        self.techniques: dict[str, Technique] = {}
        self.homes: dict[str, str] = {}
        """The file that each technique, recipe and knowledge entry came from."""
        self.recipes: dict[str, Recipe] = {}
        self.knowledge: dict[str, Knowledge] = {}
        self.ratings: dict[str, Rating] = {}
        self.signals: dict[str, Signal] = {}
        self.lexicon = LexiconSource((), (), ())
        self.models: tuple[ModelFamily, ...] = ()
        self.models_checked = ""
        self.context = Phrases((), ())
        self.problems: list[Problem] = []

    def add(self, source: Source, *, shipped: bool) -> None:
        root = source.root
        for name in source.names(root):
            folder = f"{root}/{name}"
            if name not in _NOT_TECHNIQUES and source.names(folder) and not name.startswith("."):
                self._one(self.techniques, name, partial(self._technique, source, folder, name))
        for name in source.names(f"{root}/recipes"):
            folder = f"{root}/recipes/{name}"
            self._one(self.recipes, name, partial(self._recipe, source, folder, name))
        for name in source.names(f"{root}/knowledge"):
            stem, _, ending = name.rpartition(".")
            path = f"{root}/knowledge/{name}"
            if ending == "toml":
                self._one(self.knowledge, stem, partial(self._knowledge, source, path, stem))
        for name in source.names(f"{root}/signals"):
            stem, _, ending = name.rpartition(".")
            if ending == "toml":
                self._one(self.signals, stem, partial(self._signal, source, f"{root}/signals/{name}", stem))
        tables: tuple[tuple[str, str, Callable[[str, Json], None]], ...] = (
            ("ratings", "ratings", self._ratings),
            ("models", "models", partial(self._models, shipped=shipped)),
            ("context", "context", self._context),
            *((f"lexicon.{language}", "lexicon", self._lexicon) for language in LANGUAGES),
        )
        for name, schema, read in tables:
            path = f"{root}/{name}.toml"
            if f"{name}.toml" in source.names(root):
                self._guarded(path, partial(_table, read, source, path, schema))

    def finish(self, memory: Memory) -> Catalogue:
        known = set(self.techniques)
        references = [
            *(
                (t.id, key, getattr(t, key))
                for t in self.techniques.values()
                for key in ("related", "entails", "absorbs")
            ),
            *((recipe.id, "techniques", recipe.techniques) for recipe in self.recipes.values()),
            *((entry.id, "instead", entry.instead) for entry in self.knowledge.values()),
        ]
        for owner, key, others in references:
            for index, other in enumerate(others):
                if other not in known:
                    problem = Problem(self.homes[owner], f"{key}.{index}", f"there is no technique {other!r}")
                    self.problems.append(problem)
        for id in self.signals.keys() & known:
            self.problems.append(Problem(self.homes[id], "id", f"{id!r} is a technique; call the signal otherwise"))
            del self.signals[id]
        order = sorted(self.techniques.values(), key=lambda t: (t.phase, t.id))
        return Catalogue(
            techniques={technique.id: technique for technique in order},
            recipes=self.recipes,
            knowledge=self.knowledge,
            ratings=self.ratings,
            signals=self.signals,
            lexicon=self.lexicon,
            models=self.models,
            models_checked=self.models_checked,
            context=self.context,
            problems=tuple(self.problems),
            memory=Memory() if self.problems else memory,
        )

    def _one(self, entries: dict[str, _Entry], name: str, read: Callable[[], _Entry]) -> None:
        """Read one entry; if it is broken, keep what was there."""

        def enter() -> None:
            entries[name] = read()

        self._guarded(name, enter)

    def _guarded(self, name: str, read: Callable[[], None]) -> None:
        """Read something; what is wrong with it is noted."""
        try:
            read()
        except ContentError as error:
            self.problems.append(error.problem)
        except Exception as error:
            # A pack is a stranger's work; whatever is wrong with one folder, the others keep working.
            self.problems.append(Problem(name, "", f"cannot be read: {type(error).__name__}: {error}"[:300]))

    def _technique(self, source: Source, folder: str, name: str) -> Technique:
        path = f"{folder}/technique.toml"
        data = source.toml(path, "technique")
        _check_id(path, data, name)
        params = _params(path, data)
        _check_primary(path, data, params)
        technique = Technique(
            id=data["id"],
            group=data["group"],
            phase=data["phase"],
            tag=data["tag"],
            primary=data.get("primary", ""),
            related=tuple(data["related"]),
            entails=tuple(data["entails"]),
            absorbs=tuple(data.get("absorbs", ())),
            name=_localised(data["name"]),
            summary=_localised(data["summary"]),
            words=_phrases(data["words"]),
            mentions=_mentions(data["mentions"]),
            suits=_phrases(data["suits"]),
            signs=tuple(self._sign_files(source, folder)),
            params=params,
            slots=_slots(data),
            parts=tuple(
                Part(
                    part["id"],
                    part["required"],
                    _localised(part),
                    _phrases(part["present"]),
                    _localised(part["insert"]) if "insert" in part else None,
                )
                for part in data["parts"]
            ),
            cost=Cost(data["cost"]["answers"], _localised(data["cost"]["prompt"]), _localised(data["cost"]["api"])),
            evidence=_evidence(data, "evidence"),
            caveats=_evidence(data, "caveats"),
            runtime=tuple(Runtime(entry["tool"], entry["use"]) for entry in data.get("runtime", ())),
            templates=self._templates(source, folder),
            pages=self._pages(source, folder),
            on_reasoning_models=_localised(data["on_reasoning_models"]) if "on_reasoning_models" in data else None,
        )
        try:
            parameters.answers(technique.cost.answers, {p.name: p.default for p in params})
        except ValueError as error:
            raise ContentError(Problem(path, "cost.answers", str(error))) from error
        if source.is_to_be_proved(path):
            _check_templates(folder, technique)
        self.homes[technique.id] = path
        return technique

    def _recipe(self, source: Source, folder: str, name: str) -> Recipe:
        path = f"{folder}/recipe.toml"
        data = source.toml(path, "recipe")
        _check_id(path, data, name)
        params = _params(path, data)
        _check_primary(path, data, params)
        recipe = Recipe(
            id=data["id"],
            tag=data["tag"],
            primary=data.get("primary", ""),
            name=_localised(data["name"]),
            summary=_localised(data["summary"]),
            words=_phrases(data["words"]),
            techniques=tuple(data["techniques"]),
            params=params,
            slots=_slots(data),
            templates=self._templates(source, folder),
        )
        if source.is_to_be_proved(path):
            _check_templates(folder, recipe)
        self.homes[recipe.id] = path
        return recipe

    def _knowledge(self, source: Source, path: str, name: str) -> Knowledge:
        data = source.toml(path, "knowledge")
        _check_id(path, data, name)
        self.homes[data["id"]] = path
        return Knowledge(
            id=data["id"],
            group=data["group"],
            name=_localised(data["name"]),
            mentions=_mentions(data["mentions"]),
            summary=_localised(data["summary"]),
            instead=tuple(data.get("instead", ())),
            evidence=_evidence(data, "evidence"),
            caveats=_evidence(data, "caveats"),
        )

    def _ratings(self, _path: str, data: Json) -> None:
        for name, group in data["group"].items():
            self.ratings[name] = Rating(_localised(group), group["direct"], group["conceptual"], group["adaptation"])

    def _models(self, path: str, data: Json, *, shipped: bool) -> None:
        families: list[ModelFamily] = []
        for index, family in enumerate(data["family"]):
            key, wanted = f"family.{index}.match", family["match"]
            if shipped:
                match = re.compile(wanted)
            elif _PACK_MODEL.fullmatch(wanted):
                match = re.compile(re.escape(wanted.removesuffix("*")) + ("" if wanted.endswith("*") else "$"))
            else:
                # A regular expression of a stranger could take for ever on the wrong model id.
                raise ContentError(
                    Problem(path, key, "must be a model id in lower case, with * at its end for any rest")
                )
            rejects, discourages = frozenset(family.get("rejects", ())), frozenset(family.get("discourages", ()))
            families.append(ModelFamily(match, family["reasons"], family["name"], rejects, discourages))
        # A pack's table goes before the shipped one: it knows the team's own models.
        self.models = (*families, *self.models)
        self.models_checked = max(self.models_checked, data["checked"])

    def _context(self, _path: str, data: Json) -> None:
        words = _phrases(data)
        self.context = Phrases(self.context.en + words.en, self.context.ru + words.ru)

    def _sign_files(self, source: Source, folder: str) -> Iterator[SignFile]:
        present = source.names(folder)
        for language in LANGUAGES:
            if (name := f"signs.{language}.toml") in present:
                path = f"{folder}/{name}"
                yield _sign_file(path, source.toml(path, "signs"))

    def _signal(self, source: Source, path: str, name: str) -> Signal:
        data = source.toml(path, "signal")
        _check_id(path, data, name)
        self.homes[data["id"]] = path
        return Signal(data["id"], data["effect"], data["scope"], data.get("least", 1), _sign_file(path, data))

    def _lexicon(self, _path: str, data: Json) -> None:
        old = self.lexicon
        self.lexicon = LexiconSource(
            old.classes + tuple((name, tuple(entries)) for name, entries in data["classes"].items()),
            old.numbers + _by_number(data.get("numbers", {})),
            old.frequencies + _by_number(data.get("frequencies", {})),
        )

    def _templates(self, source: Source, folder: str) -> Localised:
        return Localised(*(source.text(f"{folder}/block.{language}.j2") for language in LANGUAGES))

    def _pages(self, source: Source, folder: str) -> tuple[tuple[Localised, Localised], ...]:
        texts = [
            list(
                _page_sections(
                    source.text(f"{folder}/explain.{language}.md"), f"{folder}/explain.{language}.md", language
                )
            )
            for language in LANGUAGES
        ]
        return tuple((title, Localised(*(text[index] for text in texts))) for index, title in enumerate(PAGE_SECTIONS))


def _table(read: Callable[[str, Json], None], source: Source, path: str, schema: str) -> None:
    read(path, source.toml(path, schema))


def _check_templates(folder: str, entry: Technique | Recipe) -> None:
    values = {param.name: param.default for param in entry.params}
    for language in LANGUAGES:
        path = f"{folder}/block.{language}.j2"
        used: set[str] = set()
        for task_above in (False, True):
            try:
                block = template.render(
                    entry.templates.of(language), {**values, "task_above": task_above}, {}, entry.tag
                )
            except template.TemplateError as error:
                raise ContentError(Problem(path, "", str(error))) from error
            used |= template.slot_names(block)
        declared = {name for name, _ in entry.slots}
        if used != declared:
            difference = ", ".join(sorted(used ^ declared))
            raise ContentError(Problem(path, "", f"declared and used slots differ: {difference}"))


def _by_number(table: Mapping[str, list[str]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((int(number), tuple(entries)) for number, entries in table.items())


def _sign_file(path: str, data: Json) -> SignFile:
    return SignFile(
        path=path,
        words=tuple((name, tuple(entries)) for name, entries in data.get("words", {}).items()),
        signs=tuple(
            SignSource(
                id=sign["id"],
                weight=sign.get("weight", 0.9),
                where=tuple(sign.get("where", ())),
                patterns=tuple(sign["patterns"]),
                unless=tuple(sign.get("unless", ())),
                number=sign.get("number", ""),
                least=sign.get("least", 1),
                polar=sign.get("polar", True),
                leads=sign.get("leads", False),
                not_in=tuple(sign.get("not_in", ())),
            )
            for sign in data.get("signs", ())
        ),
        chains=tuple(
            ChainSource(tuple(chain["signs"]), chain.get("within", 4), chain.get("weight", 0.9))
            for chain in data.get("chains", ())
        ),
    )


def render(
    entry: Technique | Recipe,
    language: Language,
    values: Mapping[str, int | str],
    *,
    task_above: bool = False,
    fills: Mapping[str, str] | None = None,
) -> Block:
    """The block of a technique or recipe for parameter values as `params.resolve` gives them."""
    return template.render(entry.templates.of(language), {**values, "task_above": task_above}, fills or {}, entry.tag)


def _localised(data: Json) -> Localised:
    return Localised(data["en"].strip(), data["ru"].strip())


def _phrases(data: Json) -> Phrases:
    return Phrases(tuple(data["en"]), tuple(data["ru"]))


def _mentions(data: Json) -> Mentions:
    return Mentions(_phrases(data), tuple(data.get("exact", ())), tuple(data.get("in_context", ())))


def _slots(data: Json) -> tuple[tuple[str, Localised], ...]:
    return tuple((name, _localised(slot)) for name, slot in data.get("slots", {}).items())


def _evidence(data: Json, key: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(entry["source"], entry.get("form", ""), _localised(entry)) for entry in data.get(key, ()))


def _check_id(path: str, data: Json, name: str) -> None:
    if data["id"] != name:
        raise ContentError(Problem(path, "id", f"is {data['id']!r}, but the folder or file is called {name!r}"))


def _check_primary(path: str, data: Json, params: tuple[Param, ...]) -> None:
    if "primary" in data and data["primary"] not in {param.name for param in params}:
        raise ContentError(Problem(path, "primary", f"there is no parameter {data['primary']!r}"))


def _params(path: str, data: Json) -> tuple[Param, ...]:
    result: list[Param] = []
    for name, param in data.get("params", {}).items():
        if param["type"] == "choice":
            fits = param["default"] in param["values"]
            result.append(Param(name, _localised(param), param["default"], values=tuple(param["values"])))
        else:
            fits = param["min"] <= param["default"] <= param["max"]
            result.append(Param(name, _localised(param), param["default"], param["min"], param["max"]))
        if not fits:
            raise ContentError(Problem(path, f"params.{name}.default", f"{param['default']!r} is not an allowed value"))
    return tuple(result)


def _page_sections(text: str, path: str, language: Language) -> Iterator[str]:
    """The text of each section of an explanation page; checks that it has exactly the sections it must have."""
    pieces = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    titles = pieces[1::2]
    expected = [title.of(language) for title in PAGE_SECTIONS]
    if titles != expected or pieces[0].strip():
        raise ContentError(Problem(path, "", f"must have exactly these sections: {', '.join(expected)}"))
    for body in pieces[2::2]:
        yield body.strip()
