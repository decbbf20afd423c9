"""A variable across files: where a prompt takes in another, both speak of the same variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.variables import variables
from thoughtsmith.syntax.template import ASSIGNMENT, MACRO, Template
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.analysis.variables import Variable
    from thoughtsmith.project.index import Index
    from thoughtsmith.syntax.template import Include
    from thoughtsmith.text.span import Span

MAX_FILES = 2_000
"""Files with the variable; no prompt is put together from so many."""


class Shared(NamedTuple):
    """A variable in another file that is the same."""

    path: str
    variable: Variable


class _Node(NamedTuple):
    key: str
    scope: Span | None


def shared(index: Index, path: str, variable: Variable) -> list[Shared]:
    """The same variable in other files than `path`, by their paths."""
    return _Search(index, variable.name).found(paths.normal(path), variable.scope)


class _Search:
    def __init__(self, index: Index, name: str) -> None:
        self._index = index
        self._name = name
        self._variables: dict[str, dict[Span | None, Variable]] = {}
        """Those of the name in the files that were looked at, by their scopes."""

    def found(self, path: str, scope: Span | None) -> list[Shared]:
        index = self._index
        start = _Node(index.key(path), scope)
        seen = {start}
        waiting = [(path, scope)]
        found: list[Shared] = []
        while waiting and len(seen) < MAX_FILES:
            for neighbour, its_scope in self._neighbours(*waiting.pop()):
                node = _Node(index.key(neighbour), its_scope)
                if node not in seen:
                    seen.add(node)
                    waiting.append((neighbour, its_scope))
                    variable = self._in(neighbour).get(its_scope)
                    if variable is not None and node.key != start.key:
                        found.append(Shared(neighbour, variable))
        return sorted(found, key=lambda one: one.path)

    def _neighbours(self, path: str, scope: Span | None) -> Iterator[tuple[str, Span | None]]:
        """The variable as the files see it that this one takes in, and those that take in this one."""
        index = self._index
        for link in index.links(path):
            its_scope = self._scope_at(path, link.include)
            if its_scope == scope and (link.include.embeds or its_scope == link.include.span):
                target = index.target(path, link.include).path
                if target is not None and not self._is_own(target):
                    yield target, None
        if scope is None and not self._is_own(path):
            for link in index.includers(path):
                its_scope = self._scope_at(link.path, link.include)
                if link.include.embeds or its_scope == link.include.span:
                    yield link.path, its_scope

    def _in(self, path: str) -> dict[Span | None, Variable]:
        known = self._variables.get(path)
        if known is None:
            file = self._index.file(path)
            names = () if file is None else file.summary.names
            own = tuple(name for name in names if name.name == self._name)
            known = {variable.scope: variable for variable in variables(Template(names=own)).all}
            self._variables[path] = known
        return known

    def _scope_at(self, path: str, include: Include) -> Span | None:
        """The scope of the variable that is meant where a reference stands."""
        around = [scope for scope in self._in(path) if scope is not None and scope.covers(include.span)]
        return min(around, key=len, default=None)

    def _is_own(self, path: str) -> bool:
        """Whether the file gives the variable its value itself, whatever the file around it says."""
        variable = self._in(path).get(None)
        return variable is not None and any(place.defines in (ASSIGNMENT, MACRO) for place in variable.definitions)
