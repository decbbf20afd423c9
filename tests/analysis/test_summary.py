"""Summaries: what the rest of a workspace needs to know of a file."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.analysis.summary import MAX_HEADINGS, MAX_NAME, Summary, summary
from thoughtsmith.formats.registry import format_of
from thoughtsmith.text.lines import Lines


def summary_of(text: str, path: str = "a.prompt.md") -> Summary:
    known = format_of(path, text=text)
    assert known is not None
    return summary(known, known.parse(Lines.of(text)))


def test_what_a_skill_says_of_itself() -> None:
    found = summary_of(
        "---\nname: review\ndescription: 'Reviews: code'\n---\n# Rules\n\nSee [more](references/more.md).\n", "SKILL.md"
    )
    assert (found.format, found.name, found.description) == ("skill", "review", "Reviews: code")
    assert [include.target for include in found.includes] == ["references/more.md"]
    assert [(heading.name, heading.line) for heading in found.headings] == [("Rules", 4)]


def test_variables_are_in_it() -> None:
    assert {name.name for name in summary_of("{{ city }} {% set day = 1 %}", "prompts/a.j2").names} == {"city", "day"}


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# One\n## Two ##\n", [("One", 1, 0, "# "), ("Two", 2, 1, "## ")]),
        ("<task>\n# In\n</task>\n", [("task", 0, 0, "<"), ("In", 1, 1, "# ")]),
        ("Over\nlines\n=====\n", [("Over", 1, 0, "")]),
        ("#\n\n# 🧭 Роль\n", [("🧭 Роль", 1, 2, "# ")]),
        ("# a\u2028b\n", [("a\u2028b", 1, 0, "# ")]),
        ("\ufeff# A\r\n\r\n# B\r", [("A", 1, 0, "\ufeff# "), ("B", 1, 2, "# ")]),
        ("no headings\n", []),
    ],
)
def test_headings_and_where_they_stand(text: str, headings: list[tuple[str, int, int, str]]) -> None:
    assert [(one.name, one.level, one.line, one.lead) for one in summary_of(text).headings] == headings


@pytest.mark.parametrize("name", ["[a, b]", "12", "true", "", "{a: b}"])
def test_a_name_is_a_text(name: str) -> None:
    assert summary_of(f"---\nname: {name}\n---\n", "SKILL.md").name == ""


def test_it_stays_small() -> None:
    found = summary_of("".join(f"# {'x' * 1_000}\n" for _ in range(2 * MAX_HEADINGS)))
    assert len(found.headings) == MAX_HEADINGS
    assert {len(heading.name) for heading in found.headings} == {MAX_NAME}


@given(st.text(alphabet="#<>/ab-:[]()@{}%\n\r\u2028 '🧭", max_size=80))
def test_every_heading_stands_where_it_says(text: str) -> None:
    found = summary_of(text)
    assert pickle.loads(pickle.dumps(found)) == found
    lines = Lines.of(text)
    for heading in found.headings:
        assert lines.line(heading.line).startswith(heading.lead + heading.name)
