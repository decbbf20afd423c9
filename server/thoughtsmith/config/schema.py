"""The JSON Schema of config files, made from the declaration of the options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thoughtsmith.config.options import OPTIONS

if TYPE_CHECKING:
    from thoughtsmith.config.options import Option


def config_schema() -> dict[str, Any]:
    """The schema of `thoughtsmith.toml` and of `[tool.thoughtsmith]`; `x-ru` is the description in Russian."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Thoughtsmith",
        "type": "object",
        "properties": {option.name: _property(option) for option in OPTIONS},
        "additionalProperties": False,
    }


def _property(option: Option) -> dict[str, Any]:
    form = _value(option)
    if option.table:
        form = {"type": "object", "additionalProperties": form}
    if option.default not in (None, "", ()):
        form["default"] = option.default
    return {**form, "description": option.en, "x-ru": option.ru}


def _value(option: Option) -> dict[str, Any]:
    if option.many:
        return {"type": "array", "items": {"enum": list(option.choices)} if option.choices else {"type": "string"}}
    if option.choices:
        return {"enum": list(option.choices)}
    if option.maximum:
        return {"type": "integer", "minimum": option.minimum, "maximum": option.maximum}
    return {"type": "string"}
