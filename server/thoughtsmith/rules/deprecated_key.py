"""A key that has another name today, or no use any more.

What it does
    Reports keys that tools still read out of habit, or not at all, because something else took their place.

Why is this bad
    One day the key stops working, and nothing will say so.

Example
    `mode: ask` in a prompt file; it is `agent: ask` now.

When not to flag
    Keys that one tool has given up and another still documents.

Fix
    The new key, if the value means the same and the new key is not there yet.

Evidence
    In 22,000 public prompt files one key, rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity, Tag
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.data import Mapping
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    data = subject.data
    if data is None:
        return
    title = findings(subject.locale)["deprecated-key.fix"]
    for mismatch in subject.mismatches:
        if mismatch.id != "deprecated-key":
            continue
        around = data.root.at(*(str(part) for part in mismatch.path[:-1]))
        fixes = tuple(
            Fix(title.format(key=key), (Edit(mismatch.span, key),))
            for key in mismatch.expected
            if isinstance(around, Mapping) and around.get(key) is None
        )
        variant = "instead" if mismatch.expected else "gone"
        values = (("key", mismatch.found), ("instead", ", ".join(mismatch.expected)))
        yield Problem(mismatch.span, values, variant, fixes, tags=(Tag.DEPRECATED,))


RULE = Rule("TH510", "deprecated-key", "data", Severity.WARNING, _check)
"""The rule."""
