"""Front matter or data that no YAML reader accepts.

What it does
    Reports what breaks the YAML of a prompt file: a quotation mark or bracket without its end, a tab that indents,
    a line without a colon, control characters, values nested beyond reason.

Why is this bad
    Tools read front matter strictly. Most of them drop a file that they cannot read, or its front matter, without a
    word: the skill is never found, the tools are not limited, the rule is never applied.

Example
    `description: "Reviews code` has no second quotation mark.

When not to flag
    Files whose front matter is not read by any tool; there are none among the formats that have it. Of lines that are
    no YAML only the first: the others are mostly the same mistake.

Fix
    Where only one thing can be meant, such as a space after a colon.

Evidence
    Reports of silently dropped skills in the trackers of several agents. In 22,000 public prompt files 24 files with
    such a line, all of which were read, all rightly; a YAML library refuses each of them.
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

_OTHERS = frozenset({"unquoted-colon", "unquoted-start", "duplicate-key"})
"""What other rules report."""
_LOST = frozenset({"syntax", "missing-colon"})
"""Where the text is no YAML at all: mostly a value that goes on over lines which are not indented."""
_IN_JSON = {
    "syntax": "json-syntax",
    "missing-colon": "json-syntax",
    "no-space-after-colon": "json-syntax",
    "tab": "json-syntax",
    "second-document": "json-syntax",
    "not-a-mapping": "json-not-a-mapping",
    "control-character": "json-control-character",
}
"""What is said of a file that is to be JSON, where the words for YAML would lead astray."""


def _check(subject: Subject) -> Iterator[Problem]:
    if subject.data is None:
        return
    is_json = subject.path.lower().endswith(".json")
    title = findings(subject.locale)["invalid-yaml.fix"]
    lost = False
    for problem in subject.data.problems:
        if problem.id not in _OTHERS and not (lost and problem.id in _LOST):
            # Where a reader has lost its way, what it complains of next is mostly the same mistake.
            lost = lost or problem.id in _LOST
            variant = _IN_JSON.get(problem.id, problem.id) if is_json else problem.id
            fixes: tuple[Fix, ...] = ()
            # What makes it YAML does not make it JSON.
            if problem.replacement is not None and not is_json:
                fixes = (Fix(title, (Edit(problem.span, problem.replacement),)),)
            yield Problem(problem.span, (("detail", problem.detail),), variant, fixes)


RULE = Rule("TH501", "invalid-yaml", "data", Severity.ERROR, _check)
"""The rule."""
