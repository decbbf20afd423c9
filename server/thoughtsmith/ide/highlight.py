"""Document highlight: what belongs together with the words under the cursor.

On a name that is every name of the same technique or term, as it would be for any identifier; on other words that ask
for a technique it is all the words of the same block that do. Elsewhere it is nothing, so that an editor can fall back
to highlighting equal words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.detected import place_at
from thoughtsmith.ide.hover import mention_at
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.project.document import Snapshot


def highlights(snapshot: Snapshot, offset: int) -> list[Span]:
    """The places to highlight, in order and without overlaps; empty if the cursor stands on nothing of ours."""
    offset = snapshot.lines.clamp(offset)
    mention = mention_at(snapshot, offset)
    if mention is not None:
        return _joined([mention.span, *(name.span for name in snapshot.names if name.id == mention.id)])
    touched = [(place, detection) for detection in snapshot.detections if (place := place_at(detection, offset))]
    if not touched:
        return []
    _, detection = min(touched, key=lambda pair: len(pair[0]))
    return _joined(detection.places)


def _joined(spans: Iterable[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result
