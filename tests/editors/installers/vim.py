"""Vim with Python, and the plugins that its tests use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.editors.installers import choice, debian
from tests.editors.installers.debian import Bundle, Program
from tests.editors.installers.process import UnavailableError

if TYPE_CHECKING:
    from pathlib import Path

LEAST = (9, 0)
PLUGINS = ("vim-ale", "vim-ultisnips")

_BUNDLE = Bundle(
    name="vim",
    suite="forky",
    packages=("vim-nox", *PLUGINS),
    programs={"vim": Program("usr/bin/vim.nox", {"VIMRUNTIME": "usr/share/vim/vim[0-9]*", "PYTHONHOME": "usr"})},
    needless=("usr/share/perl", "usr/share/ruby*", "usr/share/tcltk", "usr/lib/*/perl*", "usr/lib/*/guile"),
)


class Vim(NamedTuple):
    """A Vim of our own: few on the PATH have Python, which UltiSnips needs."""

    editor: Path
    """It sets `PYTHONHOME`, which programs that it starts must not inherit."""
    plugins: Path
    """The folder of the plugins."""


def installed() -> Vim:
    """Vim with its plugins, installed if need be. Raises `UnavailableError`."""
    vim = Vim(_BUNDLE.executable("vim"), debian.CACHE / _BUNDLE.name / "usr/share")
    if not _is_usable(vim):
        debian.install(_BUNDLE)
        if not _is_usable(vim):
            raise UnavailableError(f"{vim.editor} was installed but does not run or lacks a plugin")
    return vim


def _is_usable(vim: Vim) -> bool:
    runs = choice.version(vim.editor, "--version") >= LEAST
    return runs and all((vim.plugins / plugin / "plugin").is_dir() for plugin in PLUGINS)
