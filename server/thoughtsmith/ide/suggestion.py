"""One offer of completion that stands for a name: a variable, a key, a value, a word of a template language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from thoughtsmith.formats.writing import Written
    from thoughtsmith.text.span import Span

Kind: TypeAlias = Literal["variable", "builtin", "filter", "helper", "keyword", "key", "value", "file", "folder"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Accepting it replaces `at` by `written`."""

    label: str
    kind: Kind
    at: Span
    """On one line, around the cursor."""
    written: Written
    """Lines but the first are indented relative to the line of the cursor."""
    filter_text: str
    """What the typed word is compared with; begins like the text at `at`."""
    detail: str = ""
    documentation: str = ""
    """In Markdown."""
    deprecated: bool = False
