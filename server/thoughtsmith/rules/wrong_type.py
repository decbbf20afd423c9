"""A value of another type than the key takes.

What it does
    Reports a text where a list, a number or `true` or `false` is wanted, and the other way round.

Why is this bad
    Tools do not convert. `"true"` in quotation marks is a text, so the rule that should always apply never does.

Example
    `alwaysApply: "true"` in a Cursor rule; `tools: 5` in an agent.

When not to flag
    Keys that the format leaves open, and values that stand elsewhere: aliases, and in a `.prompty` file references
    such as `${file:tools.json}` and the name of a connection.

Fix
    Where the value can be written in the right type without a doubt, such as `true` for `"true"`.

Evidence
    In 22,000 public prompt files seven values, all of which were read, all rightly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.validation import Mismatch
    from thoughtsmith.rules.subject import Subject


_REFERENCE = re.compile(r"[\"']?\$\{\w+:")


def _check(subject: Subject) -> Iterator[Problem]:
    say = findings(subject.locale)
    for mismatch in subject.mismatches:
        if mismatch.id != "wrong-type" or _stands_elsewhere(subject, mismatch):
            continue
        types = say["wrong-type.or"].join(say[f"wrong-type.{name}"] for name in mismatch.expected)
        fixes: tuple[Fix, ...] = ()
        if mismatch.replacement is not None:
            title = say["wrong-type.fix"].format(text=mismatch.replacement)
            fixes = (Fix(title, (Edit(mismatch.span, mismatch.replacement),)),)
        key = str(next((part for part in reversed(mismatch.path) if isinstance(part, str)), ""))
        yield Problem(mismatch.span, (("key", key), ("types", types)), fixes=fixes)


def _stands_elsewhere(subject: Subject, mismatch: Mismatch) -> bool:
    if subject.format.id != "prompty":
        return False
    return mismatch.path[-1] == "connection" or _REFERENCE.match(subject.lines.at(mismatch.span)) is not None


RULE = Rule("TH504", "wrong-type", "data", Severity.ERROR, _check)
"""The rule."""
