"""What the formats of data with prompts in them have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from thoughtsmith.formats import embedded, embedded_place, writing
from thoughtsmith.formats.format import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.formats.embedded import Holder
    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.syntax.tree import PromptTree


def embedded_format(
    id: str,
    title: str,
    patterns: tuple[str, ...],
    holder: Holder,
    *,
    template: Callable[[PromptTree], Template],
    schema: Schema | None = None,
) -> Format:
    """A format of files of data that hold prompts."""
    return Format(
        id=id,
        title=title,
        patterns=patterns,
        language_ids=(),
        parse=partial(embedded.parse, holder=holder),
        reparse=partial(embedded.reparse, holder=holder),
        place=embedded_place.place,
        place_after=embedded_place.place_after,
        place_around=embedded_place.place_around,
        write=writing.write,
        data=embedded.data,
        schema=schema,
        template=template,
    )
