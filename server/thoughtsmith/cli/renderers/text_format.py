"""For people: the findings file by file, each with its line and a mark under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.renderers.places import range_of
from thoughtsmith.cli.terminal import one_line
from thoughtsmith.messages import messages
from thoughtsmith.rules.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.cli.renderers.report import FileFindings, Report
    from thoughtsmith.rules.finding import Finding

WIDTH = 100
"""Characters of a line that are shown."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan", Severity.HINT: "bright_black"}


def render(report: Report) -> str:
    return f"{findings_of(report)}{_summary(report)}\n"


def findings_of(report: Report) -> str:
    """The findings without the line that sums them up."""
    return "".join(f"{line}\n" for file in report.files for line in _file(file, report))


def _file(file: FileFindings, report: Report) -> Iterator[str]:
    for found in file.findings:
        at = range_of(file.lines, found.span)
        severity = click.style(found.severity.value, fg=_COLOURS[found.severity], bold=True)
        place = click.style(f"{one_line(file.path)}:{at.line}:{at.column}", bold=True)
        name = click.style(f"[{found.rule} {found.name}]", dim=True)
        yield f"{place} {severity} {one_line(found.message)} {name}"
        yield from _excerpt(file, found)
        if found.fixes:
            say = messages(report.language)
            kind = say.fix_safe if found.fixes[0].safe else say.fix_unsafe
            yield f"    {click.style(kind, fg='green')}: {one_line(found.fixes[0].title)}"
        yield ""


def _excerpt(file: FileFindings, found: Finding) -> Iterator[str]:
    """The line, or the first of them, with `^` under what is meant."""
    lines = file.lines
    number = lines.line_at(found.span.start)
    start = lines.start_of(number)
    column = found.span.start - start
    length = max(1, min(found.span.end, lines.end_of(number)) - found.span.start)
    first = max(0, column - WIDTH // 2) if column + length > WIDTH else 0
    shown = one_line(lines.line(number)[first : first + WIDTH])
    length = min(length, max(1, len(shown) - (column - first)))
    gutter = f"{number + 1} | "
    yield f"    {click.style(gutter, dim=True)}{shown}"
    yield f"    {' ' * (len(gutter) + column - first)}{click.style('^' * length, fg=_COLOURS[found.severity])}"


def _summary(report: Report) -> str:
    say = messages(report.language)
    found = [finding for file in report.files for finding in file.findings]
    text = say.check_summary.format(files=report.checked, found=len(found))
    fixable = sum(1 for finding in found if finding.fixes and finding.fixes[0].safe)
    if report.fixed:
        text += f" {say.check_fixed.format(count=report.fixed)}"
    if fixable:
        text += f" {say.check_fixable.format(count=fixable)}"
    return text
