"""An input that the prompt declares and never uses.

What it does
    Reports the inputs of a prompt that stand nowhere in its text.

Why is this bad
    Callers go on providing a value that the model never sees.

Example
    `inputs: {question: …, tone: …}` above a prompt that has only `{{question}}`.

When not to flag
    Prompts that are put together from several files, or that pass on everything they are given: the value may be used
    where it cannot be seen from here. Prompts with errors in their template. Inputs that a `.prompty` file hands to its
    tools.

Fix
    None: whether the input or its use is the mistake, only the author knows.

Evidence
    In 22,000 public prompt files 12 inputs, all of which were read, all rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.target import merges
from thoughtsmith.rules.finding import Problem, Severity, Tag
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.data import Mapping, Scalar, walk
from thoughtsmith.syntax.template import DECLARATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_EVERYTHING = frozenset({"root", "this", "self", "kwargs", "context", "ARGUMENTS"})
"""Built-in names that stand for all inputs together; by its number any of them may be meant."""


def _check(subject: Subject) -> Iterator[Problem]:
    template = subject.template
    if not template.declares or template.problems or any(map(merges, template.includes)):
        return
    if any(name.builtin and (name.name in _EVERYTHING or name.name.isdigit()) for name in template.names):
        return
    bound = frozenset(_bound(subject))
    for variable in subject.variables.unused:
        if variable.name in bound:
            continue
        # One that is declared and has a value to try it with is one finding.
        place = next((place for place in variable.definitions if place.defines == DECLARATION), None)
        if place is not None:
            yield Problem(place.span, (("name", variable.name),), tags=(Tag.UNNECESSARY,))


def _bound(subject: Subject) -> Iterator[str]:
    """The inputs that a `.prompty` file hands to its tools."""
    tools = subject.data.root.at("tools") if subject.format.id == "prompty" and subject.data is not None else None
    for value in walk(tools) if tools is not None else ():
        source = value.at("input") if isinstance(value, Mapping) else None
        if isinstance(source, Scalar) and isinstance(source.value, str):
            yield source.value


RULE = Rule("TH602", "unused-variable", "template", Severity.HINT, _check)
"""The rule."""
