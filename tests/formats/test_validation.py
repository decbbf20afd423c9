"""Data that is not what its schema says: what is reported, and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import fastjsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.formats import agent, claude_agent, cursor_rule, instructions, prompt_md, skill
from thoughtsmith.formats.registry import FORMATS
from thoughtsmith.formats.schema import flag, front_matter, mapping, number, text, texts
from thoughtsmith.formats.validation import MISMATCHES, mismatches
from thoughtsmith.formats.yaml_data import read

if TYPE_CHECKING:
    from thoughtsmith.formats.schema import Schema

CLOSED = front_matter(
    {
        "known": text("A.", "А."),
        "size": number("A.", "А.", minimum=1, maximum=3),
        "list": texts("A.", "А.", maxItems=1),
        "pair": text("A.", "А.", minLength=2),
        "nested": mapping("A.", "А.", {"inner": flag("A.", "А.")}, additionalProperties=False),
    },
    closed=True,
)

NAME = skill.SCHEMA["properties"]["name"]["pattern"]


@pytest.mark.parametrize(
    ("schema", "written", "expected"),
    [
        (cursor_rule.SCHEMA, "description:\nglobs:\nalwaysApply: false", []),
        (cursor_rule.SCHEMA, 'alwaysApply: "true"', ['wrong-type|"true"|boolean|true']),
        (cursor_rule.SCHEMA, "alwaysApply: yes", ["wrong-type|yes|boolean|true"]),
        (cursor_rule.SCHEMA, "alwaysApply: Off", ["wrong-type|Off|boolean|false"]),
        (cursor_rule.SCHEMA, "alwaysApply: maybe", ["wrong-type|maybe|boolean|-"]),
        (cursor_rule.SCHEMA, "alwaysApply: 1", ["wrong-type|1|boolean|-"]),
        (cursor_rule.SCHEMA, "globs: 3", ['wrong-type|3|string,array,null|"3"']),
        (cursor_rule.SCHEMA, "globs: [a, 3]", ['wrong-type|3|string|"3"']),
        (cursor_rule.SCHEMA, "mine: 1", []),
        (skill.SCHEMA, "name: a-b\ndescription: x", []),
        (skill.SCHEMA, "name: навык-2\ndescription: x", []),
        (skill.SCHEMA, "name: My Skill\ndescription: x", [f"pattern|My Skill|{NAME}|-"]),
        (skill.SCHEMA, "name: a\ndescription:", ["empty|description|string|-"]),
        (skill.SCHEMA, 'name: a\ndescription: ""', ['empty|""|1|-']),
        (skill.SCHEMA, "name: a", ["missing-key|name|description|-"]),
        (skill.SCHEMA, "", ["missing-key||name|-", "missing-key||description|-"]),
        (skill.SCHEMA, "name: a\ndescription: " + "x" * 1025, ["too-long|" + "x" * 1025 + "|1024|-"]),
        (skill.SCHEMA, "name: a\ndescription: x\neffort: lowest", ["unknown-value|lowest|low,medium,high,xhigh,max|-"]),
        (skill.SCHEMA, "name: a\ndescription: x\nmodel: 4.5", ['wrong-type|4.5|string|"4.5"']),
        (skill.SCHEMA, "name: &n a\ndescription: *n\nuser-invocable: *n", []),
        (instructions.SCHEMA, "applyTo: ['**/*.ts', b]", ["wrong-type|['**/*.ts', b]|string|\"**/*.ts,b\""]),
        (instructions.SCHEMA, "applyTo: [{a: 1}]", ["wrong-type|[{a: 1}]|string|-"]),
        (instructions.SCHEMA, "excludeAgent: code-review", []),
        (instructions.SCHEMA, "excludeAgent: [cloud-agent]", []),
        (instructions.SCHEMA, "excludeAgent: me", ["unknown-value|me|code-review,cloud-agent|-"]),
        (instructions.SCHEMA, "excludeAgent: [me, code-review]", ["unknown-value|me|code-review,cloud-agent|-"]),
        (instructions.SCHEMA, "excludeAgent: 4", ["wrong-type|4|string,array|\"4\""]),
        (prompt_md.SCHEMA, "mode: ask", ["deprecated-key|mode|agent|-"]),
        (agent.SCHEMA, "description: x\ninfer: true", ["deprecated-key|infer||-"]),
        (
            agent.SCHEMA,
            "description: x\nhandoffs:\n  - label: 3\n    agent: b\n  - agent: c\n    send: 'no'",
            ['wrong-type|3|string|"3"', "missing-key|agent|label|-", "wrong-type|'no'|boolean|false"],
        ),
        (claude_agent.SCHEMA, "name: a\ndescription: x\nskills: a, b", []),
        (claude_agent.SCHEMA, "name: a\ndescription: x\nmaxTurns: '5'", ["wrong-type|'5'|integer|5"]),
        (claude_agent.SCHEMA, "name: a\ndescription: x\nmaxTurns: 0", ["out-of-range|0|1|-"]),
        (CLOSED, "other: 1", ["unknown-key|other|known,size,list,pair,nested|-"]),
        (CLOSED, "nested: {outer: 1}", ["unknown-key|outer|inner|-"]),
        (CLOSED, "size: 4", ["out-of-range|4|3|-"]),
        (CLOSED, "list: [a, b]", ["too-long|[a, b]|1|-"]),
        (CLOSED, "pair: a", ["too-short|a|2|-"]),
        (CLOSED, "known: 1\nknown: x", []),
    ],
)  # fmt: skip
def test_mismatches(schema: Schema, written: str, expected: list[str]) -> None:
    found = mismatches(schema, read(written, 5))
    described = [
        "|".join(
            (
                mismatch.id,
                written[mismatch.span.start - 5 : mismatch.span.end - 5],
                ",".join(mismatch.expected),
                mismatch.replacement or "-",
            )
        )
        for mismatch in found
    ]
    assert described == expected
    assert {mismatch.id for mismatch in found} <= set(MISMATCHES)
    for mismatch in reversed(found):
        if mismatch.replacement is not None:
            written = written[: mismatch.span.start - 5] + mismatch.replacement + written[mismatch.span.end - 5 :]
    assert [mismatch.id for mismatch in mismatches(schema, read(written)) if mismatch.replacement is not None] == []


def test_paths_lead_to_the_value() -> None:
    (mismatch,) = mismatches(agent.SCHEMA, read("description: x\nhandoffs: [{label: a, agent: b, send: 1}]"))
    assert mismatch.path == ("handoffs", 0, "send")
    assert mismatch.found == "integer"
    (missing,) = mismatches(skill.SCHEMA, read("name: a"))
    assert missing.path == ("description",)


_SCHEMAS: list[Schema] = [candidate.schema for candidate in FORMATS if candidate.schema is not None] + [CLOSED]
_WORDS = st.sampled_from(["", "a", "My Skill", "low", "vscode", "code-review", "true", "x" * 70])


def _values(depth: int = 2) -> st.SearchStrategy[Any]:
    leaf = st.none() | st.booleans() | st.integers(-1, 5) | st.just(1.5) | _WORDS
    if depth == 0:
        return leaf
    keys = st.sampled_from(["label", "agent", "send", "inner", "known"])
    return leaf | st.lists(_values(depth - 1), max_size=2) | st.dictionaries(keys, _values(depth - 1), max_size=3)


@given(st.data())
def test_nothing_is_reported_exactly_if_a_json_schema_library_accepts_the_whole(data: st.DataObject) -> None:
    schema = data.draw(st.sampled_from(_SCHEMAS))
    if schema.get("type") != "object":
        return
    keys = st.sampled_from([*schema.get("properties", {}), "mine"])
    value = data.draw(st.dictionaries(keys, _values(), max_size=4))
    # What is valid but for one value is what matters most.
    for key in schema.get("required", ()):
        if data.draw(st.booleans()):
            value.setdefault(key, "a")
    try:
        fastjsonschema.validate(json.loads(json.dumps(schema)), value, use_default=False)
        accepted = True
    except fastjsonschema.JsonSchemaValueException:
        accepted = False
    found = mismatches(schema, read(yaml.safe_dump(value)))
    assert accepted is (not [mismatch for mismatch in found if mismatch.id != "deprecated-key"])
