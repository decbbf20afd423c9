"""A comment that names a rule that there is not.

What it does
    Reports words in `thoughtsmith-ignore` comments that are no id, name or group of a rule and no beginning of ids.

Why is this bad
    The comment lets nothing pass, most often because of a slip of the finger, and its author believes that it does.

Example
    `<!-- thoughtsmith-ignore TH50l -->`, with a letter for the last digit.

When not to flag
    What stands behind ` -- ` or a colon, which says why.

Fix
    Write the name of the rule, or put ` -- ` before the words that give a reason. The rule that is nearest is offered.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because it reads only comments
    that are meant for this program.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


_ID = re.compile(r"th\d+", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Problem]:
    for named in subject.suppressed.unknown:
        known = {name.lower(): name for name in subject.rule_names}
        fixes: tuple[Fix, ...] = ()
        # One id is as near to another as any.
        near_ones = () if _ID.fullmatch(named.word) else get_close_matches(named.word.lower(), known, n=1)
        for near in near_ones:
            title = findings(subject.locale)["unknown-rule.fix"].format(rule=known[near])
            fixes = (Fix(title, (Edit(named.span, known[near]),), safe=False),)
        yield Problem(named.span, (("rule", named.word),), fixes=fixes)


RULE = Rule("TH902", "unknown-rule", "suppression", Severity.WARNING, _check, last=True)
"""The rule."""
