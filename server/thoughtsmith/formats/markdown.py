"""Markdown that no other format claims: prompts in `prompts/` folders, and whatever an editor calls Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats import front_matter, markdown_scanner, markdown_templates, placement, writing
from thoughtsmith.formats.format import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.syntax.tree import PromptTree


def markdown_format(
    id: str,
    title: str,
    patterns: tuple[str, ...],
    language_ids: tuple[str, ...],
    *,
    schema: Schema | None = None,
    profile: Callable[[tuple[str, ...]], Schema] | None = None,
    data: Callable[[PromptTree], Data | None] = front_matter.data,
    template: Callable[[PromptTree], Template],
    comment: tuple[str, str] | None = ("<!--", "-->"),
) -> Format:
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
        data=data,
        schema=schema,
        profile=profile,
        template=template,
        comment=comment,
    )


FORMAT = markdown_format(
    "markdown",
    "Markdown",
    ("prompts/*.md",),
    ("markdown", "quarto", "rmd"),
    template=markdown_templates.guessed,
)
