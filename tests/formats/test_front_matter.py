"""Single values of the front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats import cursor_rule, markdown
from thoughtsmith.formats.front_matter import data, scalar
from thoughtsmith.formats.registry import format_of
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import PromptTree


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


@pytest.mark.parametrize(
    ("path", "text", "roles"),
    [
        ("a.md", "---\nname: a\n---\n\nx\n", []),
        ("a.prompty", "---\nname: a\n---\nsystem:\nx\n", ["system"]),
        ("a.prompty", "system:\nx\n", ["system"]),
        ("a.prompt", "\n---\nname: a\n---\n{{role 'user'}}\nx\n", ["user"]),
        ("a.prompt", "# A licence\n---\nname: a\n---\nx\n", []),
        ("a.poml", "<task>x</task>\n", []),
        ("a.j2", "{# x #}\n- a\n- b\n", []),
    ],
)
def test_a_byte_order_mark_changes_nothing(path: str, text: str, roles: list[str]) -> None:
    format = format_of(path)
    assert format is not None
    plain, marked = (format.parse(Lines.of(mark + text)) for mark in ("", "\ufeff"))
    assert _kinds(marked) == _kinds(plain)
    found = [part for placed in marked for part in placed.parts() if part.node.kind is Kind.ROLE]
    assert [marked.lines.at(part.node.content.shifted(part.start)) for part in found] == roles
    read, expected = format.data(marked), format.data(plain)
    assert (read and read.root.plain) == (expected and expected.root.plain)


def _kinds(tree: PromptTree) -> list[Kind]:
    return [part.node.kind for placed in tree for part in placed.parts()]


def test_the_data_is_read_once() -> None:
    first, second = (markdown.FORMAT.parse(Lines.of(f"---\nname: a\n---\n\n{body}\n")) for body in "xy")
    assert data(first) is data(second)


def test_cursor_writes_globs_without_quotes() -> None:
    tree = cursor_rule.FORMAT.parse(Lines.of("---\ndescription: *x y\nglobs: **/*.ts, *.js\nalwaysApply: false\n---\n"))
    read = cursor_rule.FORMAT.data(tree)
    assert read is not None
    assert read.root.plain == {"description": "*x y", "globs": "**/*.ts, *.js", "alwaysApply": False}
    assert [problem.detail for problem in read.problems] == ["*x y"]
