"""Renaming a variable: everywhere that it is meant, in data and prompts, in all files that share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis import variables
from thoughtsmith.formats.templates.vocabulary import BUILTINS
from thoughtsmith.messages import messages
from thoughtsmith.project.shared_variables import Shared, shared
from thoughtsmith.syntax.template import Template

if TYPE_CHECKING:
    from thoughtsmith.analysis.variables import Variable
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.edits import Edit
    from thoughtsmith.text.span import Span


class Renamable(NamedTuple):
    span: Span
    name: str


class RenameError(Exception):
    """Why something cannot be renamed, in the language of the reader."""


def prepare_rename(snapshot: Snapshot, offset: int) -> Renamable | None:
    """What a rename at `offset` would change; `None` if the cursor touches no variable.

    Raises `RenameError` for a name that the template language gives its meaning.
    """
    found = _at(snapshot, offset)
    if found is None:
        return None
    variable, span = found
    return Renamable(span, variable.name)


class Renaming(NamedTuple):
    path: str
    name: str
    """What stands there now."""
    edits: list[Edit]


def rename(snapshot: Snapshot, offset: int, new_name: str) -> list[Renaming] | None:
    """The edits that give the variable at `offset` another name, by file; `None` if the cursor touches no variable.

    Raises `RenameError` if the name cannot be given.
    """
    found = _at(snapshot, offset)
    if found is None:
        return None
    variable, _ = found
    if new_name == variable.name:
        return []
    language = snapshot.template.language
    if not variables.valid_name(language, new_name):
        raise _refusal(snapshot, "invalid", new_name)
    if new_name in BUILTINS.get(language, {}):
        raise _refusal(snapshot, "reserved", new_name)
    everywhere = [Shared(snapshot.path, variable), *shared(snapshot.workspace, snapshot.path, variable)]
    if any(_meet(one.variable, other) for one in everywhere for other in _others(snapshot, one.path, new_name)):
        raise _refusal(snapshot, "taken", new_name)
    return [Renaming(path, variable.name, variables.rename(one, new_name)) for path, one in everywhere]


def _others(snapshot: Snapshot, path: str, name: str) -> tuple[Variable, ...]:
    """The variables of another name in one of the files."""
    if path == snapshot.path:
        return tuple(other for other in snapshot.variables.all if other.name == name)
    file = snapshot.workspace.file(path)
    names = () if file is None else file.summary.names
    return variables.variables(Template(names=tuple(place for place in names if place.name == name))).all


def _at(snapshot: Snapshot, offset: int) -> tuple[Variable, Span] | None:
    found = snapshot.variables.at(snapshot.lines.clamp(offset))
    if found is None:
        return None
    variable, place = found
    if variable.builtin:
        raise _refusal(snapshot, "builtin", variable.name)
    return variable, place.span


def _meet(variable: Variable, other: Variable) -> bool:
    """Whether there is a place where both mean something, so that one of them would hide the other."""
    if variable.scope is None or other.scope is None:
        return True
    return variable.scope.start < other.scope.end and other.scope.start < variable.scope.end


def _refusal(snapshot: Snapshot, why: str, name: str) -> RenameError:
    return RenameError(messages(snapshot.locale).rename_refused[why].format(name=name))
