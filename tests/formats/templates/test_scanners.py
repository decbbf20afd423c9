"""What holds for the scanners of all template languages and for every text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import is_linear

from thoughtsmith.analysis.variables import variables
from thoughtsmith.formats.templates import arguments, handlebars, inputs, jinja, links, poml, python_format
from thoughtsmith.formats.templates.joining import joined, merged
from thoughtsmith.syntax.template import DECLARATION, Name, Template
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

SCANNERS: dict[str, Callable[[str, int, int | None], Template]] = {
    "jinja": jinja.scan,
    "nunjucks": lambda text, start, end: jinja.scan(text, start, end, flavour="nunjucks"),
    "handlebars": handlebars.scan,
    "mustache": lambda text, start, end: handlebars.scan(text, start, end, flavour="mustache"),
    "inputs": inputs.scan,
    "arguments": lambda text, start, end: arguments.scan(text, start, end, declared={"a", "name"}),
    "python-format": python_format.scan,
    "poml": poml.scan,
    "links": links.scan,
}
PIECES = [
    *("{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "(", ")", "[", "]", "<", ">", "/>", "${", "$", "@", "#", "!", "`"),
    *("```", "'", '"', "\\", "|", "~", "-", "=", ",", ".", ":", "../", "&", "^", "/", "\n", "\r\n", "\r", " ", "\t"),
    *("\u2028", "\f", "\ufeff", "\U0001f600", "имя", "a", "name", "this", "in", "if", "for", "else", "each", "set"),
    *("raw", "endraw", "endif", "endfor", "macro", "as |a b|", "include", "input:", "file:", "ARGUMENTS", "1", "a.md"),
    *("<let name='a' value='b'/>", '<p for="a in b">', "</p>", "<!--", "-->", "](", "{{!--", "--}}", "{{{{", "}}}}"),
    *("{{#each xs as |a|}}", "{{/each}}", "{% for a in b %}", "{% set x %}", "=>", "`${a}`", "&quot;", "]: "),
]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=40))


@pytest.mark.parametrize("language", SCANNERS)
@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(0, 30), st.one_of(st.none(), st.integers(0, 30)))
def test_every_text_has_a_template(language: str, text: str, start: int, length: int | None) -> None:
    start = min(start, len(text))
    end = None if length is None else min(start + length, len(text))
    template = SCANNERS[language](text, start, end)
    whole = Span(start, len(text) if end is None else end)
    for things in (template.names, template.includes, template.problems, template.tags):
        spans = [thing.span for thing in things]
        assert all(whole.covers(span) and span.start <= span.end for span in spans)
        assert spans == sorted(spans)
    for name in template.names:
        assert text[name.span.start : name.span.end] == name.name != ""
        assert name.scope is None or (whole.covers(name.scope) and name.scope.start <= name.scope.end)
    for include in template.includes:
        assert text[include.span.start : include.span.end] == include.target
    for before, after in zip(template.tags, template.tags[1:], strict=False):
        assert before.span.end <= after.span.start
    assert sum(len(variable.places) for variable in variables(template).all) == len(template.names)


@pytest.mark.parametrize("language", SCANNERS)
@settings(max_examples=50, deadline=None)
@given(TEXTS, TEXTS)
def test_a_part_is_scanned_as_if_it_stood_alone(language: str, before: str, text: str) -> None:
    # White space keeps what stands before from being looked at.
    before += "\n"
    scan = SCANNERS[language]
    alone, part = scan(text, 0, None), scan(before + text, len(before), None)
    assert [name.name for name in part.names] == [name.name for name in alone.names]
    assert [name.span.shifted(-len(before)) for name in part.names] == [name.span for name in alone.names]
    assert [problem.id for problem in part.problems] == [problem.id for problem in alone.problems]
    assert [include.target for include in part.includes] == [include.target for include in alone.includes]


HOSTILE = [
    *(
        "{{",
        "{%",
        "{#",
        "{{ '",
        '{{ "\\',
        '"{{\\""\n',
        "{{ (",
        "{{ a.",
        "{% if a %}",
        "{% for a in b %}",
        "{% endif %}",
    ),
    *(
        "{% if a %}{% set b = 1 %}",
        "{% raw %}",
        "{% raw",
        "{%   ",
        "{{{",
        "{{!--",
        "{{!",
        "{{{{",
        "{{{{a}}}}",
        "\\",
        "\\{{",
    ),
    *("{{#each a}}", "{{#if a}}", "{{/if}}", "{{#a}}{{/b}}", "{{#each a as |b|}}{{b}}", "{{a as |", "{{[", "{{../"),
    *(
        "${input:",
        "${input:a",
        "${input:a:",
        "#file:a",
        "$ARGUMENTS",
        "$a-",
        " @a/",
        " @../",
        " !`",
        "`",
        "`` ` ",
        "```\n",
    ),
    *("{a:{", "{a:{b}", "{a[", "{a.b", "<a ", '<a b="', "<a b='\" ", '<p for="a in b">', "</p>", "<!--", "<![CDATA["),
    *(
        '<p a="{{',
        "{{ `${",
        "](",
        "[](",
        "](a(b",
        "](<",
        "[a](b '",
        "(",
        "a",
        " ",
        "\n",
        "{{ a => ",
        "{{ (a) => ",
        "~~~\n",
    ),
    *("{{ $ ' \\'", "{{ \\", "{{ a }}", "{% set a = a %}", "<let name='a'/>{{ a }}", "-->", "<!-- ` "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    for language, scan in SCANNERS.items():

        def work(text: str, scan: Callable[[str, int, int | None], Template] = scan) -> None:
            variables(scan(text, 0, None))

        assert is_linear(work, piece, 10_000), language


def test_templates_are_joined_in_the_order_of_the_text() -> None:
    text = "[a](b.md) ${input:x} [c](d.md) {{ y }}"
    template = joined(inputs.scan(text), links.scan(text), jinja.scan(text))
    assert template.language == "inputs"
    assert [name.name for name in template.names] == ["x", "y"]
    assert [include.target for include in template.includes] == ["b.md", "d.md"]
    assert not template.declares


def test_of_tags_that_overlap_the_first_counts() -> None:
    text = "${input:x:{{ y }}} {{ z }}"
    tags = joined(inputs.scan(text), jinja.scan(text)).tags
    assert [text[tag.span.start : tag.span.end] for tag in tags] == ["${input:x:{{ y }", "{{ z }}"]


def test_declarations_are_merged_with_the_text() -> None:
    text = "inputs: [name, other]\n---\n{{ name }} {{ nmae }}"
    declared = [
        Name("other", Span(15, 20), defines=DECLARATION),
        Name("name", Span(9, 13), defines=DECLARATION),
    ]
    template = merged(declared, jinja.scan(text, 26))
    assert template.declares
    assert [name.name for name in template.names] == ["name", "other", "name", "nmae"]
    found = variables(template)
    assert [name.name for name in found.undefined] == ["nmae"]
    assert [variable.name for variable in found.unused] == ["other"]
