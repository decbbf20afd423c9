"""A paragraph or item that stands there twice.

What it does
    Reports a paragraph or item of at least twelve words that has the same words as an earlier one in the same
    section.

Why is this bad
    The second costs tokens and says nothing. Mostly it is left over from copying, and when one of the two is changed
    later, the prompt contradicts itself.

Example
    The same rule at the top and at the bottom of a list.

When not to flag
    Repetitions in code and examples, in different sections, and in different messages: they may be meant.

Fix
    Removes the repetition. Not safe: some authors repeat what matters most.

Evidence
    Of 25 repetitions in public prompt files, eleven were meant, as in "if yes" and "if no". So it is off by default.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.analysis.nodes import nodes
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Related, Severity, Tag
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

MIN_WORDS = 12

_WORD = re.compile(r"\w+")
_SECTIONS = frozenset({Kind.HEADING, Kind.TAG, Kind.ROLE, Kind.EMBEDDED, Kind.DATA, Kind.DIRECTIVE})
"""What begins or ends a section: below it, repeating may make sense."""


def _check(subject: Subject) -> Iterator[Problem]:
    lines = subject.lines
    say = findings(subject.locale)
    seen: dict[tuple[str, ...], Span] = {}
    for found in nodes(subject.tree):
        if found.node.kind in _SECTIONS:
            seen.clear()
        if found.node.kind is not Kind.PARAGRAPH:
            continue
        words = tuple(_WORD.findall(lines.at(found.span).lower()))
        if len(words) < MIN_WORDS:
            continue
        first = seen.setdefault(words, found.span)
        if first is not found.span:
            yield Problem(
                found.span,
                (("line", str(lines.line_at(first.start) + 1)),),
                fixes=(Fix(say["duplicated-text.fix"], (Edit(_whole_lines(subject, found.span), ""),), safe=False),),
                related=(Related(first, say["duplicated-text.first"]),),
                tags=(Tag.UNNECESSARY,),
            )


def _whole_lines(subject: Subject, span: Span) -> Span:
    """The lines of a paragraph, with the marker before it and the blank lines behind it."""
    lines = subject.lines
    last = lines.line_at(span.end) + 1
    while last < len(lines.lines) and not lines.line(last).strip():
        last += 1
    return Span(lines.start_of(lines.line_at(span.start)), lines.start_of(last))


RULE = Rule("TH406", "duplicated-text", "structure", Severity.INFO, _check, default=False)
"""The rule."""
