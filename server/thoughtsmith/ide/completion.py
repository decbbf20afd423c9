"""Completion: in references paths are offered, in templates names, in data keys and values, in prose techniques."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.field_completion import complete_field
from thoughtsmith.ide.path_completion import complete_path
from thoughtsmith.ide.technique_completion import complete
from thoughtsmith.ide.template_cursor import cursor_in_template
from thoughtsmith.ide.triggers import NAME_TRIGGERS
from thoughtsmith.ide.variable_completion import complete_variable, takes_arguments
from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion
    from thoughtsmith.ide.technique_completion import Completion
    from thoughtsmith.project.document import Snapshot


class Offers(NamedTuple):
    """What may stand at the cursor, the most useful first: techniques or names, never both."""

    techniques: list[Completion]
    names: list[Suggestion]


def completions(snapshot: Snapshot, offset: int, trigger: str = "", *, links: bool = True) -> Offers:
    """What may stand at `offset`; `trigger` is the character after which the editor asked by itself, if one did.

    Without `links`, the targets of Markdown links are left to the editor.
    """
    offset = snapshot.lines.clamp(offset)
    found = complete_path(snapshot, offset, links=links)
    if found is not None:
        return Offers([], found)
    node = snapshot.tree.at(offset)
    kind = None if node is None else node.node.kind
    if kind is not Kind.FRONT_MATTER:
        cursor = cursor_in_template(snapshot, offset)
        if cursor is not None and trigger == "$" and cursor.wanted == "argument" and not takes_arguments(snapshot):
            return Offers([], [])  # More likely a price or a variable of the shell.
        if cursor is not None:
            return Offers([], complete_variable(snapshot, cursor))
    names = complete_field(snapshot, offset) if kind not in (Kind.EMBEDDED, Kind.MIXED) else None
    if names is not None:
        return Offers([], names)
    return Offers([] if trigger in NAME_TRIGGERS else complete(snapshot, offset), [])
