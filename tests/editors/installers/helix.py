"""Helix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.editors.installers import choice
from tests.editors.installers.debian import Bundle, Program

if TYPE_CHECKING:
    from pathlib import Path

LEAST = (25, 1)
"""The oldest version that our configuration is for."""
_BUNDLE = Bundle(
    name="helix",
    suite="forky",
    packages=("hx",),
    programs={"hx": Program("usr/lib/hx/hx", {"HELIX_RUNTIME": "usr/lib/hx/runtime"})},
)


def executable() -> Path:
    """The executable of Helix, installed if need be. Raises `UnavailableError`."""
    return choice.executable(_BUNDLE, "hx", variable="THOUGHTSMITH_HELIX", asks="--version", least=LEAST)
