"""Commands of GitHub Actions that show findings beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.cli.renderers.places import range_of
from thoughtsmith.rules.finding import Severity

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice", Severity.HINT: "notice"}


def render(report: Report) -> str:
    out = []
    for file in report.files:
        for found in file.findings:
            at = range_of(file.lines, found.span)
            place = f"file={_property(file.path)},line={at.line},col={at.column},endLine={at.end_line}"
            if at.end_line == at.line:
                place += f",endColumn={at.end_column}"
            title = _property(f"{found.rule} {found.name}")
            out.append(f"::{_LEVELS[found.severity]} {place},title={title}::{_message(found.message)}\n")
    return "".join(out)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
