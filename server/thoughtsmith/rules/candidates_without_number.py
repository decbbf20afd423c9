"""Several candidates and no word on how many.

What it does
    Reports a best-of-N block that asks for "several" candidates, or for N of them, without a number.

Why is this bad
    The model writes two or ten: the cost and the gain differ from run to run, and a program cannot count on either.

Example
    "Write several different openings, score each for clarity and pick the best one."

When not to flag
    A number anywhere in the block, a range, and a number that a variable brings.

Fix
    Three, which is enough to choose from; in Russian the words around it change as well, so there it is left to the
    author. Not safe: how many is for the author to say.

Evidence
    Off by default until enough of its findings in public prompts have been read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import NAMED, instructions, is_deliberate
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_VAGUE = re.compile(
    r"\b(?P<english>several|multiple|a few|a number of|many|some|N)\b"
    r"(?=(?:\s+[\w-]+){0,3}\s+(?:candidates|versions|variants|variations|options|alternatives|drafts|answers|responses|solutions|ideas|approaches|openings|headlines|titles))"
    r"|\b(?:нескольк\w+|множеств\w+)\b(?=(?:\s+[\w-]+){0,3}\s+(?:вариант|верси|решени|ответ|черновик|иде|подход|заголовк))",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"[{$]\w*")


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in instructions(subject, "bon", least=NAMED):
        asked = dict(detection.params).get("n")
        if (isinstance(asked, int) and asked > 1) or not is_deliberate(subject, detection):
            continue
        text = subject.lines.at(detection.span)
        vague = _VAGUE.search(text)
        if vague is None or _VARIABLE.search(text):
            continue
        span = Span(*vague.span()).shifted(detection.span.start)
        fixes: tuple[Fix, ...] = ()
        if vague["english"]:
            title = findings(subject.locale)["candidates-without-number.fix"]
            fixes = (Fix(title, (Edit(span, "three"),), safe=False),)
        yield Problem(span, (("words", vague[0]),), fixes=fixes)


RULE = Rule("TH116", "candidates-without-number", "completeness", Severity.INFO, _check, default=False)
"""The rule."""
