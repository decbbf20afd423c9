"""The same technique in two places of one prompt.

What it does
    Reports a second full block of a technique far from the first.

Why is this bad
    The two drift apart: numbers, criteria and formats of one place contradict those of the other.

Example
    A section "Best of 3" near the top of a prompt, and one "Best of 5" near its end.

When not to flag
    Off by default: a reminder at the end of a long prompt can be meant. Never for two prompts in one file, and
    never for checks, confidence and splitting, which may belong to every part of a task.

Fix
    None: which of the two should stay only the author knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import NEARBY, instructions, is_deliberate
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind, enclosing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.detection import Detection

_ONCE = ("bon", "cos", "self-consistency", "self-refine", "tot")
"""The techniques that one prompt has at most once; checks, confidence and splitting belong to every part of a task."""


def _check(subject: Subject) -> Iterator[Problem]:
    first: dict[tuple[object, str], Detection] = {}
    for detection in instructions(subject, *_ONCE):
        if not is_deliberate(subject, detection):
            continue
        sections = enclosing(subject.tree, detection.span.start)
        prompt = next((section.span for section in sections if section.kind is Kind.EMBEDDED), None)
        earlier = first.setdefault((prompt, detection.id), detection)
        if detection.span.start - earlier.span.end > NEARBY:
            name = subject.catalogue.techniques[detection.id].name.of(subject.locale)
            related = Related(earlier.places[0], findings(subject.locale)["repeated-technique.related"])
            yield Problem(detection.places[0], (("technique", name),), related=(related,))


RULE = Rule("TH208", "repeated-technique", "conflicts", Severity.INFO, _check, default=False)
"""The rule."""
