"""The variables that a test of promptfoo may set: those of the prompts in its file and in the files that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.variables import variables
from thoughtsmith.formats import promptfoo
from thoughtsmith.ide.variables import code
from thoughtsmith.messages import messages
from thoughtsmith.syntax.template import ASSIGNMENT, MACRO, Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thoughtsmith.analysis.variables import Variables
    from thoughtsmith.formats.data_place import DataPlace
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.template import Name
    from thoughtsmith.text.span import Span

MAX_PLACES = 8
"""Lines, and files, that are named."""
_OWN = frozenset({ASSIGNMENT, MACRO})
"""How a file gives a variable its value itself. In the file with the tests they do so as well."""


class Wanted(NamedTuple):
    """A variable to which some prompt gives no value itself."""

    name: str
    remark: str
    """Where it is used."""
    page: str
    """The same in Markdown."""


def wanted_variables(snapshot: Snapshot, place: DataPlace) -> list[Wanted]:
    """The variables that a key at `place` may set, those first without which a prompt cannot do; none elsewhere."""
    if snapshot.format.id != promptfoo.FORMAT.id or not promptfoo.declares((*place.path, "")):
        return []
    root = snapshot.data.root if snapshot.data is not None else None
    entry = root.get("prompts") if root is not None else None
    if entry is None:
        return []
    found: dict[str, _Uses] = {}
    for use in _uses(snapshot.variables):
        if entry.value.span.covers(use.span):
            one = found.setdefault(use.name, _Uses({}, {}, []))
            one.lines[snapshot.lines.line_at(use.span.start) + 1] = None
            one.needed.append(not use.optional)
    for path in _files(snapshot, entry.value.span):
        file = snapshot.workspace.file(path)
        names = () if file is None else file.summary.names
        for use in _uses(variables(Template(names=names)), without=_OWN):
            one = found.setdefault(use.name, _Uses({}, {}, []))
            one.files[snapshot.workspace.shown(path)] = None
            one.needed.append(not use.optional)
    order = sorted(found, key=lambda name: not any(found[name].needed))
    return [_wanted(snapshot, name, found[name]) for name in order]


class _Uses(NamedTuple):
    """Where a variable is used, in order."""

    lines: dict[int, None]
    """Of the file itself, counted from 1."""
    files: dict[str, None]
    needed: list[bool]
    """Of each use, whether the prompt needs a value there."""


def _uses(found: Variables, without: frozenset[str] = frozenset()) -> Iterator[Name]:
    """The places that get their value from outside, except for variables defined in one of those ways."""
    for variable in found.all:
        if (
            variable.scope is None
            and not variable.builtin
            and without.isdisjoint(d.defines for d in variable.definitions)
        ):
            yield from variable.uses


def _files(snapshot: Snapshot, prompts: Span) -> list[str]:
    """The files whose text is a prompt here, or part of one."""
    index = snapshot.workspace
    found: dict[str, None] = {}
    for include in snapshot.template.includes:
        if include.embeds and prompts.covers(include.span):
            target = index.target(snapshot.path, include).path
            if target is not None and target not in found:
                found.update(dict.fromkeys((target, *index.embeds(target))))
    return list(found)


def _wanted(snapshot: Snapshot, name: str, uses: _Uses) -> Wanted:
    facts = messages(snapshot.locale).facts
    plain: list[str] = []
    marked: list[str] = []
    if uses.lines:
        plain.append(facts["used"].format(value=_listed(map(str, uses.lines))))
        marked += plain
    if uses.files:
        plain.append(facts["used_in"].format(value=_listed(uses.files)))
        marked.append(facts["used_in"].format(value=_listed(map(code, uses.files))))
    page = "\n".join(f"- {line}" for line in marked)
    return Wanted(name, "; ".join(plain), f"**{code(name)}**\n\n{page}")


def _listed(values: Iterable[str]) -> str:
    some = list(values)
    return ", ".join(some[:MAX_PLACES]) + (", …" if len(some) > MAX_PLACES else "")
