"""Reasoning is asked for, and forbidden.

What it does
    Reports an instruction not to write reasoning down near one to reason step by step.

Why is this bad
    A model without reasoning of its own thinks only in what it writes. It follows one of the two instructions,
    mostly the later, and nobody sees which.

Example
    "Think step by step. Do not show your reasoning."

When not to flag
    Reasoning that is to stay inside: silently, in a tag, in a field, hidden from the user; models that reason by
    themselves.

Fix
    None: which of the two is meant only the author knows.

Evidence
    The maker of Claude says of models without extended thinking that no thinking takes place unless it is output
    (platform.claude.com, chain of thought).
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because no model can do both.
"""

from __future__ import annotations

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


def _check(subject: Subject) -> Iterator[Problem]:
    forbidding = [(signal.span, signal.sentence) for signal in subject.signals if signal.id == "no-reasoning"][:MANY]
    if not forbidding or reasons_first(subject):
        return
    asked = list(islice(visible_reasoning(subject), MANY))
    for span, sentence in forbidding:
        block = next((block for block in asked if close_together(subject, block.places[0], span)), None)
        if block is not None and not any(sentence.covers(place) for place in block.places):
            related = Related(block.places[0], findings(subject.locale)["reasoning-forbidden.related"])
            yield Problem(span, related=(related,))


RULE = Rule("TH202", "reasoning-forbidden", "conflicts", Severity.WARNING, _check)
"""The rule."""
