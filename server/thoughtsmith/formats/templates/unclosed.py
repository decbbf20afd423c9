"""Comments that have no end: whatever stands behind is part of them, as the tools that run the template have it."""

from __future__ import annotations

from dataclasses import replace

from thoughtsmith.syntax.template import Tag, Template
from thoughtsmith.text.span import Span

UNCLOSED_COMMENT = "unclosed-comment"
"""The id of the problem, which stands at what opens the comment."""


def up_to_comment(template: Template, end: int) -> Template:
    """What was found in a text that ends at `end`, where the first comment without an end hides tags and problems."""
    opening = next((problem.span.start for problem in template.problems if problem.id == UNCLOSED_COMMENT), None)
    if opening is None:
        return template
    return replace(
        template,
        problems=tuple(problem for problem in template.problems if problem.span.start <= opening),
        tags=(*(tag for tag in template.tags if tag.span.start < opening), Tag(Span(opening, end), "comment")),
    )
