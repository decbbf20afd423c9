"""The model that a prompt is for, and the parameters of the request, as far as the file says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.syntax.data import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.data import Data, Entry, Value
    from thoughtsmith.text.span import Span

_IDS = (("id",), ("name",), ("configuration", "model"), ("configuration", "name"))
"""Where a mapping under `model` has the id."""
_PARAMETERS = frozenset(
    {"model", "modelparameters", "parameters", "config", "configuration", "options", "settings", "additionalproperties"}
)
_THINKING = frozenset({"thinking", "reasoning", "thinking_config", "output_config"})
_INHERITED = frozenset({"", "inherit", "default", "auto"})
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OFF = frozenset({"none", "disabled", "off", "false", "0", "minimal"})


class Model(NamedTuple):
    id: str
    """As the file or the settings have it; empty if neither says."""
    span: Span | None
    """Where the file says it."""
    parameters: tuple[tuple[str, Entry], ...]
    """The parameters of the request by their names in snake case."""
    thinks: bool | None
    """Whether the parameters turn its reasoning on or off; `None` if they do neither."""


def model_of(data: Data | None, default: str) -> Model:
    """What the data of a file says of its model; `default` is the model if it names none."""
    if data is None:
        return Model(default, None, (), None)
    name = _name(data.root.at("model"))
    parameters = tuple(_parameters(data.root))
    id, span = (default, None) if name is None else (str(name.value), name.span)
    return Model(id, span, parameters, _thinks(parameters))


def _name(value: Value | None) -> Scalar | None:
    if isinstance(value, Sequence) and len(value.items) == 1:
        value = value.items[0]
    if isinstance(value, Mapping):
        value = next((found for path in _IDS if (found := value.at(*path)) is not None), None)
    if not isinstance(value, Scalar) or not isinstance(value.value, str) or value.value.strip().lower() in _INHERITED:
        return None
    return value


def _parameters(mapping: Mapping, depth: int = 0) -> Iterator[tuple[str, Entry]]:
    for entry in mapping.entries:
        name = _CAPITAL.sub("_", entry.key).replace("-", "_").lower()
        if isinstance(entry.value, Mapping):
            if depth < 4 and (name.replace("_", "") in _PARAMETERS or name in _THINKING):
                for inner, found in _parameters(entry.value, depth + 1):
                    yield (f"{name}.{inner}" if name in _THINKING else inner), found
        else:
            yield name, entry


def _thinks(parameters: tuple[tuple[str, Entry], ...]) -> bool | None:
    for name, entry in parameters:
        if name in (
            "reasoning_effort",
            "reasoning.effort",
            "output_config.effort",
            "thinking.type",
            "enable_thinking",
            "thinking_level",
            "thinking_budget",
            "thinking_config.thinking_level",
            "thinking_config.thinking_budget",
        ):
            return isinstance(entry.value, Scalar) and str(entry.value.value).lower() not in _OFF
    return None
