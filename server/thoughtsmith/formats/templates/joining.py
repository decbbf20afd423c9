"""What several scanners found in one file, and what its data declares, as one template."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.syntax.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.syntax.template import Name, Tag


def merged(declared: Iterable[Name], template: Template) -> Template:
    """`template` in a file that lists its variables: `declared`, such as the keys of `inputs` in the front matter."""
    names = sorted((*declared, *template.names), key=lambda name: name.span)
    return replace(template, names=tuple(names), declares=True)


def joined(first: Template, *others: Template) -> Template:
    """What several scanners found in one text, in the language of the first; of tags that overlap the first one."""
    every = (first, *others)
    return Template(
        first.language,
        tuple(sorted((name for template in every for name in template.names), key=lambda name: name.span)),
        tuple(sorted((include for template in every for include in template.includes), key=lambda item: item.span)),
        tuple(sorted((problem for template in every for problem in template.problems), key=lambda item: item.span)),
        _apart(sorted((tag for template in every for tag in template.tags), key=lambda tag: tag.span)),
        any(template.declares for template in every),
    )


def _apart(tags: list[Tag]) -> tuple[Tag, ...]:
    kept: list[Tag] = []
    for tag in tags:
        if not kept or tag.span.start >= kept[-1].span.end:
            kept.append(tag)
    return tuple(kept)
