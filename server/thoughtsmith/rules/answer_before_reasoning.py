"""Reasoning that is asked for after the answer.

What it does
    Reports an instruction to give the answer first and to reason afterwards.

Why is this bad
    A model writes from left to right. What it writes after the answer can no longer change it: it is a
    justification.

Example
    "First give your answer, then think step by step."

When not to flag
    An explanation of the answer for the reader, and models that reason by themselves before they write.

Fix
    None: the sentence has to be turned round by hand.

Evidence
    In the chain of thought of Wei et al. (arXiv:2201.11903) the reasoning comes before the answer.
    In 22,000 public prompt files one instruction, rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.models import reasons_first
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for signal in subject.signals:
        if signal.id == "answer-first" and not reasons_first(subject):
            yield Problem(signal.span)


RULE = Rule("TH114", "answer-before-reasoning", "completeness", Severity.WARNING, _check)
"""The rule."""
