"""Control characters that turn the direction of the text.

What it does
    Reports embeddings, overrides and isolates for right-to-left text, once for each line.

Why is this bad
    They show the line in another order than the model reads it in: what looks like a harmless example may be an
    instruction.

Example
    An override before `txt.exe`, which then looks like `exe.txt`.

When not to flag
    Isolates and embeddings that are closed on the line, where the line has Hebrew or Arabic letters. Overrides
    always.

Fix
    Removes them. Not safe: the line will look different, and should be read again.

Evidence
    CVE-2021-42574, "Trojan Source".
    In 22,000 public prompt files two lines, both rightly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.hidden import name
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDE = re.compile("[\u202d\u202e]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _check(subject: Subject) -> Iterator[Problem]:
    lines = subject.lines
    if _CONTROL.search(lines.text) is None:
        return
    title = findings(subject.locale)["bidi-control.fix"]
    for number, line in enumerate(lines.lines):
        first = _CONTROL.search(line)
        if first is None or (_RIGHT_TO_LEFT.search(line) and not _OVERRIDE.search(line) and _is_closed(line)):
            continue
        start = lines.starts[number]
        edits = tuple(Edit(Span(start + found.start(), start + found.end()), "") for found in _CONTROL.finditer(line))
        # What cannot be seen cannot be pointed at: the finding is the rest of the line, whose order is in doubt.
        span = Span(start + first.start(), lines.end_of(number))
        yield Problem(span, (("name", name(first[0])),), fixes=(Fix(title, edits, safe=False),))


def _is_closed(line: str) -> bool:
    opened = len(re.findall("[\u2066-\u2068]", line)), len(re.findall("[\u202a\u202b]", line))
    return opened == (line.count("\u2069"), line.count("\u202c"))


RULE = Rule("TH702", "bidi-control", "security", Severity.WARNING, _check)
"""The rule."""
