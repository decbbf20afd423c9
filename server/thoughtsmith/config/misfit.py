"""Whether a value that somebody gave fits an option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.config.options import Option


class Misfit(NamedTuple):
    """Why a value does not fit."""

    id: str
    """Names its message among `Messages.config_problems`."""
    values: tuple[tuple[str, str], ...] = ()
    """For the placeholders of the message."""
    key: tuple[str, ...] = ()
    """Where in a table."""


def misfit(option: Option, value: object) -> Misfit | None:
    """What is wrong with a value; `None` if it fits."""
    if not option.table:
        return _wrong(option, value)
    if not isinstance(value, dict):
        return Misfit("table")
    for key, inner in value.items():
        wrong = _wrong(option, inner)
        if wrong is not None:
            return wrong._replace(key=(str(key),))
    return None


def normal(option: Option, value: Any) -> Any:
    """A value that fits, as it is kept in settings: lists as tuples, tables as tuples of pairs."""
    if option.table:
        return tuple((key, tuple(inner) if option.many else inner) for key, inner in value.items())
    return tuple(value) if option.many else value


def _wrong(option: Option, value: object) -> Misfit | None:
    if option.many:
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            return Misfit("texts")
        fits = not option.choices or all(item in option.choices for item in value)
        return None if fits else Misfit("choices", (("choices", ", ".join(option.choices)),))
    if option.choices:
        fits = isinstance(value, str) and value in option.choices
        return None if fits else Misfit("choice", (("choices", ", ".join(option.choices)),))
    if option.maximum:
        fits = isinstance(value, int) and not isinstance(value, bool) and option.minimum <= value <= option.maximum
        return None if fits else Misfit("range", (("minimum", str(option.minimum)), ("maximum", str(option.maximum))))
    return None if isinstance(value, str) else Misfit("text")
