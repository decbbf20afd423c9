"""A terminal in which an editor runs: type into it, and look at what it shows."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")

PATIENCE = 15.0
"""Seconds that anything may take; a test that passes never waits that long."""


class Terminal:
    """A terminal of 120 × 50 characters, with a tmux of its own that nobody else's settings reach."""

    def __init__(
        self, tmux: Path, folder: Path, command: Sequence[str | Path], *, environment: Mapping[str, str]
    ) -> None:
        """Run `command` in `folder`, with `environment` and nothing else but the PATH."""
        self._tmux = (str(tmux), "-u", "-f", os.devnull, "-S", str(folder / "tmux"))
        self._environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", **environment}
        self._run("new-session", "-d", "-x", "120", "-y", "50", "-c", str(folder), *map(str, command))
        # Otherwise it waits after an escape for what may come behind it.
        self._run("set-option", "-s", "escape-time", "0")

    def close(self) -> None:
        """End what runs in the terminal, if it has not ended itself."""
        subprocess.run([*self._tmux, "kill-server"], env=self._environment, capture_output=True, check=False)

    def keys(self, *keys: str) -> None:
        """Press keys, in tmux's notation: `Enter`, `C-x`, `M-x`, `a`."""
        self._run("send-keys", "--", *keys)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        self._run("send-keys", "-l", "--", text)

    @property
    def screen(self) -> str:
        """What the terminal shows, a line for each row."""
        return self._run("capture-pane", "-p")

    def until(self, what: str, probe: Callable[[], T | None]) -> T:
        """The first answer of `probe` that is not empty, soon."""
        deadline = time.monotonic() + PATIENCE
        while not (answer := probe()):
            if time.monotonic() > deadline:
                pytest.fail(f"{what}: not within {PATIENCE} s. The terminal shows:\n{self.screen}")
            time.sleep(0.02)
        return answer

    def shows(self, *texts: str) -> str:
        """The screen as soon as all the texts are on it."""

        def screen() -> str | None:
            shown = self.screen
            return shown if all(text in shown for text in texts) else None

        return self.until(f"the screen shows {' and '.join(map(repr, texts))}", screen)

    def hides(self, *texts: str) -> str:
        """The screen as soon as none of the texts is on it."""

        def screen() -> str | None:
            shown = self.screen
            return None if any(text in shown for text in texts) else shown

        return self.until(f"the screen does not show {' or '.join(map(repr, texts))}", screen)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], env=self._environment, capture_output=True, check=True, timeout=PATIENCE
        )
        return done.stdout.decode()
