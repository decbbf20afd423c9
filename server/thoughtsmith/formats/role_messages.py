"""Placing blocks in files that are divided into messages, such as Prompty and dotprompt.

Inside a message a block is written as in any other prompt. Where no message has begun yet it becomes a system message
of its own, or joins the one that comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thoughtsmith.formats import placement
from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from thoughtsmith.formats.place import Place, Style
    from thoughtsmith.syntax.tree import Placed, PromptTree
    from thoughtsmith.text.span import Span

_BEFORE = frozenset({Kind.FRONT_MATTER, Kind.COMMENT})
"""What may stand before the first message without being one."""


@dataclass(frozen=True, slots=True)
class RoleMessages:
    """How a format writes messages."""

    system: str
    """The line that begins the system message."""

    def place(self, tree: PromptTree, at: Span, style: Style | None = None) -> Place | None:
        """As `placement.place`; not above the front matter."""
        head = tree.front_matter
        if head is not None and at.start < head.start:
            return None
        found = placement.place(tree, at, style)
        return None if found is None else self._in_message(tree, found)

    def place_after(self, tree: PromptTree, offset: int, style: Style | None = None) -> Place:
        """As `placement.place_after`; from above the first message, if that is the system message, into it."""
        head = tree.front_matter
        if head is not None:
            offset = max(offset, head.start)
        first = next((placed for placed in tree if placed.node.kind not in _BEFORE), None)
        if first is not None and _role(first) == "system" and tree.lines.line_at(offset) < first.first_line:
            offset = first.start
        return self._in_message(tree, placement.place_after(tree, offset, style))

    def _in_message(self, tree: PromptTree, found: Place) -> Place:
        """The place, with the line that begins a message where there is none to write the block into."""
        number = tree.lines.line_at(found.at.start)
        following: Placed | None = None
        for placed in tree:
            if placed.first_line > number:
                following = placed
                break
            typed = placed.first_line == number and placed.node.span.shifted(placed.start) == found.at
            if placed.node.kind not in _BEFORE and not typed:
                return found
        if following is not None and _role(following) in (None, "system"):
            return found
        return replace(found, lead_in=found.lead_in + self.system + found.newline + found.indent)


def _role(placed: Placed) -> str | None:
    """The role whose message begins with a node."""
    first = next(placed.parts()).node
    return first.info if first.kind is Kind.ROLE else None
