"""The variables in the texts of a file of data, and the keys that declare them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.syntax.template import DECLARATION, Name
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from thoughtsmith.formats.yaml_outline import Key, Outline, Path, Text
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.text.lines import Lines

MAX_DEFAULT = 200
"""Characters of a value that are shown with the variable."""

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_MEANING = {'"': '"', "\\": "\\", "/": "/"}


def without_escapes(text: str, outline: Outline) -> str:
    """A text of the same length in which quoted texts say what they mean: spans in it are spans of `text`."""
    parts: list[str] = []
    done = 0
    for scalar in outline.texts:
        written = text[scalar.span.start : scalar.span.end]
        if scalar.style == '"' and "\\" in written:
            meant = _ESCAPE.sub(_meaning, written)
        elif scalar.style == "'" and "''" in written[1:-1]:
            meant = "'" + written[1:-1].replace("''", " '") + "'"
        else:
            continue
        parts += (text[done : scalar.span.start], meant)
        done = scalar.span.end
    return "".join((*parts, text[done:])) if done else text


def _meaning(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    char = _MEANING.get(match[4] or "", " ")
    if code and int(code, 16) < 0x110000:
        char = chr(int(code, 16))
    return char.rjust(len(match[0]))


def span_of(text: Text, lines: Lines) -> Span:
    """What a text says, without quotation marks; of a block scalar its lines."""
    if text.body is not None:
        return Span(
            lines.start_of(text.body.first), max(lines.start_of(text.body.first), lines.end_of(text.body.last - 1))
        )
    return Span(text.span.start + 1, text.span.end - 1) if text.style in ("'", '"') else text.span


def declared(key: Key, values: Mapping[Path, Text], lines: Lines, *, defines: str = DECLARATION) -> Name | None:
    """The variable that a key declares, with its value as the default; `None` if the name is written in escapes."""
    name, span = lines.at(key.span), key.span
    if key.style:
        # The marks stay where they are: JSON cannot do without.
        span = Span(span.start + 1, span.end - 1)
        name = lines.at(span)
        if "\\" in name or key.style in name:
            return None
    if not name:
        return None
    value = values.get(key.path)
    default = ""
    if value is not None and value.body is None and value.style != "*":
        default = lines.at(span_of(value, lines))[:MAX_DEFAULT]
    return Name(name, span, defines=defines, default=default, quote=key.style or "yaml")


def loosened(template: Template, *, builtins: Collection[str] = (), optional: bool = False) -> Template:
    """What was found in a text that is no prompt: errors are nobody's business, and more names have a meaning."""
    if not template.tags:
        return template
    names = tuple(
        name._replace(builtin=name.builtin or name.name in builtins, optional=name.optional or optional)
        for name in template.names
    )
    return replace(template, names=names, problems=())
