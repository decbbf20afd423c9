"""Prompty, versions 1 and 2: front matter, and messages that begin with the name of a role on a line of its own."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from thoughtsmith.formats import declarations, front_matter, markdown_scanner, placement
from thoughtsmith.formats.dialect import JINJA, MUSTACHE, Dialect
from thoughtsmith.formats.format import Format
from thoughtsmith.formats.jinja import write
from thoughtsmith.formats.prompty_schema import SCHEMA
from thoughtsmith.formats.role_messages import RoleMessages
from thoughtsmith.formats.templates import handlebars, jinja
from thoughtsmith.formats.templates.joining import merged
from thoughtsmith.syntax.data import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.template import Name, Template
    from thoughtsmith.syntax.tree import PromptTree

_ROLE = re.compile(
    r"[ \t]*(?:#[ \t]*)?(?P<role>system|user|assistant|developer|tool|function)[ \t]*(?:\[[^\]]*\][ \t]*)?:[ \t]*$",
    re.IGNORECASE,
)
_DIALECT = Dialect(front_matter=("---", "+++"), role=_ROLE, tags=(*JINJA, *MUSTACHE))
_MESSAGES = RoleMessages("system:")


def _template(tree: PromptTree) -> Template:
    """The variables of the messages, in the language that the front matter names; its inputs declare them."""
    span = tree.front_matter
    text, start = tree.lines.text, 0 if span is None else span.end
    data = front_matter.data(tree)
    if data is None:
        return jinja.scan(text, start)
    engines = (data.root.at("template", *path) for path in ((), ("format",), ("format", "kind")))
    if any(isinstance(engine, Scalar) and engine.value == "mustache" for engine in engines):
        found = handlebars.scan(text, start, flavour="mustache")
    else:
        found = jinja.scan(text, start)
    declared = list(_declared(text, data.root))
    return merged(declared, found) if declared else found


def _declared(text: str, root: Mapping) -> Iterator[Name]:
    inputs = root.at("inputs")
    if isinstance(inputs, Mapping):
        for entry in inputs.entries:
            value = entry.value
            yield declarations.of_key(
                text,
                entry,
                entry.key,
                kind=declarations.said(text, value, "kind") or declarations.said(text, value, "type"),
                default=declarations.said(text, value, "default") or declarations.written(text, value),
                description=declarations.said(text, value, "description"),
            )
    elif isinstance(inputs, Sequence):
        for item in inputs.items:
            name = item.get("name") if isinstance(item, Mapping) else None
            if name is not None and isinstance(name.value, Scalar) and isinstance(name.value.value, str):
                yield declarations.of_value(
                    text,
                    name.value,
                    kind=declarations.said(text, item, "kind"),
                    default=declarations.said(text, item, "default"),
                    description=declarations.said(text, item, "description"),
                )
    sample = root.at("sample")
    if isinstance(sample, Mapping):
        for entry in sample.entries:
            yield declarations.of_key(text, entry, entry.key, default=declarations.written(text, entry.value))


FORMAT = Format(
    id="prompty",
    title="Prompty (.prompty)",
    patterns=("*.prompty",),
    language_ids=("prompty",),
    parse=partial(markdown_scanner.parse, dialect=_DIALECT),
    reparse=partial(markdown_scanner.reparse, dialect=_DIALECT),
    place=_MESSAGES.place,
    place_after=_MESSAGES.place_after,
    place_around=placement.place_around,
    write=write,
    data=front_matter.data,
    schema=SCHEMA,
    template=_template,
    comment=("{#", "#}"),
)
