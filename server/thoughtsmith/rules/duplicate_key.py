"""A key that is written twice in the same mapping.

What it does
    Reports a key that its mapping has already, and shows the first place.

Why is this bad
    YAML forbids it. Some readers refuse the file, others silently take the first or the last value.

Example
    Two lines that begin with `description:`.

When not to flag
    Equal keys of different mappings; keys below a line that is no YAML, which may be words of a text. Of keys on lines
    that follow each other only the first.

Fix
    None: only the author knows which value is meant.

Evidence
    YAML 1.2, section 3.2.1.1: the keys of a mapping are unique. In 22,000 public prompt files seven keys, all of which
    were read, all rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


_BROKEN = frozenset({"syntax", "missing-colon"})
"""Mistakes below which the words of a text are taken for keys."""


def _check(subject: Subject) -> Iterator[Problem]:
    if subject.data is None:
        return
    lines, problems = subject.lines, subject.data.problems
    first = findings(subject.locale)["duplicate-key.first"]
    broken = min(
        (problem.span.start for problem in problems if problem.id in _BROKEN and problem.replacement is None),
        default=len(lines),
    )
    last = -2  # No line stands below it.
    for problem in problems:
        if problem.id != "duplicate-key" or problem.span.start > broken:
            continue
        line = lines.line_at(problem.span.start)
        # Lines that repeat keys one after the other are one mistake.
        if line != last + 1:
            related = () if problem.related is None else (Related(problem.related, first),)
            yield Problem(problem.span, (("key", problem.detail),), related=related)
        last = line


RULE = Rule("TH503", "duplicate-key", "data", Severity.ERROR, _check)
"""The rule."""
