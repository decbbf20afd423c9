"""Document highlight: what belongs together with the words under the cursor.

On a variable that is every place that means the same one. On a name that is every name of the same technique or term,
as it would be for any identifier; on other words that ask for a technique it is all the words of the same block that
do. Elsewhere it is nothing, so that an editor can fall back to highlighting equal words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from thoughtsmith.ide.detected import place_at
from thoughtsmith.ide.technique_hover import mention_at
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.project.document import Snapshot

Access: TypeAlias = Literal["text", "read", "write"]


class Highlight(NamedTuple):
    span: Span
    access: Access = "text"
    """Whether the place gives a variable its value or uses it."""


def highlights(snapshot: Snapshot, offset: int) -> list[Highlight]:
    """The places to highlight, in order and without overlaps; empty if the cursor stands on nothing of ours."""
    offset = snapshot.lines.clamp(offset)
    found = snapshot.variables.at(offset)
    if found is not None:
        return [Highlight(place.span, "write" if place.defines else "read") for place in found[0].places]
    mention = mention_at(snapshot, offset)
    if mention is not None:
        return _joined([mention.span, *(name.span for name in snapshot.names if name.id == mention.id)])
    touched = [(place, detection) for detection in snapshot.detections if (place := place_at(detection, offset))]
    if not touched:
        return []
    _, detection = min(touched, key=lambda pair: len(pair[0]))
    return _joined(detection.places)


def _joined(spans: Iterable[Span]) -> list[Highlight]:
    result: list[Highlight] = []
    for span in sorted(spans):
        if result and span.start < result[-1].span.end:
            last = result[-1].span
            result[-1] = Highlight(Span(last.start, max(last.end, span.end)))
        else:
            result.append(Highlight(span))
    return result
