"""Code actions that let a finding pass: by a comment for its place, or for the whole file.

Comments may reach the model, and in the wrong place they break a file. So one is offered only where a trial shows that
it is read as a comment and that everything else is read as before.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from thoughtsmith.formats import front_matter
from thoughtsmith.ide.action import QUICK_FIX_KIND, Offer, WrittenEdit
from thoughtsmith.messages import messages
from thoughtsmith.rules.suppression import WORD
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.rules.finding import Finding

KIND = QUICK_FIX_KIND
AT_ONCE = 3
"""Findings of one selection that this is offered for; every trial reads the file anew."""
LARGEST = 50_000
"""Characters. In larger files nothing is tried."""

_TAKES_COMMENTS = frozenset({Kind.PARAGRAPH, Kind.HEADING, Kind.LIST, Kind.QUOTE})
"""Blocks of which a line stays what it is with a comment behind it."""
_FENCE = re.compile(r"[ \t>*+-]*(?:\d+[.)][ \t]*)?(?:```|~~~)")


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    """Both kinds of comments for the findings that the selection touches, as far as they are possible."""
    if len(snapshot.lines) > LARGEST or snapshot.path.lower().endswith(".json"):
        return []
    say = messages(snapshot.locale)
    touched = [
        (index, finding)
        for index, finding in enumerate(snapshot.checked.findings)
        if finding.span.start <= selection.end
        and selection.start <= finding.span.end
        and finding.rule not in snapshot.last_rules
    ]
    return [
        Offer(
            producer="ignore",
            id=f"{index}.{reach}",
            title=title.format(rule=finding.name),
            kind=KIND,
            start=selection.start,
            end=selection.end,
            finding=index,
        )
        for index, finding in touched[:AT_ONCE]
        for reach, title in (("here", say.ignore_here), ("file", say.ignore_in_file))
        if _edit(snapshot, finding, reach) is not None
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[WrittenEdit]:
    index, _, reach = offer.id.partition(".")
    edit = _edit(snapshot, snapshot.checked.findings[int(index)], reach)
    return [] if edit is None else [WrittenEdit(edit.span, (edit.text,))]


def _edit(snapshot: Snapshot, finding: Finding, reach: str) -> Edit | None:
    """The first of the possible comments that does what it should and nothing else."""
    candidates = _for_file(snapshot, finding) if reach == "file" else _for_line(snapshot, finding)
    return next((edit for edit in candidates if _is_harmless(snapshot, finding, edit, reach)), None)


def _for_file(snapshot: Snapshot, finding: Finding) -> Iterator[Edit]:
    words = f"{WORD}-file {finding.rule}"
    newline = snapshot.lines.newline
    tree = snapshot.tree
    content = front_matter.content(tree)
    if content is not None:
        yield Edit(Span(content.start, content.start), f"# {words}{newline}")
    elif any(top.node.kind is Kind.DATA for top in tree.nodes):
        yield Edit(Span(0, 0), f"# {words}{newline}")
    elif snapshot.format.comment is not None:
        opening, closing = snapshot.format.comment
        yield Edit(Span(0, 0), f"{opening} {words} {closing}{newline}")


def _for_line(snapshot: Snapshot, finding: Finding) -> Iterator[Edit]:
    """Behind the line, else above it."""
    lines = snapshot.lines
    number = lines.line_at(finding.span.start)
    line, start = lines.line(number), lines.start_of(number)
    indentation = line[: len(line) - len(line.lstrip())]
    end = start + len(line.rstrip())
    top = snapshot.tree.at_line(number)
    kind = None if top is None else top.node.kind
    if kind in (Kind.FRONT_MATTER, Kind.DATA):
        yield Edit(Span(end, end), f" # {WORD} {finding.rule}")
        yield Edit(Span(start, start), f"{indentation}# {WORD}-next-line {finding.rule}{lines.newline}")
    if top is None or snapshot.format.comment is None:
        return
    opening, closing = snapshot.format.comment
    in_code = sum(1 for above in lines.lines[top.first_line : number] if _FENCE.match(above)) % 2
    if kind in _TAKES_COMMENTS and not in_code and not line.endswith("\\"):
        yield Edit(Span(end, end), f" {opening} {WORD} {finding.rule} {closing}")
    if number == top.first_line and kind is not Kind.FRONT_MATTER:
        yield Edit(
            Span(start, start), f"{indentation}{opening} {WORD}-next-line {finding.rule} {closing}{lines.newline}"
        )


def _is_harmless(snapshot: Snapshot, finding: Finding, edit: Edit, reach: str) -> bool:
    """Whether the finding is gone because of the comment, and all else is read and found as before.

    Words in a comment can be taken for words of the prompt, which rules would read.
    """
    after = snapshot.with_text(apply_edits(snapshot.lines.text, [edit]))
    before, now = _rules(snapshot), _rules(after)
    was, left = before.pop(finding.rule), now.pop(finding.rule, 0)
    if left >= was or (reach == "file" and left):
        return False
    data, other = snapshot.data, after.data
    return (
        before == now
        and _kinds(snapshot) == _kinds(after)
        and (data and data.root.plain) == (other and other.root.plain)
    )


def _rules(snapshot: Snapshot) -> Counter[str]:
    """How often each rule finds something, new or known."""
    return Counter(found.rule for found in snapshot.checked.findings)


def _kinds(snapshot: Snapshot) -> list[Kind]:
    """The blocks of a file but for its comments."""
    return [top.node.kind for top in snapshot.tree.nodes if top.node.kind is not Kind.COMMENT]
