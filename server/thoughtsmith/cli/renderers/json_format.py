"""JSON, as the outward contract has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoughtsmith.cli.renderers.places import range_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.cli.renderers.report import FileFindings, Report


def render(report: Report) -> str:
    found = [finding for file in report.files for finding in findings(file)]
    return json.dumps({"version": 1, "findings": found}, ensure_ascii=False, indent=2) + "\n"


def findings(file: FileFindings) -> Iterator[dict[str, Any]]:
    """The findings of a file, each as an object; the fix is the best there is."""
    for found in file.findings:
        fix = None
        if found.fixes:
            fix = {
                "safety": "safe" if found.fixes[0].safe else "unsafe",
                "title": found.fixes[0].title,
                "edits": [
                    {"range": range_of(file.lines, edit.span).as_json(), "text": edit.text}
                    for edit in found.fixes[0].edits
                ],
            }
        yield {
            "path": file.path,
            "rule": found.rule,
            "name": found.name,
            "severity": found.severity.value,
            "message": found.message,
            "range": range_of(file.lines, found.span).as_json(),
            "url": file.address_of(found) or None,
            "fix": fix,
        }
