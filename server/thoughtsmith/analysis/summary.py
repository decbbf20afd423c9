"""What the rest of a workspace needs to know of one file: small, frozen, and all from its own tree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.syntax.data import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.format import Format
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.template import Include, Name, Template
    from thoughtsmith.syntax.tree import PromptTree, Section

MAX_HEADINGS = 1_000
"""A file with more is no outline that anybody would search."""
MAX_NAME = 200


class Heading(NamedTuple):
    """A heading or a pair of tags, with its place in such words that no text is needed to find it."""

    name: str
    """As it stands on its line; of a tag without brackets."""
    level: int
    """1 to 6; of a tag: 0."""
    line: int
    lead: str
    """What stands before the name on its line."""


@dataclass(frozen=True, slots=True)
class Summary:
    format: str
    """The id of the format."""
    name: str = ""
    """What the file calls itself in its front matter."""
    description: str = ""
    includes: tuple[Include, ...] = ()
    names: tuple[Name, ...] = ()
    headings: tuple[Heading, ...] = ()
    """In the order of the text."""


def summary(format: Format, tree: PromptTree) -> Summary:
    """The summary of a file."""
    return summary_of(format, tree, format.data(tree), format.template(tree))


def summary_of(format: Format, tree: PromptTree, data: Data | None, template: Template) -> Summary:
    """The summary of a file of which the rest is known already."""
    return Summary(
        format=format.id,
        name=_text(data, "name"),
        description=_text(data, "description"),
        includes=template.includes,
        names=template.names,
        headings=tuple(islice(_headings(tree), MAX_HEADINGS)),
    )


def _text(data: Data | None, key: str) -> str:
    """A text on the top level of the data; empty if there is none."""
    value = data.root.at(key) if data is not None else None
    return value.value.strip() if isinstance(value, Scalar) and isinstance(value.value, str) else ""


def _headings(tree: PromptTree) -> Iterator[Heading]:
    lines = tree.lines
    waiting: list[Section] = list(reversed(tree.sections))
    while waiting:
        section = waiting.pop()
        waiting += reversed(section.children)
        number = lines.line_at(section.name_span.start)
        first = lines.start_of(number)
        # A heading may go on over several lines; the first names it.
        line = lines.line(number)[: section.name_span.end - first]
        name = section.name if not section.level else line[section.name_span.start - first :].strip()
        if name:
            lead = line[: max(line.find(name, section.name_span.start - first), 0)]
            yield Heading(name[:MAX_NAME], section.level, number, lead)
