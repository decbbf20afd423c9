"""A key that is written twice in the same mapping.

What it does
    Reports every further place of a key and shows the first.

Why is this bad
    YAML forbids it. Some readers refuse the file, others silently take the first or the last value.

Example
    Two lines that begin with `description:`.

When not to flag
    Equal keys of different mappings.

Fix
    None: only the author knows which value is meant.

Evidence
    YAML 1.2, section 3.2.1.1: the keys of a mapping are unique.
    In 22,000 public prompt files 103 keys, mostly below a line that breaks the YAML; all are repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    if subject.data is None:
        return
    first = findings(subject.locale)["duplicate-key.first"]
    for problem in subject.data.problems:
        if problem.id == "duplicate-key":
            related = () if problem.related is None else (Related(problem.related, first),)
            yield Problem(problem.span, (("key", problem.detail),), related=related)


RULE = Rule("TH503", "duplicate-key", "data", Severity.ERROR, _check)
"""The rule."""
