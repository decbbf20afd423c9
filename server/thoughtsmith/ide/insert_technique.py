"""Code action: insert a technique at the cursor, the most useful for this prompt first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import TECHNIQUE_KIND, Offer, WrittenEdit
from thoughtsmith.ide.blocks import block_for, language_for, ranked, style_of
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.model import Recipe, Technique
    from thoughtsmith.text.span import Span

KIND = TECHNIQUE_KIND


class NoPlaceError(Exception):
    """A block would break the file; the message says why."""


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    if snapshot.format.place_after(snapshot.tree, selection.end, style_of(snapshot)) is None:
        return []
    say = messages(snapshot.locale)
    return [
        Offer(
            producer="insert",
            id=technique.id,
            title=say.insert.format(name=technique.name.of(snapshot.locale)),
            kind=f"{KIND}.{technique.id}",
            start=selection.start,
            end=selection.end,
        )
        for technique in ranked(snapshot)
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[WrittenEdit]:
    return insertion(snapshot, snapshot.content.catalogue.techniques[offer.id], offer.end)


def insertion(
    snapshot: Snapshot, entry: Technique | Recipe, offset: int, *, given: Mapping[str, str | int] | None = None
) -> list[WrittenEdit]:
    """The edits that insert a block where the cursor is, the block itself first. Raises `ParamError` for `given`,
    and `NoPlaceError` where a block would break the file.
    """
    place = snapshot.format.place_after(snapshot.tree, offset, style_of(snapshot))
    if place is None:
        raise NoPlaceError(messages(snapshot.locale).no_place)
    block = block_for(snapshot, entry, language_for(snapshot, offset), given=given)
    return [
        WrittenEdit(place.at, snapshot.format.write(block, place)),
        *(WrittenEdit(edit.span, (edit.text,)) for edit in place.renumber),
    ]
