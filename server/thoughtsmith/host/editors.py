"""The editors there are configurations for: what belongs to each, and where on this machine it goes.

An editor is a folder of `client-config/` with a `setup.toml`, so a new one needs no code. Its keys:

    title = "…"                  what people call it
    programs = ["…"]             commands that show that it is installed
    traces = { linux = ["…"] }   or files and folders that do
    show = ["…"]                 the files that `thoughtsmith setup` prints
    starts = ["…"]               those that start the server: its command is the first "thoughtsmith" that is no key
    then.en = "…", then.ru = "…" what is left to do by hand

    [extension]                  if the editor takes an extension: its `id`, the script that builds it (`build`), and
                                 `programs`, the commands that install it

    [[install]]                  once for each place that something goes to
    files = ["…"]                patterns of files below the folder of the editor,
    from = "…"                   or below this one of `client-config/`
    roots = { linux = ["…"] }    where: the first of these that exists, else the last
    path = "…"                   below that: the file, or the folder for the files if there is neither of these:
    comment = "…"                how a comment begins in the file, into which ours goes as a marked block
    member = ["…"]               the keys in the JSON file under which ours goes
    joins = "…"                  lists of this name in the user's TOML file take the server in
    instead = ["…"]              files that the editor reads instead if they exist
    snippets = true              belongs to the snippets for people without a server

Paths begin with `~` or with `$XDG_CONFIG_HOME`, `$XDG_DATA_HOME`, `$APPDATA` or `$LOCALAPPDATA`, which have their usual
defaults. `macos` is as `linux` if it is not given.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thoughtsmith.config.file import loads
from thoughtsmith.host.editor_extension import Extension
from thoughtsmith.host.installation import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DECLARATION = "setup.toml"
_DEFAULTS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}
"""Below the home folder."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of ours, and how it is called below the folder that it is copied to."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Install:
    """Something that goes to one place."""

    sources: tuple[Source, ...]
    target: Path
    comment: str
    member: tuple[str, ...]
    joins: str
    snippets: bool


@dataclass(frozen=True, slots=True)
class Editor:
    id: str
    title: str
    found: bool
    """Whether it seems to be on this machine."""
    show: tuple[Path, ...]
    starts: frozenset[Path]
    installs: tuple[Install, ...]
    extension: Extension | None
    then: Mapping[str, str]
    """By language; empty if nothing is left to do. `{0}` stands for the first place that something goes to."""


def editor_ids() -> list[str]:
    return sorted(path.parent.name for path in data_folder("client-config").glob(f"*/{_DECLARATION}"))


def editor_called(name: str) -> str | None:
    """The id of an editor by it, or by a command of the editor such as `nvim`."""
    name = name.lower()
    known = editor_ids()
    if name in known:
        return name
    return next((id for id in known if name in _declaration(id)["programs"]), None)


def load_editor(id: str) -> Editor:
    """The editor as it is on this machine. Raises `OSError` or `KeyError` for one whose declaration is no good."""
    folder = data_folder("client-config") / id
    data = _declaration(id)
    programs: list[str] = data["programs"]
    traces = _here(data.get("traces", {}))
    return Editor(
        id,
        data["title"],
        any(map(shutil.which, programs)) or any(_place(trace).exists() for trace in traces),
        tuple(folder / name for name in data["show"]),
        frozenset(folder / name for name in data.get("starts", ())),
        tuple(_install(folder, entry) for entry in data.get("install", ())),
        _extension(folder, data.get("extension")),
        data.get("then", {}),
    )


def _declaration(id: str) -> dict[str, Any]:
    return loads((data_folder("client-config") / id / _DECLARATION).read_text(encoding="utf-8")) or {}


def _install(folder: Path, data: dict[str, Any]) -> Install:
    roots = [_place(root) for root in _here(data["roots"])]
    target = next((root for root in roots if root.exists()), roots[-1]) / data["path"]
    target = next((path for path in map(_place, data.get("instead", ())) if path.exists()), target)
    return Install(
        tuple(_sources(folder.parent / data["from"] if "from" in data else folder, data["files"])),
        target,
        data.get("comment", ""),
        tuple(data.get("member", ())),
        data.get("joins", ""),
        data.get("snippets", False),
    )


def _extension(folder: Path, data: dict[str, Any] | None) -> Extension | None:
    return None if data is None else Extension(data["id"], folder / data["build"], tuple(data["programs"]))


def _sources(folder: Path, patterns: Sequence[str]) -> Iterator[Source]:
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                yield Source(path, path.relative_to(folder).as_posix())


def _here(places: dict[str, list[str]]) -> list[str]:
    """Those of this system."""
    if sys.platform == "win32":
        return places.get("windows", [])
    return places["macos"] if sys.platform == "darwin" and "macos" in places else places.get("linux", [])


def _place(path: str) -> Path:
    """The path with what its first part stands for."""
    first, _, rest = path.partition("/")
    if first == "~":
        return Path.home() / rest
    if first.startswith("$"):
        variable = first.removeprefix("$")
        return Path(os.environ.get(variable) or Path.home() / _DEFAULTS[variable]) / rest
    return Path(path)
