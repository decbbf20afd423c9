"""Blocks of techniques that their authors clearly set out to write, and what they lack.

Most prompts ask for a technique in half a sentence ("double-check your work") and mean no more than that. Rules about
missing parts speak only of deliberate blocks: recognised with little doubt, and called by their name or mostly there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from thoughtsmith.analysis.language import language_at
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix
from thoughtsmith.syntax.block import Block
from thoughtsmith.syntax.tree import Kind, enclosing
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.syntax.tree import Node
    from thoughtsmith.techniques.detection import Detection

SURE = 0.75
"""A technique of less confidence is no ground for a finding."""
NAMED = 0.5
"""Confidence that is enough where a block calls itself by the name of the technique."""
NEARBY = 1_500
"""Characters on either side of a block in which a part may stand apart from it."""
COMPACT = 2_500
"""Characters: what is spread wider is no block that somebody wrote in one go."""
MANY = 50
"""Contradictory instructions, and blocks, that are compared with one another: a file with more is no prompt."""
_QUOTED = re.compile(r"`[^`\n]+`|(?<!\w)\"[^\"\n]+\"|“[^”\n]+”|«[^»\n]+»")
_TITLE = 80
"""Characters before a block that may be its title."""


def instructions(subject: Subject, *ids: str, least: float = SURE) -> Iterator[Detection]:
    """Where the prompt asks for one of the techniques with at least so much confidence."""
    for detection in subject.detections:
        if (
            detection.id in ids
            and detection.form == "instruction"
            and not detection.negated
            and detection.confidence >= least
        ):
            yield detection


def incomplete(subject: Subject, id: str, *parts: str) -> Iterator[Detection]:
    """The deliberate blocks of a technique with none of `parts`, neither in the block nor around it."""
    for detection in instructions(subject, id, least=NAMED):
        if not set(parts) & set(detection.present) and is_deliberate(subject, detection):
            around = subject.parts_within(id, surroundings(subject, detection))
            if not set(parts) & set(around):
                yield detection


def unfinished(subject: Subject, id: str, *parts: str) -> Iterator[Detection]:
    """The deliberate blocks of a technique that nothing with one of `parts` follows.

    What stands before the words of the block does not count: a title such as "Self-refine" asks for no revision.
    """
    for detection in instructions(subject, id, least=NAMED):
        if is_deliberate(subject, detection):
            words = [place.start for place in detection.places if not is_heading(subject, place.start)]
            behind = Span(min(words, default=detection.span.start), surroundings(subject, detection).end)
            if not set(parts) & set(subject.parts_within(id, behind)):
                yield detection


def is_heading(subject: Subject, offset: int) -> bool:
    """Whether a place is on the line of a heading."""
    placed = subject.tree.at(offset)
    return placed is not None and placed.node.kind is Kind.HEADING


def is_named(subject: Subject, detection: Detection) -> bool:
    """Whether the block, or the title above it, calls the technique by its name."""
    span, names = detection.span, subject.names
    for index in range(bisect_left(names, (Span(span.start - _TITLE, 0), "")), len(names)):
        if names[index].span.start >= span.end:
            break
        if names[index].id == detection.id:
            return True
    return False


def is_deliberate(subject: Subject, detection: Detection) -> bool:
    """Whether the author clearly set out to write this technique."""
    if len(detection.span) > COMPACT:
        return False
    required = {part.id for part in subject.catalogue.techniques[detection.id].parts if part.required}
    if len(detection.present) < 2:
        return False
    mostly_there = 2 * len(required.intersection(detection.present)) >= len(required)
    return (detection.confidence >= SURE and mostly_there) or is_named(subject, detection)


def is_quoted(subject: Subject, offset: int) -> bool:
    """Whether a place stands within quotation marks or code on its line: an example, no words to the model.

    Not in a prompt within data, where the quotation marks may be those of the data.
    """
    if any(section.kind is Kind.EMBEDDED for section in enclosing(subject.tree, offset)):
        return False
    line = subject.lines.line_at(offset)
    start = subject.lines.start_of(line)
    return any(match.start() <= offset - start < match.end() for match in _QUOTED.finditer(subject.lines.line(line)))


def surroundings(subject: Subject, detection: Detection) -> Span:
    """The block with what stands around it in its section."""
    span = detection.span
    start, end = max(0, span.start - NEARBY), min(len(subject.lines), span.end + NEARBY)
    sections = enclosing(subject.tree, span.start)
    return Span(max(start, sections[-1].span.start) if sections else start, end)


def close_together(subject: Subject, one: Span, other: Span) -> bool:
    """Whether two places belong to one prompt and stand in one section or not far apart."""
    here, there = enclosing(subject.tree, one.start), enclosing(subject.tree, other.start)
    if [s.span for s in here if s.kind is Kind.EMBEDDED] != [s.span for s in there if s.kind is Kind.EMBEDDED]:
        return False
    return here[-1:] == there[-1:] or max(one.start, other.start) - min(one.end, other.end) <= NEARBY


def adding(subject: Subject, detection: Detection, part_id: str, title: str) -> tuple[Fix, ...]:
    """The fix that adds a part to a block in the block's own language and syntax, where that can be done cleanly.

    `title` is the key of its title among the messages.
    """
    parts = {part.id: part for part in subject.catalogue.techniques[detection.id].parts}
    part = parts.get(part_id)
    if part is None or part.insert is None:
        return ()
    text = subject.lines.text
    end = detection.span.start + len(subject.lines.at(detection.span).rstrip())
    sentence = part.insert.ru if language_at(subject.tree, end, "en", subject.spoken) == "ru" else part.insert.en
    kind = _kind_at(subject, end - 1)
    if kind is Kind.LIST:
        place = subject.format.place_after(subject.tree, end, Style.LIST)
        if place is None:
            return ()
        block = Block((), (sentence,), (), (), ordered=False, tag="")
        edits = (Edit(place.at, to_plain(subject.format.write(block, place))), *place.renumber)
    elif kind is Kind.PARAGRAPH:
        stop = "" if text[end - 1] in ".!?:;…" else "."
        edits = (Edit(Span(end, end), f"{stop} {sentence}"),)
    else:
        return ()
    return (Fix(findings(subject.locale)[title], edits, safe=False),)


def _kind_at(subject: Subject, offset: int) -> Kind | None:
    """The kind of the list, paragraph or other block at a place."""
    placed = subject.tree.at(offset)
    if placed is None:
        return None
    found: Node | None = None
    for part in placed.parts():
        if part.node.span.shifted(part.start).start <= offset < part.node.span.shifted(part.start).end:
            found = part.node
    return None if found is None else found.kind
