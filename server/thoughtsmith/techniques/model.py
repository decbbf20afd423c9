"""What the catalogue holds: techniques, recipes and knowledge entries, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

Language: TypeAlias = 'Literal["en", "ru"]'
LANGUAGES: tuple[Language, ...] = ("en", "ru")

Value: TypeAlias = "int | str"
"""The value of a parameter."""
Json: TypeAlias = "dict[str, Any]"
"""What a file of the content holds, or what was made of it and can be written as JSON."""


class Localised(NamedTuple):
    """A text in every language."""

    en: str
    ru: str

    def of(self, language: Language) -> str:
        return self.ru if language == "ru" else self.en


class Phrases(NamedTuple):
    """Word patterns in every language; `*` stands for an inflectional ending."""

    en: tuple[str, ...]
    ru: tuple[str, ...]

    def of(self, language: Language) -> tuple[str, ...]:
        return self.ru if language == "ru" else self.en

    @property
    def all(self) -> tuple[str, ...]:
        return self.en + self.ru


class Mentions(NamedTuple):
    """How something is named in running text."""

    names: Phrases
    """Any case."""
    exact: tuple[str, ...]
    """Case-sensitive abbreviations."""
    in_context: tuple[str, ...]
    """Case-sensitive abbreviations that mean this only near words of machine learning."""


@dataclass(frozen=True, slots=True)
class Param:
    name: str
    text: Localised
    default: Value
    minimum: int = 0
    maximum: int = 0
    values: tuple[str, ...] = ()
    """The choices; empty for a whole number from `minimum` to `maximum`."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a good block of the technique has."""

    id: str
    required: bool
    text: Localised
    present: Phrases
    insert: Localised | None = None
    """A sentence that adds the part to a block that lacks it."""


@dataclass(frozen=True, slots=True)
class SignSource:
    """A sign as its file has it; `signs.Sign` is what it is compiled to."""

    id: str
    weight: float
    where: tuple[str, ...]
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    number: str
    least: int
    polar: bool
    leads: bool
    not_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainSource:
    """Signs that together, in this order, speak for a technique: "write three drafts" … "keep the best"."""

    signs: tuple[str, ...]
    within: int
    """Passages from the first to the last."""
    weight: float


@dataclass(frozen=True, slots=True)
class SignFile:
    """What one file says about recognising one technique or signal."""

    path: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    """Word classes of its own."""
    signs: tuple[SignSource, ...]
    chains: tuple[ChainSource, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something about a prompt that is no technique and bears on what techniques mean in it."""

    id: str
    effect: str
    """`negates`, `mentions` or `none`: what it does to what stands in its reach."""
    scope: str
    """`section`: it speaks for what stands below it; `document`: for everything; `sentence`: for itself."""
    least: int
    """How many different ones of its signs a document must have."""
    signs: SignFile


@dataclass(frozen=True, slots=True)
class LexiconSource:
    """The word classes that all patterns share."""

    classes: tuple[tuple[str, tuple[str, ...]], ...]
    numbers: tuple[tuple[int, tuple[str, ...]], ...]
    frequencies: tuple[tuple[int, tuple[str, ...]], ...]
    """How many of a thousand passages have each of some words."""


class Evidence(NamedTuple):
    source: str
    """`arXiv:NNNN.NNNNN` or the address of a page."""
    form: str
    """How the figure was measured: `api`, `prompt` or `training`; empty for a caveat."""
    text: Localised


class Runtime(NamedTuple):
    tool: str
    use: str


@dataclass(frozen=True, slots=True)
class Cost:
    answers: str
    """An arithmetic expression over the parameters, in units of one reasoned answer."""
    prompt: Localised
    api: Localised


@dataclass(frozen=True, slots=True)
class Technique:
    id: str
    group: str
    phase: int
    tag: str
    primary: str
    """The parameter that `id:N` sets; empty if there is none."""
    related: tuple[str, ...]
    entails: tuple[str, ...]
    absorbs: tuple[str, ...]
    """Techniques that are part of this one: their signs inside its blocks say nothing more."""
    name: Localised
    summary: Localised
    words: Phrases
    mentions: Mentions
    suits: Phrases
    signs: tuple[SignFile, ...]
    params: tuple[Param, ...]
    slots: tuple[tuple[str, Localised], ...]
    parts: tuple[Part, ...]
    cost: Cost
    evidence: tuple[Evidence, ...]
    caveats: tuple[Evidence, ...]
    runtime: tuple[Runtime, ...]
    templates: Localised
    """The source of the block's template."""
    pages: tuple[tuple[Localised, Localised], ...]
    """The sections of the explanation: title and text."""
    on_reasoning_models: Localised | None = None
    """What to say if the declared model reasons by itself."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Several techniques in one prompt."""

    id: str
    tag: str
    primary: str
    name: Localised
    summary: Localised
    words: Phrases
    techniques: tuple[str, ...]
    params: tuple[Param, ...]
    slots: tuple[tuple[str, Localised], ...]
    templates: Localised


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A term that is explained and never inserted."""

    id: str
    group: str
    name: Localised
    mentions: Mentions
    summary: Localised
    instead: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    caveats: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """How the review rates a group of methods; each value is `low`, `medium`, `high`, `very-high` or mixed."""

    group: Localised
    direct: str
    conceptual: str
    adaptation: str


class Problem(NamedTuple):
    """Something wrong with the content: where, and what to do about it."""

    path: str
    key: str
    """The key in the file, `params.n.default`; empty if the file as a whole is meant."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.key}: {self.message}" if self.key else f"{self.path}: {self.message}"


class ContentError(Exception):
    """Raised inside the loader for one folder or file; its `problem` is what the user gets to see."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
