"""A placeholder that nobody filled in.

What it does
    Reports tab stops of snippets, such as `${1:criteria}`, and Latin filler text.

Why is this bad
    Both come from inserting a template and are meant to be typed over. The model reads them as they stand, and
    answers as if they said something.

Example
    `Judge by ${1:criteria}.`

When not to flag
    `[your answer]` and `{name}`, which prompts use as slots for the answer and for values; parameters of shell
    scripts such as `${1:-default}`; filler text that is only spoken of; code.

Fix
    The word in the tab stop alone. Not safe: it is an example of what to write. None for filler text.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because a model takes a
    placeholder at its word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.quoted import Quoted
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

MAX_SHOWN = 40
"""Characters of it that the message quotes."""

_PLACEHOLDER = re.compile(
    r"\$\{\d{1,2}:(?P<word>[^\W\d_][^{}\r\n]{0,200})\}|\$\{\d{1,2}\|(?P<choice>[^{}|,\r\n]{1,200})[^{}|\r\n]{0,400}\|\}"
    r"|\blorem[ \t]+ipsum[ \t]+dolor\b[^\r\n]{0,200}",
    re.IGNORECASE,
)


def _check(subject: Subject) -> Iterator[Problem]:
    text = subject.spoken
    matches = list(_PLACEHOLDER.finditer(text))
    if not matches:
        return
    quoted = Quoted(text, 0, len(text))
    title = findings(subject.locale)["unfilled-placeholder.fix"]
    for match in matches:
        if match.start() in quoted:
            continue
        span = Span(*match.span())
        shown = match[0] if len(match[0]) <= MAX_SHOWN else match[0][:MAX_SHOWN].rstrip() + "…"
        word = match["word"] or match["choice"]
        fixes = (Fix(title.format(text=word), (Edit(span, word),), safe=False),) if word else ()
        yield Problem(span, (("text", shown),), fixes=fixes)


RULE = Rule("TH404", "unfilled-placeholder", "structure", Severity.WARNING, _check)
"""The rule."""
