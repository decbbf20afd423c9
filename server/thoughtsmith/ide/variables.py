"""What the features share about variables: which ones mean something at a place, and what is to be said of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.vocabulary import BUILTINS
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.analysis.variables import Variable
    from thoughtsmith.project.document import Snapshot

MAX_DEFAULT = 80
"""Characters of a default that are shown."""


def kind_of(variable: Variable) -> str:
    """How the variable is defined: the most telling of its definitions, `builtin` or `undefined`."""
    if variable.builtin:
        return "builtin"
    return next((place.defines for place in variable.definitions), "undefined")


def visible_at(snapshot: Snapshot, offset: int) -> list[Variable]:
    """The variables that mean something at `offset`, the innermost of each name; not one that stands there alone."""
    found: dict[str, Variable] = {}
    for variable in snapshot.variables.all:
        if variable.scope is not None and not variable.scope.start < offset <= variable.scope.end:
            continue
        if all(offset in place.span for place in variable.places):
            continue
        other = found.get(variable.name)
        if other is None or _size(variable) < _size(other):
            found[variable.name] = variable
    return list(found.values())


def _size(variable: Variable) -> float:
    return float("inf") if variable.scope is None else len(variable.scope)


def page(snapshot: Snapshot, variable: Variable) -> str:
    """What there is to know about a variable, in Markdown."""
    say = messages(snapshot.locale)
    facts = say.facts
    title = f"**`{variable.name}`** · {say.variable_kinds[kind_of(variable)]}"
    parts = [title]
    definitions = variable.definitions
    description = next((place.description for place in definitions if place.description), "")
    builtin = BUILTINS.get(snapshot.template.language, {}).get(variable.name)
    if builtin is not None and variable.builtin:
        description = builtin.meaning(snapshot.locale)
    parts.append(description)
    lines: list[str] = []
    for fact, value in (("type", type_of(variable)), ("default", default_of(variable))):
        if value:
            lines.append(facts[fact].format(value=code(value)))
    if definitions:
        numbers = dict.fromkeys(snapshot.lines.line_at(place.span.start) + 1 for place in definitions)
        lines.append(facts["defined"].format(value=", ".join(map(str, numbers))))
    lines.append(facts["uses"].format(value=len(variable.uses)))
    parts.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(part for part in parts if part)


def remark(snapshot: Snapshot, variable: Variable) -> str:
    """The same in a few words, for a list."""
    default = default_of(variable)
    words = type_of(variable) or messages(snapshot.locale).variable_kinds[kind_of(variable)]
    return f"{words} = {default}" if default else words


def type_of(variable: Variable) -> str:
    return next((place.type for place in variable.definitions if place.type), "")


def default_of(variable: Variable) -> str:
    """The default on one line, cut short."""
    default = " ".join(next((place.default for place in variable.definitions if place.default), "").split())
    return default if len(default) <= MAX_DEFAULT else default[: MAX_DEFAULT - 1] + "…"


def code(text: str) -> str:
    """A text in code marks, whatever it contains."""
    if "`" not in text:
        return f"`{text}`"
    longest = max(len(run) for run in re.findall("`+", text))
    marks = "`" * (longest + 1)
    return f"{marks} {text} {marks}"
