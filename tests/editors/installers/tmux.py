"""tmux, the terminal that the tests of terminal editors look at and type into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.editors.installers import choice
from tests.editors.installers.debian import Bundle, Program

if TYPE_CHECKING:
    from pathlib import Path

_BUNDLE = Bundle(name="tmux", suite="trixie", packages=("tmux",), programs={"tmux": Program("usr/bin/tmux")})


def executable() -> Path:
    """The executable of tmux, installed if need be. Raises `UnavailableError`."""
    return choice.executable(_BUNDLE, "tmux", variable="THOUGHTSMITH_TMUX", asks="-V", least=(3, 0))
