"""Writing down what the data of a format may say, as JSON Schema (draft 7) with descriptions in two languages.

Beyond the standard keywords: `x-ru` is the Russian description beside `description`; `x-values` describes the values of
an `enum` as `{value: {"en", "ru"}}`; `x-known` lists values that complete but are not the only ones allowed;
`deprecated` and `x-instead` (the key that replaces it); `x-tools` names the tools that read the key, if not all do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema: TypeAlias = "Mapping[str, Any]"


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
    described = {value: {"en": english, "ru": russian} for value, (english, russian) in values.items()}
    return {"enum": list(values), "description": en, "x-ru": ru, "x-values": described, **more}


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
