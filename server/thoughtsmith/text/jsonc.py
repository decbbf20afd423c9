"""JSON with comments, as the settings of editors are: finds or sets one member and leaves all else as it stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRING = r'"(?:\\.|[^"\\\n])*"'
_COMMENT = re.compile(rf"{_STRING}|//[^\r\n]*|/\*.*?\*/", re.DOTALL)
_LAST_COMMA = re.compile(rf"{_STRING}|,(?=\s*[\]}}])")
_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder()


class JsoncError(ValueError):
    """The text is not what it should be; `offset` is where, in code points."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"at {offset}")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Value:
    """A value in the text and what it means."""

    start: int
    end: int
    data: Any


def member(text: str, path: Sequence[str]) -> Value | None:
    """The value that the keys of `path` lead to; `None` if there is none. Raises `JsoncError`."""
    plain = _without_last_commas(_without_comments(text))
    found = _root(plain)
    for key in path:
        if found is None:
            return None
        found = _members(plain, found).get(key)
    return found


def with_member(text: str, path: Sequence[str], value: str) -> str:
    """The text with `value`, itself JSON and indented by two blanks, where the keys of `path` lead to.

    It takes the place of what is there, or becomes the last member of its object; objects on the way are made. It is
    indented as the text is. Raises `JsoncError`.
    """
    data = _without_comments(text)
    plain = _without_last_commas(data)
    newline = "\r\n" if "\r\n" in text else "\n"
    holder = _root(plain)
    if holder is None:
        made = f"{_nested(path, value, '', '  ')}\n"
        if text and not text.endswith("\n"):
            made = "\n" + made
        return text + made.replace("\n", newline)
    unit = _indentation(plain, _after_space(plain, holder.start + 1)) or "  "
    value = re.sub(r"^(?:  )+", lambda blanks: unit * (len(blanks[0]) // 2), value, flags=re.MULTILINE)
    for depth, key in enumerate(path):
        members = _members(plain, holder)
        if key not in members:
            outer = _indentation(text, holder.start)
            inner = outer + unit
            added = f"{inner}{json.dumps(key)}: {_nested(path[depth + 1 :], value, inner, unit)}"
            last = max((found.end for found in members.values()), default=None)
            return _added(text, data, holder.end - 1, last, added.replace("\n", newline), newline + outer)
        holder = members[key]
    value = _indented(value, _indentation(text, holder.start))
    return text[: holder.start] + value.replace("\n", newline) + text[holder.end :]


def _without_comments(text: str) -> str:
    """The text with blanks in the place of comments."""
    return _COMMENT.sub(_blank, text)


def _without_last_commas(data: str) -> str:
    """The text with blanks in the place of commas that no member follows: plain JSON, of the same length."""
    return _LAST_COMMA.sub(_blank, data)


def _blank(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else re.sub(r"[^\r\n]", " ", match[0])


def _root(plain: str) -> Value | None:
    """The whole value; `None` for a text that holds nothing but comments. Raises `JsoncError`."""
    start = _after_space(plain, 0)
    if start == len(plain):
        return None
    found = _value(plain, start)
    if (rest := _after_space(plain, found.end)) != len(plain):
        raise JsoncError(rest)
    return found


def _members(plain: str, holder: Value) -> dict[str, Value]:
    """The members of an object by their keys. Raises `JsoncError` if it is none."""
    if not isinstance(holder.data, dict):
        raise JsoncError(holder.start)
    found: dict[str, Value] = {}
    offset = _after_space(plain, holder.start + 1)
    while plain[offset] == '"':
        key = _value(plain, offset)
        colon = _after_space(plain, key.end)
        found[key.data] = value = _value(plain, _after_space(plain, colon + 1))
        offset = _after_space(plain, value.end)
        if plain[offset] == ",":
            offset = _after_space(plain, offset + 1)
    return found


def _value(plain: str, start: int) -> Value:
    try:
        data, end = _DECODER.raw_decode(plain, start)
    except json.JSONDecodeError as error:
        raise JsoncError(error.pos) from error
    return Value(start, end, data)


def _after_space(plain: str, offset: int) -> int:
    match = _SPACE.match(plain, offset)
    return match.end() if match is not None else offset


def _added(text: str, data: str, brace: int, last: int | None, added: str, new_line: str) -> str:
    """The text with one more member before the closing brace of an object, whose last value ends at `last`.

    Comments behind that value stay where they are.
    """
    content = len(text[:brace].rstrip())
    before, after = text[:content], text[content:]
    if last is not None and not data[last:brace].strip():
        before = f"{text[:last]},{text[last:content]}"
    if "\n" not in text[content:brace]:
        after = new_line + text[brace:]
    return before + ("\r\n" if new_line.startswith("\r") else "\n") + added + after


def _nested(path: Sequence[str], value: str, indentation: str, unit: str) -> str:
    """`value` inside an object for each key of `path`, every line but the first behind `indentation`."""
    if not path:
        return _indented(value, indentation)
    inner = indentation + unit
    return f"{{\n{inner}{json.dumps(path[0])}: {_nested(path[1:], value, inner, unit)}\n{indentation}}}"


def _indented(value: str, indentation: str) -> str:
    return "\n".join(indentation + line if index and line else line for index, line in enumerate(value.split("\n")))


def _indentation(text: str, offset: int) -> str:
    """What the line of `offset` begins with."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip())]
