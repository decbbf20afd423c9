"""The files that a command is to read: found below folders, without what is ignored, read if they are text."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from fnmatch import translate
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from thoughtsmith.formats.registry import FORMATS
from thoughtsmith.host.disk import Disk
from thoughtsmith.host.prompt_file import PromptFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pathspec import GitIgnoreSpec, PathSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

MAX_SIZE = 10_000_000
"""Bytes. A larger file in a folder is data rather than a prompt; one that is named is read all the same."""
HEAD = 8_192
"""Bytes: text has no NUL among the first of them."""
NEVER_ENTERED = frozenset(
    {
        ".git",
        ".hg",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "node_modules",
    }
)

Reason: TypeAlias = Literal["binary", "encoding", "size", "unreadable"]


class Found(NamedTuple):
    """A file to read."""

    path: str
    """As given, or below the folder as given."""
    named: bool
    """Whether the user named the file itself."""


class Skipped(NamedTuple):
    """A file or folder that was left out, and why."""

    path: str
    reason: Reason
    detail: str = ""


class _Rules(NamedTuple):
    """One `.gitignore`."""

    start: int
    """Where in a path what its patterns speak of begins."""
    files: GitIgnoreSpec
    folders: PathSpec[GitIgnoreSpecPattern]
    """The same patterns, the last that matches wins: the other would let `*` win over `!*/`."""

    def ignores(self, path: str, *, folder: bool) -> bool | None:
        """`None` if no pattern speaks of it."""
        name = path[self.start :]
        return self.folders.check_file(f"{name}/").include if folder else self.files.check_file(name).include


class Entry(NamedTuple):
    """A file or folder on the way down."""

    path: str
    absolute: str
    folder: bool
    rules: tuple[_Rules, ...]
    """Those that hold inside a folder, outermost first."""
    link: bool = False


def find(paths: Sequence[str], wanted: Callable[[str], bool] | None = None) -> Iterator[Found | Skipped]:
    """The files that are meant by `paths`, in their order, each folder sorted and each file once.

    A file that is named is meant whatever it is called; of a folder every file that its `.gitignore` files do not rule
    out; without any path the prompts of the current folder that a format knows by name or place. `-` is standard input.
    Links to folders are not followed, so that there are no loops. `wanted` chooses among the files that nobody named.
    """
    chosen = wanted or (is_prompt if not paths else None)
    seen: set[str] = set()
    for path in paths or ("",):
        if path == "-" or (path and not Path(path).is_dir()):
            found: Iterable[tuple[Found | Skipped, str]] = ((Found(path, named=True), _real(path)),)
        else:
            found = _below(path)
        for item, real in found:
            if chosen is not None and isinstance(item, Found) and not item.named and not chosen(item.path):
                continue
            if real not in seen:
                seen.add(real)
                yield item


def read(found: Found, limit: int | None = None) -> PromptFile | Skipped | None:
    """The text of a file; `None` for a binary one that nobody named, as folders are full of them.

    One that nobody named and that is larger than `limit`, or `MAX_SIZE`, is left out.
    """
    path = found.path
    try:
        if path == "-":
            data = sys.stdin.buffer.read()
        else:
            with Path(path).open("rb") as file:
                data = file.read(HEAD)
                if b"\0" in data and not _has_utf16_mark(data):
                    return Skipped(path, "binary") if found.named else None
                size = os.fstat(file.fileno()).st_size
                if size > (MAX_SIZE if limit is None else limit) and not found.named:
                    return Skipped(path, "size", f"{size / 1_000_000:.0f}")
                data += file.read()
        return PromptFile(None if path == "-" else path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Skipped(path, "encoding", str(error.start))
    except OSError as error:
        return Skipped(path, "unreadable", error.strerror or str(error))


def is_prompt(path: str) -> bool:
    """Whether the name or place of a file says so; the folder we are in is part of its place."""
    absolute = os.path.abspath(path)  # noqa: PTH100 -- asked of every file of a folder
    return _prompt_paths().match("/" + absolute.replace("\\", "/").lower()) is not None


@lru_cache(maxsize=1)
def _prompt_paths() -> re.Pattern[str]:
    """The patterns of all formats in one."""
    return re.compile("|".join(translate(f"*/{pattern}") for format in FORMATS for pattern in format.patterns))


def _has_utf16_mark(data: bytes) -> bool:
    """Whether it is text in another encoding, which its owner should hear about."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _below(folder: str) -> Iterator[tuple[Found | Skipped, str]]:
    """The files below a folder, each with its real path. `""` is the current one: its files go by their bare names."""
    absolute = _real(folder)
    waiting = [Entry(folder, absolute, folder=True, rules=_rules_above(absolute))]
    while waiting:
        entry = waiting.pop()
        if not entry.folder:
            yield Found(entry.path, named=False), _real(entry.absolute) if entry.link else entry.absolute
            continue
        try:
            entries = _entries(entry)
        except OSError as error:
            yield Skipped(entry.path or ".", "unreadable", error.strerror or str(error)), entry.absolute
        else:
            waiting += reversed(entries)


def _real(path: str) -> str:
    """The path without links, as `Entry.absolute` is written."""
    return os.path.realpath(path).replace(os.sep, "/")


def _entries(folder: Entry) -> list[Entry]:
    """What is to be read or entered in a folder, sorted by name."""
    return [entry for entry, wanted in entries_of(folder) if wanted]


def entries_of(folder: Entry) -> list[tuple[Entry, bool]]:
    """What there is in a folder, sorted by name, each with whether it is to be read or entered. Raises `OSError`."""
    rules = folder.rules
    with os.scandir(folder.absolute) as scanned:
        entries = sorted(scanned, key=lambda entry: entry.name)
    if any(entry.name == ".gitignore" for entry in entries):
        rules = (*rules, *_rules_of(folder.absolute))
    found: list[tuple[Entry, bool]] = []
    for entry in entries:
        absolute = f"{folder.absolute.rstrip('/')}/{entry.name}"
        inside = entry.is_dir(follow_symlinks=False)
        wanted = entry.name not in NEVER_ENTERED if inside else _is_file(entry)
        wanted = wanted and not _ignored(rules, absolute, folder=inside)
        path = os.path.join(folder.path, entry.name)  # noqa: PTH118 -- keeps `./` as it was given
        found.append((Entry(path, absolute, inside, rules, entry.is_symlink()), wanted))
    return found


def folder_within(root: str, folder: str) -> Entry:
    """A folder below `root` with the rules that hold there, for `entries_of`. Both are absolute."""
    rules = _rules_above(root)
    above = root.rstrip("/")
    for part in folder[len(above) :].split("/"):
        if part:
            rules += _rules_of(above)
            above = f"{above}/{part}"
    return Entry(folder, folder, folder=True, rules=rules)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is, or leads to, an ordinary file: no folder, no pipe, nothing that is gone."""
    try:
        return entry.is_file()
    except OSError:  # A link to itself.
        return False


def _ignored(rules: tuple[_Rules, ...], path: str, *, folder: bool) -> bool:
    """Whether the nearest `.gitignore` that speaks of it rules it out."""
    for one in reversed(rules):
        verdict = one.ignores(path, folder=folder)
        if verdict is not None:
            return verdict
    return False


def _rules_above(folder: str) -> tuple[_Rules, ...]:
    """The `.gitignore` files of the repository around a folder, but for those that rule out the folder itself.

    Who names an ignored folder wants to see what is in it.
    """
    above = list(Path(folder).parents)
    if (Path(folder) / ".git").exists():
        return ()
    repository = next((index for index, parent in enumerate(above) if (parent / ".git").exists()), None)
    if repository is None:
        return ()
    rules: tuple[_Rules, ...] = ()
    for parent in reversed(above[: repository + 1]):
        rules += _rules_of(parent.as_posix())
    return tuple(one for one in rules if not one.ignores(folder, folder=True))


def _rules_of(folder: str) -> tuple[_Rules, ...]:
    """The rules of the `.gitignore` in a folder; none if it has none that can be read."""
    from pathspec import GitIgnoreSpec, PathSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    path = Path(folder) / ".gitignore"
    # Git does not follow a link here either, and a pipe would keep us waiting for ever.
    text = None if path.is_symlink() else Disk().read(path.as_posix())
    if text is None:
        return ()
    patterns: list[GitIgnoreSpecPattern] = []
    for line in text.split("\n"):
        with suppress(ValueError):  # Git passes over what is no pattern, too.
            patterns.append(GitIgnoreSpecPattern(line))
    start = len(folder.rstrip("/")) + 1
    return (_Rules(start, GitIgnoreSpec(patterns, backend="simple"), PathSpec(patterns, backend="simple")),)
