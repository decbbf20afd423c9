"""More effort for what is hard, and no word on what is hard.

What it does
    Reports a compute-optimal scaling block that distributes effort without rating difficulty first.

Why is this bad
    What is not rated is treated alike: the model decides on a whim where it goes into detail.

Example
    "Compute-optimal scaling: keep routine parts to one sentence and give the rest a full analysis, 15 sentences at
    most."

When not to flag
    Off by default: often the task makes plain enough what is hard.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, incomplete
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in incomplete(subject, "cos", "triage"):
        yield Problem(detection.places[0], fixes=adding(subject, detection, "triage", "effort-without-levels.fix"))


RULE = Rule("TH109", "effort-without-levels", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
