"""The pages of all rules in Russian, one file per group. They have the sections of the docstrings in `rules/`."""

from __future__ import annotations

from thoughtsmith.messages.rules_ru import (
    completeness,
    conflicts,
    data,
    honesty,
    language,
    models,
    security,
    size,
    structure,
    suppression,
    template,
)

PAGES: dict[str, str] = {
    **completeness.PAGES,
    **conflicts.PAGES,
    **models.PAGES,
    **honesty.PAGES,
    **language.PAGES,
    **structure.PAGES,
    **data.PAGES,
    **template.PAGES,
    **security.PAGES,
    **size.PAGES,
    **suppression.PAGES,
}
