"""A kind of file that has another name today.

What it does
    Reports files whose ending tools read only for a time of transition.

Why is this bad
    One day the file is no longer found, and nothing will say so.

Example
    `review.chatmode.md`; it is `review.agent.md` now.

When not to flag
    Kinds of files that some tool still documents, such as prompt files.

Fix
    The code action that renames the file; a text edit cannot do it.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because tools no longer read
    such a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.finding import Problem, Severity, Tag
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_RENAMED = {"chatmode": (".chatmode.md", ".agent.md")}
"""By the id of the format: the old ending and the new one."""


def _check(subject: Subject) -> Iterator[Problem]:
    if subject.format.id in _RENAMED:
        old, new = _RENAMED[subject.format.id]
        yield Problem(Span(0, subject.lines.end_of(0)), (("old", old), ("new", new)), tags=(Tag.DEPRECATED,))


RULE = Rule("TH512", "deprecated-file", "data", Severity.INFO, _check)
"""The rule."""
