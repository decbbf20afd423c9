"""Hover on a key or value of structured data: what it is for, as the schema of the format says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats.data_place import value_at
from thoughtsmith.formats.schema import properties_of, schema_at, value_description
from thoughtsmith.ide.fields import field_at, key_page
from thoughtsmith.ide.tooltip import Tooltip
from thoughtsmith.ide.variables import code
from thoughtsmith.syntax.data import Scalar

if TYPE_CHECKING:
    from thoughtsmith.ide.fields import Field
    from thoughtsmith.project.document import Snapshot


def field_hover(snapshot: Snapshot, offset: int) -> Tooltip | None:
    """What the key or value at `offset` is; `None` if there is none or nothing is said of it."""
    field = field_at(snapshot, offset)
    if field is None or not len(field.place.span):
        return None
    return _of_key(snapshot, field) if field.place.on_key else _of_value(snapshot, field)


def _of_key(snapshot: Snapshot, field: Field) -> Tooltip | None:
    around = schema_at(field.schema, field.place.path)
    key = snapshot.lines.at(field.place.span).strip("'\"")
    said = properties_of(around).get(key) if around is not None else None
    if around is None or said is None:
        return None
    required = key in around.get("required", ())
    return Tooltip(field.place.span, key_page(snapshot, key, said, required=required))


def _of_value(snapshot: Snapshot, field: Field) -> Tooltip | None:
    said = schema_at(field.schema, field.place.path)
    value = value_at(snapshot.data, field.place.path) if snapshot.data is not None else None
    if said is None or not isinstance(value, Scalar):
        return None
    text = _written(snapshot, value)
    meaning = value_description(said, text, snapshot.locale)
    return Tooltip(value.span, f"**{code(text)}**\n\n{meaning}") if meaning else None


def _written(snapshot: Snapshot, value: Scalar) -> str:
    return value.value if isinstance(value.value, str) else snapshot.lines.at(value.span)
