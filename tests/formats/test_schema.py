"""The schemas of the formats: well-formed, described in both languages, and how they are looked up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import fastjsonschema
import pytest

from thoughtsmith.formats import agent, cursor_rule, instructions, prompt_md, skill
from thoughtsmith.formats.registry import FORMATS
from thoughtsmith.formats.schema import (
    TOOLS,
    branches,
    describe,
    description,
    properties_of,
    schema_at,
    value_description,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.format import Format
    from thoughtsmith.formats.schema import Schema

_WITH_SCHEMA = [candidate for candidate in FORMATS if candidate.schema is not None]


def _properties(schema: Schema, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    for branch in branches(schema):
        for key, inner in branch.get("properties", {}).items():
            yield (*path, key), inner
            yield from _properties(inner, (*path, key))
        if isinstance(branch.get("items"), dict):
            yield from _properties(branch["items"], (*path, "[]"))


@pytest.mark.parametrize("format", _WITH_SCHEMA, ids=lambda format: format.id)
def test_every_key_is_described_in_both_languages(format: Format) -> None:
    assert format.schema is not None
    fastjsonschema.compile(dict(format.schema))
    for path, schema in _properties(format.schema):
        english, russian = description(schema, "en"), description(schema, "ru")
        assert english.endswith("."), path
        assert russian.endswith("."), path
        assert re.search("[а-яё]", russian), path
        assert not re.search("[а-яё]", english, re.IGNORECASE), path
        assert set(schema.get("x-tools", ())) <= set(TOOLS), path
        assert set(schema.get("x-values", ())) <= set(values_of(schema)), path
        for values in schema.get("x-values", {}).values():
            assert values["en"].endswith("."), path
            assert re.search("[А-Яа-яё]", values["ru"]), path
        if "x-instead" in schema:
            assert schema["deprecated"], path
            assert schema["x-instead"] in format.schema["properties"], path


@pytest.mark.parametrize(
    ("schema", "path", "expected"),
    [
        (prompt_md.SCHEMA, (), prompt_md.SCHEMA),
        (prompt_md.SCHEMA, ("mode",), prompt_md.SCHEMA["properties"]["mode"]),
        (prompt_md.SCHEMA, ("none",), None),
        (prompt_md.SCHEMA, ("mode", "deeper"), None),
        (prompt_md.SCHEMA, ("tools", 3), {"type": "string"}),
        (agent.SCHEMA, ("handoffs", 1, "send", 0), None),
        (skill.SCHEMA, ("metadata", "author"), None),
    ],
)
def test_what_is_said_of_a_path(schema: Schema, path: tuple[str | int, ...], expected: Schema | None) -> None:
    assert schema_at(schema, path) == expected


def test_alternatives_are_looked_into() -> None:
    item = schema_at(instructions.SCHEMA, ("excludeAgent", 0))
    assert item is not None
    assert item["enum"] == ["code-review", "cloud-agent"]
    handoff = schema_at(agent.SCHEMA, ("handoffs", 0))
    assert handoff is not None
    assert list(properties_of(handoff)) == ["label", "agent", "prompt", "send", "model"]


@pytest.mark.parametrize(
    ("schema", "key", "values"),
    [
        (cursor_rule.SCHEMA, "alwaysApply", ["true", "false"]),
        (skill.SCHEMA, "shell", ["bash", "powershell"]),
        (prompt_md.SCHEMA, "agent", ["ask", "agent", "plan"]),
        (instructions.SCHEMA, "excludeAgent", ["code-review", "cloud-agent"]),
        (skill.SCHEMA, "license", []),
    ],
)
def test_the_values_to_offer(schema: Schema, key: str, values: list[str]) -> None:
    assert values_of(schema["properties"][key]) == values


def test_a_description_has_values_and_tools() -> None:
    shell = skill.SCHEMA["properties"]["shell"]
    first, values, tools = describe(shell, "en").split("\n\n")
    assert first == shell["description"]
    assert values.splitlines() == ["- `bash`: The default.", "- `powershell`: PowerShell, on Windows."]
    assert tools == "Claude Code"
    assert describe(shell, "ru").startswith(shell["x-ru"])
    assert value_description(instructions.SCHEMA["properties"]["excludeAgent"], "cloud-agent", "ru").endswith(
        "Copilot."
    )
    assert value_description(shell, "fish", "en") == ""
