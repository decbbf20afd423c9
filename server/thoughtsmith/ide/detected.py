"""What the features share about techniques that were detected in the prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.detection import Detection
    from thoughtsmith.text.span import Span


def asked_for(snapshot: Snapshot) -> list[Detection]:
    """The blocks that ask for a technique, in the order in which they start; neither mentions nor "do not …"."""
    return [found for found in snapshot.detections if found.form == "instruction" and not found.negated]


def place_at(detection: Detection, offset: int) -> Span | None:
    """The words of the detection that a cursor at `offset` touches; of several the fewest."""
    return min((place for place in detection.places if offset in place), key=len, default=None)


def missing_parts(snapshot: Snapshot, detection: Detection) -> str:
    """What the block should have and lacks, as a remark; empty if it lacks nothing."""
    parts = snapshot.content.catalogue.techniques[detection.id].parts
    missing = [part.text.of(snapshot.locale) for part in parts if part.id in detection.missing]
    return messages(snapshot.locale).missing_parts.format(parts="; ".join(missing)) if missing else ""
