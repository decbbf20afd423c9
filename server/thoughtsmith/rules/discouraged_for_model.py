"""Something in the prompt that the maker of the declared model advises against.

What it does
    Looks for what the table of models lists as discouraged: a general demand to check the own work on Claude Opus
    5, a section of examples on DeepSeek R1.

Why is this bad
    What helps one model hurts another: the check costs tokens and finds nothing, the examples lower the results.

Example
    `model: claude-opus-5` and "Double-check your answer before you give it."

When not to flag
    Unknown models, and checks that name what to check: tests, sources, criteria.

Fix
    None: taking an instruction away may take something away that the author needs.

Evidence
    The prompting guide for Claude Opus 5 (platform.claude.com) and the report on DeepSeek-R1 (arXiv:2501.12948).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import instructions
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.models import family
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.syntax.tree import Section
    from thoughtsmith.text.span import Span

_EXAMPLES = re.compile(r"\W*(?:few[- ]shot )?(?:examples?|примеры?)\W*(?:\d+\W*)?", re.IGNORECASE)
_NAMED_CHECKS = ("checks", "criteria")
"""The parts that make a check more than a general demand."""


def _check(subject: Subject) -> Iterator[Problem]:
    found = family(subject)
    if found is None or not found.discourages:
        return
    declared = subject.model.span
    related = (
        () if declared is None else (Related(declared, findings(subject.locale)["discouraged-for-model.related"]),)
    )
    for detection in instructions(subject, *found.discourages):
        parts = subject.parts_within(detection.id, detection.span)
        if not set(parts) & set(_NAMED_CHECKS):
            yield Problem(detection.places[0], (("model", found.name),), variant="check", related=related)
    if "examples" in found.discourages:
        for span in _examples(subject.tree.sections):
            yield Problem(span, (("model", found.name),), variant="examples", related=related)


def _examples(sections: tuple[Section, ...]) -> Iterator[Span]:
    """The titles of sections of examples; of sections in one another the outermost."""
    for section in sections:
        if section.kind in (Kind.HEADING, Kind.TAG) and _EXAMPLES.fullmatch(section.name):
            yield section.name_span
        else:
            yield from _examples(section.children)


RULE = Rule("TH303", "discouraged-for-model", "models", Severity.INFO, _check)
"""The rule."""
