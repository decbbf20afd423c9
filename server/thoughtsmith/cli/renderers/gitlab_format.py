"""The Code Quality report of GitLab."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from thoughtsmith.cli.renderers.places import path_in_project, range_of
from thoughtsmith.rules.finding import Severity

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "minor", Severity.HINT: "info"}


def render(report: Report) -> str:
    out = []
    for file in report.files:
        path = path_in_project(file.path)
        seen: Counter[tuple[str, str]] = Counter()
        for found in file.findings:
            at = range_of(file.lines, found.span)
            text = file.lines.at(found.span)
            seen[found.rule, text] += 1
            # The same finding keeps its fingerprint when lines above it come and go.
            key = f"{path}\0{found.rule}\0{text}\0{seen[found.rule, text]}"
            out.append(
                {
                    "description": found.message,
                    "check_name": f"{found.rule} {found.name}",
                    "fingerprint": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
                    "severity": _SEVERITIES[found.severity],
                    "location": {
                        "path": path,
                        "positions": {
                            "begin": {"line": at.line, "column": at.column},
                            "end": {"line": at.end_line, "column": at.end_column},
                        },
                    },
                }
            )
    return json.dumps(out, ensure_ascii=False, indent=2) + "\n"
