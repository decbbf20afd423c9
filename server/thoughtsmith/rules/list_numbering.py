"""A numbered list that miscounts.

What it does
    Reports the first number of a list that does not follow the one before it: 1, 2, 2, 3 or 1, 2, 4.

Why is this bad
    Models and people refer to steps by their numbers. Where two steps share one, or one is missing, "repeat step 3"
    means something else to each reader.

Example
    `1. Read`, `2. Plan`, `2. Write`.

When not to flag
    A list whose numbers are all the same, which Markdown counts itself; numbers that go back, since a list below may
    have lost its indentation; one that starts further up and leaves gaps, such as a selection of numbered rules;
    lists with conditions between items.

Fix
    Counts on from the last right number. Safe if the number of a step, point or rule is mentioned nowhere.

Evidence
    In 22,000 public prompt files 59 lists, all of which were read: 57 are right. One of the others is a scan of a book
    that lost a number, one a selection from a longer list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from thoughtsmith.analysis.nodes import nodes
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Related, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.analysis.nodes import Found
    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.syntax.tree import Node

MAX_NUMBER = 999
"""Above it numbers are years or ids."""
_REFERENCE = re.compile(
    r"(?:\b(?:steps?|items?|points?|rules?|phases?|sections?|questions?|numbers?|tasks?)"
    r"|\b(?:шаг|пункт|этап|правил|раздел|вопрос|номер|задач)[а-яё]*|[№#])[ \t\u00a0]*\d",
    re.IGNORECASE,
)
_OMISSION = re.compile(r"\W*(?:\.{3}|…)\W*")
"""An item that stands for those left out."""


def _check(subject: Subject) -> Iterator[Problem]:
    statements = [tag.span.start for tag in subject.template.tags if tag.kind == "statement"]
    safe: bool | None = None
    for found in nodes(subject.tree):
        node = found.node
        if node.kind is not Kind.LIST or not 0 <= node.number <= MAX_NUMBER:
            continue
        # With conditions between the items, nobody sees all of them.
        index = bisect_left(statements, found.span.start)
        if index < len(statements) and statements[index] < found.span.end:
            continue
        for at, end in _wrong(subject, found):
            if safe is None:
                safe = _REFERENCE.search(subject.lines.text) is None
            yield _problem(subject, found, at, end, safe=safe)


def _wrong(subject: Subject, found: Found) -> Iterator[tuple[int, int]]:
    """The first item whose number is wrong in each run of growing numbers, and the end of the run."""
    items = found.node.children
    numbers = [item.number for item in items]
    if len(set(numbers)) == 1:
        return
    start = 0
    at = 1
    while at < len(items):
        before, number = numbers[at - 1], numbers[at]
        if number == 1 or number < before:
            start = at
        elif number != before + 1:
            later = range(at + 1, len(items))
            end = next((index for index in later if numbers[index] < numbers[index - 1]), len(items))
            is_gap = number > before
            if not _columns_differ(subject, found, at) and not (
                # A run that does not begin at 1 is a selection from a longer one.
                is_gap and (numbers[start] > 1 or _is_elsewhere(subject, found, items[at - 1]))
            ):
                yield at, end
            at = start = end
        at += 1


def _columns_differ(subject: Subject, found: Found, at: int) -> bool:
    """Whether two items are not on one level to the eye, though the list takes them as such."""
    lines = subject.lines
    before, item = (found.node.children[index].span.start + found.start for index in (at - 1, at))
    return before - lines.start_of(lines.line_at(before)) != item - lines.start_of(lines.line_at(item))


def _is_elsewhere(subject: Subject, found: Found, before: Node) -> bool:
    """Whether the number that follows `before` stands inside it, or it says that something is left out."""
    text = subject.lines.at(before.content.shifted(found.start))
    return (
        re.search(rf"(?:^\s*|[,;] ){before.number + 1} ?[.)][ \t\n]", text, re.MULTILINE) is not None
        or _OMISSION.fullmatch(text) is not None
    )


def _problem(subject: Subject, found: Found, at: int, end: int, *, safe: bool) -> Problem:
    say = findings(subject.locale)
    items = found.node.children
    before, item = items[at - 1], items[at]
    wanted = before.number + 1
    edits = tuple(
        Edit(_number(subject, found, items[index]), str(wanted + index - at))
        for index in range(at, end)
        if items[index].number != wanted + index - at
    )
    return Problem(
        _number(subject, found, item),
        (("number", str(item.number)), ("before", str(before.number))),
        fixes=(Fix(say["list-numbering.fix"], edits, safe=safe),),
        related=(Related(_number(subject, found, before), say["list-numbering.before"]),),
    )


def _number(subject: Subject, found: Found, item: Node) -> Span:
    """The number of an item, without the dot behind it."""
    start = item.span.start + found.start
    end = subject.lines.text.index(item.marker, start)
    return Span(start, end)


RULE = Rule("TH403", "list-numbering", "structure", Severity.WARNING, _check)
"""The rule."""
