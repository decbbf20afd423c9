"""Doing ahead of time what the first completion or hover would otherwise wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.techniques import params
from thoughtsmith.techniques.model import LANGUAGES

if TYPE_CHECKING:
    from thoughtsmith.project.content import Content


def warm_up(content: Content) -> None:
    """Compile the names and every template of `content`. Changes nothing but the time that later work takes."""
    content.names.suits("")
    _ = content.detector
    _ = content.words
    for entry in content.catalogue.insertable:
        for language in LANGUAGES:
            content.block(entry, language, params.resolve(entry, {}))
