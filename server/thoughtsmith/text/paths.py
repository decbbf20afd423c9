"""Paths as texts: how they are written, compared and joined. Nothing here looks at a disk."""

from __future__ import annotations

import posixpath
import unicodedata


def normal(path: str) -> str:
    """The path with `/` between its parts, without `.`, `..` and doubled slashes; empty for none."""
    return posixpath.normpath(path.replace("\\", "/")) if path else ""


def parent(path: str) -> str:
    """The folder that a normal path lies in."""
    return posixpath.dirname(path)


def name(path: str) -> str:
    """The last part of a normal path."""
    return posixpath.basename(path)


def joined(folder: str, relative: str) -> str:
    """The normal path of `relative`, which may lead out of `folder`. A leading slash has no meaning."""
    return posixpath.normpath(f"{folder.rstrip('/')}/{relative.lstrip('/')}")


def is_below(path: str, folder: str) -> bool:
    """Whether a normal path is `folder` or lies in it."""
    return path == folder or path.startswith(folder if folder.endswith("/") else f"{folder}/")


def relative(path: str, folder: str) -> str:
    """What is left of a normal path below `folder`."""
    return path[len(folder.rstrip("/")) + 1 :]


def folded(path: str) -> str:
    """What the path is compared by where names that differ in case only are the same file."""
    return unicodedata.normalize("NFC", path).casefold()
