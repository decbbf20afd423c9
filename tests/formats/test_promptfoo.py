"""promptfoo: its variables, the files it names, and its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from thoughtsmith.analysis.variables import rename, variables
from thoughtsmith.formats import promptfoo
from thoughtsmith.formats.registry import format_of
from thoughtsmith.formats.schema import schema_at
from thoughtsmith.text.edits import apply_edits
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.syntax.template import Template

FIXTURES = Path(__file__).parent / "fixtures" / "promptfoo"
TESTED = "tests:\n  - vars: {x: 1}\n"


def template(text: str) -> Template:
    return promptfoo.FORMAT.template(promptfoo.FORMAT.parse(Lines.of(text)))


def fixture(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


def undefined(text: str) -> list[str]:
    found = template(text)
    return [use.name for use in variables(found).undefined] if found.declares else []


def unused(text: str) -> list[str]:
    return [variable.name for variable in variables(template(text)).unused]


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("promptfooconfig.yaml", "promptfoo"),
        ("a/promptfooconfig.yml", "promptfoo"),
        ("promptfooconfig.json", "promptfoo"),
        ("promptfooconfig.redteam.yaml", "promptfoo"),
        ("letters.promptfoo.yaml", "promptfoo"),
        ("promptfoo/docker-compose.yaml", None),
        ("x.prompt.yml", "prompt-yaml"),
        ("prompts/x.prompt.yaml", "prompt-yaml"),
        ("prompts/deep/x.yaml", "prompt-data"),
        ("x.prompt.json", "prompt-data"),
        ("prompts/x.json", None),
        ("x.yaml", None),
    ],
)
def test_files_are_known_by_name(path: str, id: str | None) -> None:
    found = format_of(path, "yaml")
    assert (found and found.id) == id


def test_a_whole_file_has_nothing_undefined_and_nothing_unused() -> None:
    text = fixture("promptfooconfig.yaml")
    found = template(text)
    assert found.declares
    assert {variable.name for variable in variables(found).all} == {"hotel", "letter", "tone"}
    assert (undefined(text), unused(text)) == ([], [])
    assert unused(fixture("promptfooconfig.json")) == ["unneeded"]


@pytest.mark.parametrize("name", ["promptfooconfig.yaml", "promptfooconfig.json"])
def test_a_variable_is_renamed_in_prompts_tests_and_assertions(name: str) -> None:
    text = fixture(name)
    old = "letter" if name.endswith("yaml") else "topic"
    (variable,) = (v for v in variables(template(text)).all if v.name == old)
    after = apply_edits(text, rename(variable, "subject"))
    assert after == text.replace(f"{{{{ {old} }}}}", "{{ subject }}").replace(f"{{{{{old}}}}}", "{{subject}}").replace(
        f"{old}:", "subject:"
    ).replace(f'"{old}":', '"subject":').replace(f"vars.{old}", "vars.subject")
    assert yaml.safe_load(after) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prompts: [say {{x}} and y]\n" + TESTED, []),
        ("prompts: ['say {{x}} and {{y}}']\n" + TESTED, ["y"]),
        ('prompts: ["say \\"{{x}}\\" and\\n{{y}}"]\n' + TESTED, ["y"]),
        ("prompts: ['say {{y}}']\ndefaultTest:\n  vars:\n    y: 1\n", []),
        (
            "prompts: ['say {{y}}']\nscenarios:\n  - config:\n      - vars: {y: 1}\n    tests:\n      - vars: {z: 1}\n",
            [],
        ),
        ("prompts: ['say {{env.HOME}} {{y | default(1)}}']\n" + TESTED, []),
        ("prompts: ['say {{x}}']\ntests:\n  - vars: {x: 1}\n    assert:\n      - value: '{{y}} {{output}}'\n", ["y"]),
        ("prompts: ['say {{x}}']\nproviders:\n  - config: {url: '{{y}}'}\n" + TESTED, []),
        # What is set elsewhere cannot be known.
        ("prompts: ['say {{y}}']\n", []),
        ("prompts: ['say {{y}}']\ntests: tests.csv\n", []),
        ("prompts: ['say {{y}}']\ntests:\n  - file://more.yaml\n" + "  - vars: {x: 1}\n", []),
        ("prompts: ['say {{y}}']\ntests:\n  - vars: file://x.yaml\n", []),
        ("a: &a {y: 1}\nprompts: ['say {{y}}']\ntests:\n  - vars: *a\n", []),
        ("a: &a {y: 1}\nprompts: ['say {{y}}']\ntests:\n  - vars:\n      <<: *a\n      x: 1\n", []),
        ("prompts: ['say {{y}}']\nredteam: {purpose: x}\n" + TESTED, []),
    ],
)
def test_what_no_test_sets_is_undefined_if_all_tests_stand_here(text: str, expected: list[str]) -> None:
    assert undefined(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prompts: [say it]\n" + TESTED, ["x"]),
        ("prompts: ['say {{x}}']\n" + TESTED, []),
        ("prompts: [say it, file://a.txt]\n" + TESTED, []),
        ("prompts: [say it, a.txt]\n" + TESTED, []),
        ("prompts: [say it]\nproviders: [file://p.py]\n" + TESTED, []),
        (TESTED, []),
        ("prompts: [say it]\ntests:\n  - vars: {x: 1}\n    assert:\n      - value: context['vars']['x'] > 1\n", []),
        ("prompts: [say it]\ntests:\n  - vars: {x: 1}\n    assert:\n      - value: f(context.vars)\n", []),
        ("prompts: [say it]\ntests:\n  - vars: {x: 1}\n    assert:\n      - value: context.vars.y\n", ["x"]),
    ],
)
def test_what_no_prompt_uses_is_unused_if_all_prompts_stand_here(text: str, expected: list[str]) -> None:
    assert unused(text) == expected


def test_what_a_prompt_sets_means_nothing_in_the_next() -> None:
    # The last one ends where the file does.
    text = "prompts:\n  - '{% set y = 1 %} {{y}}'\n  - 'say {{y}} {{z}}'\n  - |\n    {% set z = 1 %}{{z}}"
    found = variables(template(text))
    start = text.index("say {{y}}")
    assert [use.span.start - start for use in found.undefined] == [len("say {{"), len("say {{y}} {{")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prompts: file://a/b.txt", [("a/b.txt", ("a/b.txt",), True)]),
        ("prompts:\n  - 'file://p.py:make'\n  - x.txt", [("p.py", ("p.py",), True), ("x.txt", ("x.txt",), True)]),
        ("prompts: {file://a.txt: label}", [("a.txt", ("a.txt",), True)]),
        ("prompts:\n  - file://prompts/*.txt", [("prompts/*.txt", (), True)]),
        ("tests: tests.csv", [("tests.csv", ("tests.csv",), False)]),
        ("providers: [file:///etc/passwd]", [("/etc/passwd", (), False)]),
        ("tests:\n  - vars: {doc: 'file://{{x}}.md'}", [("{{x}}.md", (), False)]),
        ("description: see a.txt", []),
    ],
)
def test_files_are_followed_where_their_names_are_plain(
    text: str, expected: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    found = template(text).includes
    assert [(one.target, one.candidates, one.embeds) for one in found] == expected
    assert all(text[slice(*one.span)] == one.target for one in found)


@pytest.mark.parametrize(
    "path",
    [
        ("prompts", 0, "label"),
        ("tests", 0, "assert", 0, "type"),
        ("defaultTest", "vars"),
        ("scenarios", 0, "config", 0, "vars"),
        ("evaluateOptions", "maxConcurrency"),
    ],
)
def test_keys_at_any_depth_are_described_in_both_languages(path: tuple[str | int, ...]) -> None:
    assert promptfoo.FORMAT.schema is not None
    found = schema_at(promptfoo.FORMAT.schema, path)
    assert found is not None
    assert found["description"] != found["x-ru"]
