"""A block: what is to be written into a prompt, free of syntax.

Techniques are rendered to blocks; formats write blocks as list items, sections, tags or plain paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for the user to fill in. Slots of one name are filled in together."""

    name: str
    default: str
    choices: tuple[str, ...] = ()
    """What is usually filled in; the default is among them."""


Inline: TypeAlias = "tuple[str | Slot, ...]"
"""Text with slots in it."""


@dataclass(frozen=True, slots=True)
class Item:
    content: Inline
    children: tuple[Item, ...] = ()
    ordered: bool = False
    """Whether `children` are steps in an order."""


@dataclass(frozen=True, slots=True)
class Block:
    """A title, a leading sentence, items and a closing paragraph; all but the lead may be empty."""

    title: Inline
    lead: Inline
    items: tuple[Item, ...]
    close: Inline
    ordered: bool
    """Whether `items` are steps in an order."""
    tag: str
    """The name of the tag around the block in prompts that are written in XML tags."""


def plain(content: Inline) -> str:
    """The text with visible placeholders, `[default]`, where the user has something to fill in."""
    return "".join(part if isinstance(part, str) else f"[{part.default}]" for part in content)
