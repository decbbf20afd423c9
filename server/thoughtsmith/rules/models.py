"""The declared model, as far as the table of models knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.techniques.models import family_of

if TYPE_CHECKING:
    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.catalogue import ModelFamily


def family(subject: Subject) -> ModelFamily | None:
    """The family of the model that the file or the settings declare; `None` if there is none or it is unknown."""
    return family_of(subject.catalogue, subject.model.id) if subject.model.id else None


def reasons_first(subject: Subject) -> bool:
    """Whether the model certainly reasons before it answers, with the parameters that the file sets."""
    found = family(subject)
    if found is None or found.reasons == "never":
        return False
    if found.reasons == "always":
        return True
    thinks = subject.model.thinks
    return thinks is True or (thinks is None and found.reasons == "default")
