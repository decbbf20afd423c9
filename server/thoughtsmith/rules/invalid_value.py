"""A value that the key cannot have.

What it does
    Reports values outside a fixed list, numbers outside their range, and names that break the rules for names.

Why is this bad
    The tool ignores the value or the whole file, mostly without a word.

Example
    `effort: hihg`, where `low`, `medium`, `high`, `xhigh` and `max` are known.

When not to flag
    Keys whose values are open, such as the names of models and tools.

Fix
    The nearest value that is allowed, if the value looks like a slip. Not safe: only the author knows what was meant.

Evidence
    In 22,000 public prompt files 110 values, 109 of them names of skills. 45 were read, all rightly, and a program
    found that the other names break the rules for names as well.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

SHOWN = 12
"""Allowed values that a message lists; longer lists are for completion."""


def _check(subject: Subject) -> Iterator[Problem]:
    say = findings(subject.locale)
    for mismatch in subject.mismatches:
        if mismatch.id not in ("unknown-value", "pattern", "out-of-range", "invalid"):
            continue
        allowed = ", ".join(f"`{value}`" for value in mismatch.expected[:SHOWN])
        if len(mismatch.expected) > SHOWN:
            allowed += ", …"
        near = get_close_matches(mismatch.found, mismatch.expected, 1) if mismatch.id == "unknown-value" else []
        fixes = tuple(
            Fix(say["invalid-value.fix"].format(value=value), (Edit(mismatch.span, value),), safe=False)
            for value in near
        )
        key = str(next((part for part in reversed(mismatch.path) if isinstance(part, str)), ""))
        # Names have rules that a pattern says badly.
        variant = "name" if mismatch.id == "pattern" and key == "name" else mismatch.id
        yield Problem(mismatch.span, (("key", key), ("allowed", allowed)), variant, fixes)


RULE = Rule("TH505", "invalid-value", "data", Severity.WARNING, _check)
"""The rule."""
