"""Critique and revision that are repeated without an end.

What it does
    Reports a self-refine block that asks to repeat its rounds and names neither their number nor a condition to
    stop.

Why is this bad
    The model stops when it likes, mostly after one round, or spends its whole budget on changes that no longer
    help.

Example
    "Write a draft, critique it, rewrite it, and repeat."

When not to flag
    A single round, and rounds with any limit: a number, "until", "at most", "once".

Fix
    A sentence that limits the rounds, in the language of the block. Not safe: the limit is for the author to say.

Evidence
    Huang et al. (arXiv:2310.01798): a second round without outside information lowers GPT-4 on GSM8K from 91.5% to
    89.0%.
    In 22,000 public prompt files nothing was found; it is off by default, since missing it does little harm.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import adding, instructions, is_heading, surroundings
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_AGAIN = re.compile(
    r"\b(?:and |then )?(?:repeat(?: (?:this|the (?:process|cycle|loop)|these steps|critique and revision))?"
    r"|iterate(?: on it)?|start (?:over|again)|keep (?:improving|refining|iterating)(?: it)?)\s*(?=$|[.;!\n])"
    r"|\b(?:и |затем )?(?:повтор(?:и|яй|ите|яйте)(?: (?:цикл|процесс|эти шаги|критику и правку))?"
    r"|продолжай(?:те)? (?:улучшать|дорабатывать))\s*(?=$|[.;!\n])",
    re.IGNORECASE,
)
"""A repetition at the end of a sentence: no condition follows."""


def _check(subject: Subject) -> Iterator[Problem]:
    for detection in instructions(subject, "self-refine"):
        near = surroundings(subject, detection)
        again = _AGAIN.search(subject.lines.at(Span(detection.span.start, min(near.end, detection.span.end + 120))))
        if (
            again is None
            or is_heading(subject, detection.span.start + again.start())
            or "stop" in subject.parts_within("self-refine", near)
        ):
            continue
        span = Span(detection.span.start + again.start(), detection.span.start + again.end())
        yield Problem(span, fixes=adding(subject, detection, "stop", "refinement-without-end.fix"))


RULE = Rule("TH104", "refinement-without-end", "completeness", Severity.WARNING, _check, default=False)
"""The rule."""
