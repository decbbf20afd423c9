"""POML: variables, loops and the files that elements show."""

from __future__ import annotations

import pytest
from tests.formats.templates.listing import listed_includes, listed_names, listed_problems

from thoughtsmith.formats.templates import poml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>{{ a.b }} {{ c[d] }} {{ f(g) }}</p>", ["a", "c", "d", "f", "g"]),
        ("{{ 'x' + \"y\" + `z ${a} ${b.c}` }}", ["a", "b"]),
        ("{{ {a: b, c}.a }} {{ [...d] }} {{ e ? f : g }} {{ h?.i }}", ["b", "c", "d", "e", "f", "g", "h"]),
        ("{{ xs.map(x => x.y + z) }} {{ xs.map((a, b) => a + b) }}", ["xs", "z", "xs"]),
        ("{{ JSON.stringify(a) }} {{ true && undefined }} {{ typeof b }}", ["a", "b?"]),
        ("{{ a &lt; b }} {{ &quot;text&quot; + c }}", ["a", "b", "c"]),
        ('<let name="a" value="b + 1" /><let name="c">1</let>{{ a }}', ["a=declaration", "b", "c=declaration", "a"]),
        ('<p if="a"/><p if="!b"/><p if="c.d > 1"/><p if="{{ e }}"/>', ["a?", "b?", "c", "e"]),
        ('<p caption="x {{ a }} y" plain="b"/>', ["a"]),
        ("<!-- {{ a }} --><![CDATA[ {{ b }} ]]>{{ c }}", ["c"]),
        ("{{ {a: {b: c}}}}", ["c"]),
        # Half-typed.
        ("<p>{{ a.\n{{ b }}</p>", ["a", "b"]),
        ('<p if="a', []),
        ("<let name=", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert listed_names(text, poml.scan(text)) == expected


def test_a_loop_counts_in_its_element() -> None:
    element = '<item for="x in xs" if="x.ok">{{ x }} {{ loop.index }}<b/>'
    text = f"<list>{element}</item>{{{{ x }}}}{{{{ loop }}}}</list>"
    assert listed_names(text, poml.scan(text)) == [f"x=loop [{element}]", "xs", "x", "x", "loop@", "x", "loop"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('<p for="x in xs"/>{{ x }}', '<p for="x in xs"/>'),
        ('<p for="x in xs"><p>{{ x }}</p></p>!', '<p for="x in xs"><p>{{ x }}</p>'),
        ('<p><q for="x in xs">{{ x }}</p>!', '<q for="x in xs">{{ x }}'),
        ('<p for="x in xs">{{ x }}', '<p for="x in xs">{{ x }}'),
    ],
)
def test_the_end_of_a_loop(text: str, end: str) -> None:
    scope = poml.scan(text).names[0].scope
    assert scope is not None
    assert text[scope.start : scope.end] == end


def test_what_a_variable_is_declared_as() -> None:
    text = """<let type='integer' value="1" name="a"/>"""
    (name,) = poml.scan(text).names
    assert (name.name, name.type, name.default) == ("a", "integer", "1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<include src="a.poml"/>', ["include a.poml+"]),
        (
            '<document src="a.txt"/><img src="b.png" alt="c"/><let name="d" src="e.json"/>',
            ["file a.txt", "file b.png", "file e.json"],
        ),
        ('<img src="https://example.com/a.png"/><document src=""/>', []),
        ('<document src="{{ a }}.txt"/>', ["file {{ a }}.txt"]),
    ],
)
def test_files(text: str, expected: list[str]) -> None:
    assert listed_includes(poml.scan(text)) == expected


def test_an_element_without_its_end_names_the_end_that_came_instead() -> None:
    text = "<poml><Task>a</poml>"
    (problem,) = poml.scan(text).problems
    assert problem.detail == "</Task>"
    assert problem.related is not None
    assert text[problem.related.start : problem.related.end] == "</poml>"


def test_a_computed_name_leads_nowhere() -> None:
    assert [include.candidates for include in poml.scan('<img src="{{ a }}"/><img src="b.png"/>').includes] == [
        (),
        ("b.png",),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a", ["unclosed-tag {{ a"]),
        ("<p>{{ a </p>\n{{ b }}", ["unclosed-tag {{ a "]),
        ('<p a="{{ b"/>{{ c }}', ["unclosed-tag {{ b"]),
        ("{ a }} {{ b }}", []),
        ("<poml><task>a</poml>", ["unclosed-block <task>"]),
        ('<poml>\n<list if="a">\n<item>b</item>\n', ["unclosed-block <poml>", 'unclosed-block <list if="a">']),
        ("<poml></task></poml>", ["unmatched-end </task>"]),
        # Half a tag is one mistake.
        ('<poml><task caption="a>b</task></poml>', ["unclosed-tag <task caption"]),
        ("<poml><task", ["unclosed-block <poml>", "unclosed-tag <task"]),
        ("<poml><!-- <task> </poml>", ["unclosed-comment <!--"]),
        ("<poml><![CDATA[ <task> </poml>", ["unclosed-tag <![CDATA["]),
        ("<p>a < b, 1<2, <b>c</b> <br/></p>", []),
    ],
)
def test_errors(text: str, expected: list[str]) -> None:
    assert listed_problems(text, poml.scan(text)) == expected
