"""The tokens that the inside of a tag is made of, whatever the template language."""

from __future__ import annotations

from typing import NamedTuple

from thoughtsmith.text.span import Span


class Token(NamedTuple):
    kind: str
    """`string`, `op`, and what else the language has: `name` and `number`, or `path` and `blockparams`."""
    text: str
    """As written, with quotes."""
    start: int
    depth: int = 0
    """In Jinja, the number of brackets around it; a bracket counts as outside of what it encloses."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


class Inside(NamedTuple):
    """What stands between the delimiters of a tag."""

    tokens: list[Token]
    end: int
    """The offset at which the tag ends, behind its delimiter."""
    closed: bool
    bad: Span | None
    """The first thing that cannot stand in a tag."""
