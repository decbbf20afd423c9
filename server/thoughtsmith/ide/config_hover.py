"""Hover in our own config files: what an option is for, what a rule reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.config_place import place_at
from thoughtsmith.ide.config_words import option_of, option_page, rule_page, speaks_of_rules
from thoughtsmith.ide.tooltip import Tooltip

if TYPE_CHECKING:
    from thoughtsmith.config.toml_outline import Path
    from thoughtsmith.techniques.model import Language


def config_hover(text: str, offset: int, ours: Path, language: Language) -> Tooltip | None:
    """What the option or rule at `offset` is; `None` if there is neither."""
    place = place_at(text, offset, ours)
    if place is None or not len(place.span) or not place.path:
        return None
    option = option_of(place.path[0])
    if option is None:
        return None
    word = text[place.span.start : place.span.end]
    page = ""
    if place.kind == "table" or (place.kind == "key" and len(place.path) == 1):
        page = option_page(option, language)
    elif speaks_of_rules(place.path, key=place.kind == "key"):
        page = rule_page(word, language)
    elif place.kind == "value":
        page = option_page(option, language)
    return Tooltip(place.span, page) if page else None
