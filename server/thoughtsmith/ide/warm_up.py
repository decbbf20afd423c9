"""Doing ahead of time what the first completion or hover would otherwise wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats.markdown_scanner import parse
from thoughtsmith.techniques import params
from thoughtsmith.techniques.model import LANGUAGES
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.project.content import Content


EVERY_PLACE = "# Heading\n\nText:\n\n- item\n  - item\n\nText\n"
"""A prompt with the places that most prompts have: the patterns that count in each are sorted when it is first met."""


def warm_up(content: Content) -> None:
    """Compile the names and every template of `content`. Changes nothing but the time that later work takes."""
    content.names.suits("")
    content.detector.detect(parse(Lines.of(EVERY_PLACE)))
    _ = content.words
    for entry in content.catalogue.insertable:
        for language in LANGUAGES:
            content.block(entry, language, params.resolve(entry, {}))
