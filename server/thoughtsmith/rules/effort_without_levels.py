"""Effort by difficulty and no word on what easy and hard mean for it.

What it does
    Reports a block that spends effort by difficulty and says neither what is enough for easy parts nor what hard ones
    deserve.

Why is this bad
    Every task looks hard to a model that is told to think. Without levels it spends the same on all of them, and the
    instruction changes nothing.

Example
    "Match the depth and the number of steps to the complexity of the question, up to ten steps."

When not to flag
    Either end is enough: "simple questions at once", "for complex ones, plan first".

Fix
    None: which levels there are, and what each of them gets, is for the author to say.

Evidence
    Off by default until enough of its findings in public prompts have been read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import incomplete
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in incomplete(subject, "cos", "easy-path", "hard-method"):
        yield Problem(detection.places[0])


RULE = Rule("TH117", "effort-without-levels", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
