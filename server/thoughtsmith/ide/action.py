"""What the producers of code actions have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.formats.writing import Written
    from thoughtsmith.text.span import Span


TECHNIQUE_KIND = "refactor.rewrite.technique"
RECIPE_KIND = "refactor.rewrite.recipe"
"""The families of kinds; an action has its technique or recipe as a last part."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that can be chosen. Small and plain, since it travels to the editor and back."""

    producer: str
    id: str
    """Of the technique or recipe."""
    title: str
    kind: str
    start: int
    end: int
    """The selection."""


class WrittenEdit(NamedTuple):
    """Replace the text at `span`; where the client can, slots become tab stops."""

    span: Span
    written: Written
