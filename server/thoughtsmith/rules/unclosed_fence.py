"""A code fence that is never closed.

What it does
    Reports the beginning of a fence for which no end follows.

Why is this bad
    All that stands below counts as code: tools neither show nor read it as instructions. When a fence stands inside
    another of the same length, the first end closes the outer one, and all further fences are turned inside out.

Example
    A last line of three backticks behind an example that had been closed already.

When not to flag
    A line that begins with three backticks in the middle of a sentence.

Fix
    The missing end, behind the last line that the fence takes in. Not safe: it may belong further up.

Evidence
    In 22,000 public prompt files 276 fences; of 40 drawn at random and read, 39 are right. The other is in YAML that is
    no prompt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.analysis.nodes import nodes
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.analysis.nodes import Found
    from thoughtsmith.rules.subject import Subject

_LANGUAGE = re.compile(r"[\w{.]|$")
"""How the language behind backticks begins; anything else goes on with a sentence or a piece of code on one line."""


def _check(subject: Subject) -> Iterator[Problem]:
    lines = subject.lines
    for found in nodes(subject.tree):
        node = found.node
        if node.kind is not Kind.FENCE or node.closed or not _LANGUAGE.match(node.info):
            continue
        first = lines.line_at(found.span.start)
        opening = Span(found.span.start, lines.end_of(first))
        content = lines.at(node.content.shifted(found.start))
        if not content.strip():
            yield Problem(opening, variant="empty")
        else:
            fix = Fix(findings(subject.locale)["unclosed-fence.fix"], (_end(subject, found, first),), safe=False)
            yield Problem(opening, fixes=(fix,))


def _end(subject: Subject, found: Found, first: int) -> Edit:
    lines = subject.lines
    content = found.node.content.shifted(found.start)
    last = content.start + len(lines.at(content).rstrip())
    before = lines.slice(first, first + 1)[: found.span.start - lines.start_of(first)]
    # In an item of a list the end goes below the fence, not below the marker of the item.
    indentation = re.sub(r"\S", " ", before)
    return Edit(Span(last, last), f"{lines.newline}{indentation}{found.node.marker}")


RULE = Rule("TH402", "unclosed-fence", "structure", Severity.WARNING, _check)
"""The rule."""
