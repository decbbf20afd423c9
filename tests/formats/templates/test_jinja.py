"""Jinja and Nunjucks: scopes, references and errors. Which names there are is compared with Jinja itself."""

from __future__ import annotations

import pytest
from tests.formats.templates.listing import listed_includes, listed_names, listed_problems

from thoughtsmith.formats.templates import jinja


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for x in xs %}{{ x }}{% endfor %}", ["x=loop [{{ x }}]", "xs", "x"]),
        (
            "{% for x in xs if x.ok %}{{ loop.index }}{% else %}-{% endfor %}",
            ["x=loop [x.ok %}{{ loop.index }}]", "xs", "x", "loop@"],
        ),
        ("{% set x = y %}{{ x }}", ["x=assignment", "y", "x"]),
        (
            "{% for a in b %}{% set x = 1 %}!{% endfor %}",
            ["a=loop [{% set x = 1 %}!]", "b", "x=assignment [{% set x = 1 %}!]"],
        ),
        ("{% if a %}{% set x = 1 %}{% endif %}", ["a?", "x=assignment"]),
        (
            "{% macro m(a, b=1) %}{{ a }}{% endmacro %}",
            ["m=macro", "a=local [a, b=1) %}{{ a }}]", "b=local [a, b=1) %}{{ a }}]", "a"],
        ),
        ("{% with a = 1 %}{{ a }}{% endwith %}", ["a=local [{{ a }}]", "a"]),
        ("{% from 'x' import a, b as c %}", ["a=assignment", "c=assignment"]),
        ("{{ range(3) }}{{ x is defined }}{{ y | default('') }}{{ z | d }}", ["range@", "x?", "y?", "z?"]),
        ("{% if a and not b or c.d %}{% elif e %}{% endif %}", ["a?", "b?", "c", "e?"]),
        ("{% set a.b = c %}", ["a", "c"]),
        # Half-typed: what stands on the line counts, what follows is text.
        ("{{ user.\nsee {{ x }}", ["user", "x"]),
        ("{{ f(a, ", ["f", "a"]),
        ("{% for x in xs %}{{ x", ["x=loop [{{ x]", "xs", "x"]),
        ("{{ 'it }} {{ b }}", ["it", "b"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert listed_names(text, jinja.scan(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% include 'a.j2' %}", ["include a.j2+"]),
        ("{% include 'a.j2' ignore missing without context %}", ["include a.j2?"]),
        ("{% include ['a.j2', \"b.j2\"] %}", ["include a.j2?+", "include b.j2?+"]),
        ("{% include name ~ '.j2' %}", ["include name ~ '.j2'+"]),
        (
            "{% extends 'base.j2' %}{% import 'm.j2' as m %}{% from 'f.j2' import f %}",
            ["extends base.j2+", "import m.j2", "import f.j2"],
        ),
        ("{# {% include 'a' %} #}{% raw %}{% include 'b' %}{% endraw %}{{ \"{% include 'c' %}\" }}", []),
    ],
)
def test_references(text: str, expected: list[str]) -> None:
    assert listed_includes(jinja.scan(text)) == expected


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        (
            "{% include 'a/b.j2' %}",
            ("a/b.j2", "../a/b.j2", "../../a/b.j2", "/a/b.j2", "/templates/a/b.j2", "/prompts/a/b.j2"),
        ),
        ("{% include './a.j2' %}", ("./a.j2",)),
        ("{% include a %}", ()),
        ("{% include '' %}", ()),
    ],
)
def test_where_a_template_may_lie(text: str, candidates: tuple[str, ...]) -> None:
    assert [include.candidates for include in jinja.scan(text).includes] == [candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% if a %}", ["unclosed-block {% if a %}"]),
        ("{% endif %}", ["unmatched-end {% endif %}"]),
        ("{% if a %}{% for x in y %}{% endif %}", ["unclosed-block {% for x in y %}"]),
        ("{% for x in y %}{% endif %}{% endfor %}", ["unmatched-end {% endif %}"]),
        ("{% else %}", ["unmatched-end {% else %}"]),
        ("{% if a %}{% else %}{% elif b %}{% endif %}", ["unmatched-end {% elif b %}"]),
        ("{% with %}{% else %}{% endwith %}", ["unmatched-end {% else %}"]),
        ("{% block a %}{% endblock b %}", ["syntax b"]),
        ("{{ a\n{{ b }}", ["unclosed-tag {{ a"]),
        ("{{ a {{ b }}", ["unclosed-tag {{ a "]),
        ("{% if a\n{% endif %}", ["unclosed-tag {% if a"]),
        # Nothing behind the comment is wrong besides.
        ("{{ b! }} {# a {{ c! }} {% endfor %} {# {% for", ["syntax !", "unclosed-comment {#"]),
        ("{% if a %}{# a {% endif %}", ["unclosed-comment {#"]),
        ("{% raw %}{{ a }}", ["unclosed-block {% raw %}"]),
        ("{{ }}{% %}", ["syntax {{ }}", "syntax {% %}"]),
        ("{{ a b }}", ["syntax b"]),
        ("{{ a + }}", ["syntax +"]),
        ("{{ a ? b : c }}", ["syntax ?"]),
        ("{{ f(a }} {{ b }}", ["syntax }"]),
        ("{% if %}{% endif %}", ["syntax {% if %}"]),
        ("{% if a = b %}{% endif %}", ["syntax ="]),
        ("{% nonsense a %}", ["unknown-tag nonsense"]),
        # An extension may bring blocks of its own: one word about them is enough.
        ("{% generation %}a{% endgeneration %}", []),
        ("{% frame %}a{% endframe %}", ["unknown-tag frame"]),
    ],
)
def test_errors(text: str, expected: list[str]) -> None:
    assert listed_problems(text, jinja.scan(text)) == expected


def test_a_comment_on_its_way_to_its_end() -> None:
    text = "{{ a }} {# wh {{ b }} {% set c = 1 %}"
    template = jinja.scan(text)
    assert [(tag.kind, text[tag.span.start : tag.span.end]) for tag in template.tags] == [
        ("expression", "{{ a }}"),
        ("comment", "{# wh {{ b }} {% set c = 1 %}"),
    ]
    # What the comment hides for the moment is still to be renamed, and is not unused because of it.
    assert listed_names(text, template) == ["a", "b", "c=assignment"]
    unsure = jinja.scan("# Title {#id} {{ a }}", certain=False)
    assert [tag.kind for tag in unsure.tags] == ["expression"]


def test_a_block_that_is_not_closed_names_the_end_that_came_instead() -> None:
    text = "{% if a %}{% for x in y %}{% endif %}"
    (problem,) = jinja.scan(text).problems
    assert problem.detail == "endfor"
    assert problem.related is not None
    assert text[problem.related.start : problem.related.end] == "{% endif %}"


def test_what_an_embedded_prompt_sets_counts_there_only() -> None:
    text = "prompts:\n  - '{% set x = 1 %}{{ x }}'\n"
    start, end = text.index("{%"), text.rindex("'")
    assert listed_names(text, jinja.scan(text, start, end)) == ["x=assignment [{% set x = 1 %}{{ x }}]", "x"]


@pytest.mark.parametrize(
    ("text", "names", "problems"),
    [
        ("{% if a %}{% elseif b %}{% else %}{% endif %}", ["a?", "b?"], []),
        (
            "{% asyncEach x in xs %}{{ x | dump }}{{ loop.index }}{% endeach %}",
            ["x=loop [{{ x | dump }}{{ loop.index }}]", "xs", "x", "loop@"],
            [],
        ),
        ("{% verbatim %}{{ a }}{% endverbatim %}{{ env.KEY }}{{ null }}", ["env@", "null@"], []),
        ("{% switch a %}{% case 'b' %}{{ c }}{% default %}{{ d }}{% endswitch %}", ["a", "c", "d"], []),
        (
            "{% for k, v in xs %}{{ k }}{{ v }}",
            ["k=loop [{{ k }}{{ v }}]", "v=loop [{{ k }}{{ v }}]", "xs", "k", "v"],
            ["unclosed-block {% for k, v in xs %}"],
        ),
        ("{{ a === b }}", ["a", "b"], []),
    ],
)
def test_nunjucks(text: str, names: list[str], problems: list[str]) -> None:
    template = jinja.scan(text, flavour="nunjucks")
    assert listed_names(text, template) == names
    assert listed_problems(text, template) == problems


def test_tags() -> None:
    text = "{{ a }}{% if b %}{# c #}{% raw %}{{ d }}{% endraw %}{% endif %}"
    assert [(tag.kind, text[tag.span.start : tag.span.end]) for tag in jinja.scan(text).tags] == [
        ("expression", "{{ a }}"),
        ("statement", "{% if b %}"),
        ("comment", "{# c #}"),
        ("raw", "{% raw %}{{ d }}{% endraw %}"),
        ("statement", "{% endif %}"),
    ]
