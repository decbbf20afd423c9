"""Neovim, the newest and the oldest that our plugin is for."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.editors.installers import debian
from tests.editors.installers.process import UnavailableError, run


@dataclass(frozen=True)
class Edition:
    """Which Neovim: from the version `least` on, before the version `below`."""

    least: tuple[int, ...]
    below: tuple[int, ...]
    variable: str
    """The environment variable by which somebody can name one of their own."""
    suite: str
    """The Debian release that has it."""

    def has(self, executable: str | Path) -> bool:
        """Whether the executable runs, as it does not after its folder was moved, and is of this edition."""
        return self.least <= _version(executable) < self.below

    def __str__(self) -> str:
        return f"Neovim from {_dotted(self.least)} on, before {_dotted(self.below)}"


CURRENT = Edition((0, 11), (1,), "THOUGHTSMITH_NVIM", "forky")
"""With `vim.lsp.config`."""
OLD = Edition((0, 10), (0, 11), "THOUGHTSMITH_NVIM_0_10", "trixie")
"""Without `vim.lsp.config`, and a client that says it takes no snippets."""


def current() -> Path:
    """The executable of a current Neovim, installed if need be. Raises `UnavailableError`."""
    return _executable(CURRENT)


def old() -> Path:
    """The executable of a Neovim 0.10, installed if need be. Raises `UnavailableError`."""
    return _executable(OLD)


def _executable(edition: Edition) -> Path:
    chosen = os.environ.get(edition.variable)
    if chosen:
        # Whoever names a Neovim wants that one, so nothing else takes its place.
        if not edition.has(chosen):
            raise UnavailableError(f"{edition.variable}={chosen} is no {edition}")
        return Path(shutil.which(chosen) or chosen).absolute()
    on_path = shutil.which("nvim")
    if on_path is not None and edition.has(on_path):
        return Path(on_path).absolute()
    bundle = debian.Bundle(
        name=f"neovim-{edition.suite}",
        suite=edition.suite,
        packages=("neovim",),
        programs={"nvim": debian.Program("usr/bin/nvim", {"VIMRUNTIME": "usr/share/nvim/runtime"})},
        needless=("usr/share/nvim/runtime/spell",),
    )
    executable = bundle.executable("nvim")
    if not edition.has(executable):
        try:
            debian.install(bundle)
        except UnavailableError as reason:
            raise UnavailableError(f"{reason}; set {edition.variable} to a Neovim of your own") from reason
        if not edition.has(executable):
            raise UnavailableError(f"{executable} was installed but does not run or is no {edition}")
    return executable


def _version(executable: str | Path) -> tuple[int, ...]:
    """The version that `executable` says it is; empty if it does not run."""
    try:
        answer = run([str(executable), "--version"])
    except UnavailableError:
        return ()
    found = re.match(r"NVIM v(\d+)\.(\d+)\.(\d+)", answer)
    return tuple(map(int, found.groups())) if found else ()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
