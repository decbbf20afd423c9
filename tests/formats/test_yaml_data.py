"""YAML with its places: what is read of good and bad texts, and which problems they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.growth import is_linear

from thoughtsmith.formats import yaml_data
from thoughtsmith.formats.yaml_data import MAX_DEPTH, MAX_LENGTH, PROBLEMS, read
from thoughtsmith.formats.yaml_repair import MAX_BROKEN
from thoughtsmith.syntax.data import Data, Mapping, Scalar, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Hashable


class _Core(yaml.SafeLoader):
    """The library's own loader with the core schema of YAML 1.2: the oracle."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 -- as the library has it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Keys are texts for us, whatever they look like."""
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


for _tag, _pattern in {
    "null": r"^(?:null|Null|NULL|~|)$",
    "bool": r"^(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$",
    "float": r"^[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))$",
}.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), None)


def _int(_loader: _Core, node: yaml.ScalarNode) -> int:
    return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)


_Core.add_constructor("tag:yaml.org,2002:int", _int)


def oracle(text: str) -> Any:
    return yaml.load(text, _Core)


def spans_nest(data: Data, text: str, start: int = 0) -> None:
    for value in walk(data.root):
        assert start <= value.span.start <= value.span.end <= start + len(text)
        if isinstance(value, Mapping):
            for entry in value.entries:
                assert value.span.covers(entry.span)
                assert entry.span.covers(entry.key_span)
                assert entry.span.covers(entry.value.span)
                assert entry.key_span.end <= entry.value.span.start
        elif isinstance(value, Sequence):
            assert all(value.span.covers(item.span) for item in value.items)
    for problem in data.problems:
        assert start <= problem.span.start <= problem.span.end <= start + len(text)
        assert problem.id in PROBLEMS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "name: a\n",
        "name: yes\nother: on\nday: 2024-01-01\n",
        "a: 0o17\nb: 0x1F\nc: 017\nd: 1e3\ne: .5\nf: -.inf\ng: 1_000\nh: +3\n",
        "a: ~\nb: null\nc:\nd: NULL\n",
        "a: True\nb: FALSE\nc: tRue\n",
        "a: 'it''s'\nb: \"\\u00e9\\n\"\n",
        "a: |\n  one\n  two\nb: >-\n  one\n  two\n\n  three\n",
        "a: |+\n  one\n\n\nb: |2\n    two\n",
        "a: one\n  two\n\n  three # end\nb: 1\n",
        "a:\n- x\n- y: 1\n  z: 2\n-\n- - deep\n",
        "a: [x, {y: 1}, 'z', ]\nb: {c: , d: [ ]}\n",
        "a: [\n  x,\n  y\n]\nb: 1\n",
        "{a: 1, b: [2]}\n",
        "---\na: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: !!str 1\nb: !!int '2'\n",
        "\ufeffa: 1\nb: 2\n",
        "a: x\r\nb:\r\n  - y\r\n",
        "a: x\rb: y\r",
        "emoji: 😀 x\nкраткое: описание # 😀\nb: 1\n",
        "a b: 1\n'c d': 2\n\"e: f\": 3\n",
        "  a: 1\n  b: 2\n",
        "1: a\ntrue: b\n",
        "url: http://example.org:80/x#y\ntime: 10:30\n",
    ],
)
def test_valid_texts_are_read_as_by_the_library(text: str) -> None:
    data = read(text)
    assert data.problems == ()
    assert data.root.plain == (oracle(text) or {})
    spans_nest(data, text)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "yes",
        "no",
        "~",
        "0o17",
        "1e5",
        ": ",
        "a: b",
        " #x",
        "*a",
        "&b",
        "@",
        "- x",
        "'",
        '"',
        "\u2028",
        "\x85",
        "\t",
        "\\",
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(_TEXTS, _VALUES, min_size=1, max_size=6),
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(0, 9),
)
def test_what_the_library_writes_is_read_as_by_the_library(
    value: dict[str, Any], flow: bool | None, allow_unicode: bool, line_break: str, start: int
) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=allow_unicode, line_break=line_break)
    # The library takes these for line ends, as YAML 1.1 had it, so that there is no oracle for them.
    text = text.replace("\u2028", "L").replace("\u2029", "P").replace("\x85", "N")
    data = read(text, start)
    assert [problem for problem in data.problems if problem.id != "control-character"] == []
    assert data.root.plain == oracle(text)
    spans_nest(data, text, start)
    for inner in walk(data.root):
        if isinstance(inner, Scalar) and inner.style in ("'", '"'):
            written = text[inner.span.start - start : inner.span.end - start]
            assert written[0] == written[-1] == inner.style


# fmt: off
_PIECES = st.sampled_from([
    "a", "name", ":", ": ", " ", "  ", "\n", "\r\n", "\r", "- ", "[", "]", "{", "}", "'", '"', "|", ">", "#", " #",
    "*a", "&a", "!x", "@", "`", "%", "?", "? ", ",", "\t", "---", "...", "\x00", "\ufeff", "\u2028", "\x0c", "😀", "\\",
    "\n  b: 1", "\nc: d", '"\\U99999999"', "<<: *a", "x:y", "\ud800",
])
# fmt: on


@given(st.lists(_PIECES, max_size=40).map("".join), st.integers(0, 3))
def test_every_text_is_read(text: str, start: int) -> None:
    data = read(text, start)
    spans_nest(data, text, start)
    keys = [entry.key for entry in data.root.entries]
    assert sum(problem.id == "duplicate-key" for problem in data.problems) >= len(keys) - len(set(keys))


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_a_mistake_costs_only_the_entry_that_it_is_in(text: str) -> None:
    bad = text.replace("\n", " ").replace("\r", " ").replace("---", "").replace("...", "")
    data = read(f"first: 1\nbad: {bad}\nlast: [2]\n")
    plain = data.root.plain
    assert isinstance(plain, dict)
    assert plain["first"] == 1
    assert plain["last"] == [2]


@pytest.mark.parametrize(
    ("text", "plain", "problems"),
    [
        ("name: a\nd: Use when: x\nb: 1", {"name": "a", "d": "Use when: x", "b": 1}, ["unquoted-colon|Use when: x"]),
        ("d: Use: x # note", {"d": "Use: x"}, ["unquoted-colon|Use: x"]),
        ("d: say: 'x'", {"d": "say: 'x'"}, ["unquoted-colon|say: 'x'"]),
        ("d: Use this\n  asks for: x", {"d": "Use this asks for: x"}, ["unquoted-colon|Use this\n  asks for: x"]),
        ("m:\n  a: x: y\n  b: 2", {"m": {"a": "x: y", "b": 2}}, ["unquoted-colon|x: y"]),
        ("h:\n  - l: a: b\n    g: x", {"h": [{"l": "a: b", "g": "x"}]}, ["unquoted-colon|a: b"]),
        ("g: **/*.ts", {"g": "**/*.ts"}, ["unquoted-start|**/*.ts"]),
        ("g: *.ts, *.js\nb: true", {"g": "*.ts, *.js", "b": True}, ["unquoted-start|*.ts, *.js"]),
        ("g: *ts", {"g": "*ts"}, ["unquoted-start|*ts"]),
        ("g:\n  - *.ts\n  - b", {"g": ["*.ts", "b"]}, ["unquoted-start|*.ts"]),
        ("g: [*.ts, b, @c]", {"g": ["*.ts", "b", "@c"]}, ["unquoted-start|*.ts", "unquoted-start|@c"]),
        ("h: [file] [mode]\nb: 1", {"h": "[file] [mode]", "b": 1}, ["unquoted-start|[file] [mode]"]),
        ("h: {a} {b}", {"h": "{a} {b}"}, ["unquoted-start|{a} {b}"]),
        ("a: @x", {"a": "@x"}, ["unquoted-start|@x"]),
        ("a: `x` y", {"a": "`x` y"}, ["unquoted-start|`x` y"]),
        ("a: %d", {"a": "%d"}, ["unquoted-start|%d"]),
        ("a: - b", {"a": "- b"}, ["unquoted-start|- b"]),
        ("a: !now this", {"a": "this"}, ["unquoted-start|!now this"]),
        ("a: &co this", {"a": "this"}, ["unquoted-start|&co this"]),
        ('a: "x" and y\nb: 3', {"a": '"x" and y', "b": 3}, ['unquoted-start|"x" and y']),
        ("\ta: 1", {"a": 1}, ["tab|\t"]),
        ("a:\n\tb: 1\n\tc: 2", {"a": {"b": 1, "c": 2}}, ["tab|\t", "tab|\t"]),
        ("a: 'it's so'\nb: 2", {"a": "it's so", "b": 2}, ["unclosed-quote|'it's so'"]),
        ('a: "x\nb: 1', {"a": "x", "b": 1}, ['unclosed-quote|"x']),
        ('a: "C:\\new\\path"', {"a": "C:\\new\\path"}, ['syntax|"C:\\new\\path"']),
        ("name:foo\nb: 1", {"name": "foo", "b": 1}, ["no-space-after-colon|:"]),
        ("m:\n  a:b\n  c: d", {"m": {"a": "b", "c": "d"}}, ["no-space-after-colon|:"]),
    ],
)
def test_mistakes_that_are_understood(text: str, plain: object, problems: list[str]) -> None:
    for newline in ("\n", "\r\n", "\r"):
        written = text.replace("\n", newline)
        data = read(written)
        assert data.root.plain == plain
        found = [f"{problem.id}|{written[problem.span.start : problem.span.end]}" for problem in data.problems]
        assert found == [problem.replace("\n", newline) for problem in problems]
        repaired = written
        for problem in reversed(data.problems):
            assert problem.replacement is not None
            repaired = repaired[: problem.span.start] + problem.replacement + repaired[problem.span.end :]
        again = read(repaired)
        assert again.problems == ()
        if text[3] not in "!&":  # These are read as what YAML takes them for until they are quoted.
            assert again.root.plain == plain


@pytest.mark.parametrize(
    ("text", "plain", "problems"),
    [
        # JSON: what is not closed, and where the library stops.
        ('{"a": 1, "b": [{"c": 2', {"a": 1, "b": [{"c": 2}]}, ["unclosed-bracket|{"]),
        ('{\n"a": 1,\n"b": [1\n}\n', {}, ["syntax|}"]),
        ('{"a": "b" "c": 1}', {}, ['syntax|"c"']),
        ('{"a": 1, "b": "c\n', {}, ['unclosed-quote|"c']),
        ("{a: 1\nname: z\n", {"a": 1, "name": "z"}, ["unclosed-bracket|{"]),
        ("d: foo\n  when: x", {"d": "foo when: x"}, ["unquoted-colon|foo\n  when: x"]),
        ("a: > text\nb: 1", {"a": "> text", "b": 1}, ["unquoted-start|> text"]),
        ("t: [read, \nname: b", {"t": ["read"], "name": "b"}, ["unclosed-bracket|["]),
        ("t: [read, 'x", {"t": ["read", "x"]}, ["unclosed-bracket|[", "unclosed-quote|'x"]),
        ("m:\n  a: 1\n b: 2\nc: 3", {"m": {"a": 1}, "c": 3}, ["syntax|b: 2"]),
        ("m:\n  de\n  c: d", {"m": {"c": "d"}}, ["missing-colon|de"]),
        ("descr\nname: b", {"name": "b"}, ["missing-colon|descr"]),
        ("a: 1\n  b: 2\n\tc: 3\nd: 4", {"a": "1 b: 2 c: 3", "d": 4}, ["unquoted-colon|1\n  b: 2\n\tc: 3"]),
        ("- a\n- b", {}, ["not-a-mapping|- a"]),
        ("foo bar\nbaz", {}, ["not-a-mapping|foo bar"]),
        ("'a'", {}, ["not-a-mapping|'a'"]),
        ("a: 1\na: 2", {"a": 2}, ["duplicate-key|a"]),
        ("b: {x: 1, x: 2}", {"b": {"x": 2}}, ["duplicate-key|x"]),
        ("a: x: y\na: 2", {"a": 2}, ["unquoted-colon|x: y", "duplicate-key|a"]),
        (
            "a: x\x00y\nb: \u2028z\x0c\x0b",
            {"a": "x\x00y", "b": "\u2028z\x0c\x0b"},
            ["control-character|\x00", "control-character|\x0c\x0b"],
        ),
        ("a: 1\n---\nb: 2", {"a": 1}, ["second-document|---"]),
    ],
)
def test_mistakes_whose_repair_is_not_certain(text: str, plain: object, problems: list[str]) -> None:
    data = read(text)
    assert data.root.plain == plain
    assert [f"{problem.id}|{text[problem.span.start : problem.span.end]}" for problem in data.problems] == problems
    assert any(problem.replacement is None for problem in data.problems)


def test_a_second_key_knows_the_first() -> None:
    (problem,) = read("a: 1\nb: 2\na: 3", 10).problems
    assert problem.related is not None
    assert (problem.span.start, problem.related.start, problem.detail) == (20, 10, "a")


def test_aliases_stay_names() -> None:
    data = read("base: &base [x]\ncopy: *base\nbomb: [*base, *base]\n")
    assert data.problems == ()
    assert data.root.plain == {"base": ["x"], "copy": "base", "bomb": ["base", "base"]}
    copy = data.root.at("copy")
    assert isinstance(copy, Scalar)
    assert copy.style == "*"


def test_nothing_written_has_a_place() -> None:
    text = "a:  # later\nb:\nc:\n  -\n  - \n"
    places = [value.span for value in walk(read(text).root) if isinstance(value, Scalar)]
    assert [text[: place.start].rpartition("\n")[2] for place in places] == ["a:  ", "b:", "  -", "  - "]
    assert all(len(place) == 0 for place in places)


def test_tabs_between_words_are_allowed() -> None:
    data = read("a:\tb\tc\nd: e\t\n")
    assert data.root.plain == {"a": "b\tc", "d": "e"}
    assert data.problems == ()


def test_json_may_be_indented_with_tabs() -> None:
    data = read('{\n\t"a":\t"b\tc",\n\t"d": [\n\t\t1\n\t]\n}\n')
    assert data.root.plain == {"a": "b\tc", "d": [1]}
    assert data.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5000,
        "a: " + "{a: " * 5000,
        "a:\n" + "- " * 5000 + "x",
        "\n".join(" " * depth + "a:" for depth in range(300)),
        "b: 1\na: " + "[" * 100 + "]" * 100,
    ],
)
def test_deep_nesting_is_cut_off(text: str) -> None:
    data = read(text)
    assert "too-deep" in {problem.id for problem in data.problems}
    assert data.root.get("a") is not None


def test_what_is_just_deep_enough_is_read() -> None:
    depth = MAX_DEPTH - 1
    assert read("a: " + "[" * depth + "]" * depth).problems == ()


def test_what_stands_behind_too_many_mistakes_is_not_read() -> None:
    text = "".join(f"a{number}: b: c\n" for number in range(MAX_BROKEN)) + "last: 1\n"
    data = read(text)
    assert data.root.get("last") is None
    assert (data.problems[-1].id, text[data.problems[-1].span.start :]) == ("too-long", "last: 1\n")
    assert len(data.root.entries) == MAX_BROKEN


def test_what_is_too_long_is_read_in_part() -> None:
    text = "a: 1\n" + "# x\n" * (MAX_LENGTH // 4) + "b: 2\n"
    data = read(text)
    assert data.root.plain == {"a": 1}
    (problem,) = data.problems
    assert (problem.id, problem.span.end) == ("too-long", len(text))


PIECES = (
    *(
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        '"x"',
        "'y'",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "? ",
        "|\n",
        ">\n",
    ),
    *(
        "|-\n  ",
        "# c",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "!t ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "é",
        "\U0001f600",
        "\u2028",
    ),
    *("\x85", "\ufeff", "\r\n", "\r", "x y", "1", "~", '"a\\n b"', '"a\\\n  b"', "<<: *a", "key: value\n", "- item\n"),
    *("text: |\n  line one\n  line two\n\n", "k: [1, 2]\n", "k: {a: b}\n", ":", "-", "  ", "\x07", "\ud800", "[" * 70),
)


def test_json_whose_text_is_being_typed_is_read_in_linear_time() -> None:
    def work(text: str) -> None:
        (problem,) = read.__wrapped__(f'{{"prompts": ["{text}\n').problems
        assert problem.id == "unclosed-quote"

    assert is_linear(work, 'say \\"hi\\" ', 4_000)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("b: {b: ")
def test_the_parser_in_c_changes_nothing_but_the_time(text: str) -> None:
    assert yaml.__with_libyaml__, "it comes with the wheels of the library"
    anew = read.__wrapped__  # Not what is remembered of the text.
    quick = anew(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_data, "CSafeLoader", None)
        assert anew(text) == quick
