"""Hover on words: what a technique or term is that the text names or asks for, and what the block there makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.detected import place_at
from thoughtsmith.ide.tooltip import Tooltip
from thoughtsmith.messages import messages
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.techniques.explain import short_page
from thoughtsmith.techniques.naming import Mention
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.detection import Detection

WINDOW = 600
"""Characters on either side in which names and what makes them clear are looked for."""
UNSURE = 0.7
"""A detection that is less sure than this says so."""
_IDENTIFIER = re.compile(r"`([a-z][a-z-]*)`")


class _Subject(NamedTuple):
    """A technique or term that is to be explained."""

    span: Span
    id: str
    detection: Detection | None
    """What asks for it here; `None` for a mere word outside the prompt, such as one in a code fence."""


def technique_hover(snapshot: Snapshot, offset: int) -> Tooltip | None:
    """What is named or asked for at `offset`, the most specific first; `None` if nothing is."""
    subjects = sorted(_touched(snapshot, offset), key=lambda subject: len(subject.span))
    subjects = subjects or _begun(snapshot, offset)
    if not subjects:
        return None
    pages: dict[str, str] = {}
    for subject in subjects:
        if subject.id not in pages:
            pages[subject.id] = _page(snapshot, subject)
    return Tooltip(subjects[0].span, "\n\n---\n\n".join(pages.values()))


def mention_at(snapshot: Snapshot, offset: int) -> Mention | None:
    """The technique or term that is named at `offset`, outside of comments. The longest name wins."""
    node = snapshot.tree.at(offset)
    if node is not None and node.node.kind is Kind.FRONT_MATTER:
        return None
    text = snapshot.spoken
    start, end = max(offset - WINDOW, 0), min(offset + WINDOW, len(text))
    window = text[start:end]
    found = [m for m in snapshot.content.names.mentions(window) if m.span.start + start <= offset <= m.span.end + start]
    if found:
        best = max(found, key=lambda m: len(m.span))
        return best._replace(span=best.span.shifted(start))
    return _identifier_at(snapshot, window, start, offset)


def _identifier_at(snapshot: Snapshot, window: str, start: int, offset: int) -> Mention | None:
    """An id in code marks, as tables and documentation write it."""
    for match in _IDENTIFIER.finditer(window):
        if (
            match.start(1) + start <= offset <= match.end(1) + start
            and match[1] in snapshot.content.catalogue.techniques
        ):
            return Mention(Span(match.start(1) + start, match.end(1) + start), match[1])
    return None


def _touched(snapshot: Snapshot, offset: int) -> Iterator[_Subject]:
    """What the words at `offset` name or ask for."""
    mention = mention_at(snapshot, offset)
    if mention is not None:
        around = (d for d in snapshot.detections if d.id == mention.id and d.span.covers(mention.span))
        yield _Subject(mention.span, mention.id, min(around, key=lambda d: len(d.span), default=None))
    for detection in snapshot.detections:
        place = place_at(detection, offset)
        if place is not None:
            yield _Subject(place, detection.id, detection)


def _begun(snapshot: Snapshot, offset: int) -> list[_Subject]:
    """The blocks on whose first line `offset` lies, the shortest first."""
    lines = snapshot.lines
    line_end = lines.end_of(lines.line_at(offset))
    line_start = lines.start_of(lines.line_at(offset))
    begun = [d for d in snapshot.detections if line_start <= d.span.start <= offset <= min(d.span.end, line_end)]
    begun.sort(key=lambda detection: len(detection.span))
    return [_Subject(Span(d.span.start, min(d.span.end, line_end)), d.id, d) for d in begun]


def _page(snapshot: Snapshot, subject: _Subject) -> str:
    """The explanation, and below its title what is so here: in a small window that is what must be seen at once."""
    text = short_page(snapshot.content.catalogue, subject.id, snapshot.locale, model=snapshot.model.id).strip()
    if subject.detection is None:
        return text
    title, _, rest = text.partition("\n\n")
    return f"{title}\n\n{_here(snapshot, subject.detection)}\n\n{rest}"


def _here(snapshot: Snapshot, detection: Detection) -> str:
    """What the block does with the technique: how it speaks of it, with which parameters, which parts it has."""
    say, locale = messages(snapshot.locale), snapshot.locale
    technique = snapshot.content.catalogue.techniques[detection.id]
    instruction = detection.form == "instruction" and not detection.negated
    form = "opposite" if detection.form == "instruction" and detection.negated else detection.form
    first = f"**{say.here}:** {say.here_forms[form]}"
    if detection.confidence < UNSURE:
        first += f" ({say.unsure})"
    if not instruction:
        return first
    texts = {param.name: param.text.of(locale) for param in technique.params}
    lines = [
        f"- `{name}` = {value}" + (f": {texts[name]}" if name in texts else "") for name, value in detection.params
    ]
    for part in technique.parts:
        if part.id in detection.present or part.id in detection.missing:
            state = say.part_present if part.id in detection.present else f"**{say.part_missing}**"
            lines.append(f"- {part.text.of(locale)}: {state}")
    return "\n\n".join([first, "\n".join(lines)]) if lines else first
