"""A key that the format forbids.

What it does
    Reports keys that no tool knows, in the formats whose tools refuse such keys. In all others unknown keys are fine.

Why is this bad
    The tool stops with an error, or the key does nothing although its author counts on it.

Example
    `promts:` in a promptfoo configuration.

When not to flag
    Formats that leave room for keys of one's own; that is most of them.

Fix
    The nearest key that exists, if the key looks like a slip. Not safe: only the author knows what was meant.

Evidence
    In 22,000 public prompt files six keys of one project, all of them rightly.
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


def _check(subject: Subject) -> Iterator[Problem]:
    title = findings(subject.locale)["unknown-key.fix"]
    for mismatch in subject.mismatches:
        if mismatch.id == "unknown-key":
            near = get_close_matches(mismatch.found, mismatch.expected, 1)
            fixes = tuple(Fix(title.format(key=key), (Edit(mismatch.span, key),), safe=False) for key in near)
            yield Problem(mismatch.span, (("key", mismatch.found),), fixes=fixes)


RULE = Rule("TH509", "unknown-key", "data", Severity.WARNING, _check)
"""The rule."""
