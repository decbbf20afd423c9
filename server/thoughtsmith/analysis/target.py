"""What a reference to another file leads to."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.syntax.template import Include


class Reason(Enum):
    """Why a reference leads to no file."""

    MISSING = "missing"
    """It leads to a place in the workspace where there is nothing."""
    FOLDER = "folder"
    OUTSIDE = "outside"
    """It leaves the folders of the workspace: what lies there is never looked at."""
    COMPUTED = "computed"
    """What it leads to is known when the prompt is used."""
    UNKNOWN = "unknown"
    """It leads to where nobody has looked: an ignored folder, a file without a workspace."""

    # Members are compared by identity anyway; the hash that Enum defines is a call into Python for every look-up.
    __hash__ = object.__hash__


class Target(NamedTuple):
    path: str | None
    """The file, normalised; `None` if there is none."""
    reason: Reason | None = None
    """Why there is none."""


MERGING = frozenset({"extends", "import", "include", "partial"})
"""Kinds of references for which the tool reads the other file where the prompt is put together."""


def merges(include: Include) -> bool:
    """Whether the other file is read to put this prompt together, so that a circle would never end."""
    return include.embeds or include.kind in MERGING
