"""Writing a block at a place in Markdown-like text, and turning the result into what an editor takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from thoughtsmith.formats.place import Place, Style
from thoughtsmith.syntax.block import Block, Inline, Item, Slot, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

Written: TypeAlias = "tuple[str | Slot, ...]"
"""The text of a block in its place, with the slots still in it."""

Line: TypeAlias = "tuple[str, Inline]"
"""Indentation and content."""

_SNIPPET_SPECIAL = re.compile(r"[\\$}]")


def write(block: Block, place: Place) -> Written:
    """The text that replaces `place.at`."""
    return assembled(_body(block, place), place)


def assembled(lines: Sequence[Line], place: Place) -> Written:
    """Lines, each with its indentation, as the text that replaces `place.at`; the first one is indented already."""
    out: list[str | Slot] = [place.lead_in]
    for index, (indent, content) in enumerate(lines):
        if index:
            out.append(place.newline + (indent if content else ""))
        out.extend(content)
    out.append(place.follow)
    return tuple(part for part in out if part != "")


def _body(block: Block, place: Place) -> list[Line]:
    indent = place.indent
    if place.style is Style.LIST:
        bullet = place.bullet
        ordered = block.ordered and not place.numbered
        lines: list[Line] = [(indent, (place.marker, *block.lead))]
        lines += _items(block.items, place.content_indent, bullet, ordered=ordered)
        if block.close:
            lines += [("", ()), (place.content_indent, block.close)]
        return lines
    body: list[Line] = [(indent, block.lead)] if block.lead else []
    if place.style is Style.HEADING and body and block.items:
        body.append(("", ()))
    body += _items(block.items, indent, place.bullet, ordered=block.ordered)
    if block.close:
        body += [("", ()), (indent, block.close)]
    if place.style is Style.HEADING:
        return [(indent, ("#" * place.level + " ", *block.title)), ("", ()), *body]
    if place.style is Style.XML:
        return [(indent, (f"<{block.tag}>",)), *body, (indent, (f"</{block.tag}>",))]
    return body


def _items(items: tuple[Item, ...], indent: str, bullet: str, *, ordered: bool) -> list[Line]:
    lines: list[Line] = []
    for number, item in enumerate(items, 1):
        marker = f"{number}. " if ordered else f"{bullet} "
        lines.append((indent, (marker, *item.content)))
        lines += _items(item.children, indent + " " * len(marker), bullet, ordered=item.ordered)
    return lines


def has_slots(written: Written) -> bool:
    """Whether there is something for the user to fill in."""
    return any(not isinstance(part, str) for part in written)


def to_plain(written: Written) -> str:
    """Plain text, with visible placeholders where the user has something to fill in."""
    return plain(written)


def to_snippet(written: Written, *, line_indent: str = "") -> str | None:
    r"""The text as an LSP snippet: slots become tab stops, the cursor ends behind the block.

    Slots of the same name and default share a tab stop. Lines end with `\n`: editors that take snippets write them with
    the document's own line ends. `line_indent` is removed from every line but the first, for editors that indent the
    lines of a snippet themselves; `None` if a line has less indentation than that.
    """
    stops: dict[Slot, int] = {}
    out: list[str] = []
    for part in written:
        if isinstance(part, str):
            out.append(escape_snippet(part.replace("\r\n", "\n").replace("\r", "\n")))
        elif part in stops:
            # In braces, since a digit may follow.
            out.append(f"${{{stops[part]}}}")
        else:
            stops[part] = len(stops) + 1
            out.append(f"${{{stops[part]}{_filled(part)}}}")
    text = "".join(out)
    if line_indent:
        first, *rest = text.split("\n")
        if any(line and not line.startswith(line_indent) for line in rest):
            return None
        text = "\n".join([first, *(line.removeprefix(line_indent) for line in rest)])
    end = len(text.rstrip("\n"))
    return f"{text[:end]}$0{text[end:]}"


def _filled(slot: Slot) -> str:
    """What a tab stop holds at first: nothing, a text or a list to choose from."""
    if slot.choices:
        others = (choice for choice in slot.choices if choice != slot.default)
        return "|" + ",".join(map(_escape_choice, (slot.default, *others))) + "|"
    return f":{escape_snippet(slot.default)}" if slot.default else ""


def _escape_choice(text: str) -> str:
    return re.sub(r"[\\,|]", lambda match: "\\" + match[0], text)


def escape_snippet(text: str) -> str:
    """`text` with the characters escaped that mean something in a snippet."""
    return _SNIPPET_SPECIAL.sub(lambda match: "\\" + match[0], text)
