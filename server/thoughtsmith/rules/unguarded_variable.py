"""A variable in the middle of an instruction.

What it does
    Reports variables that stand between words of the same line and are not set off by quotation marks, brackets,
    backticks or tags.

Why is this bad
    If the value comes from users, documents or the web, it may hold instructions, and the model cannot tell where the
    author's words end.

Example
    `Summarize {{ text }} in one sentence.`; better `Summarize the text in <text> tags …`.

When not to flag
    Off by default: many variables hold a language or a number that the author's own program chose, which no file
    says. Switch it on where prompts take in what strangers wrote.

Fix
    None: whether tags or quotation marks fit is for the author to say.

Evidence
    OWASP Top 10 for LLM applications, LLM01: "segregate and identify external content".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.template import DECLARATION, INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_GUARDS = frozenset("\"'`“”«»„‘’()[]{}<>|*")
_WORD = re.compile(r"[^\W\d_]{2}")


def _check(subject: Subject) -> Iterator[Problem]:
    lines, template = subject.lines, subject.template
    local = {name.name for name in template.names if name.defines and name.defines not in (DECLARATION, INPUT)}
    starts = [name.span.start for name in template.names]
    body = subject.tree.front_matter
    for tag in template.tags:
        if tag.kind != "expression" or (body is not None and tag.span.start < body.end):
            continue
        index = bisect_left(starts, tag.span.start)
        name = template.names[index] if index < len(starts) and starts[index] < tag.span.end else None
        if name is None or name.builtin or name.defines or name.name in local:
            continue
        number = lines.line_at(tag.span.start)
        if tag.span.end > lines.end_of(number):
            continue
        before = lines.text[lines.start_of(number) : tag.span.start]
        after = lines.text[tag.span.end : lines.end_of(number)]
        if before[-1:] in _GUARDS or after[:1] in _GUARDS or not _WORD.search(before) or not _WORD.search(after):
            continue
        yield Problem(tag.span, (("name", name.name),))


RULE = Rule("TH707", "unguarded-variable", "security", Severity.INFO, _check, default=False)
"""The rule."""
