"""A comment that lets findings pass where there are none.

What it does
    Reports `thoughtsmith-ignore` comments, or rules in them, because of which nothing is let pass.

Why is this bad
    The comment reaches the model and tells readers of a problem that is gone. The next problem of that kind would pass
    unseen.

Example
    `<!-- thoughtsmith-ignore-file TH503 -->` in a file where no key stands twice.

When not to flag
    A comment for rules that are switched off at the moment.

Fix
    The comment, or the rule in it, is taken away.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because it reads only comments
    that are meant for this program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity, Tag
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.rules.suppression import Named, Suppression


def _check(subject: Subject) -> Iterator[Problem]:
    title = findings(subject.locale)["unused-suppression.fix"]
    for comment, rules in subject.suppressed.unused:
        if not rules:
            fix = (Fix(title, (_without(comment, subject),)),) if comment.closed else ()
            yield Problem(comment.span, variant="comment", fixes=fix, tags=(Tag.UNNECESSARY,))
        for named in rules:
            yield Problem(
                named.span,
                (("rule", named.word),),
                "rule",
                fixes=(Fix(title, (_without_rule(named, comment),)),),
                tags=(Tag.UNNECESSARY,),
            )


def _without(comment: Suppression, subject: Subject) -> Edit:
    """Takes a comment away: with its line if nothing else is there and nothing grows together."""
    lines, (start, end) = subject.lines, comment.span
    text = lines.line(comment.line)
    line_start = lines.start_of(comment.line)
    before, after = text[: start - line_start], text[end - line_start :]
    if before.strip() or after.strip():
        return Edit(Span(line_start + len(before.rstrip()), end if after.strip() else line_start + len(text)), "")
    front_matter = subject.tree.front_matter
    in_data = lines.text.startswith("#", start) or (front_matter is not None and start < front_matter.end)
    parts = not in_data and lines.line(comment.line - 1).strip() and lines.line(comment.line + 1).strip()
    if comment.line > 0 and parts:
        return Edit(Span(line_start, line_start + len(text)), "")
    return Edit(Span(line_start, lines.start_of(comment.line + 1)), "")


def _without_rule(named: Named, comment: Suppression) -> Edit:
    """Takes a word away with what parts it from its neighbour."""
    at = comment.rules.index(named)
    if at + 1 < len(comment.rules):
        return Edit(Span(named.span.start, comment.rules[at + 1].span.start), "")
    return Edit(Span(comment.rules[at - 1].span.end, named.span.end), "")


RULE = Rule("TH901", "unused-suppression", "suppression", Severity.WARNING, _check, last=True)
"""The rule."""
