"""A file that takes itself in, directly or through others.

What it does
    Reports each include that leads back to the file in which it stands, and shows the way.

Why is this bad
    Whoever puts the prompt together never comes to an end: it stops with an error, or the text is cut off.

Example
    `a.j2` includes `b.j2`, and `b.j2` includes `a.j2`.

When not to flag
    Links, which nobody follows while the prompt is put together; names of files that are computed.

Fix
    What both files need belongs into a third.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because the prompt cannot be
    put together.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from thoughtsmith.analysis.target import merges
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    workspace = subject.workspace
    chains: dict[str, tuple[str, ...]] = {}
    """By the file that a reference leads to: where it goes from there does not depend on the reference."""
    for include in subject.template.includes:
        target = workspace.target(subject.path, include).path
        if target is None or not merges(include):
            continue
        if target not in chains:
            chains[target] = workspace.cycle(subject.path, include)
        if chain := chains[target]:
            shown = " → ".join(workspace.shown(path) for path in (subject.path, *chain))
            yield Problem(include.span, (("chain", shown),), related=tuple(_steps(subject, chain)))


def _steps(subject: Subject, chain: tuple[str, ...]) -> Iterator[Related]:
    """Where each of the other files takes in the next."""
    workspace = subject.workspace
    text = findings(subject.locale)["include-cycle.step"]
    for path, following in pairwise(chain):
        step = workspace.step(path, following)
        if step is not None:
            yield Related(step.span, text.format(file=workspace.shown(path), next=workspace.shown(following)), path)


RULE = Rule("TH604", "include-cycle", "template", Severity.ERROR, _check)
"""The rule."""
