"""Markdown that no other format claims: prompts in `prompts/` folders, and whatever an editor calls Markdown."""

from __future__ import annotations

from thoughtsmith.formats import markdown_scanner, placement, writing
from thoughtsmith.formats.format import Format


def markdown_format(id: str, title: str, patterns: tuple[str, ...], language_ids: tuple[str, ...]) -> Format:
    """A format that is Markdown with optional YAML front matter; its name and place say what it is for."""
    return Format(
        id=id,
        title=title,
        patterns=patterns,
        language_ids=language_ids,
        parse=markdown_scanner.parse,
        reparse=markdown_scanner.reparse,
        place=placement.place,
        place_after=placement.place_after,
        place_around=placement.place_around,
        write=writing.write,
    )


FORMAT = markdown_format("markdown", "Markdown", ("prompts/*.md",), ("markdown", "quarto", "rmd"))
