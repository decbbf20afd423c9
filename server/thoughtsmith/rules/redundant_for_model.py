"""A technique that the declared model does not need, because it reasons by itself.

What it does
    Reports a step-by-step instruction or a tree of thoughts in a prompt for a model that reasons before it answers.

Why is this bad
    The reasoning is paid for twice, and instructions on how to think can get in the way of the model's own.

Example
    `model: o3` in the front matter and "Think step by step" in the text.

When not to flag
    Reasoning that the output format has a place for. Unknown models, models that reason on request only unless the
    file requests it, and files that turn reasoning off.

Fix
    None: a goal and constraints take the place of the instruction, and only the author knows these.

Evidence
    The guide to reasoning models of OpenAI advises against chain-of-thought prompts; for Gemini 3, Google
    recommends simplified prompts. Meincke et al. (arXiv:2506.07142) measure 20-80% more time for reasoning models.
    In 22,000 public prompt files one instruction, rightly; few files name their model.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import instructions, is_named
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.models import family, reasons_first
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.detection import Detection

_REQUEST = re.compile(
    r"\b(?:think|reason|let['’]?s)\b.{0,30}\bstep|chain[- ]of[- ]thought|show your (?:work|reasoning)|think out loud"
    r"|(?:рассужда|рассуди|дума|подума|разбер|реш)\w*.{0,30}(?:шаг|пошагово|поэтапно|вслух)"
    r"|(?:шаг\w*|пошагово|поэтапно) рассужд"
    r"|цепочк\w+ (?:рассуждений|мыслей)",
    re.IGNORECASE | re.DOTALL,
)

_QUOTES = "\"'“«`"


def _check(subject: Subject) -> Iterator[Problem]:
    found = family(subject)
    if found is None or not reasons_first(subject):
        return
    declared = subject.model.span
    related = () if declared is None else (Related(declared, findings(subject.locale)["redundant-for-model.related"]),)
    techniques = subject.catalogue.techniques
    for detection in instructions(subject, *techniques):
        reason = techniques[detection.id].on_reasoning_models
        if reason is not None and _is_plain(subject, detection):
            values = (("model", found.name), ("reason", reason.of(subject.locale)))
            yield Problem(detection.places[0], values, related=related)


def _is_plain(subject: Subject, detection: Detection) -> bool:
    """Whether it is an outright request to think in steps, or a tree that calls itself one."""
    if detection.id != "cot":
        return is_named(subject, detection)
    text = subject.lines.text
    found = (_REQUEST.search(text, place.start, place.end) for place in detection.places)
    # A phrase in quotation marks is quoted: "never add 'think step by step'".
    return any(match is not None and text[max(0, match.start() - 1)] not in _QUOTES for match in found)


RULE = Rule("TH301", "redundant-for-model", "models", Severity.INFO, _check)
"""The rule."""
