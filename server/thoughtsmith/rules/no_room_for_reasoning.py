"""Reasoning is asked for, and the output has no room for it.

What it does
    Reports an instruction to output nothing but a bare answer, or nothing but data, near one to reason step by
    step.

Why is this bad
    A model without reasoning of its own thinks only in what it writes. Asked for the bare answer it does not think,
    or it thinks and breaks the format.

Example
    "Let's think step by step. Return only JSON and nothing else."

When not to flag
    Data with a field for the reasoning, reasoning in a tag or out of sight, a bare answer under a condition, as the
    last step or as a choice ("with or without explanations"), and models that reason by themselves.

Fix
    None: the reasoning needs a field, a tag or a call of its own, or has to go.

Evidence
    The maker of Claude says of models without extended thinking that no thinking takes place unless it is output
    (platform.claude.com, chain of thought). In 22,000 public prompt files two contradictions, one of them rightly;
    the other is a case here now. In 5,100 files counted after that one, rightly.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import MANY, close_together
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.models import reasons_first
from thoughtsmith.rules.reasoning import visible_reasoning
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.detection import Signalled

_CHOICE = re.compile(r"\bwith(?:\s+or\s+|/)without\b|(?<!\w)с(?:о)?\s+или\s+без\b", re.IGNORECASE)
_BARE = {"answer-only": "answer", "json-only": "data"}


def _check(subject: Subject) -> Iterator[Problem]:
    bare = [signal for signal in subject.signals if signal.id in _BARE and not _is_choice(subject, signal)][:MANY]
    if not bare or reasons_first(subject):
        return
    asked = list(islice(visible_reasoning(subject), MANY))
    for signal in bare:
        block = next((block for block in asked if close_together(subject, block.places[0], signal.span)), None)
        if block is not None and not any(signal.sentence.covers(place) for place in block.places):
            related = Related(block.places[0], findings(subject.locale)["no-room-for-reasoning.related"])
            yield Problem(signal.span, variant=_BARE[signal.id], related=(related,))


def _is_choice(subject: Subject, signal: Signalled) -> bool:
    return _CHOICE.search(subject.lines.at(signal.sentence)) is not None


RULE = Rule("TH203", "no-room-for-reasoning", "conflicts", Severity.WARNING, _check)
"""The rule."""
