"""A check of the own answer that nothing follows from.

What it does
    Reports a block that calls itself chain-of-verification, self-verification or the like and asks for checks, but
    not for a corrected answer.

Why is this bad
    The errors that are found end up beside the wrong answer instead of in place of it.

Example
    "Chain-of-verification: write three check questions about your answer and answer each independently."

When not to flag
    Off by default: to verify mostly implies to correct. Never for checklists and reminders.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    Dhuliawala et al. (arXiv:2309.11495) measure the corrected final answer, not the checks.
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
    for detection in incomplete(subject, "verification", "corrected"):
        if is_named(subject, detection):
            yield Problem(
                detection.places[0], fixes=adding(subject, detection, "corrected", "check-without-correction.fix")
            )


RULE = Rule("TH112", "check-without-correction", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
