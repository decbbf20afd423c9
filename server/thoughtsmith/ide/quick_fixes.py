"""Code actions that mend what is wrong: one fix of one finding, or everything that certainly can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import QUICK_FIX_KIND, Offer, WrittenEdit

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span

KIND = QUICK_FIX_KIND


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    """The fixes of all findings that the selection touches."""
    return [
        Offer(
            producer="fix",
            id=f"{index}.{number}",
            title=fix.title,
            kind=KIND,
            start=selection.start,
            end=selection.end,
            finding=index,
            preferred=number == 0 and fix.safe,
        )
        for index, finding in enumerate(snapshot.checked.findings)
        if finding.span.start <= selection.end and selection.start <= finding.span.end
        for number, fix in enumerate(finding.fixes)
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[WrittenEdit]:
    """The edits of a fix; its finding is the same as when it was offered, since the version is."""
    index, _, number = offer.id.partition(".")
    fix = snapshot.checked.findings[int(index)].fixes[int(number)]
    return [WrittenEdit(edit.span, (edit.text,)) for edit in fix.edits]
