"""Confidence is to be rated, and doubt is forbidden.

What it does
    Reports an instruction never to voice doubt near one to state how confident the model is.

Why is this bad
    A rating that must not be low says nothing: everything comes out as certain.

Example
    "Rate your confidence in each claim from 0 to 100. Never express doubt."

When not to flag
    A confident tone, and doubt that is unwelcome under a condition only.

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
    yield from clashes(subject, "confidence-without-doubt", ("confidence",), "no-doubt")


RULE = Rule("TH207", "confidence-without-doubt", "conflicts", Severity.WARNING, _check)
"""The rule."""
