"""SARIF 2.1.0, which code hosts show as alerts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from thoughtsmith import __version__
from thoughtsmith.cli.renderers.places import path_in_project, range_of
from thoughtsmith.rules.documentation import address_of, page_of, sections_of, summary_of, titles
from thoughtsmith.rules.finding import Severity
from thoughtsmith.rules.registry import RULES

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import FileFindings, Report
    from thoughtsmith.rules.finding import Finding, Related
    from thoughtsmith.rules.rule import Rule
    from thoughtsmith.text.lines import Lines
    from thoughtsmith.text.span import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.HINT: "note"}
_INDEX = {rule.id: index for index, rule in enumerate(RULES)}


def render(report: Report) -> str:
    found = {finding.rule for file in report.files for finding in file.findings}
    driver = {
        "name": "thoughtsmith",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule, report, described=rule.id in found) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(file, found) for file in report.files for found in file.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, report: Report, *, described: bool) -> dict[str, Any]:
    """A rule; with its whole page if somebody has a finding of it before their eyes."""
    language = report.language
    made: dict[str, Any] = {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": summary_of(rule, language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
    }
    if described:
        page = page_of(rule, language)
        made["fullDescription"] = {"text": sections_of(rule, language)[titles(language)[0]]}
        made["help"] = {"text": page, "markdown": page}
    # The tool has one address for a rule; where files have several, that of the first counts.
    docs = next((file for file in report.files if file.docs), None)
    if docs is not None:
        made["helpUri"] = address_of(docs.docs, rule.id, rule.name, docs.language)
    return made


def _result(file: FileFindings, found: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": _INDEX[found.rule],
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [{"physicalLocation": _place(file.path, file.lines, found.span)}],
    }
    if found.fixes and found.fixes[0].edits:
        replacements = [
            {"deletedRegion": _region(file.lines, edit.span), "insertedContent": {"text": edit.text}}
            for edit in found.fixes[0].edits
        ]
        change = {"artifactLocation": _artifact(file.path), "replacements": replacements}
        result["fixes"] = [{"description": {"text": found.fixes[0].title}, "artifactChanges": [change]}]
    if found.related:
        result["relatedLocations"] = [
            {"physicalLocation": _related_place(file, related), "message": {"text": related.message}}
            for related in found.related
        ]
    return result


def _related_place(file: FileFindings, related: Related) -> dict[str, Any]:
    if not related.path:
        return _place(file.path, file.lines, related.span)
    lines = dict(file.others).get(related.path)
    if lines is None:
        return {"artifactLocation": _artifact(related.path)}  # It has gone since.
    return _place(related.path, lines, related.span)


def _place(path: str, lines: Lines, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": _region(lines, span)}


def _artifact(path: str) -> dict[str, str]:
    path = path_in_project(path)
    return {"uri": Path(path).as_uri() if Path(path).is_absolute() else quote(path)}


def _region(lines: Lines, span: Span) -> dict[str, int]:
    at = range_of(lines, span)
    return {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
