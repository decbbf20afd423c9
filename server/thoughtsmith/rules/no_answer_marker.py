"""Visible reasoning with an answer that a program has to find in it.

What it does
    Reports a chain of thought in a prompt that says that its output is parsed, if nothing marks the final answer.

Why is this bad
    The program takes the answer from the middle of the reasoning, or finds none.

Example
    "Think step by step. Your answer will be parsed by a script."

When not to flag
    Any marker: a tag, a field, a last line, a word that the answer begins with.

Fix
    A sentence that asks for a marked answer, in the language of the block. Not safe: the program must know the
    marker.

Evidence
    In 22,000 public prompt files three findings, none of them rightly. So it is off by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import MANY, adding, close_together, instructions, surroundings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    parsed = [signal for signal in subject.signals if signal.id == "parsed-output"][:MANY]
    if not parsed:
        return
    say = findings(subject.locale)
    for detection in instructions(subject, "cot"):
        if "answer-marker" in subject.parts_within("cot", surroundings(subject, detection)):
            continue
        near = next((signal for signal in parsed if close_together(subject, signal.span, detection.span)), None)
        if near is not None:
            yield Problem(
                detection.places[0],
                fixes=adding(subject, detection, "answer-marker", "no-answer-marker.fix"),
                related=(Related(near.span, say["no-answer-marker.parsed"]),),
            )


RULE = Rule("TH115", "no-answer-marker", "completeness", Severity.WARNING, _check, default=False)
"""The rule."""
