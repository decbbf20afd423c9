"""An error of the template language.

What it does
    Reports tags and blocks that have no end, ends that have no beginning, and what the template language cannot read.

Why is this bad
    Most template engines refuse the whole prompt; the others send the raw tags to the model.

Example
    `{% if user %}Hello {{ user.name }}` without `{% endif %}`.

When not to flag
    Tags inside `{% raw %}` and comments: nobody fills them in. Doubled braces around JSON: that is how a prompt for
    Python's `str.format` writes a single one.

Fix
    None: where the end belongs is for the author to say. Of an end in the wrong place the beginning is shown as well.

Evidence
    In 22,000 public prompt files nine errors, all of which were read, all rightly; most are in samples that show
    errors.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_ESCAPED_JSON = re.compile(r"\{\{\s*\"[^\"\n{}]+\"\s*:")
MAX_DETAIL = 40
"""Characters of the text that are quoted in the message."""


def _check(subject: Subject) -> Iterator[Problem]:
    say = findings(subject.locale)
    if _ESCAPED_JSON.search(subject.lines.text):
        return
    last = -1
    for problem in subject.template.problems:
        if problem.span.start == last:
            # A tag without an end is no block either.
            continue
        last = problem.span.start
        detail = problem.detail or subject.lines.at(problem.span)
        detail = " ".join(detail.split())
        if len(detail) > MAX_DETAIL:
            detail = detail[:MAX_DETAIL].rstrip() + "…"
        variant = problem.id if f"template-syntax.{problem.id}" in say else "syntax"
        related = (Related(problem.related, say["template-syntax.related"]),) if problem.related else ()
        yield Problem(problem.span, (("detail", detail),), variant, related=related)


RULE = Rule("TH606", "template-syntax", "template", Severity.ERROR, _check)
"""The rule."""
