"""A value that is longer than tools take.

What it does
    Reports texts beyond the limit of their key, such as a description of more than 1,024 characters in a skill.

Why is this bad
    Tools cut the text off or refuse the file.

Example
    A skill with a page of text for its `description`.

When not to flag
    Keys without a limit that some tool enforces.

Fix
    None: what can go is for the author to say.

Evidence
    In 22,000 public prompt files eight descriptions, all of them rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for mismatch in subject.mismatches:
        if mismatch.id == "too-long":
            values = (("key", str(mismatch.path[-1])), ("found", mismatch.found), ("limit", mismatch.expected[0]))
            yield Problem(mismatch.span, values)


RULE = Rule("TH507", "value-too-long", "data", Severity.WARNING, _check)
"""The rule."""
