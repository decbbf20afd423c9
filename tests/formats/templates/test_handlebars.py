"""Handlebars and Mustache: names and their contexts, partials and errors."""

from __future__ import annotations

import pytest
from tests.formats.templates.listing import listed_includes, listed_names, listed_problems

from thoughtsmith.formats.templates import handlebars


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a}} {{{b}}} {{&c}} {{~d~}} {{ e.f }} {{ g/h }}", ["a", "b", "c", "d", "e", "g"]),
        ('{{role "system"}}{{history}}{{json data indent=2}}{{media url=photo}}{{section "x"}}', ["data", "photo"]),
        ("{{eq (len xs) 3}} {{format date style='short' zone=tz}}", ["xs", "date", "tz"]),
        (
            "{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}{{#unless f}}{{/unless}}",
            ["a?", "b", "c?", "d", "e", "f?"],
        ),
        (
            "{{#each xs}}{{name}}{{@index}}{{@first}}{{this}}{{this.x}}{{.}}{{../a}}{{@root.b.c}}{{/each}}{{d}}",
            ["xs", "name?", "index@", "first@", "a", "b", "d"],
        ),
        (
            "{{#each xs as |x i|}}{{x.y}}{{else}}{{z}}{{/each}}",
            ["xs", "x=loop [{{x.y}}]", "i=loop [{{x.y}}]", "x?", "z"],
        ),
        ("{{#each xs}}{{#each ys}}{{../../a}}{{../b}}{{/each}}{{/each}}", ["xs", "ys?", "a", "b?"]),
        ("{{#with user as |u|}}{{u.name}}{{/with}}", ["user", "u=local [{{u.name}}]", "u?"]),
        ("{{#xs}}{{a}}{{/xs}}{{^ys}}{{b}}{{/ys}}", ["xs?", "a?", "ys?", "b"]),
        ("{{#custom a b=c}}{{d}}{{/custom}}", ["a", "c", "d?"]),
        ("{{!-- {{a}} --}}{{! b }}\\{{c}} \\\\{{d}}{{{{raw}}}}{{e}}{{{{/raw}}}}", ["d"]),
        (
            '{{[first name].x}} {{1}} {{true}} {{"a"}} {{@metadata.x}} {{this.a}} {{./b}}',
            ["first name", "metadata@", "a", "b"],
        ),
        ('{"a": "{{b}}"} {{{c}}}', ["b", "c"]),
        # Half-typed.
        ("{{user.\n{{x}}", ["user", "x"]),
        ("{{#if a", ["a?"]),
        ("{{json data ", ["data"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert listed_names(text, handlebars.scan(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{> head}}{{> dir/foot a=b}}{{> "quoted" c}}', ["partial head+", "partial dir/foot+", "partial quoted"]),
        ("{{#each xs}}{{> item}}{{/each}}{{#if x}}{{> item}}{{/if}}", ["partial item", "partial item+"]),
        ("{{> (lookup . 'x')}}", ["partial (lookup . 'x')+"]),
        ("{{#> layout}}{{> @partial-block}}{{/layout}}", ["partial layout?+"]),
        ('{{#*inline "mine"}}{{a}}{{/inline}}{{> mine}}{{> other}}', ["partial other+"]),
        ("{{!-- {{> a}} --}}\\{{> b}}", []),
    ],
)
def test_partials(text: str, expected: list[str]) -> None:
    assert listed_includes(handlebars.scan(text)) == expected


def test_a_partial_of_dotprompt_begins_with_an_underscore() -> None:
    (include,) = handlebars.scan("{{> parts/head}}").includes
    assert include.candidates[:2] == ("parts/_head.prompt", "parts/head.prompt")
    assert "partials/parts/_head.prompt" in include.candidates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{#if a}}", ["unclosed-block {{#if a}}"]),
        ("{{/if}}", ["unmatched-end {{/if}}"]),
        ("{{#if a}}{{#each b}}{{/if}}", ["unclosed-block {{#each b}}"]),
        ("{{#each a}}{{/if}}{{/each}}", ["unmatched-end {{/if}}"]),
        ("{{else}}", ["unmatched-end {{else}}"]),
        ("{{#if a}}{{else}}{{else}}{{/if}}", ["unmatched-end {{else}}"]),
        ("{{#if a}}{{^}}{{/if}}{{#each b}}{{else}}{{/each}}", []),
        ("{{a\n{{b}}", ["unclosed-tag {{a"]),
        ("{{a}", ["unclosed-tag {{a}"]),
        ("{{!-- a {{#if b}} {{/each}}", ["unclosed-comment {{!--"]),
        ("{{}}", ["syntax {{}}"]),
        ("{{a#b}}", ["syntax #"]),
        ("{{#*inline 'a'}}{{/inline}}{{#> b}}{{/b}}", []),
    ],
)
def test_errors(text: str, expected: list[str]) -> None:
    assert listed_problems(text, handlebars.scan(text)) == expected


@pytest.mark.parametrize(
    ("text", "names", "problems"),
    [
        ("{{a}} {{#xs}}{{b}}{{/xs}}{{^c}}{{d}}{{/c}}{{json}}", ["a", "xs?", "b?", "c?", "d", "json"], []),
        ("{{else}}{{#if}}{{/if}}", ["else", "if?"], []),
        ("{{=<% %>=}} \\{{a}}", ["a"], []),
        ("{{#a}}", ["a?"], ["unclosed-block {{#a}}"]),
    ],
)
def test_mustache(text: str, names: list[str], problems: list[str]) -> None:
    template = handlebars.scan(text, flavour="mustache")
    assert listed_names(text, template) == names
    assert listed_problems(text, template) == problems
