"""A file that is longer than its tool recommends.

What it does
    Counts the lines of a `SKILL.md` below its front matter, 500 at most, and of a `CLAUDE.md`, 200 at most.

Why is this bad
    A skill is read whole once it is used, and memory is read with every question: both take room from the work
    itself, and the longer they are, the less of them is followed.

Example
    A `SKILL.md` with a reference of 700 lines, which belongs into a file next to it.

When not to flag
    Other kinds of files: nobody gives limits for them.

Fix
    None: what can move to another file is for the author to say.

Evidence
    Anthropic's guides: "Keep SKILL.md body under 500 lines" (skill authoring best practices), "target under 200 lines
    per CLAUDE.md file" (memory of Claude Code). In 22,000 public prompt files 290, whose lines were counted again by
    another program: all are over those limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.tokens import estimated
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

SKILL, MEMORY = 500, 200
"""Lines."""

_CLAUDE = frozenset({"claude.md", "claude.local.md"})


def _check(subject: Subject) -> Iterator[Problem]:
    lines = subject.lines
    first, limit, variant = 0, 0, ""
    if subject.format.id == "skill":
        front_matter = subject.tree.front_matter
        first = 0 if front_matter is None else lines.line_at(front_matter.end) + 1
        limit, variant = SKILL, "skill"
    elif subject.format.id == "memory" and subject.path.rpartition("/")[2].lower() in _CLAUDE:
        limit, variant = MEMORY, "memory"
    count = len(lines.lines) - first
    if not limit or count <= limit:
        return
    too_much = range(first + limit, len(lines.lines))
    line = next((number for number in too_much if lines.line(number).strip()), too_much[0])
    tokens = estimated(lines.slice(first, len(lines.lines)))
    span = Span(lines.start_of(line), lines.end_of(line))
    yield Problem(span, (("count", str(count)), ("limit", str(limit)), ("tokens", str(tokens))), variant)


RULE = Rule("TH801", "too-long", "size", Severity.INFO, _check)
"""The rule."""
