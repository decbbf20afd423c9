"""A rating of confidence that changes nothing.

What it does
    Reports a block that asks for confidence and does not say what happens when it is low.

Why is this bad
    Models overstate their confidence. A number beside a doubtful claim does not keep anybody from believing it; a
    rule for low ratings does.

Example
    "Rate your confidence in each claim from 0 to 100."

When not to flag
    Off by default: a program or a person downstream may be the one who acts on the rating.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    Xiong et al. (arXiv:2306.13063): five models overstate the confidence they are asked for.
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
    for detection in incomplete(subject, "confidence", "low"):
        yield Problem(
            detection.places[0], fixes=adding(subject, detection, "low", "confidence-without-consequence.fix")
        )


RULE = Rule("TH111", "confidence-without-consequence", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
