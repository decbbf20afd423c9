"""A skill that is called otherwise than its folder.

What it does
    Compares the `name` of a `SKILL.md` with the folder that it lies in.

Why is this bad
    The specification wants both to be the same, and tools look a skill up by one or the other: some refuse it, in
    others its name depends on where one asks.

Example
    `name: code-review` in `skills/review/SKILL.md`.

When not to flag
    A file whose folder is not known, and one outside a folder of skills: there the name of the folder is chance. Skills
    for tools that do not mind: those below `.claude`, unless `skill-profiles` says otherwise.

Fix
    The name of the folder, if it is a valid name. Not safe: the folder may as well be what is wrong.

Evidence
    In 22,000 public prompt files 118 names, all of which were read: 117 are right; the other is from a tool that does
    not mind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.data import Scalar
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_SAME_AS_FOLDER = frozenset({"spec", "copilot"})
"""The profiles of skills that want the two to be equal."""
_VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _check(subject: Subject) -> Iterator[Problem]:
    profiles = subject.settings.skill_profiles
    if not _SAME_AS_FOLDER.intersection(profiles) if profiles else "/.claude/" in subject.path:
        return
    parts = subject.path.split("/")
    # A collection keeps its skills in folders of their own below one called `skills`; elsewhere the folder is chance.
    if subject.format.id != "skill" or subject.data is None or len(parts) < 3 or parts[-3].lower() != "skills":
        return
    name, folder = subject.data.root.at("name"), parts[-2]
    if not isinstance(name, Scalar) or not isinstance(name.value, str) or not name.value or name.value == folder:
        return
    fixes: tuple[Fix, ...] = ()
    if _VALID.fullmatch(folder):
        title = findings(subject.locale)["name-not-folder.fix"].format(folder=folder)
        fixes = (Fix(title, (Edit(name.span, folder),), safe=False),)
    yield Problem(name.span, (("name", name.value), ("folder", folder)), fixes=fixes)


RULE = Rule("TH511", "name-not-folder", "data", Severity.WARNING, _check)
"""The rule."""
