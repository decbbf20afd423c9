"""What the front matter of Prompty and dotprompt says of the variables of the template, and which file is which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats.registry import FORMATS, format_of
from thoughtsmith.formats.validation import mismatches
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.syntax.template import Template

FIXTURES = Path(__file__).parent / "fixtures"
FILES = [path for name in ("prompty", "dotprompt", "jinja", "poml") for path in sorted((FIXTURES / name).iterdir())]


def template_of(path: str, text: str) -> Template:
    found = format_of(path, text=text)
    assert found is not None
    return found.template(found.parse(Lines.of(text)))


def declared(path: str, text: str) -> list[str]:
    """What is declared, as `name: type = default, description`, where the spans must be those of the names."""
    shown = []
    for name in template_of(path, text).names:
        if name.defines == "declaration":
            assert name.quote == '"' or text[name.span.start : name.span.end] == name.name
            parts = (name.name, f": {name.type}" * bool(name.type), f" = {name.default}" * bool(name.default))
            shown.append("".join(parts) + f", {name.description}" * bool(name.description))
    return shown


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("inputs:\n  a:\n    kind: string\n    description: Who\n  b: 3\n", ["a: string, Who", "b = 3"]),
        ("inputs:\n  a:\n    type: number\n    default: 1.50\n", ["a: number = 1.50"]),
        ("inputs:\n  - name: a\n    kind: string\n    default: x\n  - kind: string\n", ["a: string = x"]),
        ('inputs:\n  "a": {kind: string}\nsample:\n  b: x\n', ["a: string", "b = x"]),
        ("sample: sample.json\n", []),
        ("inputs: [\n", []),
        ("inputs:\n  -\n  - x\n  - name: [a]\n", []),
    ],
)
def test_inputs_of_prompty(front_matter: str, expected: list[str]) -> None:
    text = f"---\n{front_matter}---\nsystem:\n{{{{ a }}}}\n"
    assert declared("x.prompty", text) == expected
    assert template_of("x.prompty", text).declares == bool(expected)


def test_a_prompty_file_says_in_which_language_its_template_is() -> None:
    body = "system:\n{{#a}}x{{/a}}\n"
    for said in ("template: mustache", "template:\n  format: mustache", "template:\n  format:\n    kind: mustache"):
        assert template_of("x.prompty", f"---\n{said}\n---\n{body}").language == "mustache"
    assert template_of("x.prompty", "---\ntemplate: jinja2\n---\n{{ a }}").language == "jinja"
    assert template_of("x.prompty", "{{ a }}").language == "jinja"


@pytest.mark.parametrize(
    ("front_matter", "expected", "all_listed"),
    [
        ("input:\n  schema:\n    a: string, who\n    b?: integer\n", ["a: string, who", "b: integer"], True),
        ("input:\n  schema:\n    a(array, some): string\n    b(enum): [x, y]\n", ["a: array, some", "b: enum"], True),
        ("input:\n  schema:\n    a?(object):\n      c: string\n", ["a: object"], True),
        (
            "input:\n  schema:\n    type: object\n    properties:\n      a: {type: string, description: Who}\n",
            ["a: string, Who"],
            True,
        ),
        ("input:\n  schema:\n    a: string\n    (*): string\n", ["a: string"], False),
        ("input:\n  schema: Person\n  default:\n    a: x\n", ["a = x"], False),
        ("input:\n  schema:\n", [], False),
        ("input:\n  default: {a: 1}\n", ["a = 1"], False),
        ("model: x\n", [], False),
        ("input: [\n", [], False),
    ],
)
def test_inputs_of_dotprompt(front_matter: str, expected: list[str], all_listed: bool) -> None:
    text = f"---\nconfig: {{}}\n{front_matter}---\n{{{{a}}}}\n"
    assert declared("x.prompt", text) == expected
    assert template_of("x.prompt", text).declares == all_listed


@pytest.mark.parametrize(
    ("text", "format_id"),
    [
        ("---\nmodel: googleai/gemini\n---\nHi", "dotprompt"),
        ("# Licence\n---\ninput:\n  schema: {}\n---\nHi", "dotprompt"),
        ("---\nname: x\nmy.key: 1\n---\nHi", "dotprompt"),
        ("---\nmodel:", "dotprompt"),
        ('{{role "user"}}Hi', "dotprompt"),
        ("{{#if x}}a{{/if}}", "dotprompt"),
        ("Hi {{>part}}", "dotprompt"),
        ("", "dotprompt"),
        ("\n", "dotprompt"),
        ("---\ntitle: x\n---\nHi", "plain-text"),
        ("# instruction\nSay {{ word }}.", "plain-text"),
        ("{% if x %}{{#if y}}{% endif %}", "plain-text"),
        ("Just text.", "plain-text"),
    ],
)
def test_what_is_in_a_prompt_file_says_whose_it_is(text: str, format_id: str) -> None:
    found = format_of("x.prompt", text=text)
    assert found is not None
    assert found.id == format_id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_as_people_write_them_have_no_problems(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = format_of(str(path), text=text)
    assert found is not None
    assert found.id == path.parent.name
    assert found in FORMATS
    tree = found.parse(Lines.of(text))
    template = found.template(tree)
    assert template.names or path.suffix == ".poml"
    assert not template.problems
    data = found.data(tree)
    if data is not None and found.schema is not None:
        assert not data.problems
        assert not mismatches(found.schema, data)


def test_wrong_types_in_the_front_matter_are_seen() -> None:
    for path, text, wrong in (
        ("x.prompty", "---\nmodel:\n  options:\n    temperature: hot\n---\n", "hot"),
        ("x.prompty", "---\ninputs:\n  - kind: string\n---\n", "kind"),
        ("x.prompt", "---\nconfig:\n  topK: many\n---\n", "many"),
        ("x.prompt", "---\noutput:\n  format: 3\n---\n", "3"),
    ):
        found = format_of(path, text=text)
        assert found is not None
        assert found.schema is not None
        data = found.data(found.parse(Lines.of(text)))
        assert data is not None
        (mismatch,) = mismatches(found.schema, data)
        assert text[mismatch.span.start : mismatch.span.end] == wrong
