"""Several independent solutions and no rule for which answer counts.

What it does
    Reports a self-consistency block that asks for several solutions and does not say how the answer follows from
    them.

Why is this bad
    Self-consistency is the vote: without it there are several answers, and the first or last of them wins by
    accident.

Example
    "Self-consistency: solve the problem 5 times independently, each time by a different method."

When not to flag
    Self-consistency that is only mentioned, and a majority rule that stands elsewhere in the section.

Fix
    A sentence that adds the part, in the language of the block. Not safe: it says something the author did not say.

Evidence
    Wang et al. (arXiv:2203.11171): the most frequent of 40 sampled answers raises PaLM 540B on GSM8K from 56.5% to
    74.4%.
    In 22,000 public prompt files nothing was found; it is off by default, since missing it does little harm.
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
    for detection in incomplete(subject, "self-consistency", "vote"):
        yield Problem(detection.places[0], fixes=adding(subject, detection, "vote", "solutions-without-vote.fix"))


RULE = Rule("TH107", "solutions-without-vote", "completeness", Severity.WARNING, _check, default=False)
"""The rule."""
