"""The variables that a front matter declares, for the template of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.syntax.data import Mapping, Scalar
from thoughtsmith.syntax.template import DECLARATION, Name
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.syntax.data import Entry, Value


def of_key(text: str, entry: Entry, name: str, *, kind: str = "", default: str = "", description: str = "") -> Name:
    """The variable `name` that a key declares; the key may have more behind the name, as in `name?`."""
    return _declared(text, entry.key_span, name, kind, default, description)


def of_value(text: str, value: Scalar, *, kind: str = "", default: str = "", description: str = "") -> Name:
    """The variable that a value names."""
    return _declared(text, value.span, str(value.value), kind, default, description)


def _declared(text: str, span: Span, name: str, kind: str, default: str, description: str) -> Name:
    quote = text[span.start : span.start + 1]
    quote = quote if quote in ("'", '"') else ""
    start = span.start + len(quote)
    # A name written with escapes is replaced as a whole, with its quotes.
    written = Span(start, start + len(name))
    if text[written.start : written.end] != name:
        return Name(name, span, DECLARATION, type=kind, default=default, description=description, quote="yaml")
    plain = not quote and written == span
    return Name(
        name,
        written,
        DECLARATION,
        type=kind,
        default=default,
        description=description,
        quote=quote or ("yaml" if plain else ""),
    )


def written(text: str, value: Value | None) -> str:
    """A value as it is written, if it is a single one; a text without its quotes."""
    if not isinstance(value, Scalar) or value.value is None:
        return ""
    return value.value if isinstance(value.value, str) else text[value.span.start : value.span.end]


def said(text: str, value: Value, key: str) -> str:
    """What a mapping says under `key`, as it is written; empty if it says nothing."""
    entry = value.get(key) if isinstance(value, Mapping) else None
    return "" if entry is None else written(text, entry.value)
