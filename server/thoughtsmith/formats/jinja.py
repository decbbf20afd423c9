"""Jinja2 templates of prompts: Markdown with statements on lines of their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from thoughtsmith.formats import escaping, front_matter, markdown_scanner, placement, writing
from thoughtsmith.formats.dialect import JINJA, Dialect
from thoughtsmith.formats.format import Format
from thoughtsmith.formats.templates.jinja import scan

if TYPE_CHECKING:
    from thoughtsmith.formats.place import Place
    from thoughtsmith.syntax.block import Block
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.syntax.tree import PromptTree

ENDINGS = (".j2", ".jinja", ".jinja2")
_DIALECT = Dialect(tags=JINJA)


def _template(tree: PromptTree) -> Template:
    span = tree.front_matter
    return scan(tree.lines.text, 0 if span is None else span.end)


def write(block: Block, place: Place) -> writing.Written:
    """As `writing.write`, with `{{` and the like in the block as text."""
    return writing.write(escaping.escaped(block, escaping.jinja), place)


FORMAT = Format(
    id="jinja",
    title="Jinja2 (.j2, .jinja, .jinja2)",
    patterns=tuple(f"prompts/*{ending}" for ending in ENDINGS),
    language_ids=("jinja", "jinja2", "jinja-html", "jinja-md"),
    parse=partial(markdown_scanner.parse, dialect=_DIALECT),
    reparse=partial(markdown_scanner.reparse, dialect=_DIALECT),
    place=placement.place,
    place_after=placement.place_after,
    place_around=placement.place_around,
    write=write,
    data=front_matter.data,
    template=_template,
    comment=("{#", "#}"),
)
