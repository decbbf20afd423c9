"""Single values of the front matter."""

from __future__ import annotations

import pytest

from thoughtsmith.formats import cursor_rule, markdown
from thoughtsmith.formats.front_matter import data, scalar
from thoughtsmith.text.lines import Lines


@pytest.mark.parametrize(
    ("front", "value"),
    [
        ("model: gpt-5", "gpt-5"),
        ("name: a\nmodel:   Claude Sonnet 4 (copilot)  \ntools: []", "Claude Sonnet 4 (copilot)"),
        ("model: 'a # b'", "a # b"),
        ('model: "a: b" # of today', "a: b"),
        ("model: o3 # of today", "o3"),
        ("model: a#b", "a#b"),
        ("model : o3", "o3"),
        ("model: [a, b]", None),
        ("model: {a: b}", None),
        ("model: |\n  a", None),
        ("model:\n  id: a", None),
        ("model:", None),
        ('model: ""', None),
        ("name: a\nof:\n  model: b", None),
        ("models: a", None),
        ("# model: a\nname: b", None),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_value(front: str, value: str | None, newline: str) -> None:
    text = f"---\n{front}\n---\n\nmodel: below\n".replace("\n", newline)
    assert scalar(markdown.FORMAT.parse(Lines.of(text)), "model") == value


@pytest.mark.parametrize("text", ["", "model: a\n", "# Title\n\n---\nmodel: a\n---\n"])
def test_no_front_matter_has_no_value(text: str) -> None:
    assert scalar(markdown.FORMAT.parse(Lines.of(text)), "model") is None


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["---\n\ntext\n", ""])
def test_spans_are_of_the_whole_text(newline: str, end: str) -> None:
    text = f"---\nname: a\ntools: [b, c]\n{end}".replace("\n", newline)
    read = data(markdown.FORMAT.parse(Lines.of(text)))
    assert read is not None
    assert [text[entry.span.start : entry.span.end] for entry in read.root.entries] == ["name: a", "tools: [b, c]"]


def test_the_data_is_read_once() -> None:
    first, second = (markdown.FORMAT.parse(Lines.of(f"---\nname: a\n---\n\n{body}\n")) for body in "xy")
    assert data(first) is data(second)


def test_cursor_writes_globs_without_quotes() -> None:
    tree = cursor_rule.FORMAT.parse(Lines.of("---\ndescription: *x y\nglobs: **/*.ts, *.js\nalwaysApply: false\n---\n"))
    read = cursor_rule.FORMAT.data(tree)
    assert read is not None
    assert read.root.plain == {"description": "*x y", "globs": "**/*.ts, *.js", "alwaysApply": False}
    assert [problem.detail for problem in read.problems] == ["*x y"]
