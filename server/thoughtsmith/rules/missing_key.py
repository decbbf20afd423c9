"""A key that the format cannot do without.

What it does
    Reports front matter without a key that tools need, such as `description` in a skill, and skills without any front
    matter.

Why is this bad
    Without it the tool does not load the file, or loads it and never chooses it.

Example
    A `SKILL.md` whose front matter has a `name` and no `description`.

When not to flag
    Formats whose keys may all be left out, as those of skills below `.claude`; empty files, which somebody is about to
    write; a `SKILL.md` without front matter in no folder of skills, which a person may paste somewhere; and links that
    Git has written as a text with the path, as it does where there are no links.

Fix
    What belongs there is for the author to say. Blank lines above the front matter, which hide it, can be removed; not
    safe, since the file will be read otherwise then.

Evidence
    In 22,000 public prompt files 69 files without their keys, all of which were read: 67 are right; the other two are
    parts of a skill of a tool that can do without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


_LINK = re.compile(r"\.{1,2}/\S*\n?")
"""What stands in a file that Git would have made a link."""


def _check(subject: Subject) -> Iterator[Problem]:
    schema, lines = subject.schema, subject.lines
    # In a folder of agents notes lie about that are none; a SKILL.md is never anything else.
    is_skill = subject.format.id == "skill"
    by_place = "/.claude/" in subject.path and not subject.settings.skill_profiles
    if is_skill and (by_place or _LINK.fullmatch(lines.text)):
        return
    # Elsewhere a file of that name may be one that a person pastes somewhere.
    in_collection = "skill" in subject.path.rpartition("/")[0].lower()
    required = schema["required"] if schema is not None and is_skill else ()
    if subject.data is None and in_collection and required and lines.text.strip():
        first = lines.line_at(len(lines.text) - len(lines.text.lstrip()))
        span = Span(lines.start_of(first), lines.end_of(first))
        if first > 0 and lines.line(first).rstrip() == "---":
            title = findings(subject.locale)["missing-key.fix"]
            yield Problem(span, (), "below", (Fix(title, (Edit(Span(0, span.start), ""),), safe=False),))
            return
        keys = ", ".join(f"`{key}`" for key in required)
        yield Problem(span, (("key", keys),), "front-matter")
    for mismatch in subject.mismatches:
        if mismatch.id == "missing-key":
            variant = "file" if len(mismatch.path) == 1 else "entry"
            yield Problem(mismatch.span, (("key", str(mismatch.path[-1])),), variant)


RULE = Rule("TH506", "missing-key", "data", Severity.WARNING, _check)
"""The rule."""
