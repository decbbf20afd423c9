"""Text that is hidden from people.

What it does
    Reports Unicode tag characters, shows what they say, and reports long runs of variation selectors.

Why is this bad
    No editor shows them, but models read them as plain English. It is the known way to put instructions into a
    prompt, a skill or a rule file that pass every review. There is no other use for them in a prompt.

Example
    Behind a harmless sentence, forty invisible characters that say "ignore what the user asks".

When not to flag
    The flags of England, Scotland and Wales, which are made of tag characters, and a single variation selector.

Fix
    Removes the hidden text. Safe: what can be seen stays as it is.

Evidence
    The Unicode Standard, section 23.9: tag characters are for emoji flags. The attack is known as ASCII smuggling.
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because whoever is attacked
    does not see it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.hidden import decoded
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

MAX_SHOWN = 120
"""Characters of the hidden text that the message quotes."""

_SUSPICIOUS = re.compile("[\U000e0000-\U000e01ef]|[\ufe00-\ufe0f]{4}")
_HIDDEN = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f)"
    "|(?P<tags>[\U000e0000-\U000e007f]+)|(?P<bytes>[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,})"
)


def _check(subject: Subject) -> Iterator[Problem]:
    text = subject.lines.text
    if text.isascii() or _SUSPICIOUS.search(text) is None:
        return
    title = findings(subject.locale)["hidden-text.fix"]
    for match in _HIDDEN.finditer(text):
        if match["flag"]:
            continue
        span = Span(*match.span())
        fixes = (Fix(title, (Edit(span, ""),)),)
        shown = decoded(match["tags"] or "")
        if shown:
            short = shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + "…"
            yield Problem(span, (("text", short),), fixes=fixes)
        else:
            yield Problem(span, (("count", str(len(span))),), "bytes", fixes=fixes)


RULE = Rule("TH703", "hidden-text", "security", Severity.ERROR, _check)
"""The rule."""
