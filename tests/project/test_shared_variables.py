"""Variables across files: which ones are the same where prompts take in other files."""

from __future__ import annotations

import pytest

from thoughtsmith.analysis.summary import summary
from thoughtsmith.analysis.variables import variables
from thoughtsmith.formats.registry import format_of
from thoughtsmith.project.index import Index
from thoughtsmith.project.shared_variables import shared
from thoughtsmith.text.lines import Lines

ROOT = "/work"


def found(files: dict[str, str], path: str, at: str) -> list[str]:
    """The files with the variable that stands at the start of `at` in a file, each with its number of places."""
    summaries = {}
    templates = {}
    for name, text in files.items():
        known = format_of(name, text=text)
        assert known is not None
        tree = known.parse(Lines.of(text))
        summaries[f"{ROOT}/{name}"] = summary(known, tree)
        templates[name] = known.template(tree)
    index = Index.of([ROOT], summaries)
    touched = variables(templates[path]).at(files[path].index(at))
    assert touched is not None
    result = shared(index, f"{ROOT}/{path}", touched[0])
    return [f"{one.path.removeprefix(f'{ROOT}/')}: {len(one.variable.places)}" for one in result]


INCLUDING = {
    "prompts/a.j2": "{% include 'part.j2' %}{{ who }}",
    "prompts/b.j2": "{% for who in all %}{% include 'part.j2' %}{% endfor %}{{ who }}",
    "prompts/part.j2": "{{ who }}{{ who }}{{ all }}",
    "prompts/other.j2": "{{ who }}",
}


@pytest.mark.parametrize(
    ("path", "at", "expected"),
    [
        # Down into what is included, and from there to the others that include it.
        ("prompts/a.j2", "who", ["prompts/b.j2: 1", "prompts/part.j2: 2"]),
        ("prompts/part.j2", "who", ["prompts/a.j2: 1", "prompts/b.j2: 1"]),
        ("prompts/part.j2", "all", ["prompts/b.j2: 1"]),
        # Outside of the loop it is another one.
        ("prompts/b.j2", "who }}", []),
        ("prompts/b.j2", "who in", ["prompts/a.j2: 1", "prompts/part.j2: 2"]),
        ("prompts/other.j2", "who", []),
    ],
)
def test_what_is_included_sees_the_variables_around_it(path: str, at: str, expected: list[str]) -> None:
    assert found(INCLUDING, path, at) == expected


PASSING = {
    "prompts/a.prompt": "{{name}}{{> p name=who}}{{> q}}{{who}}",
    "prompts/b.prompt": "{{#each xs}}{{> p name=this.name}}{{/each}}{{ name }}",
    "prompts/_p.prompt": "{{name}}{{name}}{{who}}",
    "prompts/_q.prompt": "{{name}}",
}


@pytest.mark.parametrize(
    ("path", "at", "expected"),
    [
        # What is passed on under a name is that variable of the partial, and another one than that of the prompt.
        ("prompts/_p.prompt", "name", ["prompts/a.prompt: 1", "prompts/b.prompt: 1"]),
        ("prompts/a.prompt", "name=", ["prompts/_p.prompt: 2", "prompts/b.prompt: 1"]),
        ("prompts/a.prompt", "name}}", ["prompts/_q.prompt: 1"]),
        ("prompts/_q.prompt", "name", ["prompts/a.prompt: 1"]),
        ("prompts/b.prompt", "name }}", []),
        # What is not passed on is shared.
        ("prompts/_p.prompt", "who", ["prompts/a.prompt: 2"]),
    ],
)
def test_what_is_passed_on_under_a_name(path: str, at: str, expected: list[str]) -> None:
    front = "---\nmodel: a/b\n---\n"
    assert found({name: front + text for name, text in PASSING.items()}, path, at) == expected


def test_through_a_file_that_does_not_name_it() -> None:
    files = {
        "prompts/a.j2": "{{ x }}{% include 'b.j2' %}",
        "prompts/b.j2": "{% include 'c.j2' %}",
        "prompts/c.j2": "{{ x }}",
    }
    assert found(files, "prompts/a.j2", "x") == ["prompts/c.j2: 1"]
    assert found(files, "prompts/c.j2", "x") == ["prompts/a.j2: 1"]


def test_what_a_file_sets_itself_is_its_own() -> None:
    files = {
        "prompts/a.j2": "{{ x }}{% include 'b.j2' %}",
        "prompts/b.j2": "{% set x = 1 %}{{ x }}{% include 'c.j2' %}",
        "prompts/c.j2": "{{ x }}",
    }
    assert found(files, "prompts/a.j2", "x") == []
    assert found(files, "prompts/b.j2", "x") == ["prompts/c.j2: 1"]
    assert found(files, "prompts/c.j2", "x") == ["prompts/b.j2: 2"]


def test_a_circle_ends() -> None:
    files = {"prompts/a.j2": "{{ x }}{% include 'b.j2' %}", "prompts/b.j2": "{{ x }}{% include 'a.j2' %}"}
    assert found(files, "prompts/a.j2", "x") == ["prompts/b.j2: 1"]


def test_an_import_shares_nothing() -> None:
    files = {"prompts/a.j2": "{{ x }}{% import 'b.j2' as b %}", "prompts/b.j2": "{{ x }}"}
    assert found(files, "prompts/a.j2", "x") == []


def test_partials_and_tests() -> None:
    files = {
        "a.prompt": "---\ninput:\n  schema:\n    city: string\n---\n{{>_part}}",
        "_part.prompt": "---\nmodel: x\n---\n{{city}}",
    }
    assert found(files, "a.prompt", "city") == ["_part.prompt: 1"]
    files = {
        "promptfooconfig.yaml": "prompts:\n  - file://prompts/a.j2\ntests:\n  - vars:\n      city: Rome\n",
        "prompts/a.j2": "{{ city }}",
    }
    assert found(files, "promptfooconfig.yaml", "city") == ["prompts/a.j2: 1"]
    assert found(files, "prompts/a.j2", "city") == ["promptfooconfig.yaml: 1"]
