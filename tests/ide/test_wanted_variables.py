"""Completion of the variables that tests of promptfoo set. `<|>` is the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workspaces import workspace

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.completion import completions
from thoughtsmith.project.document import Document
from thoughtsmith.text.edits import Edit, apply_edits

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion
    from thoughtsmith.project.content import Content
    from thoughtsmith.techniques.model import Language

FILES = {
    "evals/trip.j2": "{{ city }} {% include 'tone.j2' %} {% for day in days %}{{ day }}{% endfor %}",
    "evals/tone.j2": "{{ тон | default('kind') }} {% set mood = 1 %}{{ mood }}",
    "evals/macros.j2": "{% macro shout(text) %}{{ text }}{% endmacro %}{{ unrelated }}",
    "evals/judge.j2": "{{ verdict }}",
}
HEAD = """prompts:
  - Go to {{ city }} {{ user.name }} {% if pace %}fast{% endif %}{% set x = 1 %}{{ x }}
  - file://trip.j2
  - "{% from 'macros.j2' import shout %}{{ shout('x') }} and go"
"""
ALL = "city user days pace тон"


def offered(
    content: Content, marked: str, path: str = "promptfooconfig.yaml", locale: Language = "en"
) -> list[Suggestion]:
    before, cursor, after = marked.partition("<|>")
    assert cursor
    known = format_of(path, text=before + after)
    assert known is not None
    document = Document(f"file:///w/evals/{path}", f"/w/evals/{path}", 1, before + after, known)
    snapshot = document.snapshot(Settings(), content, locale, workspace("/w", FILES))
    return completions(snapshot, len(before)).names


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ("tests:\n  - vars:\n      <|>\n", ALL),
        ("tests:\n  - vars:\n      ci<|>\n", ALL),
        ("tests:\n  - vars: {<|>}\n", ALL),
        ("tests:\n  - vars:\n      city: Rome\n      <|>\n", "user days pace тон"),
        ("tests:\n  - vars:\n      days: [1]\n      us<|>er: x\n      city: Rome\n", "user pace тон"),
        ("tests:\n  - vars:\n      city: Rome\n  - vars:\n      <|>\n", ALL),
        ("defaultTest:\n  vars:\n    <|>\ntests: []\n", ALL),
        ("scenarios:\n  - config:\n      - vars:\n          <|>\n", ALL),
        # Neither the words of graders nor what is asked of the answer are variables of the prompts.
        ("tests:\n  - vars:\n      <|>\n    assert:\n      - type: equals\n        value: '{{ expected }}'\n", ALL),
        ("tests:\n  - vars:\n      <|>\n    options:\n      rubricPrompt: file://judge.j2\n", ALL),
        ("tests:\n  - vars: <|>\n", ""),
        ("tests:\n  - vars:\n      city: <|>\n", ""),
        ("env:\n  <|>\n", ""),
    ],
)
def test_what_the_prompts_use_and_nobody_gives_there_yet(content: Content, tests: str, expected: str) -> None:
    found = [offer.label for offer in offered(content, HEAD + tests) if offer.kind == "variable"]
    assert found == expected.split()


def test_without_prompts_nothing_is_offered(content: Content) -> None:
    assert offered(content, "tests:\n  - vars:\n      <|>\n") == []


def test_in_other_files_vars_are_keys_like_any_other(content: Content) -> None:
    marked = "prompts: ['{{ city }} x']\ntests:\n  - vars:\n      <|>\n"
    assert not [offer for offer in offered(content, marked, "a.prompt.yml") if offer.kind == "variable"]


@pytest.mark.parametrize(
    ("locale", "name", "expected"),
    [
        ("en", "city", ["Used: line 2", "Used in: `evals/trip.j2`"]),
        ("en", "user", ["Used: line 2"]),
        ("ru", "тон", ["Используется в: `evals/tone.j2`"]),
    ],
)
def test_where_they_are_used_is_said(content: Content, locale: Language, name: str, expected: list[str]) -> None:
    found = offered(content, f"{HEAD}tests:\n  - vars:\n      <|>\n", locale=locale)
    offer = next(offer for offer in found if offer.label == name)
    assert offer.documentation == f"**`{name}`**\n\n" + "\n".join(f"- {line}" for line in expected)
    assert offer.detail == "; ".join(expected).replace("`", "")


@pytest.mark.parametrize(
    ("path", "marked", "expected"),
    [
        ("promptfooconfig.yaml", "prompts: ['{{ a-b }} {{ yes }} x']\ntests:\n- vars:\n    y<|>\n", "    yes: \n"),
        ("promptfooconfig.yaml", "prompts: ['{{ yes }} x']\ntests:\n- vars:\n    y<|>e: 1\n", "    yes: 1\n"),
        ("promptfooconfig.yaml", "prompts: ['{{ yes }} x']\ntests:\n- vars:\n    'y<|>e': 1\n", "    'yes': 1\n"),
        ("promptfooconfig.yaml", "prompts: ['{{ null }} {{ n1 }} x']\ntests:\n- vars: {n<|>}\n", "- vars: {n1: }\n"),
        (
            "promptfooconfig.json",
            '{"prompts": ["{{ yes }} x"], "tests": [{"vars":\n {"y<|>": 1}}]}\n',
            ' {"yes": 1}}]}\n',
        ),
        ("promptfooconfig.json", '{"prompts": ["{{ yes }} x"], "tests": [{"vars":\n {<|>}}]}\n', ' {"yes": }}]}\n'),
    ],
)
def test_names_are_written_as_the_file_has_it(content: Content, path: str, marked: str, expected: str) -> None:
    before, _, after = marked.partition("<|>")
    (offer,) = [offer for offer in offered(content, marked, path) if offer.label in ("yes", "n1")]
    text = apply_edits(before + after, [Edit(offer.at, to_plain(offer.written).replace("[]", ""))])
    assert text.endswith(f"\n{expected}")
    assert offer.filter_text.startswith(before[offer.at.start :])
