"""Several candidates and no word on which of them is the answer.

What it does
    Reports a best-of-N block that asks for candidates and never for a final pick, neither in the block nor near it.

Why is this bad
    Without a pick the answer is a list, and choosing, the point of best-of-N, is left to whoever reads it.

Example
    "Best of 3: write three different openings and score each from 1 to 10."

When not to flag
    Candidates that the user asked to see; best-of-N that is only mentioned, or hinted at in passing, and what stands in
    quotation marks or in code.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    In 22,000 public prompt files it once found two places, neither of them rightly, a quoted example and names in code,
    which are cases here now; it finds nothing any more. Off by default until there are findings to judge it by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, is_quoted, unfinished
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in unfinished(subject, "bon", "pick"):
        if is_quoted(subject, detection.places[0].start):
            continue
        yield Problem(detection.places[0], fixes=adding(subject, detection, "pick", "candidates-without-pick.fix"))


RULE = Rule("TH101", "candidates-without-pick", "completeness", Severity.WARNING, _check, default=False)
"""The rule."""
