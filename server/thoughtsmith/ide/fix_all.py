"""Code action: mend everything that certainly can be mended without changing what the prompt means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import FIX_ALL_KIND, Offer, WrittenEdit
from thoughtsmith.messages import messages
from thoughtsmith.rules.fixing import compatible

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.edits import Edit
    from thoughtsmith.text.span import Span

KIND = FIX_ALL_KIND


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    if not _edits(snapshot):
        return []
    title = messages(snapshot.locale).fix_all
    return [Offer(producer="fix-all", id="", title=title, kind=KIND, start=selection.start, end=selection.end)]


def edits(snapshot: Snapshot, _offer: Offer) -> list[WrittenEdit]:
    return [WrittenEdit(edit.span, (edit.text,)) for edit in _edits(snapshot)]


def _edits(snapshot: Snapshot) -> list[Edit]:
    return compatible(fix for finding in snapshot.checked.findings for fix in finding.fixes[:1] if fix.safe)
