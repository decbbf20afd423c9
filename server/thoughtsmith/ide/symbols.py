"""Document symbols: the headings and tags of the prompt as an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.tree import Section


def document_symbols(snapshot: Snapshot) -> tuple[Section, ...]:
    """The sections, nested; a heading without text is named by its marks."""
    return snapshot.tree.sections
