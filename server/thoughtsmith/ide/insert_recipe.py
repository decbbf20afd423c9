"""Code action: insert a recipe, several techniques in one block, at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import RECIPE_KIND, Offer
from thoughtsmith.ide.blocks import style_of
from thoughtsmith.ide.insert_technique import insertion
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.ide.action import WrittenEdit
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span

KIND = RECIPE_KIND


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    if snapshot.format.place_after(snapshot.tree, selection.end, style_of(snapshot)) is None:
        return []
    say = messages(snapshot.locale)
    return [
        Offer(
            producer="recipe",
            id=recipe.id,
            title=say.insert_recipe.format(name=recipe.name.of(snapshot.locale)),
            kind=f"{KIND}.{recipe.id}",
            start=selection.start,
            end=selection.end,
        )
        for recipe in snapshot.content.catalogue.recipes.values()
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[WrittenEdit]:
    return insertion(snapshot, snapshot.content.catalogue.recipes[offer.id], offer.end)
