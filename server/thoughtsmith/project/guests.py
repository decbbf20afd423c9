"""Which files of a workspace count: prompts by their name or place, and whatever a prompt takes in."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from thoughtsmith.analysis.target import merges
from thoughtsmith.formats.registry import FORMATS, by_id, format_of
from thoughtsmith.project.listing import Presence

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.formats.format import Format
    from thoughtsmith.project.index import Index

Chosen: TypeAlias = "Callable[[str], str]"
"""The id of the format that settings give the file at a path, which makes it a prompt; empty if they do not."""


def by_name(_path: str) -> str:
    """Settings that say nothing of formats."""
    return ""


class Guests(NamedTuple):
    """Changes among the files that are no prompts by name and count only as long as a prompt takes them in."""

    wanted: tuple[str, ...]
    """Files to be read."""
    unwanted: tuple[str, ...]
    """Files to be forgotten."""


@lru_cache(maxsize=65_536)
def is_prompt(path: str) -> bool:
    """Whether a file counts by its name or place."""
    lower = path.lower()
    return lower.endswith(endings()) and any(known.matches(lower) for known in FORMATS)


@cache
def endings() -> tuple[str, ...]:
    """How the names of prompts may end: `.md`, `.j2` …"""
    return tuple(sorted({"." + pattern.rpartition(".")[2] for known in FORMATS for pattern in known.patterns}))


def format_of_file(path: str, text: str, chosen: Chosen = by_name) -> Format | None:
    """The format of a file on disk that counts, also where its ending is all there is to go by."""
    found = by_id(chosen(path)) or format_of(path, text=text)
    if found is not None:
        return found
    lower = path.lower()
    by_ending = (known for known in FORMATS if lower.endswith(_plain_endings(known)))
    return next((known for known in by_ending if known.claims is None or known.claims(text)), None)


def _plain_endings(known: Format) -> tuple[str, ...]:
    """The endings of files that are of the format wherever they lie, once something else says that they are prompts."""
    names = (pattern.rpartition("/")[2] for pattern in known.patterns)
    return tuple(name.removeprefix("*") for name in names if name.startswith("*."))


def guests(index: Index, opened: frozenset[str], chosen: Chosen = by_name) -> Guests:
    """Which files that are no prompts by name are to be read, or to be forgotten, for `index` to be complete.

    Reading a file may make more of them wanted, so this is to be asked until nothing changes.
    """
    wanted: dict[str, None] = {}
    strangers = {
        key
        for key, file in index.files.items()
        if key not in opened and not is_prompt(file.path) and not chosen(file.path)
    }
    kept = [file.path for key, file in index.files.items() if key not in strangers]
    reached: set[str] = set()
    while kept:
        for link in index.links(kept.pop()):
            if not merges(link.include):
                continue
            target = index.target(link.path, link.include).path
            if target is None:
                continue
            key = index.key(target)
            if key in strangers:
                if key not in reached:
                    reached.add(key)
                    kept.append(target)
            elif key not in index.files and index.presence(target) is Presence.FILE:
                wanted[target] = None
    return Guests(tuple(wanted), tuple(index.files[key].path for key in sorted(strangers - reached)))
