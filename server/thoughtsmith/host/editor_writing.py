"""Carrying out a plan for an editor, and taking it back. Whatever stops it, nothing of the user's is lost."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.host.editor_plan import Change, RefusedError
from thoughtsmith.host.editor_receipt import Receipt, Written, written
from thoughtsmith.host.writing import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUFFIX = ".before-thoughtsmith"


def carry_out(changes: Iterable[Change], receipt: Receipt, wrote: Mapping[str, str]) -> list[Path]:
    """Write the files, after a backup of each as it is without us; the backups that were made.

    A backup that was made before stays in force, unless the file was changed since. The receipt is written first, so
    that what is cut off in the middle can be taken back. Raises `RefusedError` if a file was changed since the plan was
    made, and `OSError` if one cannot be written; then all is as it was before.
    """
    changes = list(changes)
    earlier = dict(receipt.files), dict(receipt.wrote)
    for change in changes:
        if _content(change.path) != change.before:
            raise RefusedError("changed-meanwhile", change.path)
    backups: list[Path] = []
    try:
        outdated = _note(changes, receipt, backups)
        receipt.wrote.update(wrote)
        receipt.save()
        for change in changes:
            _put(change.path, change.after)
            if change.after is None:
                receipt.files.pop(str(change.path), None)
        receipt.save()
    except (OSError, RefusedError):
        for change in changes:
            if _content(change.path) != change.before:
                _put(change.path, change.before)
        for made in backups:
            made.unlink()
        receipt.files, receipt.wrote = earlier
        with suppress(OSError):  # It may be the receipt that cannot be written.
            receipt.save()
            if not receipt.files:
                _forget(receipt)
        raise
    for old in outdated:
        old.unlink(missing_ok=True)
    return backups


def _note(changes: Iterable[Change], receipt: Receipt, backups: list[Path]) -> list[Path]:
    """Note in the receipt what is to be written, and add the backups that are made; those that are outdated then."""
    outdated: list[Path] = []
    for change in changes:
        path = str(change.path)
        if change.after is None:
            continue
        theirs = _theirs(change, earlier := receipt.files.get(path))
        if theirs is None:
            backup = None
        elif earlier is not None and earlier.backup is not None and theirs == _content(Path(earlier.backup)):
            backup = earlier.backup
        else:
            backups.append(_backed_up(change.path, theirs))
            backup = str(backups[-1])
        if earlier is not None and earlier.backup not in (None, backup):
            outdated.append(Path(earlier.backup))
        receipt.files[path] = written(theirs, change.after, backup)
        receipt.folders += [str(folder) for folder in _missing(change.path) if str(folder) not in receipt.folders]
    return outdated


def _theirs(change: Change, earlier: Written | None) -> bytes | None:
    """A file without what we have written into it; `None` if there would be none. Raises `RefusedError`."""
    if change.before is None or earlier is None:
        return change.before
    if not earlier.is_still(change.before):
        # What cannot be told from ours is kept as it is.
        theirs = earlier.without_ours(change.before)
        return change.before if theirs is None else theirs or None
    if earlier.backup is None:
        return None
    theirs = _content(Path(earlier.backup))
    if theirs is None:
        raise RefusedError("no-backup", change.path, backup=earlier.backup)
    return theirs


def undoing(receipt: Receipt) -> list[Change]:
    """What would take back all that the receipt tells of. What was changed besides in the files stays.

    Raises `RefusedError` for a file in which our lines themselves were changed, or whose backup is gone, and `OSError`.
    """
    changes: list[Change] = []
    for name, file in receipt.files.items():
        path = Path(name)
        now = _content(path)
        original: bytes | None = None
        if file.backup is not None:
            original = _content(Path(file.backup))
            if original is None:
                raise RefusedError("no-backup", path, backup=file.backup)
        if now == original:
            continue
        if now is not None and not file.is_still(now):
            original = file.without_ours(now)
        if now is None or (original is None and not file.is_still(now)):
            raise RefusedError("changed-since", path, backup=file.backup or "–")
        changes.append(Change(path, now, original or None if file.backup is None else original))
    return changes


def undo(changes: Iterable[Change], receipt: Receipt) -> None:
    """Take it all back, and remove backups, empty folders of ours and the receipt. Raises `OSError`."""
    for change in sorted(changes, key=lambda change: change.after is None):
        _put(change.path, change.after)  # What refers to our files goes before they do.
    for file in receipt.files.values():
        if file.backup is not None:
            Path(file.backup).unlink(missing_ok=True)
    _forget(receipt)


def _forget(receipt: Receipt) -> None:
    """Remove the receipt and the folders that were made for what it tells of."""
    receipt.path.unlink(missing_ok=True)
    # Other editors can have theirs below the same folders, which then go with the last of them.
    ours = {folder for path in (*map(Path, receipt.files), receipt.path) for folder in path.parents if _is_ours(folder)}
    for folder in sorted({*map(Path, receipt.folders), *ours}, key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):  # Somebody has put something else there, or removed it.
            folder.rmdir()


def _is_ours(folder: Path) -> bool:
    return "thoughtsmith" in folder.parts


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _put(path: Path, data: bytes | None) -> None:
    real = Path(os.path.realpath(path))
    if data is None:
        real.unlink(missing_ok=True)
    else:
        real.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(str(real), data)


def _missing(path: Path) -> list[Path]:
    """The folders that have to be made for a file, outer ones first."""
    return [folder for folder in reversed(Path(os.path.realpath(path)).parents) if not folder.exists()]


def _backed_up(path: Path, data: bytes) -> Path:
    """A copy beside the file, with its rights and a name that nothing has yet."""
    mode = stat.S_IMODE(path.stat().st_mode)
    for number in count(1):
        backup = path.with_name(f"{path.name}{_SUFFIX}{'' if number == 1 else f'-{number}'}")
        with suppress(FileExistsError):
            handle = os.open(backup, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            backup.chmod(mode)
            return backup
    raise AssertionError
