"""A reference to a file that does not exist.

What it does
    Reports partials, includes, attached files and links that lead to a place in the workspace where there is nothing.

Why is this bad
    The prompt cannot be put together, or the model is sent to read something that is not there.

Example
    `{% include "persona.j2" %}` where there is no `persona.j2`; `[the checklist](references/checklist.md)` in a skill
    that has no such file.

When not to flag
    Without a workspace; what is computed, optional (`ignore missing`), ignored or not looked into; links that only show
    how to write one, such as `path/to/file.md`; links in a file with a code fence that is never closed, for they may be
    code; links from the root of the workspace, which is where an agent stands. The program that fills in a template
    decides in which folders it looks, so a file of that name elsewhere in the workspace will do.

Fix
    Only the author knows which file was meant.

Evidence
    In 14 whole repositories 14 links, all of which were read, all rightly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.analysis.nodes import nodes
from thoughtsmith.analysis.target import Reason, merges
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_SHOWS_HOW = re.compile(
    r"(?:^|/)(?:path|foo|bar|example|file|filename|folder|image|link|url|your[-_]?\w*|x{2,})(?:[/.]|$)|[*<>…]|\.{3}",
    re.IGNORECASE,
)
"""What only stands for a name."""


def _check(subject: Subject) -> Iterator[Problem]:
    code_is_known = all(found.node.kind is not Kind.FENCE or found.node.closed for found in nodes(subject.tree))
    for include in subject.template.includes:
        if include.optional:
            continue
        if not merges(include) and (not code_is_known or _SHOWS_HOW.search(include.target)):
            continue
        if subject.workspace.target(subject.path, include).reason is not Reason.MISSING:
            continue
        look = subject.workspace.lies_elsewhere if merges(include) else subject.workspace.lies_at_root
        if not look(include):
            yield Problem(include.span, (("target", include.target),))


RULE = Rule("TH603", "missing-file", "template", Severity.WARNING, _check)
"""The rule."""
