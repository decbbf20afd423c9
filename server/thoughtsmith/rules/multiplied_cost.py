"""Techniques whose costs multiply.

What it does
    Multiplies what the techniques of a prompt cost in reasoned answers, and reports a product above eight.

Why is this bad
    Three candidates, each refined in two rounds and verified, are some thirty answers in one output: slow,
    expensive, and longer than many limits. Models then abridge all of it.

Example
    Best of 5 and self-refine with two rounds in one prompt.

When not to flag
    Off by default: the product is the worst case, and techniques may be meant for different parts of a task.

Fix
    None: which of the techniques the task needs only the author knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import instructions, is_deliberate
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.techniques.params import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.detection import Detection

LIMIT = 8
"""Reasoned answers in one output."""


def _check(subject: Subject) -> Iterator[Problem]:
    costs: dict[str, tuple[float, Detection]] = {}
    for detection in instructions(subject, *subject.catalogue.techniques):
        technique = subject.catalogue.techniques[detection.id]
        if detection.id in costs or not is_deliberate(subject, detection):
            continue
        values = {param.name: param.default for param in technique.params} | dict(detection.params)
        cost = float(answers(technique.cost.answers, values))
        if cost > 1:
            costs[detection.id] = (cost, detection)
    product = 1.0
    for cost, _ in costs.values():
        product *= cost
    if product <= LIMIT or len(costs) < 2:
        return
    (_, dearest), *others = sorted(costs.values(), key=lambda entry: -entry[0])
    related = tuple(
        Related(other.places[0], findings(subject.locale)["multiplied-cost.related"].format(cost=f"{cost:g}"))
        for cost, other in others
    )
    yield Problem(dearest.places[0], (("cost", f"{product:g}"),), related=related)


RULE = Rule("TH209", "multiplied-cost", "conflicts", Severity.INFO, _check, default=False)
"""The rule."""
