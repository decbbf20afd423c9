"""A reference that leaves the folders of the workspace.

What it does
    Reports references to files outside the workspace. Such files are never read, so nothing is known of them.

Why is this bad
    The prompt works on this machine only, and the reference cannot be checked.

Example
    `{% include "../../../shared/persona.j2" %}` in a file two folders deep.

When not to flag
    Without a workspace; where another place that the reference may mean is inside.

Fix
    Bring the file into the workspace, or add its folder to it.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because the file is missing
    for everybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.target import Reason
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for include in subject.template.includes:
        if include.optional:
            continue
        if subject.workspace.target(subject.path, include).reason is Reason.OUTSIDE:
            yield Problem(include.span, (("target", include.target),))


RULE = Rule("TH605", "file-outside-workspace", "template", Severity.INFO, _check)
"""The rule."""
