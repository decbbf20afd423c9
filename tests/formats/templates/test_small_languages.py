"""The variables of VS Code and Claude Code, Python's format fields, and links."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.templates.listing import listed_includes, listed_names, listed_problems

from thoughtsmith.formats.templates import arguments, inputs, links, python_format


@pytest.mark.parametrize(
    ("text", "names", "includes"),
    [
        ("${input:a} ${input:a:again} ${input:b-c}", ["a=input", "a", "b-c=input"], []),
        (
            "${selection} ${file} ${workspaceFolder}/x ${env:HOME}",
            ["selection@", "file@", "workspaceFolder@", "env@"],
            [],
        ),
        ("${foo} $input {input:a}", [], []),
        ("`${input:a}`\n```\n${input:b}\n```\n", ["a=input", "b=input"], []),
        (
            "See #file:src/a.ts, #file:b.md:10-20 and #tool:search/code.",
            [],
            ["file src/a.ts", "file b.md", "tool search/code"],
        ),
        ("a#file:b ##tool:c #files:d", [], []),
        ("${input:a\n${input:b", ["a=input", "b=input"], []),
    ],
)
def test_inputs(text: str, names: list[str], includes: list[str]) -> None:
    template = inputs.scan(text)
    assert listed_names(text, template) == names
    assert listed_includes(template) == includes


def test_the_placeholder_describes_the_input() -> None:
    first, second = inputs.scan("${input:a: What to do? } ${input:a:b}").names
    assert (first.description, second.description) == ("What to do?", "")


def test_an_input_without_its_brace() -> None:
    text = "${input:a:b c\n}"
    assert listed_problems(text, inputs.scan(text)) == ["unclosed-tag ${input:a:b c"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fix $ARGUMENTS, then $ARGUMENTS[0] and $1.", ["ARGUMENTS@", "ARGUMENTS@", "1@"]),
        ("It costs $5.00 or $100, 5$1, $ARGUMENTSX, \\$1", []),
        ("${CLAUDE_SKILL_DIR}/a.sh ${CLAUDE_SESSION_ID} ${HOME}", ["CLAUDE_SKILL_DIR@", "CLAUDE_SESSION_ID@"]),
        ("$issue $branch-name $branch-names $other $issue-x", ["issue", "branch-name", "issue"]),
        ("!`git log $1`", ["1@"]),
    ],
)
def test_arguments(text: str, names: list[str]) -> None:
    assert listed_names(text, arguments.scan(text, declared={"issue", "branch-name"})) == names


@pytest.mark.parametrize(
    ("text", "includes"),
    [
        (
            "@docs/a.md and @package.json, (@./b) @../c.txt.",
            ["file docs/a.md+", "file package.json+", "file ./b+", "file ../c.txt+"],
        ),
        ("@~/.claude/a.md @/etc/hosts", ["file ~/.claude/a.md+", "file /etc/hosts+"]),
        ("me@example.com @param @README x@a/b.md @@a/b.md", []),
        # Meant as something else perhaps: nothing is wrong if there is no such file.
        ("@types/node @app.route", ["file types/node?+", "file app.route?+"]),
        ("`@a/b.md`\n\n```\n@c/d.md\n```\n<!-- @e/f.md -->\n", []),
        ("- @a/b.md\n> @c/d.md\n", ["file a/b.md+", "file c/d.md+"]),
    ],
)
def test_imports(text: str, includes: list[str]) -> None:
    assert listed_includes(arguments.scan(text)) == includes


def test_files_outside_of_the_workspace_are_not_looked_for() -> None:
    assert [include.candidates for include in arguments.scan("@~/a.md @/b.md @c.md").includes] == [(), (), ("c.md",)]


@pytest.mark.parametrize(
    ("text", "includes"),
    [
        ('[a](b.md) ![c](d/e.png "title") [f](<g h.md>)', ["link b.md", "link d/e.png", "link g h.md"]),
        ("[a](b.md#part) [c](#part) [d](?q)", ["link b.md"]),
        ("[a](https://x.y/z.md) [b](mailto:a@b.c) [c](//d/e) [f]()", []),
        ("[a]: docs/b.md\n[c]: https://d\n[e]: f.md 'title'\n", ["link docs/b.md", "link f.md"]),
        ("`[a](b.md)` ``[c](d.md) ` `` [e](f.md)\n\n```\n[g](h.md)\n```\n\n<!-- [i](j.md) -->\n", ["link f.md"]),
        ("[text](url) [a]({{ b }}) [c](${d}/e.md)", ["link url?"]),
        ("](f.md) a [b] (c.md)", []),
        ("[a](b(c).md) [![d](e.png)](f.md)", ["link b(c).md", "link e.png", "link f.md"]),
        ("[a](mdc:src/b.ts)", ["link src/b.ts"]),
    ],
)
def test_links(text: str, includes: list[str]) -> None:
    assert listed_includes(links.scan(text)) == includes


def test_where_a_link_leads() -> None:
    found = links.scan("[a](b%20c%D1%8F.md) [d](mdc:e/f.md) [g](../h.md)").includes
    assert [include.candidates for include in found] == [("b cя.md",), ("/e/f.md",), ("../h.md",)]


@pytest.mark.parametrize(
    ("text", "names", "problems"),
    [
        ("{a} {b.c} {d[0]} {e!r:>10} {f:{width}.{precision}}", ["a", "b", "d", "e", "f", "width", "precision"], []),
        ("{{a}} {{{b}}}", ["b"], []),
        ("{} {0} {1.x}", [], []),
        ("{a", [], ["unclosed-tag {"]),
        ("a} {b}", ["b"], ["unmatched-end }"]),
    ],
)
def test_python_format(text: str, names: list[str], problems: list[str]) -> None:
    template = python_format.scan(text)
    assert listed_names(text, template) == names
    assert listed_problems(text, template) == problems


@given(st.lists(st.sampled_from(["{a}", "{b.c}", "{d[e]}", "{f!s}", "{g:>4}", "{{", "}}", " ", "x", "{0}", "{}"])))
def test_python_finds_the_same_fields(pieces: list[str]) -> None:
    text = " ".join(pieces)
    fields = [field for _, field, _, _ in string.Formatter().parse(text) if field]
    roots = [field[0] for field in fields if not field.isdigit()]
    assert [name.name for name in python_format.scan(text).names] == roots
    assert python_format.scan(text).problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Translate {text} to {language}.", True),
        ('Answer {question} as {{"answer": 1}}.', True),
        ("No fields.", False),
        ('{"a": {"b": 1}} {text}', False),
        ("{{ text }} {name}", False),
        ("{% if a %} {name}", False),
        ("{{#if a}} {name} {{/if}}", False),
        ("${name} {name}", False),
        ("\\frac{a}{b} and x^{n}", False),
        ("function f() {return}", False),
        ("{} {0}", False),
        ("body { color: red }", False),
        # A field that is being typed.
        ("Translate {text} to {", True),
        ("Translate {text} to {}.", True),
        ("Translate {text} to {} and {}.", False),
    ],
)
def test_files_that_use_python_format(text: str, expected: bool) -> None:
    assert python_format.uses(text) is expected
