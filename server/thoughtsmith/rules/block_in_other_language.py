"""A block of a technique in another language than the prompt around it.

What it does
    Compares the language of a full block of a technique with that of the rest of the prompt.

Why is this bad
    Models tend to answer in the language of the last instructions, and the steps of the block come out in a
    language that the rest of the answer does not have.

Example
    A Russian prompt with an English "Best of 3" section pasted into it.

When not to flag
    Off by default: some people write instructions in English on purpose. Never for a single sentence, for names and
    for code.

Fix
    None: the editor inserts the block in the language of the prompt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import instructions, is_deliberate
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_CYRILLIC = re.compile(r"[А-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
_BLOCK, _REST = 120, 300
"""Letters that a block and the rest of the prompt must have before their languages are compared."""
_AROUND = 4_000
"""Characters on either side of a block that count as the rest."""


def _check(subject: Subject) -> Iterator[Problem]:
    text = subject.lines.text
    for detection in instructions(subject, *subject.catalogue.techniques):
        if not is_deliberate(subject, detection):
            continue
        span = detection.span
        front_matter = subject.tree.front_matter
        start = max(front_matter.end if front_matter else 0, span.start - _AROUND)
        block = _share(subject.lines.at(span), _BLOCK)
        rest = _share(text[start : span.start] + text[span.end : span.end + _AROUND], _REST)
        if block is None or rest is None:
            continue
        if block < 0.05 and rest > 0.6:
            yield Problem(detection.places[0], variant="english")
        elif block > 0.6 and rest < 0.05:
            yield Problem(detection.places[0], variant="russian")


def _share(text: str, least: int) -> float | None:
    """The share of Cyrillic letters; `None` if there are too few letters to tell."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    return cyrillic / (cyrillic + latin) if cyrillic + latin >= least else None


RULE = Rule("TH321", "block-in-other-language", "language", Severity.INFO, _check, default=False)
"""The rule."""
