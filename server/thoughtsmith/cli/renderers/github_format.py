"""Commands of GitHub Actions that show findings beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.cli.renderers.places import path_in_project, range_of
from thoughtsmith.cli.terminal import one_line
from thoughtsmith.rules.finding import Severity

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice", Severity.HINT: "notice"}


def render(report: Report) -> str:
    out = []
    for file in report.files:
        for found in file.findings:
            at = range_of(file.lines, found.span)
            # What ends before a line does not concern it.
            end_line = at.end_line - (at.end_column == 1 and at.end_line > at.line)
            place = f"file={_property(path_in_project(file.path))},line={at.line},col={at.column},endLine={end_line}"
            if at.end_line == at.line:
                place += f",endColumn={at.end_column}"
            title = _property(f"{found.rule} {found.name}")
            out.append(f"::{_LEVELS[found.severity]} {place},title={title}::{_message(found.message)}\n")
    return "".join(out)


def _message(text: str) -> str:
    lines = "\n".join(map(one_line, text.split("\n")))
    return lines.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
