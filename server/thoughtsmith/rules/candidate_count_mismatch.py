"""A number of candidates that changes on the way.

What it does
    Compares the number of candidates, solutions or branches that a block asks for with the number that it then has
    compared, scored or counted.

Why is this bad
    The model writes one too few, invents one or leaves one out of the comparison.

Example
    "Write three variants of the headline. Compare all four and pick the clearest."

When not to flag
    Ranges, a smaller number on a shortlist ("the two best"), and blocks that have both numbers of something.

Fix
    The number that was asked for. Not safe: the other one may be the right one.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because no model can follow
    both numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import instructions, surroundings
from thoughtsmith.rules.finding import Fix, Problem, Related, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.techniques.lexicon import folded
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.detection import Detection
    from thoughtsmith.techniques.model import LexiconSource

_NOUN = (
    r"candidates|versions|variants|variations|options|alternatives|drafts|answers|responses|solutions|ideas|approaches"
    r"|proposals|headlines|titles|designs|plans|branches|paths|results|chains"
    r"|вариант\w*|верси\w*|решени\w*|ответ\w*|черновик\w*|иде[йяи]|ветв\w*|заголовк\w*|набросков|подход\w*"
)
_COUNTED = re.compile(
    rf"(?:\b(?:compare|rank|score|rate|evaluate|assess|judge|weigh|review|of|among|between|from)"
    rf"\s+(?:all|all of the|the|all the|these|those|your|each of the|each of your)\s+"
    rf"|\b(?:сравни(?:те)?|оцени(?:те)?|ранжируй(?:те)?|сопоставь(?:те)?|из|среди|между)"
    rf"\s+(?:все|всех|всеми|эти|этих|этими|получившиеся|получившихся)\s+"
    rf"|\b(?:из|среди)\s+(?=[^\W_]+\s+(?:{_NOUN})\b))"
    rf"(?P<number>\d{{1,2}}|[^\W\d_]+)\b(?=\s+(?:{_NOUN})\b|\s*(?:$|[.,;!\n]|and\b|by\b|on\b|for\b|against\b|и\b|по\b))",
    re.IGNORECASE,
)
_ASKED = re.compile(rf"\b(?P<number>\d{{1,2}}|[^\W\d_]+)(?=\s+(?:[^\W\d_]+\s+)?(?:{_NOUN})\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<range>\d+\s*[-\u2013\u2014]\s*\d+|\d+\s+(?:to|or|или|до)\s+\d+)|\d+|[^\W\d_]+")
_AHEAD = 400
"""Characters behind a block in which the comparison may follow."""
_COUNTED_PARAMETERS = ("n", "branches")


def _check(subject: Subject) -> Iterator[Problem]:
    numbers = _numbers(subject.catalogue.lexicon)
    for detection in instructions(subject, "bon", "self-consistency", "tot"):
        asked = _asked(subject, detection, numbers)
        if asked < 2:
            continue
        end = min(surroundings(subject, detection).end, detection.span.end + _AHEAD)
        text = subject.lines.text
        found = [m for m in _NUMBER.finditer(text, detection.span.start, end) if m["range"] or _value(m[0], numbers)]
        first = next((m for m in found if not m["range"] and _value(m[0], numbers) == asked), None)
        if first is None or any(m["range"] for m in found if m.start() <= first.start()):
            continue
        for match in _COUNTED.finditer(text, first.end(), end):
            value = _value(match["number"], numbers)
            # What has both numbers of something counts two things.
            both = any(_value(m[0], numbers) == value for m in found if m.start() < match.start("number"))
            if value is None or value < 2 or value == asked or both:
                continue
            span = Span(*match.span("number"))
            say = findings(subject.locale)
            title = say["candidate-count-mismatch.fix"].format(number=first[0])
            yield Problem(
                span,
                (("asked", str(asked)), ("counted", str(value))),
                fixes=(Fix(title, (Edit(span, first[0].lower()),), safe=False),) if match["number"].isdecimal() else (),
                related=(Related(Span(*first.span()), say["candidate-count-mismatch.related"]),),
            )


def _asked(subject: Subject, detection: Detection, numbers: Mapping[str, int]) -> int:
    """How many candidates the block asks for: its parameter, else the first number of them; 0 if there is none."""
    for name, value in detection.params:
        if name in _COUNTED_PARAMETERS and isinstance(value, int):
            return value
    for match in _ASKED.finditer(subject.lines.text, *detection.span):
        found = _value(match["number"], numbers)
        if found is not None:
            return found
    return 0


@lru_cache(maxsize=2)
def _numbers(lexicon: LexiconSource) -> Mapping[str, int]:
    return {folded(word): number for number, words in lexicon.numbers for word in words if number > 1}


def _value(word: str, numbers: Mapping[str, int]) -> int | None:
    """The value of a number in digits or words."""
    return int(word) if word.isdecimal() and len(word) < 3 else numbers.get(folded(word))


RULE = Rule("TH201", "candidate-count-mismatch", "conflicts", Severity.WARNING, _check)
"""The rule."""
