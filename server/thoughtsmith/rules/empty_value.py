"""A key without a value, where tools need one.

What it does
    Reports keys with nothing behind the colon, or an empty text or list, where the format wants something.

Why is this bad
    Some tools refuse the file, others take the key to be missing.

Example
    `description:` at the top of a skill.

When not to flag
    Keys that may be empty, such as `agents: []`, which means none.

Fix
    None: what belongs there is for the author to say.

Evidence
    In 22,000 public prompt files one value, rightly.
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
        if mismatch.id == "empty":
            key = str(next((part for part in reversed(mismatch.path) if isinstance(part, str)), ""))
            yield Problem(mismatch.span, (("key", key),))


RULE = Rule("TH508", "empty-value", "data", Severity.WARNING, _check)
"""The rule."""
