"""A critique of the own draft without a word on what it should look at.

What it does
    Reports a self-refine block that names no criteria for its critique.

Why is this bad
    Asked what could be better, a model always finds something, and may change what was right.

Example
    "Write a draft, critique it and rewrite it."

When not to flag
    Off by default: a critique may be given its direction by the task around it.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    Huang et al. (arXiv:2310.01798): GPT-4 asked to correct itself without outside information falls on GSM8K from
    95.5% to 91.5%.
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
    for detection in incomplete(subject, "self-refine", "criteria"):
        yield Problem(
            detection.places[0], fixes=adding(subject, detection, "criteria", "refinement-without-criteria.fix")
        )


RULE = Rule("TH105", "refinement-without-criteria", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
