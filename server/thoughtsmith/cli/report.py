"""What `scan` reports of one file: its detections with lines and columns, and excerpts to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.analysis.language import language_at
from thoughtsmith.cli.terminal import one_line
from thoughtsmith.formats.front_matter import scalar

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.detection import Detection
    from thoughtsmith.text.lines import Lines
    from thoughtsmith.text.span import Span

Json = dict[str, Any]


class FileReport(NamedTuple):
    """One file and the techniques in it that were asked for."""

    path: str
    format: str
    language: str
    model: str | None
    """What its front matter declares."""
    lines: Lines
    detections: tuple[Detection, ...]


class Place(NamedTuple):
    """A position as people count: from 1, in code points."""

    line: int
    column: int


def report(snapshot: Snapshot, path: str) -> FileReport:
    tree, detections = snapshot.tree, snapshot.detections
    # Of a program with a prompt in it the beginning says little.
    speaks = next((found.span.start for found in detections if found.form == "instruction"), 0)
    return FileReport(
        path=path,
        format=snapshot.format.id,
        language=language_at(tree, speaks, "en", snapshot.spoken),
        model=scalar(tree, "model"),
        lines=tree.lines,
        detections=detections,
    )


def place_of(lines: Lines, offset: int) -> Place:
    line = lines.line_at(offset)
    return Place(line + 1, offset - lines.start_of(line) + 1)


def as_json(file: FileReport) -> Json:
    """The file as the outward contract has it; `evidence` are the words that say so."""
    lines = file.lines
    return {
        "path": file.path,
        "format": file.format,
        "language": file.language,
        "model": file.model,
        "techniques": [
            {
                "id": found.id,
                "form": found.form,
                "negated": found.negated,
                "confidence": found.confidence,
                "range": _range(lines, found.span),
                "params": dict(found.params),
                "parts": {"present": list(found.present), "missing": list(found.missing)},
                "evidence": [{"text": lines.at(span), "range": _range(lines, span)} for span in found.places],
            }
            for found in file.detections
        ],
    }


def _range(lines: Lines, span: Span) -> Json:
    return {"start": place_of(lines, span.start)._asdict(), "end": place_of(lines, span.end)._asdict()}


class Excerpt(NamedTuple):
    """A piece of text in one line, and the ranges in it that say so."""

    text: str
    marked: tuple[tuple[int, int], ...]


def excerpt(file: FileReport, found: Detection, width: int) -> Excerpt:
    """About `width` characters around the first words that say so, from the line or lines that they stand on."""
    lines = file.lines
    first = found.places[0]
    first_line, last_line = lines.line_at(first.start), lines.line_at(max(first.start, first.end - 1))
    low, high = lines.start_of(first_line), lines.end_of(last_line)
    low += len(lines.line(first_line)) - len(lines.line(first_line).lstrip())
    start = max(low, min(first.start - (width - len(first)) // 2, high - width))
    start = min(start, first.start)
    end = min(start + width, high)
    before, after = "…" if start > low else "", "…" if end < high else ""
    by = len(before) - start
    return Excerpt(
        before + one_line(lines.text[start:end]) + after,
        tuple(
            (max(place.start, start) + by, min(place.end, end) + by)
            for place in found.places
            if place.start < end and start < place.end
        ),
    )
