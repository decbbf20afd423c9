"""Code action: make the selected text the task of a technique. The text itself stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import TECHNIQUE_KIND, Offer, WrittenEdit
from thoughtsmith.ide.blocks import block_for, language_for, ranked, style_of
from thoughtsmith.messages import messages
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.formats.place import Around
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.model import Recipe, Technique

KIND = TECHNIQUE_KIND


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    if not len(selection) or _around(snapshot, selection) is None:
        return []
    say = messages(snapshot.locale)
    return [
        Offer(
            producer="wrap",
            id=technique.id,
            title=say.wrap.format(name=technique.name.of(snapshot.locale)),
            kind=f"{KIND}.{technique.id}",
            start=selection.start,
            end=selection.end,
        )
        for technique in ranked(snapshot)
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[WrittenEdit]:
    return wrapping(snapshot, snapshot.content.catalogue.techniques[offer.id], Span(offer.start, offer.end))


def wrapping(
    snapshot: Snapshot, entry: Technique | Recipe, selection: Span, *, given: Mapping[str, str | int] | None = None
) -> list[WrittenEdit]:
    """The edits that make the selected text the task of a block, none where it cannot be. Raises `ParamError`."""
    around = _around(snapshot, selection)
    if around is None:
        return []
    language = language_for(snapshot, selection.start)
    block = block_for(snapshot, entry, language, given=given, task_above=True)
    written = snapshot.format.write(block, around.place)
    result = [
        WrittenEdit(around.place.at, (around.after, *written) if around.after else written),
        *(WrittenEdit(edit.span, (edit.text,)) for edit in around.place.renumber),
    ]
    if around.before:
        result.insert(0, WrittenEdit(Span(around.task.start, around.task.start), (around.before,)))
    return result


def _around(snapshot: Snapshot, selection: Span) -> Around | None:
    title = messages(language_for(snapshot, selection.start)).task_title
    return snapshot.format.place_around(snapshot.tree, selection, title, style_of(snapshot))
