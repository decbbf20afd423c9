"""Variables: which places mean the same one, undefined and unused ones, the cursor, and renaming."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.analysis.variables import Variables, rename, valid_name, variables
from thoughtsmith.formats.templates import handlebars, inputs, jinja
from thoughtsmith.formats.templates.joining import merged
from thoughtsmith.syntax.template import ASSIGNMENT, DECLARATION, LOCAL, LOOP, Name, Template
from thoughtsmith.text.edits import apply_edits
from thoughtsmith.text.span import Span


def declared(text: str, *names: str) -> Variables:
    """The variables of a file that declares `names` in its first line, each once, before a Jinja prompt."""
    body = text.index("\n") + 1
    places = [Name(name, Span(text.index(name), text.index(name) + len(name)), defines=DECLARATION) for name in names]
    return variables(merged(places, jinja.scan(text, body)))


def renamed(text: str, to: str, language: str = "jinja") -> str:
    """`text` without its cursor `<|>`, after the variable there got another name."""
    offset = text.index("<|>")
    text = text.replace("<|>", "")
    scan = {"jinja": jinja.scan, "handlebars": handlebars.scan, "inputs": inputs.scan}[language]
    found = variables(scan(text)).at(offset)
    assert found is not None
    return apply_edits(text, rename(found[0], to))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{ a }} {{ <|>a.a }} {{ b.a }}", "{{ Z }} {{ Z.a }} {{ b.a }}"),
        # The innermost definition is meant.
        ("{% for x in <|>x %}{{ x }}{% endfor %}{{ x }}", "{% for x in Z %}{{ x }}{% endfor %}{{ Z }}"),
        ("{% for x in x %}{{ x<|> }}{% endfor %}{{ x }}", "{% for Z in x %}{{ Z }}{% endfor %}{{ x }}"),
        (
            "{% for x in xs %}{% for x in x %}{{ x }}{% endfor %}{{ <|>x }}{% endfor %}",
            "{% for Z in xs %}{% for x in Z %}{{ x }}{% endfor %}{{ Z }}{% endfor %}",
        ),
        (
            "{% macro m(a) %}{{ a }}{% endmacro %}{{ a }}{{ m(a=<|>a) }}",
            "{% macro m(a) %}{{ a }}{% endmacro %}{{ Z }}{{ m(a=Z) }}",
        ),
        ("{% macro <|>m() %}{% endmacro %}{{ m() }}", "{% macro Z() %}{% endmacro %}{{ Z() }}"),
        # An assignment gives a value to a variable that is there.
        (
            "{% set x = 1 %}{% for y in z %}{% set x = x + 1 %}{{ <|>x }}{% endfor %}{{ x }}",
            "{% set Z = 1 %}{% for y in z %}{% set Z = Z + 1 %}{{ Z }}{% endfor %}{{ Z }}",
        ),
        (
            "{% for y in z %}{% set x = 1 %}{{ <|>x }}{% endfor %}{{ x }}",
            "{% for y in z %}{% set Z = 1 %}{{ Z }}{% endfor %}{{ x }}",
        ),
        (
            "{% for x in xs %}{% set x = x.y %}{{ <|>x }}{% endfor %}",
            "{% for Z in xs %}{% set Z = Z.y %}{{ Z }}{% endfor %}",
        ),
    ],
)
def test_rename_in_jinja(before: str, after: str) -> None:
    assert renamed(before, "Z") == after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("handlebars", "{{#each xs as |x|}}{{<|>x.a}}{{/each}}{{x}}", "{{#each xs as |Z|}}{{Z.a}}{{/each}}{{x}}"),
        (
            "handlebars",
            "{{a}}{{#each xs}}{{../<|>a}}{{@root.a}}{{/each}}",
            "{{Z}}{{#each xs}}{{../Z}}{{@root.Z}}{{/each}}",
        ),
        ("handlebars", "{{index}}{{#each <|>index}}{{@index}}{{/each}}", "{{Z}}{{#each Z}}{{@index}}{{/each}}"),
        ("inputs", "${input:<|>file:b} ${input:file} ${file}", "${input:Z:b} ${input:Z} ${file}"),
    ],
)
def test_rename_in_other_languages(language: str, before: str, after: str) -> None:
    assert renamed(before, "Z", language) == after


def test_what_the_language_defines_keeps_its_name() -> None:
    assert (
        renamed("{% for a in b %}{{ <|>loop.index }}{% endfor %}", "x")
        == "{% for a in b %}{{ loop.index }}{% endfor %}"
    )


@pytest.mark.parametrize(
    ("quote", "new", "written"),
    [
        ("", "b", "b"),
        ("'", "it's", "it\\'s"),
        ('"', 'a"b\\', 'a\\"b\\\\'),
        ("yaml", "user_name", "user_name"),
        ("yaml", "имя", "имя"),
        ("yaml", "yes", '"yes"'),
        ("yaml", "Null", '"Null"'),
        ("yaml", "1a", '"1a"'),
        ("yaml", "a: b", '"a: b"'),
    ],
)
def test_a_new_name_is_written_as_its_place_demands(quote: str, new: str, written: str) -> None:
    place = Name("a", Span(2, 3), defines=DECLARATION, quote=quote)
    (variable,) = variables(Template(names=(place,))).all
    assert rename(variable, new) == [(Span(2, 3), written)]


@pytest.mark.parametrize(
    ("text", "undefined", "unused"),
    [
        ("a b\n{{ a }} {{ c }} {{ c }}", ["c", "c"], ["b"]),
        ("a\n{{ a }} {{ c is defined }} {{ d | default('') }} {{ range(3) }}", [], []),
        ("a\n{% for x in a %}{{ x }}{{ loop.index }}{% endfor %}{{ x }}", ["x"], []),
        ("a\n{% for a in xs %}{{ a }}{% endfor %}", ["xs"], ["a"]),
        ("a\n{% set a = a | trim %}{{ a }}", [], []),
        ("a\n{% set a = 1 %}", [], ["a"]),
    ],
)
def test_undefined_and_unused(text: str, undefined: list[str], unused: list[str]) -> None:
    found = declared(text, *text.split("\n")[0].split())
    assert [name.name for name in found.undefined] == undefined
    assert [variable.name for variable in found.unused] == unused


def test_only_what_is_declared_can_be_unused() -> None:
    found = variables(jinja.scan("{% set a = 1 %}{% for b in [] %}{% endfor %}{% macro c(d) %}{% endmacro %}"))
    assert found.unused == ()


def test_a_variable_of_the_file_hides_what_jinja_defines() -> None:
    found = declared("range\n{{ range }}", "range")
    assert [len(variable.places) for variable in found.all] == [2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ <|>name }}", "name"),
        ("{{ name<|> }}", "name"),
        ("{{ na<|>me.first }}", "name"),
        ("{{ name.fi<|>rst }}", None),
        ("{{ name <|>}}", None),
        ("<|>", None),
        ("{{ a }}<|>", None),
        ("{% for x in xs %}{{ a }}{<|>% endfor %}", None),
        ("{% for <|>x in xs %}{{ a }}{% endfor %}", "x"),
    ],
)
def test_the_variable_at_the_cursor(text: str, name: str | None) -> None:
    offset = text.index("<|>")
    found = variables(jinja.scan(text.replace("<|>", ""))).at(offset)
    assert (found[0].name if found else None) == name
    assert found is None or offset in found[1].span


@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [
        ("jinja", ["a", "user_name", "имя", "x1"], ["", "1a", "a-b", "a b", "a.b", "none", "and", "a\n"]),
        ("handlebars", ["a", "user-name", "имя", "a:b"], ["", "a b", "a.b", "a/b", "{a}", "this", "else"]),
        ("mustache", ["a", "user-name"], ["", "a b", "this"]),
        ("inputs", ["a", "user-name", "a.b"], ["", "a b", "a:b", "a}"]),
        ("arguments", ["issue", "issue-id"], ["", "1", "a b", "ARGUMENTS", "имя"]),
        ("python-format", ["a", "user_name"], ["", "a-b", "a.b", "1"]),
        ("poml", ["a", "$a", "userName"], ["", "a-b", "class", "1a"]),
        ("", [], ["a"]),
    ],
)
def test_names_that_a_language_allows(language: str, good: list[str], bad: list[str]) -> None:
    assert [name for name in good if not valid_name(language, name)] == []
    assert [name for name in bad if valid_name(language, name)] == []


KINDS = st.sampled_from(["", LOOP, LOCAL, ASSIGNMENT, DECLARATION])
SCOPES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))
PLACES = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 39), KINDS, st.none() | SCOPES), max_size=12)


@settings(deadline=None)
@given(PLACES)
def test_every_place_belongs_to_one_variable(places: list[tuple[str, int, str, Span | None]]) -> None:
    """Also where scopes cross, which no scanner makes."""
    starts = {start: (name, kind, scope) for name, start, kind, scope in places}
    names = tuple(
        Name(name, Span(start, start + 1), defines=kind, scope=scope if kind else None)
        for start, (name, kind, scope) in sorted(starts.items())
    )
    found = variables(Template("jinja", names))
    assert sorted(place.span for variable in found.all for place in variable.places) == [name.span for name in names]
    for variable in found.all:
        assert {place.name for place in variable.places} == {variable.name}
        for place in variable.places:
            assert found.at(place.span.start) == (variable, place)
