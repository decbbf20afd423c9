"""Several candidates that nothing makes different from each other.

What it does
    Reports a best-of-N block that does not ask for candidates that differ.

Why is this bad
    Candidates of one prompt share a context. Left to itself a model writes the same thing in other words, and there
    is nothing to choose from.

Example
    "Write three versions, score them for clarity and keep the best."

When not to flag
    Off by default: where the task itself makes candidates differ, the request is superfluous.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    arXiv:2510.01171: aligned models tend to give candidates that look alike.
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
    for detection in incomplete(subject, "bon", "diversity"):
        yield Problem(detection.places[0], fixes=adding(subject, detection, "diversity", "look-alike-candidates.fix"))


RULE = Rule("TH103", "look-alike-candidates", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
