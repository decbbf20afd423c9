"""A task that is split and never put together again.

What it does
    Reports a block that calls itself decomposition, has sub-problems solved in order and does not combine their
    results.

Why is this bad
    The answer is a row of partial results, and nobody has checked whether they fit.

Example
    "Break the task into sub-problems, order them by their dependencies and solve one after another."

When not to flag
    Off by default: in work on code the parts come together by themselves.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, incomplete, is_named
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in incomplete(subject, "decomposition", "combine", "final"):
        if is_named(subject, detection):
            yield Problem(
                detection.places[0], fixes=adding(subject, detection, "combine", "subtasks-never-combined.fix")
            )


RULE = Rule("TH113", "subtasks-never-combined", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
