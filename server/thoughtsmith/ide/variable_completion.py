"""Completion in a template: the variables that mean something at the cursor, then what the language brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.vocabulary import (
    BLOCK_HELPERS,
    BUILTINS,
    FILTERS,
    HELPERS,
    IN_LOOPS,
    STATEMENTS,
)
from thoughtsmith.ide.suggestion import Suggestion
from thoughtsmith.ide.variables import page, remark, visible_at
from thoughtsmith.syntax.block import Slot
from thoughtsmith.syntax.template import LOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thoughtsmith.analysis.variables import Variable
    from thoughtsmith.formats.templates.vocabulary import Word
    from thoughtsmith.ide.suggestion import Kind
    from thoughtsmith.ide.template_cursor import Cursor
    from thoughtsmith.project.document import Snapshot

_LINK = "input:"
"""What makes `${name}` a question to the user."""


def complete_variable(snapshot: Snapshot, cursor: Cursor) -> list[Suggestion]:
    """What may stand at the cursor, the most useful first."""
    return list(_suggestions(snapshot, cursor))


def _suggestions(snapshot: Snapshot, cursor: Cursor) -> Iterator[Suggestion]:
    language = snapshot.template.language
    if cursor.wanted == "filter":
        yield from _words(snapshot, cursor, FILTERS.get(language, {}), "filter")
    elif cursor.wanted == "statement":
        words = dict(STATEMENTS.get(language, {}))
        for end in _ends(snapshot, cursor):
            words.pop(end.label, None)
            yield end
        yield from _words(snapshot, cursor, words, "keyword")
    elif cursor.wanted == "block":
        yield from _words(snapshot, cursor, BLOCK_HELPERS.get(language, {}), "helper")
        yield from _variables(snapshot, cursor)
    elif cursor.wanted == "end":
        yield from _ends(snapshot, cursor)
    elif cursor.wanted == "data":
        yield from _builtins(snapshot, cursor)
    elif cursor.wanted == "input":
        yield from _inputs(snapshot, cursor)
    elif cursor.wanted == "argument":
        yield from _arguments(snapshot, cursor)
    else:
        yield from _variables(snapshot, cursor)
        if cursor.wanted == "helper":
            yield from _words(snapshot, cursor, HELPERS.get(language, {}), "helper")
        yield from _builtins(snapshot, cursor)


def _variables(snapshot: Snapshot, cursor: Cursor) -> Iterator[Suggestion]:
    for variable in _by_use(snapshot, cursor):
        yield Suggestion(
            label=variable.name,
            kind="variable",
            at=cursor.at,
            written=(variable.name + cursor.closing,),
            filter_text=variable.name,
            detail=remark(snapshot, variable),
            documentation=page(snapshot, variable),
        )


def _by_use(snapshot: Snapshot, cursor: Cursor) -> list[Variable]:
    """The variables at the cursor: those of the blocks around it, then the others, defined ones before the rest."""
    found = [variable for variable in visible_at(snapshot, cursor.offset) if not variable.builtin]
    return sorted(found, key=lambda variable: (variable.scope is None, not variable.definitions))


def _builtins(snapshot: Snapshot, cursor: Cursor) -> Iterator[Suggestion]:
    words = BUILTINS.get(snapshot.template.language, {})
    own = {variable.name for variable in snapshot.variables.all if not variable.builtin}
    in_loop = _in_loop(snapshot, cursor.offset)
    usable = {name: word for name, word in words.items() if name not in own and (in_loop or name not in IN_LOOPS)}
    yield from _words(snapshot, cursor, usable, "builtin")


def _in_loop(snapshot: Snapshot, offset: int) -> bool:
    """Whether the cursor stands in a loop, as far as can be told: a loop of Handlebars need not name its items."""
    if snapshot.template.language == "handlebars":
        return True
    return any(
        name.defines == LOOP and name.scope is not None and offset in name.scope for name in snapshot.template.names
    )


def _words(snapshot: Snapshot, cursor: Cursor, words: Mapping[str, Word], kind: Kind) -> Iterator[Suggestion]:
    for word in words.values():
        yield Suggestion(
            label=word.written,
            kind=kind,
            at=cursor.at,
            written=(word.written + (cursor.closing if kind == "builtin" else ""),),
            filter_text=word.written,
            detail=word.meaning(snapshot.locale),
        )


def _ends(snapshot: Snapshot, cursor: Cursor) -> Iterator[Suggestion]:
    """The end of the innermost block that has none."""
    problems = snapshot.template.problems
    open_blocks = [one for one in problems if one.id == "unclosed-block" and one.span.end <= cursor.offset]
    for problem in open_blocks[-1:]:
        if problem.detail:
            yield Suggestion(
                problem.detail,
                "keyword",
                cursor.at,
                (problem.detail + cursor.closing,),
                problem.detail,
                detail=" ".join(snapshot.lines.at(problem.span).split()),
            )


def _inputs(snapshot: Snapshot, cursor: Cursor) -> Iterator[Suggestion]:
    for variable in _by_use(snapshot, cursor):
        yield Suggestion(
            label=f"{_LINK}{variable.name}",
            kind="variable",
            at=cursor.at,
            written=(f"{_LINK}{variable.name}{cursor.closing}",),
            filter_text=f"{_LINK}{variable.name}" if cursor.word.startswith(_LINK[:1]) else variable.name,
            detail=remark(snapshot, variable),
            documentation=page(snapshot, variable),
        )
    if not cursor.word.startswith(_LINK):
        new = (_LINK, Slot("name", "name"), cursor.closing)
        yield Suggestion(_LINK, "keyword", cursor.at, tuple(part for part in new if part), _LINK)
        yield from _builtins(snapshot, cursor)


def takes_arguments(snapshot: Snapshot) -> bool:
    """Whether a command or skill says that it takes arguments, or uses one already."""
    root = snapshot.data.root if snapshot.data is not None else None
    return bool(snapshot.template.names) or (
        root is not None and any(root.get(key) is not None for key in ("arguments", "argument-hint"))
    )


def _arguments(snapshot: Snapshot, cursor: Cursor) -> Iterator[Suggestion]:
    braced = cursor.word.startswith("{")
    if not braced:
        yield from _variables(snapshot, cursor)
    yield from (offer for offer in _builtins(snapshot, cursor) if offer.label.startswith("{") or not braced)
