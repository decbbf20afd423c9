"""Single values of the front matter."""

from __future__ import annotations

import pytest

from thoughtsmith.formats import markdown
from thoughtsmith.formats.front_matter import scalar
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
