"""Where in the front matter a cursor stands: `<|>` is the cursor, what a completion replaces stands in the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.formats import front_matter, markdown
from thoughtsmith.formats.data_place import DataPlace, data_at, front_matter_at, value_at
from thoughtsmith.formats.yaml_data import read
from thoughtsmith.syntax.data import Scalar
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

CURSOR = "<|>"


def _place(marked: str) -> tuple[DataPlace | None, str]:
    offset = marked.index(CURSOR)
    text = marked.replace(CURSOR, "")
    return front_matter_at(markdown.FORMAT.parse(Lines.of(text)), offset), text


def _shown(marked: str) -> str | None:
    """The path, what is completed and what is replaced: `key /h/0: ag`."""
    place, text = _place(marked)
    if place is None:
        return None
    path = "".join(f"/{step}" for step in place.path)
    return f"{'key' if place.on_key else 'value'} {path}: {place.gap}{text[place.span.start : place.span.end]}".rstrip()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<|>name: x", "key : name"),
        ("na<|>me: x", "key : name"),
        ("name<|>: x", "key : name"),
        ("'na<|>me': x", "key : 'name'"),
        ("name:<|> x", "value /name: x"),
        ("name: <|>x", "value /name: x"),
        ("name: x<|>", "value /name: x"),
        ("name: <|>", "value /name:"),
        ("name:<|>", "value /name:"),
        ('name: "<|>"', 'value /name: ""'),
        ("name: 'x<|>", "value /name: 'x"),
        ("name: Use: <|>x", "value /name: Use: x"),
        ("name: x\n<|>", "key :"),
        ("name: x\nde<|>", "key : de"),
        ("name: x\n<|>\ntools: y", "key :"),
        ("tools:\n<|>\nname: y", "key :"),
        ("m:\n  <|>", "key /m:"),
        ("m:\n  a: 1\n  <|>", "key /m:"),
        ("m:\n  a: 1\n<|>", "key :"),
        ("m:\n  a: 1\n  b<|>\n  c: 1", "key /m: b"),
        ("m:\n  a:\n    b: 1\n  <|>", "key /m:"),
        ("m:\n  a:\n    <|>\n  b: 1", "key /m/a:"),
        ("m:\n  a: x: y\n  b: <|>", "value /m/b:"),
        ("h:\n  - <|>", "value /h/0:"),
        ("h:\n  -<|>", "value /h/0:"),
        ("h:\n  - a\n  - b<|>", "value /h/1: b"),
        ("h:\n- a\n- <|>", "value /h/1:"),
        ("h:\n  - label: x\n    <|>", "key /h/0:"),
        ("h:\n  - label: x\n    ag<|>\nb: 1", "key /h/0: ag"),
        ("h:\n  - label: x\n  - agent: <|>", "value /h/1/agent:"),
        ("t: [<|>]", "value /t/0:"),
        ("t: [a, <|>]", "value /t/1:"),
        ("t: [a<|>, b]", "value /t/0: a"),
        ("t: [a, <|>\nb: 1", "value /t/1:"),
        ("t: [a, 'b<|>\nb: 1", "value /t/1: 'b"),
        ("t: {<|>}", "key /t:"),
        ("t: {a: 1, <|>}", "key /t:"),
        ("t: {a: <|>, b: 1}", "value /t/a:"),
        ("t: []<|>", None),
        ("a: |\n  foo<|>\nb: 1", "value /a: |\n  foo"),
        ("# com<|>ment\na: 1", None),
        ("a: 1 # com<|>", None),
        ("a: x\n  <|>", None),
        ("h:\n  - a\n  <|>", None),
        ("some words<|>\na: 1", None),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_place(lines: str, expected: str | None, newline: str) -> None:
    marked = f"---\nz: 1\n{lines}\n---\n\nbody: x\n".replace("\n", newline)
    assert _shown(marked) == (expected and expected.replace("\n", newline))


@pytest.mark.parametrize(
    "marked",
    [
        "<|>---\nname: x\n---\n",
        "---\nname: x\n<|>---\n",
        "---\nname: x\n---\n<|>",
        "body: <|>x\n",
        "",
        "---\na: b\n\ntext <|>",
    ],
)
def test_no_place_outside(marked: str) -> None:
    assert _shown(marked or CURSOR) is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("---\nname: x\n<|>", "key :"),
        ("---\nname: x\n\n<|>", "key :"),
        ("---\nname: x<|>", "value /name: x"),
        ("---\nname: <|>", "value /name:"),
        ("---\nname: x\nm:\n  <|>\n\n# Title\n", "key /m:"),
    ],
)
def test_front_matter_without_its_end(marked: str, expected: str) -> None:
    assert _shown(marked) == expected


def test_a_blank_is_missing_behind_the_colon() -> None:
    assert [place and place.gap for place, _ in map(_place, ["---\na:<|>\n---\n", "---\na: <|>\n---\n"])] == [" ", ""]
    assert [place and place.gap for place, _ in map(_place, ["---\na:\n  -<|>\n---\n"])] == [" "]


def test_the_value_at_a_path() -> None:
    data = read("h:\n  - label: x\n")
    found = value_at(data, ("h", 0, "label"))
    assert isinstance(found, Scalar)
    assert found.value == "x"
    assert value_at(data, ()) is data.root
    for path in ("h", 1), ("h", "label"), ("no", 0), ("h", 0, "label", "x"):
        assert value_at(data, path) is None


_LINES = st.sampled_from(
    [
        "a: 1",
        "b:",
        "  c: x",
        "  - d: 1",
        "    e:",
        "- f",
        "  ",
        "",
        "word",
        "g: [x, ",
        "h: {i: ",
        "# j",
        "k: 'x",
        "l: |",
        "\tm: 1",
    ]
)


@given(st.lists(_LINES, max_size=8).map("\n".join), st.integers(0, 60))
def test_every_offset_of_every_text_has_an_answer(text: str, offset: int) -> None:
    lines = Lines.of(text)
    data, region = read(text), Span(0, len(text))
    at = min(offset, len(text))
    place = data_at(data, lines, region, at)
    if place is not None:
        assert region.covers(place.span)
        # Between a colon and its value there may be blanks.
        assert at in place.span or text[at : place.span.start].isspace()


@given(st.lists(_LINES, max_size=8).map("\n".join), st.integers(0, 70))
def test_front_matter_and_its_region_agree(text: str, offset: int) -> None:
    tree = markdown.FORMAT.parse(Lines.of(f"---\n{text}\n---\n"))
    region, data = front_matter.content(tree), front_matter.data(tree)
    assert (region is None) is (data is None)
    if region is not None and data is not None and region.start <= offset < region.end:
        assert front_matter_at(tree, offset) == data_at(data, tree.lines, region, offset)
