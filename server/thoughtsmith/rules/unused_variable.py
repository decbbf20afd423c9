"""An input that the prompt declares and never uses.

What it does
    Reports the inputs of a prompt that stand nowhere in its text.

Why is this bad
    Callers go on providing a value that the model never sees.

Example
    `inputs: {question: …, tone: …}` above a prompt that has only `{{question}}`.

When not to flag
    Prompts that are put together from several files, or that pass on everything they are given: the value may be used
    where it cannot be seen from here. Prompts with errors in their template.

Fix
    None: whether the input or its use is the mistake, only the author knows.

Evidence
    In 22,000 public prompt files 13 inputs, all of them rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.target import merges
from thoughtsmith.rules.finding import Problem, Severity, Tag
from thoughtsmith.rules.rule import Rule
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
    for variable in subject.variables.unused:
        # One that is declared and has a value to try it with is one finding.
        place = next((place for place in variable.definitions if place.defines == DECLARATION), None)
        if place is not None:
            yield Problem(place.span, (("name", variable.name),), tags=(Tag.UNNECESSARY,))


RULE = Rule("TH602", "unused-variable", "template", Severity.HINT, _check)
"""The rule."""
