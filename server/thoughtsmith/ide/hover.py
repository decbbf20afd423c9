"""Hover: what the thing under the cursor is. Of several, the certain one: a variable, a key, then a technique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.field_hover import field_hover
from thoughtsmith.ide.technique_hover import technique_hover
from thoughtsmith.ide.variable_hover import variable_hover

if TYPE_CHECKING:
    from thoughtsmith.ide.tooltip import Tooltip
    from thoughtsmith.project.document import Snapshot


def hover(snapshot: Snapshot, offset: int) -> Tooltip | None:
    """What there is to say of `offset`; `None` if nothing is."""
    offset = snapshot.lines.clamp(offset)
    return variable_hover(snapshot, offset) or field_hover(snapshot, offset) or technique_hover(snapshot, offset)
