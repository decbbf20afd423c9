"""Joining lists of a TOML file that somebody wrote with what we would have beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.config.toml_outline import outline

if TYPE_CHECKING:
    from thoughtsmith.config.toml_outline import Table, Value


def join_lists(theirs: str, ours: str, key: str, item: str) -> tuple[str, str]:
    """Their text with `item` first in the lists called `key`, and ours without the tables that this makes needless.

    It is about tables that both have, with the same header and the same `name`: where theirs has that list, it stays
    in force with the item added, unless it is in there already.
    """
    named = {
        name: found
        for table in outline(theirs).tables
        if (name := _name(table)) is not None and (found := _list(table, key)) is not None
    }
    inserts: list[tuple[int, str]] = []
    for table in reversed(outline(ours).tables):
        name = _name(table)
        if name is None or (taken := named.get(name)) is None or _list(table, key) is None:
            continue
        if not any(entry.text == item for entry in taken.items):
            inserts.append((taken.inner.start, f'"{item}", ' if taken.items else f'"{item}"'))
        ours = ours[: table.header.start] + ours[table.end :]
    for at, text in sorted(inserts, reverse=True):
        theirs = theirs[:at] + text + theirs[at:]
    return theirs, ours


def _name(table: Table) -> tuple[str, ...] | None:
    """The header of a table together with what the table calls itself."""
    for entry in table.entries:
        if entry.path == (*table.path, "name") and entry.value is not None and entry.value.kind == "text":
            return (*table.path, entry.value.text)
    return None


def _list(table: Table, key: str) -> Value | None:
    for entry in table.entries:
        if entry.path == (*table.path, key) and entry.value is not None and entry.value.kind == "list":
            return entry.value
    return None
