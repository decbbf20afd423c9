"""Blocks in templates: what a template language would take for its own syntax is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.syntax.block import Block, Inline, Item, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

_JINJA = re.compile(r"\{[{%#]")


def jinja(text: str) -> str:
    return _JINJA.sub(lambda match: f"{{{{ '{match[0]}' }}}}", text)


def handlebars(text: str) -> str:
    return text.replace("{{", "\\{{")


def escaped(block: Block, escape: Callable[[str], str]) -> Block:
    """`block` with `escape` applied to its texts and to what its slots propose."""

    def inline(content: Inline) -> Inline:
        return tuple(
            escape(part) if isinstance(part, str) else Slot(part.name, escape(part.default)) for part in content
        )

    def items(found: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, content=inline(item.content), children=items(item.children)) for item in found)

    return replace(
        block, title=inline(block.title), lead=inline(block.lead), items=items(block.items), close=inline(block.close)
    )
