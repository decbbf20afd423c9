"""What users write for a technique or recipe and its main parameter: `bon:5`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language, Recipe, Technique


class SpecError(Exception):
    """There is no such technique, or it takes no number; the message says so to the user."""


def read_spec(
    catalogue: Catalogue, spec: str, locale: Language, *, recipes: bool = True
) -> tuple[Technique | Recipe, dict[str, str | int]]:
    """The technique or recipe that `ID[:N]` names, and the parameter that N sets. Raises `SpecError`."""
    say = messages(locale)
    name, colon, number = spec.partition(":")
    entries: dict[str, Technique | Recipe] = {**catalogue.techniques, **(catalogue.recipes if recipes else {})}
    entry = entries.get(name.lower())
    if entry is None:
        text = say.unknown_id.format(id=name)
        near = get_close_matches(name.lower(), list(entries), n=3, cutoff=0.5)
        raise SpecError(f"{text} {say.nearest.format(nearest=', '.join(near))}" if near else text)
    if not colon:
        return entry, {}
    if not entry.primary:
        raise SpecError(say.takes_no_number.format(id=entry.id, number=number))
    return entry, {entry.primary: number}
