"""What a status line says of a prompt: its techniques, and about how long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.tokens import estimated
from thoughtsmith.ide.detected import asked_for

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot


class PromptStatus(NamedTuple):
    techniques: list[tuple[str, str]]
    """The id and the name of every technique that is asked for, each once, in the order in which they come."""
    tokens: int
    """An estimate for the whole file, to two digits."""


def prompt_status(snapshot: Snapshot) -> PromptStatus:
    known, locale = snapshot.content.catalogue.techniques, snapshot.locale
    ids = dict.fromkeys(found.id for found in asked_for(snapshot))
    return PromptStatus([(id, known[id].name.of(locale)) for id in ids], estimated(snapshot.lines.text))
