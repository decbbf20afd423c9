"""Writing a block as components of POML: steps with a caption, an item of a list, or a paragraph with a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats import escaping, writing
from thoughtsmith.formats.place import Style

if TYPE_CHECKING:
    from thoughtsmith.formats.place import Place
    from thoughtsmith.syntax.block import Block, Inline, Item

_SPECIAL = re.compile(r"[&<]|\{\{|#(?=(?:quot|apos|amp|lt|gt|hash|lbrace|rbrace);)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", "{{": "#lbrace;#lbrace;", "#": "#hash;"}


def write(block: Block, place: Place) -> writing.Written:
    """The text that replaces `place.at`. A place with a bullet is one in free text, where there are no components."""
    if place.bullet:
        return writing.write(block, place)
    block = escaping.escaped(block, _escaped)
    step = place.content_indent.removeprefix(place.indent)
    if place.style is Style.LIST:
        lines = _item(block, place.indent, step)
    elif place.style is Style.XML:
        name = "stepwise-instructions" if block.ordered and block.items else "hint"
        caption = tuple(part if not isinstance(part, str) else part.replace('"', "&quot;") for part in block.title)
        lines = [
            (place.indent, (f'<{name} caption="', *caption, '">')),
            *_content(block, place.indent + step, step, lead=block.lead),
            (place.indent, (f"</{name}>",)),
        ]
    else:
        lines = _content(block, place.indent, step, lead=_paragraph(block.lead))
    return writing.assembled(lines, place)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)


def _paragraph(content: Inline) -> Inline:
    return ("<p>", *content, "</p>") if content else ()


def _item(block: Block, indent: str, step: str) -> list[writing.Line]:
    content = _content(block, indent + step, step, lead=())
    if not content:
        return [(indent, ("<item>", *block.lead, "</item>"))]
    return [(indent, ("<item>", *block.lead)), *content, (indent, ("</item>",))]


def _content(block: Block, indent: str, step: str, *, lead: Inline) -> list[writing.Line]:
    lines: list[writing.Line] = [(indent, lead)] if lead else []
    lines += _list(block.items, indent, step, ordered=block.ordered)
    if block.close:
        lines.append((indent, _paragraph(block.close)))
    return lines


def _list(items: tuple[Item, ...], indent: str, step: str, *, ordered: bool) -> list[writing.Line]:
    if not items:
        return []
    lines: list[writing.Line] = [(indent, ('<list listStyle="decimal">' if ordered else "<list>",))]
    for item in items:
        inner = _list(item.children, indent + 2 * step, step, ordered=item.ordered)
        if inner:
            lines += [(indent + step, ("<item>", *item.content)), *inner, (indent + step, ("</item>",))]
        else:
            lines.append((indent + step, ("<item>", *item.content, "</item>")))
    return [*lines, (indent, ("</list>",))]
