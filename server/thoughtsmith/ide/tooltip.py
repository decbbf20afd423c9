"""What is shown when the pointer rests on something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.text.span import Span


class Tooltip(NamedTuple):
    span: Span
    """What it speaks of."""
    markdown: str
