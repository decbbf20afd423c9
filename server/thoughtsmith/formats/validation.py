"""Whether data is what its schema says, and where it is not.

A JSON Schema library judges each value on its own, so that every value has its own complaint at its own place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from thoughtsmith.formats.schema import branches
from thoughtsmith.formats.yaml_scalar import core_value, quoted
from thoughtsmith.syntax.data import Mapping, Scalar, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.syntax.data import Data, Plain, Value
    from thoughtsmith.text.span import Span

Path: TypeAlias = "tuple[str | int, ...]"

MISMATCHES = (
    "wrong-type",
    "unknown-value",
    "empty",
    "too-short",
    "too-long",
    "pattern",
    "out-of-range",
    "missing-key",
    "unknown-key",
    "deprecated-key",
    "invalid",
)
"""The ids of everything that can be wrong."""

_IDS = {
    "type": "wrong-type",
    "enum": "unknown-value",
    "const": "unknown-value",
    "anyOf": "wrong-type",
    "oneOf": "wrong-type",
    "minLength": "empty",
    "minItems": "empty",
    "maxLength": "too-long",
    "maxItems": "too-long",
    "pattern": "pattern",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "exclusiveMinimum": "out-of-range",
    "exclusiveMaximum": "out-of-range",
}
"""By the keyword that a value fails."""

_BELOW = ("properties", "items", "additionalProperties", "required", "anyOf", "oneOf")
"""Keywords that speak of other values than the one at hand, or of it in several ways."""
_DOCUMENTATION = ("$schema", "$id", "description", "title", "default", "examples", "deprecated")

_YES = frozenset({"true", "yes", "on", "y"})
_NO = frozenset({"false", "no", "off", "n"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as the schema has it."""

    id: str
    span: Span
    """Of the value; of the key where it is too many or has no value; of the first key where one is missing."""
    path: Path
    """Down to the value; of a missing key down to where it would stand."""
    expected: tuple[str, ...] = ()
    """The types by their names in JSON Schema, the values allowed, the limit, the pattern or the key to use instead."""
    found: str = ""
    """The type or the size that there is instead, or the value."""
    replacement: str | None = None
    """What to write at `span` instead, if that certainly is what was meant."""
    schema: Schema = field(default_factory=dict, compare=False, repr=False)
    """What is said of the value, for explanations."""


def mismatches(schema: Schema, data: Data) -> list[Mismatch]:
    """Everything in `data` that is not as `schema` says, in the order of the text.

    Aliases are taken to be right, and of a key that is written twice the last counts, as for any reader.
    """
    return sorted(_of_value(schema, data.root, (), data.root.span), key=lambda mismatch: mismatch.span)


def _of_value(schema: Schema, value: Value, path: Path, at: Span) -> Iterator[Mismatch]:
    """`at` is where to complain of a value that is not written."""
    if isinstance(value, Scalar) and value.style == "*":
        return
    plain = value.plain
    own = {keyword: said for keyword, said in schema.items() if keyword not in _BELOW}
    if (failed := _failed(own, plain)) is not None:
        yield _mismatch(schema, value, path, at, failed)
        return
    alternatives = [inner for keyword in ("anyOf", "oneOf") for inner in schema.get(keyword, ())]
    if alternatives:
        yield from _of_alternatives(schema, alternatives, value, path, at)
    if isinstance(value, Mapping):
        yield from _of_mapping(schema, value, path)
    elif isinstance(value, Sequence) and isinstance(items := schema.get("items"), dict):
        for index, item in enumerate(value.items):
            yield from _of_value(items, item, (*path, index), item.span)


def _of_alternatives(
    schema: Schema, alternatives: list[Schema], value: Value, path: Path, at: Span
) -> Iterator[Mismatch]:
    """What is wrong by the alternative that is meant: the one of the same type, if there is only one."""
    keyword = "anyOf" if "anyOf" in schema else "oneOf"
    if _failed({keyword: schema[keyword]}, value.plain) is None or _has_alias(value):
        return
    meant = [inner for inner in alternatives if _of_same_type(inner, value)]
    if len(meant) == 1 and (found := list(_of_value(meant[0], value, path, at))):
        yield from found
    else:
        yield _mismatch(schema, value, path, at, keyword)


def _of_mapping(schema: Schema, value: Mapping, path: Path) -> Iterator[Mismatch]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    first = value.entries[0].key_span if value.entries else value.span
    entries = {entry.key: entry for entry in value.entries}
    for key in schema.get("required", ()):
        if key not in entries:
            yield Mismatch("missing-key", first, (*path, key), (key,), schema=properties.get(key, {}))
    for key, entry in entries.items():
        inner = properties.get(key, others)
        if inner is False:
            yield Mismatch("unknown-key", entry.key_span, (*path, key), tuple(properties), key, schema=schema)
        elif isinstance(inner, dict):
            if inner.get("deprecated"):
                instead = (inner["x-instead"],) if "x-instead" in inner else ()
                yield Mismatch("deprecated-key", entry.key_span, (*path, key), instead, key, schema=inner)
            yield from _of_value(inner, entry.value, (*path, key), entry.key_span)


def _mismatch(schema: Schema, value: Value, path: Path, at: Span, keyword: str) -> Mismatch:
    """What to say of a value that fails `keyword`."""
    id = _IDS.get(keyword, "invalid")
    plain = value.plain
    types = _types(schema)
    allowed = tuple(str(one) for branch in branches(schema) for one in branch.get("enum", ()))
    if plain is None:
        return Mismatch("empty", at, path, allowed or types, schema=schema)
    if id == "empty" and isinstance(plain, str | list) and plain:
        id = "too-short"
    if id == "unknown-value" or (id == "wrong-type" and allowed and isinstance(plain, str)):
        return Mismatch("unknown-value", value.span, path, allowed, str(plain), schema=schema)
    if id == "wrong-type":
        replacement = _as_type(types, value, schema.get("x-separator", ""))
        return Mismatch(id, value.span, path, types, _type_of(plain), replacement, schema)
    size = str(len(plain)) if isinstance(plain, str | list | dict) and id != "pattern" else str(plain)
    return Mismatch(id, value.span, path, (str(schema.get(keyword, "")),), size, schema=schema)


def _as_type(types: tuple[str, ...], value: Value, separator: str) -> str | None:
    """How to write `value` so that it is of one of `types`; `None` if that is not certain."""
    if isinstance(value, Sequence):
        texts = [item.value for item in value.items if isinstance(item, Scalar) and isinstance(item.value, str)]
        certain = "string" in types and separator and texts and len(texts) == len(value.items)
        return quoted(separator.join(texts)) if certain else None
    if not isinstance(value, Scalar) or value.style in ("|", ">"):
        return None
    if isinstance(value.value, str):
        meant = value.value.strip()
        if "boolean" in types and meant.lower() in _YES | _NO:
            return "true" if meant.lower() in _YES else "false"
        if {"integer", "number"} & set(types) and _type_of(core_value(meant)) in types:
            return meant
        if "array" in types and meant:
            parts = meant.split(separator.strip()) if separator.strip() else [meant]
            return "[" + ", ".join(quoted(part.strip()) for part in parts if part.strip()) + "]"
        return None
    written = str(value.value).lower()
    return quoted(written) if "string" in types and len(written) == len(value.span) else None


def _types(schema: Schema) -> tuple[str, ...]:
    """The types that a value may have; a schema that lists values without a type is for texts."""
    found: list[str] = []
    for branch in branches(schema):
        types = branch.get("type", ["string"] if "enum" in branch else [])
        found += [types] if isinstance(types, str) else types
    return tuple(dict.fromkeys(found))


def _type_of(plain: Plain) -> str:
    if isinstance(plain, bool):
        return "boolean"
    names = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(plain), "null")


def _of_same_type(schema: Schema, value: Value) -> bool:
    types, found = _types(schema), _type_of(value.plain)
    return found in types or (found == "integer" and "number" in types)


def _has_alias(value: Value) -> bool:
    return any(isinstance(inner, Scalar) and inner.style == "*" for inner in walk(value))


def _failed(schema: Schema, value: Plain) -> str | None:
    """The first keyword of `schema` that `value` fails."""
    said = {key: words for key, words in schema.items() if key not in _DOCUMENTATION and not key.startswith("x-")}
    return _judge(json.dumps(said, sort_keys=True))(value) if said else None


@lru_cache(maxsize=1024)
def _judge(schema: str) -> Callable[[Plain], str | None]:
    import fastjsonschema  # Here, so that nothing that only names formats pays for it.

    validate = fastjsonschema.compile(json.loads(schema), use_default=False)

    def failed(value: Plain) -> str | None:
        try:
            validate(value)
        except fastjsonschema.JsonSchemaValueException as error:
            return str(error.rule)
        return None

    return failed
