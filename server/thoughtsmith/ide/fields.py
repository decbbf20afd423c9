"""What the features share about the keys of structured data: where the cursor stands and what the schema says there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats.data_place import DataPlace, data_at, front_matter_at
from thoughtsmith.formats.schema import TOOLS, branches, description, value_description
from thoughtsmith.ide.variables import code
from thoughtsmith.messages import messages
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.project.document import Snapshot

MAX_BLANK = 20
"""Blank lines between the delimiters of a front matter that is about to be written."""
_KEY = re.compile(r"[\w.-]*|[ \t]*")
MAX_VALUES = 24
"""Values that a hover lists; longer lists are for completion."""


class Field(NamedTuple):
    """A place in the data, with what the schema says of the whole."""

    place: DataPlace
    schema: Schema


def field_at(snapshot: Snapshot, offset: int) -> Field | None:
    """The place in the data of the file at `offset`; `None` outside of it and where no schema says anything."""
    schema = snapshot.schema
    if schema is None or not snapshot.tree.nodes:
        return None
    place: DataPlace | None
    if snapshot.tree.nodes[0].node.kind is Kind.FRONT_MATTER:
        place = front_matter_at(snapshot.tree, offset)
    elif snapshot.data is None:
        place = _first_key(snapshot, offset)
    else:
        place = data_at(snapshot.data, snapshot.lines, Span(0, len(snapshot.lines)), offset)
    return None if place is None else Field(place, schema)


def _first_key(snapshot: Snapshot, offset: int) -> DataPlace | None:
    """The place of the very first key: without one, `---` might as well be a rule, so the tree has no front matter."""
    lines = snapshot.lines
    number = lines.line_at(offset)
    typed = lines.line(number)
    if not 0 < number <= MAX_BLANK or lines.line(0).rstrip() != "---" or not _KEY.fullmatch(typed):
        return None
    if any(lines.line(other).strip() for other in range(1, number)):
        return None
    below = (lines.line(other).rstrip() for other in range(number + 1, min(number + MAX_BLANK, lines.count)))
    if next(filter(None, below), "---") != "---":
        return None
    start = lines.start_of(number)
    word = Span(start, start + len(typed)) if typed.strip() else Span(offset, offset)
    return DataPlace((), True, word)


def key_page(snapshot: Snapshot, key: str, schema: Schema, *, required: bool) -> str:
    """What a key is for and what it takes, in Markdown."""
    say, locale = messages(snapshot.locale), snapshot.locale
    facts = say.facts
    lines: list[str] = []
    if schema.get("deprecated"):
        instead = schema.get("x-instead")
        lines.append(facts["instead"].format(value=code(instead)) if instead else facts["deprecated"])
    if types := types_of(snapshot, schema):
        lines.append(facts["type"].format(value=types))
    if required:
        lines.append(facts["required"])
    if "default" in schema:
        lines.append(facts["default"].format(value=code(str(schema["default"]))))
    if "maxLength" in schema:
        lines.append(facts["length"].format(value=schema["maxLength"]))
    values = _values(schema)
    described = [(value, value_description(schema, value, locale)) for value in values]
    listed: list[str] = []
    if any(text for _, text in described):
        listed = [f"- {code(value)}: {text}" if text else f"- {code(value)}" for value, text in described[:MAX_VALUES]]
    elif values:
        shown = ", ".join(map(code, values[:MAX_VALUES])) + (", …" if len(values) > MAX_VALUES else "")
        lines.append(facts["values"].format(value=shown))
    if tools := schema.get("x-tools"):
        lines.append(facts["tools"].format(value=", ".join(TOOLS[tool] for tool in tools)))
    title = f"**`{key}`**"
    parts = [title, description(schema, locale), "\n".join(listed), "\n".join(f"- {line}" for line in lines)]
    return "\n\n".join(part for part in parts if part)


def types_of(snapshot: Snapshot, schema: Schema) -> str:
    """The types that a value may have, in the words of the reader."""
    names = messages(snapshot.locale).value_types
    found: dict[str, None] = {}
    for branch in branches(schema):
        types = branch.get("type", ())
        found.update(dict.fromkeys(names[name] for name in ([types] if isinstance(types, str) else types)))
    return ", ".join(found)


def _values(schema: Schema) -> list[str]:
    """The values that the schema lists itself: what `true` and `false` are need not be said."""
    found: dict[str, None] = {}
    waiting = list(branches(schema))
    while waiting:
        branch = waiting.pop(0)
        found.update(dict.fromkeys(str(value) for value in (*branch.get("enum", ()), *branch.get("x-known", ()))))
        if isinstance(items := branch.get("items"), dict):
            waiting += branches(items)
    return list(found)
