"""One line for each finding, `path:line:column: severity[rule] message`, which every editor can jump from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.cli.renderers.places import range_of
from thoughtsmith.cli.terminal import one_line

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report


def render(report: Report) -> str:
    return "".join(
        f"{one_line(file.path)}:{at.line}:{at.column}: {found.severity.value}[{found.rule}] {one_line(found.message)}\n"
        for file in report.files
        for found in file.findings
        for at in (range_of(file.lines, found.span),)
    )
