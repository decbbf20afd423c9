"""Several candidates are asked for, and forbidden.

What it does
    Reports an instruction to write no more than one version near a technique that needs several.

Why is this bad
    The model follows one of the two, mostly the later, and the technique is lost or the restriction is.

Example
    "Write four openings and keep the best. Write exactly one version."

When not to flag
    That only one version is returned: choosing one of several is what these techniques do.

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
    yield from clashes(subject, "single-version-of-several", ("bon", "self-consistency", "tot"), "single-version")


RULE = Rule("TH205", "single-version-of-several", "conflicts", Severity.WARNING, _check)
"""The rule."""
