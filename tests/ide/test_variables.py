"""Variables: definition, references, highlights and rename. `<|>` is the cursor, `⟦…⟧` marks what is expected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.ide.definition import definitions
from thoughtsmith.ide.highlight import highlights
from thoughtsmith.ide.references import references
from thoughtsmith.ide.rename import RenameError, prepare_rename, rename
from thoughtsmith.text.edits import apply_edits
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from .conftest import SnapshotOf

PROMPTY = """---
inputs:
  {key}:
    kind: string
---
system:
Answer {{{{ {body} }}}}. {{% if {body} %}}Yes.{{% endif %}}
"""


def unmarked(marked: str) -> tuple[str, int, list[Span]]:
    """The text, the cursor, and the marked places."""
    spans: list[Span] = []
    text, start, cursor = "", 0, -1
    for piece in re.split(r"(⟦|⟧|<\|>)", marked):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            spans.append(Span(start, len(text)))
        elif piece == "<|>":
            cursor = len(text)
        else:
            text += piece
    assert cursor >= 0
    return text, cursor, spans


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        # From any use to the key in the front matter, and from the key to itself.
        ("a.prompty", "---\ninputs:\n  ⟦topic⟧:\n    kind: string\n---\n{{ to<|>pic }} {{ topic }}"),
        ("a.prompty", "---\ninputs:\n  ⟦to<|>pic⟧:\n    kind: string\n---\n{{ topic }}"),
        ("a.prompty", "---\ninputs:\n  - name: '⟦topic⟧'\n---\n{{ topic<|> }}"),
        ("a.prompty", "---\ninputs:\n  ⟦q⟧: {kind: string}\nsample:\n  ⟦q⟧: hi\n---\n{{q<|>}}"),
        ("a.prompt", "---\ninput:\n  schema:\n    ⟦topic⟧?: string\n---\n{{#if <|>topic}}{{/if}}"),
        # Scopes.
        ("prompts/a.j2", "{% set x = 1 %}{% for ⟦x⟧ in xs %}{{ x<|> }}{% endfor %}{{ x }}"),
        ("prompts/a.j2", "{% set ⟦x⟧ = 1 %}{% for x in xs %}{{ x }}{% endfor %}{{ x<|> }}"),
        ("prompts/a.j2", "{% macro ⟦say⟧(a) %}{{ a }}{% endmacro %}{{ <|>say(1) }}"),
        ("a.prompt", "{{#each xs as |⟦x⟧|}}{{x<|>.name}}{{/each}}"),
        ("a.poml", '<poml><let name="⟦city⟧" value="1"/><p>{{ ci<|>ty }}</p></poml>'),
        ("a.prompt.md", "Ask ${input:⟦topic⟧:What?} and again ${input:to<|>pic}."),
        (".claude/commands/a.md", "---\narguments: [⟦issue⟧, who]\n---\nFix $is<|>sue for $who."),
        (".claude/commands/a.md", "---\narguments: issue ⟦who⟧\n---\nFix $issue for $w<|>ho."),
        # Nothing defines them.
        ("prompts/a.j2", "{{ <|>x }} {{ x }}"),
        ("prompts/a.j2", "{% for x in xs %}{{ <|>loop.index }}{% endfor %}"),
        ("prompts/a.j2", "{{ x }} and <|> y"),
    ],
)
def test_definition(snapshot_of: SnapshotOf, path: str, marked: str) -> None:
    text, cursor, expected = unmarked(marked)
    snapshot = snapshot_of(text, path=path)
    found = definitions(snapshot, cursor)
    assert [one.span for one in found] == expected
    assert all(one.path == snapshot.path and cursor in one.origin for one in found)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("a.prompty", "---\ninputs:\n  ⟦q⟧: hi\n---\n{{⟦q<|>⟧}} {% if ⟦q⟧ %}q{% endif %} {{ x.q }} {{ 'q' }}"),
        ("prompts/a.j2", "{{ ⟦a<|>⟧ }}{% for a in ⟦a⟧ %}{{ a }}{% endfor %}{{ b }}{# {{ a }} #}"),
        ("prompts/a.j2", "{{ a }}{% for ⟦a⟧ in a %}{{ ⟦a<|>⟧ }}{% endfor %}{{ a }}"),
        ("prompts/a.j2", "{% for x in xs %}{{ ⟦loop<|>⟧.index }}{{ ⟦loop⟧.last }}{% endfor %}"),
        ("a.prompt", "{{#if ⟦a⟧}}{{⟦a<|>⟧.b}}{{/if}}{{{⟦a⟧}}} a"),
        ("promptfooconfig.yaml", "prompts:\n  - Hi {{⟦who<|>⟧}} there\ntests:\n  - vars:\n      ⟦who⟧: me\n"),
        ("prompts/a.j2", "no <|>variable {{ a }}"),
    ],
)
def test_references(snapshot_of: SnapshotOf, path: str, marked: str) -> None:
    text, cursor, expected = unmarked(marked)
    snapshot = snapshot_of(text, path=path)
    found = references(snapshot, cursor, with_definitions=True)
    assert [one.span for one in found] == expected
    defined = {one.span for one in definitions(snapshot, cursor)}
    uses = references(snapshot, cursor, with_definitions=False)
    assert [one.span for one in uses] == [span for span in expected if span not in defined]


def test_highlights_tell_reading_from_writing(snapshot_of: SnapshotOf) -> None:
    text, cursor, spans = unmarked("{% set ⟦a⟧ = 1 %}{{ ⟦a<|>⟧ }}{% set ⟦a⟧ = ⟦a⟧ + 1 %}")
    found = highlights(snapshot_of(text, path="prompts/a.j2"), cursor)
    assert found == list(zip(spans, ["write", "read", "write", "read"], strict=True))


@pytest.mark.parametrize(
    ("path", "before", "new", "after"),
    [
        (
            "a.prompty",
            PROMPTY.format(key="q", body="<|>q"),
            "question",
            PROMPTY.format(key="question", body="question"),
        ),
        ("a.prompty", PROMPTY.format(key="q<|>", body="q"), "вопрос", PROMPTY.format(key="вопрос", body="вопрос")),
        ("a.prompty", PROMPTY.format(key='"q"', body="<|>q"), "a", PROMPTY.format(key='"a"', body="a")),
        # A key that YAML would take for something else is quoted.
        ("a.prompty", PROMPTY.format(key="q", body="<|>q"), "yes", PROMPTY.format(key='"yes"', body="yes")),
        ("a.prompty", "---\ninputs:\n  - name: q\n---\n{{<|>q}}", "r", "---\ninputs:\n  - name: r\n---\n{{r}}"),
        ("a.prompt", "---\ninput:\n  schema:\n    q?: string\n---\n{{q<|>}}", "r", None),
        # Only what means the same.
        (
            "prompts/a.j2",
            "{{ x }}{% for x in x %}{{ <|>x }}{% endfor %}",
            "y",
            "{{ x }}{% for y in x %}{{ y }}{% endfor %}",
        ),
        (
            "prompts/a.j2",
            "{% for a in as %}{{ <|>a }}{% endfor %}{% for b in bs %}{{ b }}{% endfor %}",
            "b",
            "{% for b in as %}{{ b }}{% endfor %}{% for b in bs %}{{ b }}{% endfor %}",
        ),
        ("prompts/a.j2", "{{ <|>x.x }}{{ y | x }}{{ f(x=x) }}", "z", "{{ z.x }}{{ y | x }}{{ f(x=z) }}"),
        ("promptfooconfig.yaml", "prompts:\n  - Hi {{x}} there\ntests:\n  - vars:\n      <|>x: me\n", "z", None),
        ("promptfooconfig.yaml", "prompts:\n  - Hi {{x}} there\ntests:\n  - vars: {'<|>x': me}\n", "z", None),
        ("prompts/a.j2", "{{ <|>x }}", "x", "{{ x }}"),
        ("a.prompt.md", "${input:a:Which?} ${input:a<|>}", "b-c", "${input:b-c:Which?} ${input:b-c}"),
        ("x/SKILL.md", "---\narguments: a b\n---\n$a<|> $b", "c", "---\narguments: c b\n---\n$c $b"),
        ("x/SKILL.md", "---\narguments: ['a', b]\n---\n$a<|> $b", "c", "---\narguments: ['c', b]\n---\n$c $b"),
    ],
)
def test_rename(snapshot_of: SnapshotOf, path: str, before: str, new: str, after: str | None) -> None:
    text, cursor, _ = unmarked(before)
    if after is None:
        name = re.escape("q" if "q" in text else "x")
        after = re.sub(rf"\b{name}\b", new, text)
    snapshot = snapshot_of(text, path=path)
    found = rename(snapshot, cursor, new)
    assert found is not None
    assert {renaming.path for renaming in found} <= {snapshot.path}
    assert apply_edits(text, [edit for renaming in found for edit in renaming.edits]) == after


@pytest.mark.parametrize(
    ("path", "marked", "new", "message"),
    [
        ("prompts/a.j2", "{{ <|>x }}", "a b", "cannot be the name"),
        ("prompts/a.j2", "{{ <|>x }}", "", "cannot be the name"),
        ("prompts/a.j2", "{{ <|>x }}", "1x", "cannot be the name"),
        ("prompts/a.j2", "{{ <|>x }}", "if", "cannot be the name"),
        ("prompts/a.j2", "{{ <|>x }}", "range", "means something to the template language"),
        ("prompts/a.j2", "{{ <|>x }}{{ y }}", "y", "a variable `y` already"),
        # It would be hidden by the loop, or hide what is outside.
        ("prompts/a.j2", "{{ <|>x }}{% for y in x %}{% endfor %}", "y", "a variable `y` already"),
        ("prompts/a.j2", "{% for x in y %}{{ <|>x }}{% endfor %}", "y", "a variable `y` already"),
        ("prompts/a.j2", "{% for x in y %}{{ <|>loop.index }}{% endfor %}", "z", "`loop` is part of the template"),
        ("a.prompt", "{{#each x}}{{@<|>index}}{{/each}}", "z", "`index` is part of the template"),
    ],
)
def test_refused_renames(snapshot_of: SnapshotOf, path: str, marked: str, new: str, message: str) -> None:
    text, cursor, _ = unmarked(marked)
    with pytest.raises(RenameError, match=re.escape(message)):
        rename(snapshot_of(text, path=path), cursor, new)
    with pytest.raises(RenameError, match=r"[А-яЁё]"):
        rename(snapshot_of(text, path=path, locale="ru"), cursor, new)


def test_what_a_rename_would_change_is_shown_first(snapshot_of: SnapshotOf) -> None:
    text, cursor, (span,) = unmarked("{{ ⟦user<|>⟧.name }}{% for x in xs %}{{ loop.index }}{% endfor %}")
    snapshot = snapshot_of(text, path="prompts/a.j2")
    assert prepare_rename(snapshot, cursor) == (span, "user")
    assert prepare_rename(snapshot, text.index("name") + 1) is None
    assert rename(snapshot, text.index("name") + 1, "other") is None
    with pytest.raises(RenameError):
        prepare_rename(snapshot, text.index("loop"))
