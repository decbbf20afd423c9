"""Writing down what the data of a format may say, as JSON Schema (draft 7) with descriptions in two languages.

Beyond the standard keywords: `x-ru` is the Russian description beside `description`; `x-known` lists values that
complete but are not the only ones allowed; `x-values` describes the values of an `enum` or of `x-known` as
`{value: {"en", "ru"}}`; `deprecated` and `x-instead` (the key that takes the same value now); `x-tools` names the tools
of `TOOLS` that read the key, if not all do; `x-separator` is what separates several values within one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Schema: TypeAlias = "Mapping[str, Any]"

TOOLS = {
    "spec": "Agent Skills",
    "claude": "Claude Code",
    "copilot": "Copilot",
    "codex": "Codex",
    "vscode": "VS Code",
    "github": "GitHub.com",
}
"""What the tools of `x-tools` are called."""


def text(en: str, ru: str, **more: Any) -> Schema:
    """A text; `more` are further keywords, such as `maxLength`."""
    return {"type": "string", "description": en, "x-ru": ru, **more}


def flag(en: str, ru: str, **more: Any) -> Schema:
    """`true` or `false`."""
    return {"type": "boolean", "description": en, "x-ru": ru, **more}


def number(en: str, ru: str, *, whole: bool = False, **more: Any) -> Schema:
    return {"type": "integer" if whole else "number", "description": en, "x-ru": ru, **more}


def texts(en: str, ru: str, **more: Any) -> Schema:
    """A list of texts."""
    return {"type": "array", "items": {"type": "string"}, "description": en, "x-ru": ru, **more}


def text_or_texts(en: str, ru: str, **more: Any) -> Schema:
    return {"type": ["string", "array"], "items": {"type": "string"}, "description": en, "x-ru": ru, **more}


def choice(en: str, ru: str, values: Mapping[str, tuple[str, str]], **more: Any) -> Schema:
    """One of `values`, each with its description in English and Russian."""
    return {"enum": list(values), "description": en, "x-ru": ru, "x-values": _described(values), **more}


def known(values: Mapping[str, tuple[str, str]]) -> Schema:
    """The keywords for values that are offered, while others are allowed as well; for `more` of the others."""
    return {"x-known": list(values), "x-values": _described(values)}


def mapping(en: str, ru: str, properties: Mapping[str, Schema] | None = None, **more: Any) -> Schema:
    """A mapping; without `properties`, of anything."""
    return {"type": "object", "description": en, "x-ru": ru, "properties": dict(properties or {}), **more}


def front_matter(properties: Mapping[str, Schema], *, required: tuple[str, ...] = (), closed: bool = False) -> Schema:
    """The schema of a whole front matter; `closed` if the format forbids keys that it does not know."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": not closed,
    }


def _described(values: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {value: {"en": english, "ru": russian} for value, (english, russian) in values.items()}


def schema_at(schema: Schema, path: Sequence[str | int]) -> Schema | None:
    """What is said of the value at `path`: keys of mappings, indexes of lists. `None` if nothing is."""
    for step in path:
        found = next((inner for branch in branches(schema) if (inner := _below(branch, step)) is not None), None)
        if found is None:
            return None
        schema = found
    return schema


def branches(schema: Schema) -> Iterator[Schema]:
    """The schema and its alternatives."""
    yield schema
    for alternative in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from branches(alternative)


def _below(schema: Schema, step: str | int) -> Schema | None:
    if isinstance(step, int):
        inner = schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    return inner if isinstance(inner, dict) else None


def properties_of(schema: Schema) -> dict[str, Schema]:
    """The keys that a mapping may have."""
    found: dict[str, Schema] = {}
    for branch in branches(schema):
        found = {**branch.get("properties", {}), **found}
    return found


def values_of(schema: Schema) -> list[str]:
    """The values to offer, as they are written in YAML."""
    offered: list[str] = []
    for branch in branches(schema):
        types = branch.get("type", ())
        offered += (value for value in (*branch.get("enum", ()), *branch.get("x-known", ())) if isinstance(value, str))
        offered += ("true", "false") if "boolean" in ([types] if isinstance(types, str) else types) else ()
        if isinstance(items := branch.get("items"), dict):
            offered += values_of(items)
    return list(dict.fromkeys(offered))


def value_description(schema: Schema, value: str, language: str) -> str:
    """What a value of the schema means, in `language`; empty if nothing is said."""
    for branch in branches(schema):
        if words := branch.get("x-values", {}).get(value):
            return str(words.get(language) or words["en"])
    items = schema.get("items")
    return value_description(items, value, language) if isinstance(items, dict) else ""


def description(schema: Schema, language: str) -> str:
    """What the key is for, in `language` (`en` or `ru`); empty if nothing is said."""
    return str(schema.get("x-ru" if language == "ru" else "description") or schema.get("description", ""))


def describe(schema: Schema, language: str) -> str:
    """The description, the values with theirs and the tools that read it, in Markdown."""
    parts = [description(schema, language)]
    described = {
        value: words.get(language) or words["en"]
        for branch in branches(schema)
        for value, words in branch.get("x-values", {}).items()
    }
    parts.append("\n".join(f"- `{value}`: {words}" for value, words in described.items()))
    parts.append(" · ".join(TOOLS[tool] for tool in schema.get("x-tools", ())))
    return "\n\n".join(part for part in parts if part)
