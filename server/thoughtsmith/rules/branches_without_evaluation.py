"""A tree of thoughts whose branches are never judged.

What it does
    Reports a block that calls itself a tree of thoughts, asks for branches and never has them scored, pruned or
    chosen.

Why is this bad
    The search is what makes the method: without a judgement there are only several ideas side by side.

Example
    "Use a tree of thoughts: explore three approaches, each as a partial solution."

When not to flag
    A tree that is only mentioned, one whose branches are judged elsewhere in the section, and brainstorming that
    does not call itself a tree.

Fix
    A sentence that adds the evaluation, in the language of the block. Not safe: by what is for the author to say.

Evidence
    Yao et al. (arXiv:2305.10601): the method consists of generating thoughts, evaluating them and searching among
    them.
    In 22,000 public prompt files one block, rightly.
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
    for detection in incomplete(subject, "tot", "evaluation", "pruning", "selection"):
        if is_named(subject, detection):
            fixes = adding(subject, detection, "evaluation", "branches-without-evaluation.fix")
            yield Problem(detection.places[0], fixes=fixes)


RULE = Rule("TH108", "branches-without-evaluation", "completeness", Severity.WARNING, _check)
"""The rule."""
