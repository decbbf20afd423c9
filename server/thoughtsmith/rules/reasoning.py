"""Where a prompt asks for reasoning that is to be written down in the open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.rules.blocks import instructions, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.detection import Detection

_STEPWISE = re.compile(
    r"step[- ]by[- ]step|out loud|aloud|chain[- ]of[- ]thought|show your work"
    r"|(?:explain|show|write|describe)\w* (?:\w+ ){0,3}(?:reasoning|thinking|thought process)"
    r"|шаг за шагом|пошагово|по шагам|поэтапно|вслух|цепочк\w+ (?:рассуждений|мыслей)"
    r"|(?:опиши|покажи|напиши|объясни|приведи)\w* (?:\w+ ){0,3}(?:ход|рассуждени)",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"silent|internal|private|mental|hidden|in your head|behind the scenes|not? (?:visible|shown)"
    r"|<[/\\]?(?:thinking|think|scratchpad|reasoning|analysis|thought|rationale|cot)\w*>|\bscratchpad\b"
    r"|[\"'`*](?:reasoning|rationale|thoughts?|thinking|analysis|explanation|steps|chain_of_thought|justification)[\"'`*]"
    r"|\b(?:reasoning|rationale|thought|analysis|explanation|justification|рассуждение|обоснование|анализ)\s*:"
    r"|(?:field|key|поле|ключ)\w* [\"'`]?(?:reasoning|rationale|analysis|рассужд|обоснован)"
    r"|про себя|внутренн|мысленно|скрыт|не показыва\w+ пользовател|в уме",
    re.IGNORECASE,
)
"""A place for the reasoning apart from the answer: out of sight, in a tag, in a field."""


def visible_reasoning(subject: Subject) -> Iterator[Detection]:
    """The instructions to reason step by step that leave nothing but the answer itself to reason in."""
    for detection in instructions(subject, "cot"):
        if _STEPWISE.search(subject.lines.at(detection.span)) is None:
            continue
        if _ROOM.search(subject.lines.at(surroundings(subject, detection))) is None:
            yield detection
