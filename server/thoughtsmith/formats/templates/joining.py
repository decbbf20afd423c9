"""What several scanners found in one file, and what its data declares, as one template."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.syntax.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.syntax.template import Name, Tag
    from thoughtsmith.text.span import Span


def merged(declared: Iterable[Name], template: Template) -> Template:
    """`template` in a file that lists its variables: `declared`, such as the keys of `inputs` in the front matter."""
    names = sorted((*declared, *template.names), key=lambda name: name.span)
    return replace(template, names=tuple(names), declares=True)


def joined(first: Template, *others: Template) -> Template:
    """What several scanners found in one text, in the language of the first; of tags that overlap the first one.

    Comments of the first say nothing in the languages of the others.
    """
    if comments := [tag.span for tag in first.tags if tag.kind == "comment"]:
        others = tuple(_outside(comments, other) for other in others)
    every = (first, *others)
    return Template(
        first.language,
        tuple(sorted((name for template in every for name in template.names), key=lambda name: name.span)),
        tuple(sorted((include for template in every for include in template.includes), key=lambda item: item.span)),
        tuple(sorted((problem for template in every for problem in template.problems), key=lambda item: item.span)),
        _apart(sorted((tag for template in every for tag in template.tags), key=lambda tag: tag.span)),
        any(template.declares for template in every),
    )


def _outside(comments: list[Span], template: Template) -> Template:
    """What does not lie in `comments`, which stand in order."""

    def shows(span: Span) -> bool:
        index = bisect_right(comments, span.start, key=lambda comment: comment.start) - 1
        return index < 0 or span.start >= comments[index].end

    return replace(
        template,
        names=tuple(name for name in template.names if shows(name.span)),
        includes=tuple(include for include in template.includes if shows(include.span)),
    )


def _apart(tags: list[Tag]) -> tuple[Tag, ...]:
    kept: list[Tag] = []
    for tag in tags:
        if not kept or tag.span.start >= kept[-1].span.end:
            kept.append(tag)
    return tuple(kept)
