"""A method of training that is asked for as if it were something to do while answering.

What it does
    Reports an instruction to apply RLHF, DPO, fine-tuning and the like to the answer that is being written.

Why is this bad
    These methods change the weights of a model before anybody uses it. A model that answers cannot apply them; at
    best it takes the words for a vague wish for quality.

Example
    "Apply RLHF to your answer."

When not to flag
    Prompts about training: there the methods are the topic.

Fix
    None: what comes closest in a prompt is self-refine or best-of-N, and the editor can insert either.

Evidence
    In 22,000 public prompt files nothing was found; it is off by default, since missing it does little harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    for signal in subject.signals:
        if signal.id == "training-method":
            yield Problem(signal.span)


RULE = Rule("TH304", "training-method-as-instruction", "models", Severity.WARNING, _check, default=False)
"""The rule."""
