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
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because it speaks only where
    the file names the model and its maker the harm.
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
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.syntax.tree import Section

_EXAMPLES = re.compile(r"\W*(?:few[- ]shot )?(?:examples?|примеры?)\W*(?:\d+\W*)?", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:(?:double|triple|re)-?[ -]?check|verify|check|review|validate)\s+(?:all\s+)?your\s+(?:own\s+|final\s+)?"
    r"(?:answers?|work|responses?|outputs?|solutions?|reasoning|results?)\b"
    r"(?=\s*(?:$|[.;!\n]|before|carefully|thoroughly|twice|again\b|when|once))"
    r"|\b(?:пере)?провер(?:ь|яй)(?:те)?\s+(?:себя|свой ответ|своё решение|свое решение|свою работу|свои ответы)\b"
    r"(?=\s*(?:$|[.;!\n]|перед|прежде|ещё раз|еще раз|тщательно|внимательно))",
    re.IGNORECASE,
)
"""A demand to check that names nothing to check: only these are meant, tests and criteria keep their worth."""
_NAMES = re.compile(r"[:?]")
_BEHIND = 80
"""Characters behind such a demand in which a colon or a question says what to check after all."""


def _check(subject: Subject) -> Iterator[Problem]:
    found = family(subject)
    if found is None or not found.discourages:
        return
    declared = subject.model.span
    related = (
        () if declared is None else (Related(declared, findings(subject.locale)["discouraged-for-model.related"]),)
    )
    text = subject.lines.text
    reported = -1
    for detection in instructions(subject, *found.discourages):
        general = _GENERAL.search(text, detection.span.start, detection.span.end)
        if (
            general is None
            or general.start() <= reported
            or _NAMES.search(text, general.end(), general.end() + _BEHIND)
        ):
            continue
        reported = general.start()
        yield Problem(Span(*general.span()), (("model", found.name),), variant="check", related=related)
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
