"""A critique of the own draft that nothing follows from.

What it does
    Reports a self-refine block that asks for a draft and a critique and neither for a revision nor for a final
    version.

Why is this bad
    The reader gets a draft with a list of its faults.

Example
    "Self-refine: write a draft of the letter, then critique it against these criteria: tone, length."

When not to flag
    A critique that is the task itself, such as a review.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    In 22,000 public prompt files one finding, in a text about prompting and so wrong. So it is off by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, unfinished
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in unfinished(subject, "self-refine", "rewrite", "delivery"):
        if {"draft", "critique"} <= set(detection.present):
            fixes = adding(subject, detection, "rewrite", "critique-without-revision.fix")
            yield Problem(detection.places[0], fixes=fixes)


RULE = Rule("TH106", "critique-without-revision", "completeness", Severity.WARNING, _check, default=False)
"""The rule."""
