"""Completion in structured data: the keys that are not there yet, and the values that a key takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoughtsmith.formats.data_place import value_at
from thoughtsmith.formats.schema import branches, properties_of, schema_at, value_description, values_of
from thoughtsmith.formats.yaml_scalar import core_value, quoted
from thoughtsmith.ide.fields import field_at, key_page, types_of
from thoughtsmith.ide.suggestion import Suggestion
from thoughtsmith.ide.wanted_variables import wanted_variables
from thoughtsmith.syntax.block import Slot
from thoughtsmith.syntax.data import Mapping, Scalar
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.data_place import DataPlace
    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.formats.writing import Written
    from thoughtsmith.project.document import Snapshot

MAX_CHOICES = 12
"""Values that are offered together with their key; longer lists are asked for when the key is there."""
_NO_VALUE: Written = (": ", Slot("value", ""))
"""What follows a key of whose value nothing is known."""
_SPECIAL = "*&!|>%@`[]{}#,?-\"'"
"""What a plain text may not begin with, or only sometimes."""


def complete_field(snapshot: Snapshot, offset: int) -> list[Suggestion] | None:
    """What may stand at `offset` in the data of the file; `None` outside of it, and in a text of several lines."""
    field = field_at(snapshot, offset)
    if field is None:
        return None
    place = field.place
    value = value_at(snapshot.data, place.path) if snapshot.data is not None and not place.on_key else None
    if isinstance(value, Scalar) and value.style in ("|", ">"):
        return None
    said = schema_at(field.schema, place.path)
    if said is None:
        return []
    if place.on_key:
        return [*_keys(snapshot, place, said), *_items(snapshot, place, said)]
    values = list(_values(snapshot, place, said, offset))
    return [*values, *_keys(snapshot, place, said)] if _may_become_key(snapshot, place) else values


def _may_become_key(snapshot: Snapshot, place: DataPlace) -> bool:
    """Whether nothing but dashes stands before what is being typed, so that it may be a key as well as a value."""
    lines = snapshot.lines
    before = lines.at(Span(lines.start_of(lines.line_at(place.span.start)), place.span.start))
    return bool(place.path) and not before.strip(" \t-") and lines.at(place.span)[:1] not in ('"', "'")


# Keys


def _keys(snapshot: Snapshot, place: DataPlace, said: Schema) -> Iterator[Suggestion]:
    """The keys that are missing: those that must be there first, those that nobody should use last."""
    properties = properties_of(said)
    present = _present(snapshot, place)
    required = said.get("required", ())
    order = sorted(properties, key=lambda key: (bool(properties[key].get("deprecated")), key not in required))
    has_colon = snapshot.lines.text[place.span.end : place.span.end + 1] == ":"
    for wanted in wanted_variables(snapshot, place):
        if wanted.name not in present:
            yield Suggestion(
                label=wanted.name,
                kind="variable",
                at=place.span,
                written=_joined(place.gap, _key(snapshot, place, wanted.name), *(() if has_colon else _NO_VALUE)),
                filter_text=_mark(snapshot, place) + wanted.name,
                detail=wanted.remark,
                documentation=wanted.page,
            )
    for key in order:
        if key in present:
            continue
        schema = properties[key]
        value: Written = () if has_colon else _value_slots(snapshot, place, schema)
        yield Suggestion(
            label=key,
            kind="key",
            at=place.span,
            written=_joined(place.gap, _key(snapshot, place, key), *value),
            filter_text=_mark(snapshot, place) + key,
            detail=types_of(snapshot, schema).replace("`", ""),
            documentation=key_page(snapshot, key, schema, required=key in required),
            deprecated=bool(schema.get("deprecated")),
        )


def _mark(snapshot: Snapshot, place: DataPlace) -> str:
    """The quotation mark with which the key that is being typed begins."""
    typed = snapshot.lines.at(place.span)[:1]
    return typed if typed in ('"', "'") else ""


def _key(snapshot: Snapshot, place: DataPlace, key: str) -> str:
    """The key as it is written there: in the quotation marks that are typed, and in JSON always in some."""
    mark = _mark(snapshot, place)
    if mark == "'":
        return "'" + key.replace("'", "''") + "'"
    return json.dumps(key, ensure_ascii=False) if mark or _is_json(snapshot) else _text(key)


def _is_json(snapshot: Snapshot) -> bool:
    return snapshot.path.lower().endswith(".json")


def _present(snapshot: Snapshot, place: DataPlace) -> set[str]:
    """The keys of the mapping around the cursor, without the one that is being typed."""
    around = value_at(snapshot.data, place.path) if snapshot.data is not None else None
    if not isinstance(around, Mapping):
        return set()
    return {entry.key for entry in around.entries if entry.key_span != place.span}


def _value_slots(snapshot: Snapshot, place: DataPlace, schema: Schema) -> Written:
    """What follows a key: a place for its value, or a list of the values to choose from."""
    if _is_json(snapshot):
        return _NO_VALUE
    types = {name for branch in branches(schema) for name in _types(branch)}
    lines = snapshot.lines
    line = lines.line_at(place.span.start)
    column = place.span.start - lines.start_of(line)
    text = lines.line(line)
    deeper = " " * (column - (len(text) - len(text.lstrip())) if text[:column].strip() else 0) + "  "
    if types == {"array"}:
        return (f":\n{deeper}- ", Slot("value", ""))
    if types == {"object"}:
        return (f":\n{deeper}", Slot("value", ""))
    values = values_of(schema)
    if values and len(values) <= MAX_CHOICES and "array" not in types:
        written = tuple(_text(value) for value in values)
        default = str(schema.get("default", "")).lower() if types == {"boolean"} else str(schema.get("default", ""))
        return (": ", Slot("value", default if default in written else written[0], written))
    return _NO_VALUE


def _types(schema: Schema) -> tuple[str, ...]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _items(snapshot: Snapshot, place: DataPlace, said: Schema) -> Iterator[Suggestion]:
    """What a list may begin with, below its key."""
    if len(place.span):
        return
    for branch in branches(said):
        items = branch.get("items")
        if not isinstance(items, dict):
            continue
        for value in values_of(items):
            meaning = value_description(items, value, snapshot.locale)
            yield Suggestion(f"- {value}", "value", place.span, (f"- {_text(value)}",), f"- {value}", meaning)
        for key, schema in properties_of(items).items():
            page = key_page(snapshot, key, schema, required=key in items.get("required", ()))
            written = _joined(f"- {_text(key)}: ", Slot("value", ""))
            yield Suggestion(f"- {key}", "key", place.span, written, f"- {key}", documentation=page)


# Values


def _values(snapshot: Snapshot, place: DataPlace, said: Schema, offset: int) -> Iterator[Suggestion]:
    part = _part(snapshot, place, said, offset)
    text = snapshot.lines.at(place.span)
    quote = text[:1] if part is None and text[:1] in ('"', "'") else ""
    at = place.span if part is None else part
    for value in values_of(said):
        written = f"{quote}{value}{quote}" if quote or part is not None else _text(value)
        yield Suggestion(
            label=value,
            kind="value",
            at=at,
            written=(f"{place.gap}{written}",),
            filter_text=f"{quote}{value}",
            documentation=value_description(said, value, snapshot.locale),
        )


def _part(snapshot: Snapshot, place: DataPlace, said: Schema, offset: int) -> Span | None:
    """Of several values in one text, the one at the cursor; `None` if there is only one."""
    text = snapshot.lines.at(place.span)
    separator = next((found for branch in branches(said) if (found := branch.get("x-separator"))), "").strip()
    if not separator or separator not in text:
        return None
    quotes = 1 if text[:1] in ('"', "'") else 0
    column = min(max(offset - place.span.start, quotes), max(quotes, len(text) - quotes))
    start = max(text.rfind(separator, 0, column) + 1, quotes)
    end = text.find(separator, column)
    end = max(column, len(text) - quotes) if end < 0 else end
    start += min(len(text[start:column]) - len(text[start:column].lstrip()), column - start)
    return Span(place.span.start + start, place.span.start + end)


def _text(value: str) -> str:
    """A value as it is written in YAML; `true` and numbers in the schema are meant as such."""
    if not value or value[0] in _SPECIAL or ": " in value or " #" in value or core_value(value) is None:
        return quoted(value)
    return value


def _joined(*parts: str | Slot) -> Written:
    found: list[str | Slot] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)
