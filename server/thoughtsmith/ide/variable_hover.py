"""Hover on a variable: how it is defined, what it takes, how often it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.tooltip import Tooltip
from thoughtsmith.ide.variables import page

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot


def variable_hover(snapshot: Snapshot, offset: int) -> Tooltip | None:
    """What is known of the variable at `offset`; `None` if there is none."""
    found = snapshot.variables.at(offset)
    if found is None:
        return None
    variable, place = found
    return Tooltip(place.span, page(snapshot, variable))
