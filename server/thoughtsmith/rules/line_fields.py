"""Fields of an output format that stand on lines of their own: `Score: [1-5]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELD = re.compile(
    r"(?P<lead>[ \t]*(?:[-*+][ \t]+)?)(?:\*\*|__|`)?(?P<name>[^\W\d_][\w -]{0,30}?)(?:\*\*|__|`)?:(?:\*\*|__)?"
    r"[ \t]*(?P<value>[^\r\n]*)"
)
_SLOT = re.compile(r"[`\"']?(?:\[[^\]]+\]|\{[^{}]+\}|<[^<>]+>|\d+[ \t]*(?:-|–|/|to|до|из)[ \t]*\d+)(?!\()")
"""What is to be filled in: `[score]`, `{score}`, `<score>`, `1-5`."""


class LineField(NamedTuple):
    name: Span
    line: Span
    """With its line end."""
    value: str
    lead: str
    """The indentation and the mark of a list item."""

    @property
    def is_open(self) -> bool:
        """Whether its value is a slot, so that it is the model that fills it in."""
        return _SLOT.match(self.value) is not None


def runs(text: str) -> Iterator[list[LineField]]:
    """The fields that follow one another without a gap and are written alike."""
    run: list[LineField] = []
    start = 0
    for line in text.splitlines(keepends=True):
        match = _FIELD.match(line)
        if match is None or (run and match["lead"] != run[-1].lead):
            if len(run) > 1:
                yield run
            run = []
        if match is not None:
            name = Span(*match.span("name")).shifted(start)
            run.append(LineField(name, Span(start, start + len(line)), match["value"], match["lead"]))
        start += len(line)
    if len(run) > 1:
        yield run
