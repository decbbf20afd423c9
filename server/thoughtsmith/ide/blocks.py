"""What completion, code actions and the command line share: rendering a technique or recipe for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.language import language_at
from thoughtsmith.formats.place import Style
from thoughtsmith.techniques import params
from thoughtsmith.techniques.models import reasons_by_itself

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.block import Block
    from thoughtsmith.techniques.model import Language, Recipe, Technique


def language_for(snapshot: Snapshot, offset: int) -> Language:
    """The language in which text is inserted at `offset`: the setting, else that of the prompt around it."""
    chosen = snapshot.settings.language
    if chosen == "auto":
        chosen = language_at(snapshot.tree, offset, snapshot.locale, snapshot.spoken)
    return "ru" if chosen == "ru" else "en"


def style_of(snapshot: Snapshot) -> Style | None:
    """The style that the settings ask for; `None` to follow the prompt."""
    return None if snapshot.settings.style == "auto" else Style(snapshot.settings.style)


def block_for(
    snapshot: Snapshot,
    entry: Technique | Recipe,
    language: Language,
    *,
    given: Mapping[str, str | int] | None = None,
    task_above: bool = False,
) -> Block:
    """The block of `entry` with the user's parameters. Raises `params.ParamError`."""
    values = params.resolve(entry, given or {}, snapshot.settings.n)
    fills = {name: str(value) for name, value in (given or {}).items() if name not in values}
    return snapshot.content.block(entry, language, values, task_above=task_above, fills=fills)


def ranked(snapshot: Snapshot) -> list[Technique]:
    """All techniques, the most useful here first: those the prompt lacks, by how many of its words speak for them."""
    suits, present = snapshot.suits, snapshot.present
    catalogue = snapshot.content.catalogue
    reasons = reasons_by_itself(catalogue, snapshot.model.id)

    def rank(technique: Technique) -> tuple[bool, bool, int, int]:
        redundant = reasons and technique.on_reasoning_models is not None
        return technique.id in present, redundant, -suits.get(technique.id, 0), technique.phase

    return sorted(catalogue.techniques.values(), key=rank)
