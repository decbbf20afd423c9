"""JUnit XML: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from thoughtsmith.cli.renderers.places import range_of
from thoughtsmith.cli.terminal import one_line

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report


def render(report: Report) -> str:
    total = sum(len(file.findings) for file in report.files)
    suites = ET.Element("testsuites", name="thoughtsmith", tests=str(max(total, 1)), failures=str(total))
    for file in report.files:
        count = str(len(file.findings))
        suite = ET.SubElement(suites, "testsuite", name=one_line(file.path), tests=count, failures=count, errors="0")
        for found in file.findings:
            at = range_of(file.lines, found.span)
            case = ET.SubElement(
                suite,
                "testcase",
                name=f"{found.rule} {found.name} {at.line}:{at.column}",
                classname=one_line(file.path),
            )
            message = one_line(found.message)
            failure = ET.SubElement(case, "failure", message=message, type=found.severity.value)
            failure.text = f"{one_line(file.path)}:{at.line}:{at.column}: {message}"
    if not report.files:
        # Readers take a report without cases for a run that never happened.
        suite = ET.SubElement(suites, "testsuite", name="thoughtsmith", tests="1", failures="0", errors="0")
        ET.SubElement(suite, "testcase", name="no findings", classname="thoughtsmith")
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'
