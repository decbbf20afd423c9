"""The variables of a template: which places mean the same one, what is undefined, what is never used, and renaming."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates import jinja_names, script
from thoughtsmith.syntax.template import DECLARATION, LOCAL, LOOP
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.template import Name, Template
    from thoughtsmith.text.span import Span

_BY_SPAN = attrgetter("span")
_SHADOWING = frozenset({LOOP, LOCAL})
"""Kinds of definitions that begin a variable of their own. An assignment gives a value to one that is there, if any:
whether it replaces or hides the value, who renames one of the two means both."""

_HIDING = frozenset({"jinja", "poml"})
"""The languages in which a variable hides what the language itself defines by that name; in the others the two are
written differently: `index` and `@index`, `${input:file}` and `${file}`."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable and all places that mean it."""

    name: str
    definitions: tuple[Name, ...]
    uses: tuple[Name, ...]
    scope: Span | None
    """Where the name means it; `None` for the whole file."""

    @property
    def builtin(self) -> bool:
        """Whether the language gives it its meaning."""
        return not self.definitions and all(use.builtin for use in self.uses)

    @property
    def places(self) -> tuple[Name, ...]:
        """Definitions and uses, in the order of the text."""
        return tuple(sorted((*self.definitions, *self.uses), key=_BY_SPAN))


class Variables:
    """The variables of one template."""

    def __init__(self, variables: tuple[Variable, ...]) -> None:
        self.all = variables
        """In the order in which they first stand in the text."""

    @lazy
    def _places(self) -> list[tuple[Name, Variable]]:
        places = [(place, variable) for variable in self.all for place in variable.places]
        return sorted(places, key=lambda pair: pair[0].span)

    @lazy
    def _starts(self) -> list[int]:
        return [place.span.start for place, _ in self._places]

    def at(self, offset: int) -> tuple[Variable, Name] | None:
        """The variable whose name a cursor at `offset` touches, and the place; of two the one that begins there."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0:
            place, variable = self._places[index]
            if offset in place.span:
                return variable, place
            if place.span.end < offset:
                return None
            index -= 1
        return None

    @property
    def undefined(self) -> tuple[Name, ...]:
        """The uses of what nothing defines, without those that may be undefined and what the language defines.

        They are mistakes only if the template declares its variables.
        """
        found = [
            use
            for variable in self.all
            if not variable.definitions
            for use in variable.uses
            if not (use.optional or use.builtin)
        ]
        return tuple(sorted(found, key=_BY_SPAN))

    @property
    def unused(self) -> tuple[Variable, ...]:
        """What the file declares and never uses."""
        return tuple(
            variable
            for variable in self.all
            if not variable.uses and any(place.defines == DECLARATION for place in variable.definitions)
        )


class _Growing:
    """A variable whose places are being collected."""

    def __init__(self, name: str, scope: Span | None) -> None:
        self.name = name
        self.scope = scope
        self.definitions: list[Name] = []
        self.uses: list[Name] = []

    def done(self) -> Variable:
        definitions = tuple(sorted(self.definitions, key=_BY_SPAN))
        return Variable(self.name, definitions, tuple(self.uses), self.scope)


def variables(template: Template) -> Variables:
    """The variables of `template`. The innermost definition around a use is the one that it means."""
    by_name: dict[tuple[str, bool], list[Name]] = {}
    hides = template.language in _HIDING
    for place in template.names:
        by_name.setdefault((place.name, place.builtin and not hides), []).append(place)
    found = [variable for places in by_name.values() for variable in _of_name(places)]
    return Variables(tuple(sorted(found, key=lambda variable: variable.places[0].span)))


def _of_name(places: list[Name]) -> Iterator[Variable]:
    """The variables that share a name."""
    outermost = _Growing(places[0].name, None)
    scopes: dict[Span, list[Name]] = {}
    uses: list[Name] = []
    for place in places:
        if not place.defines:
            uses.append(place)
        elif place.scope is None:
            outermost.definitions.append(place)
        else:
            scopes.setdefault(place.scope, []).append(place)
    every = [outermost]
    around: list[tuple[int, _Growing]] = []
    """The variables whose scope holds the place that is looked at, with the ends of their scopes."""
    uses.sort(key=_BY_SPAN)
    next_use = 0

    def settle(limit: int) -> None:
        """Give the uses before `limit` to their variables."""
        nonlocal next_use
        while next_use < len(uses) and uses[next_use].span.start < limit:
            use = uses[next_use]
            leave(use.span.end)
            (around[-1][1] if around else outermost).uses.append(use)
            next_use += 1

    def leave(position: int) -> None:
        while around and around[-1][0] < position:
            around.pop()

    for scope in sorted(scopes, key=lambda span: (span.start, -span.end)):
        settle(scope.start)
        leave(scope.end)
        enclosing = around[-1][1] if around else outermost
        own = any(definition.defines in _SHADOWING for definition in scopes[scope])
        if own or not enclosing.definitions:
            enclosing = _Growing(outermost.name, scope)
            every.append(enclosing)
        enclosing.definitions += scopes[scope]
        around.append((scope.end, enclosing))
    settle(uses[-1].span.end + 1 if uses else 0)
    return (variable.done() for variable in every if variable.definitions or variable.uses)


def rename(variable: Variable, new_name: str) -> list[Edit]:
    """The edits that give `variable` another name everywhere; none for what the language defines."""
    if variable.builtin:
        return []
    return [Edit(place.span, _quoted(new_name, place.quote)) for place in variable.places]


_PLAIN_KEY = re.compile(r"[^\W\d]\w*(?:[.-]\w+)*\Z")
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def _quoted(name: str, quote: str) -> str:
    if quote == "yaml":
        plain = _PLAIN_KEY.match(name) and name.lower() not in _YAML_WORDS
        return name if plain else '"' + _quoted(name, '"') + '"'
    return name.replace("\\", "\\\\").replace(quote, "\\" + quote) if quote else name


_NAMES = {
    "jinja": re.compile(r"[^\W\d]\w*\Z"),
    "handlebars": re.compile(r"[^\s!\"#%-,./;->@\[-^`{-~]+\Z"),
    "mustache": re.compile(r"[^\s!\"#%-,./;->@\[-^`{-~]+\Z"),
    "inputs": re.compile(r"[^\W\d][\w.-]*\Z"),
    "arguments": re.compile(r"[A-Za-z_][\w-]*\Z", re.ASCII),
    "python-format": re.compile(r"[^\W\d]\w*\Z"),
    "poml": re.compile(r"(?:[^\W\d]|\$)[\w$]*\Z"),
}
_HANDLEBARS_WORDS = frozenset({"this", "true", "false", "null", "undefined", "else", "as"})
_RESERVED = {
    "jinja": jinja_names.KEYWORDS | jinja_names.CONSTANTS,
    "handlebars": _HANDLEBARS_WORDS,
    "mustache": _HANDLEBARS_WORDS,
    "poml": script.KEYWORDS,
    "arguments": frozenset({"ARGUMENTS"}),
}


def valid_name(language: str, name: str) -> bool:
    """Whether `name` can be the name of a variable in a template of `language`."""
    pattern = _NAMES.get(language)
    return pattern is not None and pattern.match(name) is not None and name not in _RESERVED.get(language, ())
