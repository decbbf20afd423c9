"""A note that something is still to be written.

What it does
    Reports `TODO:` and `TBD` where they take the place of text, and slots that tell the author to insert something,
    such as `[INSERT TEXT HERE]`.

Why is this bad
    A prompt in use should be finished: the model either invents what is missing or talks about the gap.

Example
    `Tone: TBD`.

When not to flag
    Off by default, since many prompts are templates that somebody fills in each time, and many speak about such
    notes. Switch it on where prompts are finished texts. What stands in code is never reported.

Fix
    None: only the author knows the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.quoted import Quoted
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

MAX_SHOWN = 40
"""Characters of it that the message quotes."""

_NOTE = re.compile(
    r"\[(?i:insert|paste|вставьте|вставь|впишите)[ \t][^\]\r\n]{1,200}\](?!\()"
    r"|^[ \t]*(?:[-*+][ \t]+)?"
    r"(?P<note>\[?(?:TODO|FIXME|TBD|ДОПИСАТЬ)(?:\([^)\r\n]{1,40}\))?(?:[:\]][^\r\n]{0,200}|[ \t]*$))"
    r"|:[ \t]*(?P<value>TBD|TODO|\?{3})[ \t]*$",
    re.MULTILINE,
)


def _check(subject: Subject) -> Iterator[Problem]:
    text = subject.spoken
    matches = list(_NOTE.finditer(text))
    if not matches:
        return
    quoted = Quoted(text, 0, len(text))
    for match in matches:
        if match.start() in quoted:
            continue
        start = match.start(match.lastgroup or 0)
        shown = (match[match.lastgroup or 0]).rstrip()
        short = shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN].rstrip() + "…"
        yield Problem(Span(start, start + len(shown)), (("text", short),))


RULE = Rule("TH405", "open-task", "structure", Severity.INFO, _check, default=False)
"""The rule."""
