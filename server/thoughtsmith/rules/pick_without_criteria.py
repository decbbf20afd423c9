"""A choice of the best candidate without a word on what makes it the best.

What it does
    Reports a best-of-N block that asks for the best candidate and names nothing that it should be best at.

Why is this bad
    The model that wrote the candidates judges them, by whatever it likes: mostly the longest, the first or the
    last.

Example
    "Write three different openings and pick the best one."

When not to flag
    Where anything says what counts: a criterion, a score, a test, "the best one for beginners", "the clearest"; what
    stands in quotation marks or in code.

Fix
    A sentence with criteria, in the language of the block. Not safe: which criteria count is for the author to say.

Evidence
    Brown et al. (arXiv:2407.21787): of 250 samples one is right for 56% of the tasks of SWE-bench Lite, one sample for
    15.9%; finding the right one is the bottleneck. In 22,000 public prompt files one finding, rightly. That is too
    little to go by, so it is off by default.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, incomplete, is_quoted
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_BEST = re.compile(
    r"\b(?:best|strongest|top)(?: (?:one|candidate|version|variant|option|draft|answer|solution|response|of them))?\s*"
    r"(?:$|[.;!?\n]|,? and )"
    r"|\b(?:самый сильный|лучш(?:ий|ую|ее|его|ей))(?: (?:вариант|верси[яю]|решение|ответ|из них|черновик))?\s*"
    r"(?:$|[.;!?\n]|,? и )",
    re.IGNORECASE,
)
"""The best, and nothing in the sentence about what at."""


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in incomplete(subject, "bon", "criteria"):
        best = _BEST.search(subject.lines.at(detection.span))
        if best is not None and not is_quoted(subject, detection.span.start + best.start()):
            start = detection.span.start + best.start()
            span = Span(start, start + len(best[0].rstrip(" \n.;!?,")))
            yield Problem(span, fixes=adding(subject, detection, "criteria", "pick-without-criteria.fix"))


RULE = Rule("TH102", "pick-without-criteria", "completeness", Severity.WARNING, _check, default=False)
"""The rule."""
