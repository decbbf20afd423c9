"""A variable that the prompt uses and does not declare.

What it does
    Reports variables that are not among the inputs of a prompt that lists its inputs.

Why is this bad
    The place stays empty, or the prompt cannot be filled in at all. Mostly the name is a slip.

Example
    `{{qestion}}` in a prompt whose front matter declares `question`.

When not to flag
    Prompts that list no inputs; variables with a default; what is only tested for.

Fix
    The declared name that is nearest, if the name looks like a slip; otherwise an entry in the front matter. Not safe:
    only the author knows which of the two was meant.

Evidence
    In 22,000 public prompt files ten variables, all of them rightly.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from thoughtsmith.analysis.declaring import declaration
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.text.span import Span


def _check(subject: Subject) -> Iterator[Problem]:
    if not subject.template.declares:
        return
    known = sorted({variable.name for variable in subject.variables.all if variable.definitions})
    for use in subject.variables.undefined:
        near = get_close_matches(use.name, known, 1)
        yield Problem(use.span, (("name", use.name),), fixes=tuple(_fixes(subject, use.name, use.span, near)))


def _fixes(subject: Subject, name: str, span: Span, near: list[str]) -> Iterator[Fix]:
    say = findings(subject.locale)
    for other in near:
        yield Fix(say["undefined-variable.change"].format(name=other), (Edit(span, other),), safe=False)
    edit = declaration(subject.data, subject.variables, subject.lines, name)
    if edit is not None:
        yield Fix(say["undefined-variable.declare"].format(name=name), (edit,), safe=False)


RULE = Rule("TH601", "undefined-variable", "template", Severity.WARNING, _check)
"""The rule."""
