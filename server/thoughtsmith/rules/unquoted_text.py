"""A text that YAML takes for something else because it has no quotation marks.

What it does
    Reports values with a colon and a space inside, and values that begin with a character that means something in YAML:
    `*`, `&`, `@`, a backtick, `%`, `!`, or a bracket that does not hold a list.

Why is this bad
    `description: Use when: the user asks` is an error for YAML, so the whole front matter is lost, and with it the
    skill. `applyTo: *.ts` is an alias to something that is not there.

Example
    `argument-hint: [file] [mode]` begins a list and goes on after its end.

When not to flag
    Aliases that refer to an anchor of the same front matter, and lists that are lists. The `globs` of a Cursor rule:
    Cursor writes them without quotation marks itself and reads them so.

Fix
    The value in quotation marks. What it says stays the same.

Evidence
    In one public collection a third of the skills were lost this way; the trackers of several agents have reports. In
    22,000 public prompt files 304 values; a YAML library refuses what each of them stands in, and 40 drawn at random
    were read, all rightly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_OURS = frozenset({"unquoted-colon", "unquoted-start"})


def _check(subject: Subject) -> Iterator[Problem]:
    if subject.data is None:
        return
    title = findings(subject.locale)["unquoted-text.fix"]
    for problem in subject.data.problems:
        if problem.id in _OURS:
            fixes: tuple[Fix, ...] = ()
            if problem.replacement is not None:
                fixes = (Fix(title, (Edit(problem.span, problem.replacement),)),)
            yield Problem(problem.span, (("detail", problem.detail),), problem.id, fixes)


RULE = Rule("TH502", "unquoted-text", "data", Severity.ERROR, _check)
"""The rule."""
