"""Jinja2 itself as the oracle: it finds the same names, and errors in the same templates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables

from thoughtsmith.analysis.variables import variables
from thoughtsmith.formats.templates import jinja

ENVIRONMENT = Environment()


def undefined(text: str) -> set[str]:
    """The names that the scanner finds no definition for, also those that may be undefined."""
    found = variables(jinja.scan(text))
    return {variable.name for variable in found.all if not variable.definitions and not variable.builtin}


def oracle(text: str) -> set[str]:
    return find_undeclared_variables(ENVIRONMENT.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello {{ name }}!",
        "{{ user.name }} {{ user['first'] }} {{ user[key] }} {{ users[0].name }}",
        "{{ a + b * -c // d ** e ~ f % g }} {{ a and b or not c }} {{ a < b <= c != d }}",
        "{{ x if y else z }} {{ x in xs }} {{ x not in xs }}",
        "{{ x | upper | default(y, boolean=z) }} {{ x | map(attribute='name') | join(sep) }}",
        "{{ x is defined }} {{ x is not none }} {{ x is divisibleby y }} {{ x is sameas(z) }}",
        "{{ f(a, b=c, *d, **e) }} {{ f(g(h)) }} {{ f.g(i).j(k=l) }}",
        "{{ [a, b] }} {{ (c, d) }} {{ {e: f, 'g': h} }} {{ {'a': {'b': {}}} }}",
        "{{ 'a {{ b }} c' }} {{ \"it's\" }} {{ 'it\\'s' }}",
        "{{ true }} {{ True }} {{ none }} {{ None }} {{ 1 }} {{ 1.5e3 }} {{ 0xff }} {{ 1_000 }}",
        "{{ range(n) }} {{ dict(a=b) }} {{ namespace(x=y).x }} {{ lipsum() }} {{ cycler(a).next() }} {{ joiner(s) }}",
        "{{- a -}} {%- if b -%} {%+ if c +%} x {% endif %} {% endif -%} {#- {{ d }} -#}",
        "{% raw %}{{ a }}{% if %}{% endraw %}{{ b }} {%- raw -%} {{ c }} {%- endraw -%}",
        "{% for x in xs %}{{ x }}{{ loop.index }}{{ y }}{% endfor %}{{ x }}",
        "{% for x in x %}{{ x }}{% endfor %}",
        "{% for a, (b, c) in xs %}{{ a }}{{ b }}{{ c }}{% else %}{{ a }}{{ d }}{% endfor %}",
        "{% for x in xs if x.ok and y recursive %}{{ loop(x.items) }}{% endfor %}",
        "{% for x in (a if b else c) %}{{ x }}{% endfor %}",
        "{% for x in xs %}{% for x in x %}{{ x }}{% endfor %}{{ x }}{% endfor %}",
        "{% for x in xs %}{% set y = x %}{{ y }}{% endfor %}{{ y }}",
        "{{ loop }} {{ caller }} {{ varargs }}",
        "{% set a = b %}{{ a }}{% set c, d = e %}{{ c }}{{ d }}",
        "{% set a %}{{ b }}{% endset %}{{ a }}{% set c | upper %}{{ d }}{% endset %}{{ c }}",
        "{% set ns = namespace(n=0) %}{% for x in xs %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
        "{% macro m(a, b=c, d=a) %}{{ a }}{{ b }}{{ d }}{{ e }}{{ caller() }}{{ varargs }}{% endmacro %}{{ m() }}",
        "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x) m() %}{{ x }}{{ y }}{% endcall %}{{ x }}",
        "{% call m(z) %}{{ a }}{% endcall %}",
        "{% with a = b, c = a %}{{ a }}{{ c }}{% endwith %}{{ c }}",
        "{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a }}",
        "{% filter replace(a, 'b') %}{{ c }}{% endfilter %}",
        "{% import 'x' as y %}{{ y.z }}{% from 'x' import a, b as c with context %}{{ a }}{{ b }}{{ c }}",
        "{% from x import a %}{% import y as z without context %}",
        "{% include 'a' %}{% include ['a', b] ignore missing %}{% include c ignore missing without context %}",
        "{% extends base %}{% block content scoped %}{{ a }}{{ super() }}{{ self.title() }}{% endblock content %}",
        "{% autoescape x %}{{ y }}{% endautoescape %}{% print z %}",
        "{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}",
        "{{ имя }} {% for слово in слова %}{{ слово }}{% endfor %}",
        "{\n{{ a }}\r\n} { { b } } {{ 'x\ny' }} {{\nc\n}}",
        "{% set _x1 = 1 %}{{ _x1 }}{{ x1 }}",
        "{{ a.0.b }} {{ a[1:b:c] }} {{ a|d(e)|first is string }}",
    ],
)
def test_the_names_that_jinja_finds(text: str) -> None:
    assert undefined(text) == oracle(text)
    assert jinja.scan(text).problems == ()


NAMES = st.sampled_from(["alpha", "beta", "gamma", "delta", "item"])


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


EXPRESSIONS = st.recursive(
    st.one_of(NAMES, st.sampled_from(["1", "'text {{ x }}'", "none", '"it\'s"', "[]", "range"])),
    lambda inner: st.one_of(
        joined(inner, st.sampled_from([" + ", " ~ ", " and ", " or ", " in ", " == ", " // "]), inner),
        joined(st.just("("), inner, st.just(")")),
        joined(st.just("(not "), inner, st.just(")")),
        joined(NAMES, st.sampled_from([".alpha", "[beta]", " | upper", " | default(gamma)"])),
        joined(NAMES, st.just("("), inner, st.just(", alpha="), inner, st.just(")")),
        joined(st.just("{'alpha': "), inner, st.just(", beta: "), inner, st.just("}")),
        joined(st.just("["), inner, st.just(", "), inner, st.just("]")),
        joined(st.just("("), NAMES, st.sampled_from([" is defined)", " is not none)", " is eq(beta))"])),
        joined(st.just("("), inner, st.just(" if "), inner, st.just(" else "), inner, st.just(")")),
    ),
    max_leaves=6,
)
STATEMENTS = st.recursive(
    st.one_of(
        st.sampled_from(["text ", "{ } % #", "{# {{ item }} #}", "{% raw %}{{ beta }}{% endraw %}", "{{ loop }}"]),
        joined(st.just("{{ "), EXPRESSIONS, st.just(" }}")),
        joined(st.just("{{-"), EXPRESSIONS, st.just("-}}")),
        joined(st.just("{% include ("), EXPRESSIONS, st.just(") ignore missing %}")),
    ),
    lambda inner: st.one_of(
        joined(inner, inner),
        joined(
            st.just("{% if "), EXPRESSIONS, st.just(" %}"), inner,
            st.just("{% else %}"), inner, st.just("{% endif %}"),
        ),
        joined(
            st.just("{% for "), NAMES, st.just(" in "), EXPRESSIONS, st.just(" %}"), inner,
            st.just("{% else %}"), inner, st.just("{% endfor %}"),
        ),
        joined(
            st.just("{% for item in ("), EXPRESSIONS, st.just(") if "), EXPRESSIONS, st.just(" %}"), inner,
            st.just("{% endfor %}"),
        ),
        joined(
            st.just("{% with "), NAMES, st.just(" = "), EXPRESSIONS, st.just(" %}"), inner,
            st.just("{% endwith %}"),
        ),
        joined(st.just("{% filter upper %}"), inner, st.just("{% endfilter %}")),
        joined(
            st.just("{% call("), NAMES, st.just(") "), NAMES, st.just("("), EXPRESSIONS, st.just(") %}"), inner,
            st.just("{% endcall %}"),
        ),
        # What is set has a name of its own, which is used after it only: before it, Jinja finds it undefined.
        joined(
            st.just("{% filter upper %}{% set own = "), EXPRESSIONS, st.just(" %}"), inner,
            st.just("{{ own }}{% endfilter %}"),
        ),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(STATEMENTS)
def test_the_names_that_jinja_finds_in_any_template(text: str) -> None:
    assert undefined(text) == oracle(text)
    assert jinja.scan(text).problems == ()


PIECES = st.sampled_from(
    [
        "{% if a %}", "{% elif b %}", "{% else %}", "{% endif %}", "{% for x in y %}", "{% endfor %}", "{{ z }}",
        "{% macro m() %}", "{% endmacro %}", "{% set a %}", "{% set b = 1 %}", "{% endset %}", "{% raw %}",
        "{% endraw %}",
        "{% with %}", "{% endwith %}", "{# c #}", "{% filter upper %}", "{% endfilter %}", "{#", "#}", "{{", "}}",
        "{% nonsense %}", "{% block b %}", "{% endblock %}", "{% endblock b %}", "{% endblock c %}", " ", "{{ }}",
        "{% %}",
        "{{ ' }}", "{{ (a }}", "{{ a) }}", "{{ $ }}", "{{ {'a': {}} }}", "{{ '}}' }}",
    ]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=7).map("".join))
def test_an_error_is_found_where_jinja_finds_one(text: str) -> None:
    # Jinja does not miss the end of `{% raw %}` where nothing follows it.
    text += "."
    try:
        ENVIRONMENT.parse(text)
    except TemplateSyntaxError:
        assert jinja.scan(text).problems != ()
    else:
        assert jinja.scan(text).problems == ()


TOKENS = st.sampled_from(
    [
        *("a", "b", "1", "'s'", "+", "-", "*", "**", ".", "|", "(", ")", "[", "]", "{", "}", ",", ":", "=", "==", "~"),
        *("if", "else", "is", "not", "in", "and"),
    ]
)


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(TOKENS, min_size=1, max_size=8).map(" ".join), st.sampled_from(["{{ %s }}", "{%% if %s %%}{%% endif %%}"])
)
def test_there_are_no_false_alarms_in_expressions(expression: str, tag: str) -> None:
    text = tag % expression
    try:
        ENVIRONMENT.parse(text)
    except TemplateSyntaxError:
        pass
    else:
        assert jinja.scan(text).problems == ()
