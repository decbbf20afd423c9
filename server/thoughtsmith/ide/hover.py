"""Hover: what the thing under the cursor is. Of several, the certain one: a variable, a key, then a technique.

Below it stands why something is wrong there, if something is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.field_hover import field_hover
from thoughtsmith.ide.finding_hover import finding_hover
from thoughtsmith.ide.technique_hover import technique_hover
from thoughtsmith.ide.tooltip import Tooltip
from thoughtsmith.ide.variable_hover import variable_hover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.rules.finding import Finding


def hover(snapshot: Snapshot, offset: int, findings: Sequence[Finding] = ()) -> Tooltip | None:
    """What there is to say of `offset`, where `findings` are known; `None` if nothing is."""
    offset = snapshot.lines.clamp(offset)
    thing = variable_hover(snapshot, offset) or field_hover(snapshot, offset) or technique_hover(snapshot, offset)
    wrong = finding_hover(snapshot, findings, offset)
    if thing is None or wrong is None:
        return thing or wrong
    return Tooltip(thing.span, f"{thing.markdown.rstrip()}\n\n---\n\n{wrong.markdown}")
