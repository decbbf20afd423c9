"""A value of another type than the key takes.

What it does
    Reports a text where a list, a number or `true` or `false` is wanted, and the other way round.

Why is this bad
    Tools do not convert. `"true"` in quotation marks is a text, so the rule that should always apply never does.

Example
    `alwaysApply: "true"` in a Cursor rule; `tools: 5` in an agent.

When not to flag
    Keys that the format leaves open, and aliases, whose value stands elsewhere.

Fix
    Where the value can be written in the right type without a doubt, such as `true` for `"true"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    say = findings(subject.locale)
    for mismatch in subject.mismatches:
        if mismatch.id != "wrong-type":
            continue
        types = say["wrong-type.or"].join(say[f"wrong-type.{name}"] for name in mismatch.expected)
        fixes: tuple[Fix, ...] = ()
        if mismatch.replacement is not None:
            title = say["wrong-type.fix"].format(text=mismatch.replacement)
            fixes = (Fix(title, (Edit(mismatch.span, mismatch.replacement),)),)
        key = str(next((part for part in reversed(mismatch.path) if isinstance(part, str)), ""))
        yield Problem(mismatch.span, (("key", key), ("types", types)), fixes=fixes)


RULE = Rule("TH504", "wrong-type", "data", Severity.ERROR, _check)
"""The rule."""
