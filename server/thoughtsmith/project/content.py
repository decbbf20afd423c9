"""The catalogue together with what is compiled from it once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from thoughtsmith.techniques.naming import Names

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue


class Content:
    """What all snapshots share. Never changes; new content is a new object."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def names(self) -> Names:
        return Names(self.catalogue)
