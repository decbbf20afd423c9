"""Effort that is to follow difficulty, and to be the same for everything.

What it does
    Reports an instruction to treat everything with the same depth near one to spend effort by difficulty.

Why is this bad
    Both cannot be done. The model spends much on what is easy or little on what is hard.

Example
    "Answer easy items at once and analyse hard ones in depth. Analyse every item with the same depth."

When not to flag
    Equal treatment of people, and the same form for every item.

Fix
    None: which of the two is meant only the author knows.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because no model can do both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.clashes import clashes
from thoughtsmith.rules.finding import Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.finding import Problem
    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    yield from clashes(subject, "equal-effort-by-difficulty", ("cos",), "equal-treatment")


RULE = Rule("TH206", "equal-effort-by-difficulty", "conflicts", Severity.WARNING, _check)
"""The rule."""
