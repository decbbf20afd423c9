"""Runs rules over a file. A rule that fails loses its own findings and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.config.settings import Accepted
    from thoughtsmith.rules.finding import Problem
    from thoughtsmith.rules.rule import Rule
    from thoughtsmith.rules.subject import Subject


class Checked(NamedTuple):
    findings: tuple[Finding, ...]
    """In the order of the text."""
    failures: tuple[tuple[str, Exception], ...]
    """The names of the rules that failed, and why."""
    stale: tuple[Accepted, ...] = ()
    """What a baseline lets pass and is there no longer."""


def check(subject: Subject, rules: Iterable[Rule]) -> Checked:
    """What `rules` find in a file."""
    found: list[Finding] = []
    failures: list[tuple[str, Exception]] = []
    for rule in rules:
        of_rule = _run(rule, subject)
        if isinstance(of_rule, Exception):
            failures.append((rule.name, of_rule))
        else:
            found += of_rule
    return Checked(in_order(found), tuple(failures))


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the text."""
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.rule)))


def _run(rule: Rule, subject: Subject) -> list[Finding] | Exception:
    try:
        return [_finding(rule, problem, subject) for problem in rule.check(subject)]
    except Exception as error:
        return error


def _finding(rule: Rule, problem: Problem, subject: Subject) -> Finding:
    key = f"{rule.name}.{problem.variant}" if problem.variant else rule.name
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        span=problem.span,
        message=findings(subject.locale)[key].format(**dict(problem.values)),
        fixes=problem.fixes,
        related=problem.related,
        tags=problem.tags,
    )
