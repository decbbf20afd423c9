"""SARIF 2.1.0, which code hosts show as alerts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from thoughtsmith import __version__
from thoughtsmith.cli.renderers.places import range_of
from thoughtsmith.rules.documentation import summary_of
from thoughtsmith.rules.finding import Severity
from thoughtsmith.rules.registry import RULES

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import FileFindings, Report
    from thoughtsmith.rules.finding import Finding
    from thoughtsmith.text.span import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.HINT: "note"}
_INDEX = {rule.id: index for index, rule in enumerate(RULES)}


def render(report: Report) -> str:
    driver = {
        "name": "thoughtsmith",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule.id,
                "name": rule.name,
                "shortDescription": {"text": summary_of(rule)},
                "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
            }
            for rule in RULES
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(file, found) for file in report.files for found in file.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(file: FileFindings, found: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": _INDEX[found.rule],
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(file), "region": _region(file, found.span)}}],
    }
    if found.fixes and found.fixes[0].edits:
        replacements = [
            {"deletedRegion": _region(file, edit.span), "insertedContent": {"text": edit.text}}
            for edit in found.fixes[0].edits
        ]
        change = {"artifactLocation": _artifact(file), "replacements": replacements}
        result["fixes"] = [{"description": {"text": found.fixes[0].title}, "artifactChanges": [change]}]
    here = [related for related in found.related if not related.path]  # Of other files no lines are known here.
    if here:
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": _artifact(file), "region": _region(file, related.span)},
                "message": {"text": related.message},
            }
            for related in here
        ]
    return result


def _artifact(file: FileFindings) -> dict[str, str]:
    return {"uri": quote(file.path.replace("\\", "/").removeprefix("./"))}


def _region(file: FileFindings, span: Span) -> dict[str, int]:
    at = range_of(file.lines, span)
    return {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
