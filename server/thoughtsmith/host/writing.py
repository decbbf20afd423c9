"""Writing files so that nobody ever finds half of one."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_bytes(path: str, data: bytes) -> None:
    """Replace the content of a file, or make one; it has either the old or the new content, whatever happens.

    Its rights and, where we may, its owner stay. A link is followed: what it leads to is replaced, not the link.
    Raises `PermissionError` for a file that must not be written, and `OSError` otherwise.
    """
    target = Path(os.path.realpath(path))
    try:
        before: os.stat_result | None = target.stat()
    except FileNotFoundError:
        before = None
    if before is not None and not (before.st_mode & _WRITABLE and os.access(target, os.W_OK)):
        # Replacing it would get around a protection that somebody has put there, and who is root may do anything.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(8).hex()}")
    # A new file gets the rights of new files; a copy of an old one is nobody's business until it has its own.
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o666 if before is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if before is not None:
            if hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(temporary, before.st_uid, before.st_gid)
            temporary.chmod(stat.S_IMODE(before.st_mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
