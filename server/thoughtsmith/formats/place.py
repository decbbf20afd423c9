"""A place for a block: where it goes, in which style, and what surrounds it there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.text.edits import Edit
    from thoughtsmith.text.span import Span


class Style(Enum):
    LIST = "list"
    HEADING = "heading"
    XML = "xml"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that `writing.write` needs to know about where a block goes."""

    style: Style
    at: Span
    """The text that the block replaces; empty to insert."""
    lead_in: str
    """What is written before the block: line ends and indentation that are not there yet."""
    indent: str
    """The indentation of every line of the block but the first."""
    marker: str
    """In a list, the marker of the new item with the space after it; empty if it stands there already."""
    content_indent: str
    """In a list, the indentation of what belongs to the new item."""
    bullet: str
    """The bullet that the file uses: `-`, `*` or `+`."""
    numbered: bool
    """In a list, whether the new item is numbered."""
    level: int
    """The level of a heading, 1 to 6."""
    follow: str
    """What is written after the block."""
    newline: str
    line_indent: str
    """The white space at the start of the line of `at`; editors that indent snippets themselves add it to each line."""
    renumber: tuple[Edit, ...]
    """Edits that number the following items of the list anew."""


class Around(NamedTuple):
    """How to wrap the text of a task: what to write before it, and where the block goes after it."""

    task: Span
    """The lines of the task, without the last terminator."""
    before: str
    after: str
    """What is written between the task and the block."""
    place: Place
