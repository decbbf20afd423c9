"""Where in the syntax of a template the cursor stands, also while it is being typed; in prose it stands nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.template import Tag

Wanted: TypeAlias = Literal["value", "filter", "statement", "helper", "block", "end", "data", "input", "argument"]

WINDOW = 1_000
"""Characters before the cursor in which its tag must begin."""
_OPENING = re.compile(r"[{$<]")
_INPUT = re.compile(r"\$\{(?P<word>[\w:.-]*)\Z")
_ARGUMENT = re.compile(r"(?<![\w$\\])\$(?P<word>\{?\w*)\Z")
_FIELD = re.compile(r"(?<!\{)(?:\{\{)*\{(?P<word>\w*)\Z")
_STRINGS = re.compile(r"""(?:[^"']|"[^"]*"|'[^']*')*\Z""")
_ATTRIBUTE = re.compile(r"""\s(?:if|for|value)\s*=\s*["'](?P<value>[^"']*)\Z""")
_JINJA = re.compile(r"\{(?P<kind>[{%])[-+]?(?P<inside>.*)\Z", re.DOTALL)
_HANDLEBARS = re.compile(r"\{\{\{?~?(?P<sign>[#/>^&!]?)(?P<inside>.*)\Z", re.DOTALL)
_WORDS_BEFORE_VALUES = frozenset({"if", "elif", "in", "and", "or", "not", "else", "with", "print", "do"})


class Cursor(NamedTuple):
    """What is being typed."""

    wanted: Wanted
    at: Span
    """The word around the cursor."""
    word: str
    """The part of it before the cursor."""
    closing: str
    """What has to follow, if it does not."""
    offset: int


def cursor_in_template(snapshot: Snapshot, offset: int) -> Cursor | None:
    """Where `offset` is; `None` in prose, and where no name can stand. In prose nothing is scanned to find that out."""
    lines = snapshot.lines
    start = max(0, offset - WINDOW)
    if lines.line_at(offset) == lines.line_at(start):
        line = lines.line(lines.line_at(offset))
        begin = lines.start_of(lines.line_at(offset))
        before = line[max(0, start - begin) : offset - begin]
    else:
        before = lines.text[start:offset]
    if _OPENING.search(before) is None:
        return None
    reader = _READERS.get(snapshot.template.language)
    return reader(snapshot, offset, before) if reader is not None else None


def _tag_at(snapshot: Snapshot, offset: int) -> Tag | None:
    """The tag whose inside the cursor is in."""
    tags = snapshot.template.tags
    index = bisect_right(tags, offset - 1, key=lambda tag: tag.span.start) - 1
    tag = tags[index] if index >= 0 else None
    return tag if tag is not None and tag.span.start < offset <= tag.span.end else None


def _inside(snapshot: Snapshot, offset: int, closings: tuple[str, ...]) -> tuple[str, bool] | None:
    """The text of the tag up to the cursor, and whether it has its end; `None` outside of tags."""
    tag = _tag_at(snapshot, offset)
    if tag is None or tag.kind in ("comment", "raw"):
        return None
    text = snapshot.lines.at(tag.span)
    before = text[: offset - tag.span.start]
    closed = text.endswith(closings) and len(text) >= 4
    if closed and offset > tag.span.end - 2:
        return None
    return before, closed


def _word(snapshot: Snapshot, offset: int, before: str, letters: str = r"\w") -> tuple[Span, str, str]:
    """The word around the cursor, the part before it, and what stands before the word."""
    text = snapshot.lines.text
    typed = re.search(rf"[{letters}]*\Z", before)
    word = typed[0] if typed is not None else ""
    rest = re.compile(rf"[{letters}]*").match(text, offset)
    end = rest.end() if rest is not None else offset
    return Span(offset - len(word), end), word, before[: len(before) - len(word)]


def _jinja(snapshot: Snapshot, offset: int, _before: str) -> Cursor | None:
    found = _inside(snapshot, offset, ("}}", "%}"))
    match = _JINJA.match(found[0]) if found is not None else None
    if found is None or match is None or _STRINGS.match(match["inside"]) is None:
        return None
    at, word, head = _word(snapshot, offset, match["inside"])
    if word[:1].isdigit():
        return None
    statement = match["kind"] == "%"
    closing = "" if found[1] or statement or head.strip() else "}}"
    bare = head.rstrip()
    if statement and not bare:
        return Cursor("statement", at, word, "", offset)
    last = bare[-1:]
    if last == "|":
        return Cursor("filter", at, word, "", offset)
    words = bare.split()
    defining = statement and words[0] in ("for", "set", "macro", "block", "import", "from", "extends", "include")
    if last == "." or (defining and not re.search(r"=|\bin\b|\bif\b|\(", bare)):
        return None
    if last and (last.isalnum() or last in "_)]}") and words[-1] not in _WORDS_BEFORE_VALUES:
        return None
    return Cursor("value", at, word, _gap(head, closing), offset)


def _handlebars(snapshot: Snapshot, offset: int, _before: str) -> Cursor | None:
    found = _inside(snapshot, offset, ("}}",))
    match = _HANDLEBARS.match(found[0]) if found is not None else None
    if found is None or match is None or _STRINGS.match(match["inside"]) is None:
        return None
    at, word, head = _word(snapshot, offset, match["inside"], r"\w-")
    bare = head.rstrip()
    first = not bare
    closing = _gap(head, "" if found[1] or not first else "}}")
    sign = match["sign"]
    if sign in (">", "!") and first:
        return None
    if bare.endswith("@"):
        return Cursor("data", Span(at.start - 1, at.end), f"@{word}", "" if bare[:-1].strip() else closing, offset)
    if bare.endswith((".", "/", "|")):
        return None
    if first and sign == "#":
        handlebars = snapshot.template.language == "handlebars"
        return Cursor("block" if handlebars else "value", at, word, "", offset)
    if first and sign == "/":
        return Cursor("end", at, word, closing, offset)
    return Cursor("helper" if first and not sign else "value", at, word, closing, offset)


def _inputs(snapshot: Snapshot, offset: int, before: str) -> Cursor | None:
    match = _INPUT.search(before)
    if match is None or match["word"].count(":") > 1:
        return None
    at, word, _ = _word(snapshot, offset, before, r"\w:.-")
    closed = snapshot.lines.text[at.end : at.end + 1] == "}"
    return Cursor("input", at, word, "" if closed else "}", offset)


def _arguments(snapshot: Snapshot, offset: int, before: str) -> Cursor | None:
    match = _ARGUMENT.search(before)
    if match is None:
        return None
    at, _, _ = _word(snapshot, offset, before)
    word = match["word"]
    if word[:1].isdigit():
        return None
    closed = snapshot.lines.text[at.end : at.end + 1] == "}"
    return Cursor("argument", Span(offset - len(word), at.end + (closed and word[:1] == "{")), word, "", offset)


def _python_format(snapshot: Snapshot, offset: int, before: str) -> Cursor | None:
    match = _FIELD.search(before)
    if match is None:
        return None
    at, word, _ = _word(snapshot, offset, before)
    closed = snapshot.lines.text[at.end : at.end + 1] in ("}", ":", "!", ".", "[")
    return Cursor("value", at, word, "" if closed else "}", offset)


def _poml(snapshot: Snapshot, offset: int, before: str) -> Cursor | None:
    found = _inside(snapshot, offset, ("}}",))
    if found is not None:
        inside, closing = found[0][2:], "" if found[1] else "}}"
    else:
        match = _ATTRIBUTE.search(before[before.rfind("<") + 1 :])
        if match is None or (match[0].lstrip().startswith("for") and " in " not in match["value"]):
            return None
        inside, closing = match["value"], ""
    if _STRINGS.match(inside) is None:
        return None
    at, word, head = _word(snapshot, offset, inside, r"\w$")
    last = head.rstrip()[-1:]
    if last == "." or word[:1].isdigit() or (last and (last.isalnum() or last in "_)]") and not head.endswith(" in ")):
        return None
    return Cursor("value", at, word, _gap(head, closing if not head.strip() else ""), offset)


def _gap(head: str, closing: str) -> str:
    """What has to follow, with the blank that stands behind the opening."""
    return f" {closing}" if closing and head.endswith(" ") else closing


_READERS: dict[str, Callable[[Snapshot, int, str], Cursor | None]] = {
    "jinja": _jinja,
    "handlebars": _handlebars,
    "mustache": _handlebars,
    "inputs": _inputs,
    "arguments": _arguments,
    "python-format": _python_format,
    "poml": _poml,
}
