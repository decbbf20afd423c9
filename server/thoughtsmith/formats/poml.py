"""POML: prompts written in XML components, with Markdown in their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats import poml_placement, poml_scanner, poml_writing
from thoughtsmith.formats.format import Format
from thoughtsmith.formats.templates.poml import scan

if TYPE_CHECKING:
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.syntax.tree import PromptTree


def _template(tree: PromptTree) -> Template:
    return scan(tree.lines.text)


FORMAT = Format(
    id="poml",
    title="POML (.poml)",
    patterns=("*.poml",),
    language_ids=("poml",),
    parse=poml_scanner.parse,
    reparse=poml_scanner.reparse,
    place=poml_placement.place,
    place_after=poml_placement.place_after,
    place_around=poml_placement.place_around,
    write=poml_writing.write,
    template=_template,
    comment=("<!--", "-->"),
)
