"""Whether the arguments of a command are what the command takes.

The library converts rather than checks: it would make the text `None` of a missing value, and of a text a list of its
letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_TEXTS = list[str]


def misfit(command: Callable[..., Any], arguments: Sequence[Any]) -> str:
    """What is wrong with texts and lists of texts among the arguments, for whoever calls; empty if nothing is.

    Other types, and how many there are, the library checks itself.
    """
    for (name, wanted), value in zip(get_type_hints(command).items(), arguments, strict=False):
        if wanted is str and not isinstance(value, str):
            return f"the argument {name!r} must be a text"
        if wanted == _TEXTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            return f"the argument {name!r} must be a list of texts"
    return ""
