"""Techniques and the instructions that contradict them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.blocks import MANY, close_together, instructions
from thoughtsmith.rules.finding import Problem, Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def clashes(subject: Subject, rule: str, techniques: tuple[str, ...], signal_id: str) -> Iterator[Problem]:
    """Each such signal that stands near a block of one of the techniques, and not in the words that ask for it."""
    signals = [signal for signal in subject.signals if signal.id == signal_id][:MANY]
    if not signals:
        return
    blocks = list(instructions(subject, *techniques))[:MANY]
    for signal in signals:
        found = next(
            (
                (block, place)
                for block in blocks
                for place in block.places
                if close_together(subject, place, signal.span)
                # "Regardless of difficulty" is not at odds with itself.
                and not (place.start < signal.sentence.end and signal.sentence.start < place.end)
            ),
            None,
        )
        if found is not None:
            block, place = found
            name = subject.catalogue.techniques[block.id].name.of(subject.locale)
            related = Related(place, findings(subject.locale)[f"{rule}.related"].format(technique=name))
            yield Problem(signal.span, (("technique", name),), related=(related,))
