"""Workspace symbols: prompts and their headings, found by some of the letters of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.symbols import HEADING, TAG

if TYPE_CHECKING:
    from thoughtsmith.project.index import Index, Symbol

PROMPT = "prompt"


class WorkspaceSymbol(NamedTuple):
    name: str
    kind: str
    path: str
    container: str
    """The file as people know it."""
    line: int
    lead: str
    """What stands before it on its line."""
    text: str
    """What of it stands there; empty for a prompt."""


def workspace_symbols(index: Index, query: str) -> list[WorkspaceSymbol]:
    """What fits the query, the best first."""
    return [_symbol(index, found) for found in index.symbols(query)]


def _symbol(index: Index, found: Symbol) -> WorkspaceSymbol:
    heading, container = found.heading, index.shown(found.path)
    if heading is None:
        return WorkspaceSymbol(found.name, PROMPT, found.path, container, 0, "", "")
    name, kind = (heading.name, HEADING) if heading.level else (f"<{heading.name}>", TAG)
    return WorkspaceSymbol(name, kind, found.path, container, heading.line, heading.lead, heading.name)
