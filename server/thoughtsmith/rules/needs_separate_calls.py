"""A technique whose measured form needs several calls, written into one prompt.

What it does
    Reports best-of-N, self-consistency and tree of thoughts in a single prompt, and names the form outside of it.

Why is this bad
    It is not: the form in one prompt has its uses. But candidates that share a context resemble each other, and the
    figures in papers were measured with independent calls.

Example
    "Self-consistency: write 5 independent solutions and return the most frequent answer."

When not to flag
    Off by default: a reminder for those who compare their results with papers.

Fix
    None: the form outside the prompt is a change of the program that sends it.

Evidence
    Wang et al. (arXiv:2203.11171) draw 40 independent samples; Yao et al. (arXiv:2305.10601) drive the search by a
    program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import instructions, is_deliberate
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in instructions(subject, "bon", "self-consistency", "tot"):
        if is_deliberate(subject, detection):
            technique = subject.catalogue.techniques[detection.id]
            runtime = next(iter(technique.runtime), None)
            if runtime is not None:
                values = (
                    ("technique", technique.name.of(subject.locale)),
                    ("tool", runtime.tool),
                    ("use", runtime.use),
                )
                yield Problem(detection.places[0], values)


RULE = Rule("TH311", "needs-separate-calls", "honesty", Severity.HINT, _check, default=False)
"""The rule."""
