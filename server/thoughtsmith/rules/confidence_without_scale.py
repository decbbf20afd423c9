"""Confidence that is asked for without a scale.

What it does
    Reports an instruction to state a level or score of confidence without any values that it could have.

Why is this bad
    Every answer invents a scale of its own, so ratings cannot be compared, filtered or checked.

Example
    "State your confidence level for each claim, and say so if it is low enough to matter."

When not to flag
    Where any value shows: a number, a percentage, words such as high and low, an example; and where doubt is to be
    put into words, which needs no scale.

Fix
    A sentence with a scale, in the language of the block. Not safe: which scale is for the author to say.

Evidence
    Xiong et al. (arXiv:2306.13063): models overstate their confidence, so a rating is worth something only in
    comparison.
    In 22,000 public prompt files two ratings, both rightly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, instructions, surroundings
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_RATING = re.compile(
    r"\b(?:state|give|rate|provide|include|assign|report|note|add|indicate)\b[^.\n]{0,30}"
    r"\b(?:confidence (?:level|score|rating|estimate)s?|your (?:own )?(?:level of )?confidence)\b"
    r"|\b(?:оцени(?:те|вай|вайте)?|укажи(?:те)?|указывай(?:те)?|приведи(?:те)?|дай(?:те)?)\b[^.\n]{0,30}"
    r"\b(?:(?:степень|уровень|оценку) (?:своей )?уверенности|(?:свою )?уверенность)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\d|%|\b(?:percent|high(?:er)?|low(?:er)?|medium|moderate|strong|weak|certain|likely|probabl[ey]|possible|verified"
    r"|confirmed|speculative|scale|tiers?|calibrated)\b"
    r"|\b(?:процент|высок|низк|средн|вероятн|точно|подтвержд|предположит|шкал)",
    re.IGNORECASE,
)


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in instructions(subject, "confidence"):
        rating = _RATING.search(subject.lines.at(detection.span))
        if rating is None or _VALUE.search(subject.lines.at(surroundings(subject, detection))):
            continue
        span = Span(detection.span.start + rating.start(), detection.span.start + rating.end())
        yield Problem(span, fixes=adding(subject, detection, "scale", "confidence-without-scale.fix"))


RULE = Rule("TH110", "confidence-without-scale", "completeness", Severity.INFO, _check)
"""The rule."""
