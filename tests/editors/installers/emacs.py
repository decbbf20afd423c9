"""Emacs without windows, and the packages that its tests use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.editors.installers import choice, debian
from tests.editors.installers.debian import Bundle, Program
from tests.editors.installers.process import UnavailableError, run

if TYPE_CHECKING:
    from pathlib import Path

LEAST = (30, 1)
"""The oldest version that has an Eglot which our package is for."""
PACKAGES = ("company", "lsp-mode", "markdown-mode", "yaml-mode", "yasnippet")
_COMPILED = ("[!l]*/*.el", "lv-*/*.el", "lsp-mode-*/lsp-[cdhilmps]*.el")
"""What is compiled. Debian does so when it installs, and without it lsp-mode takes ages to load."""

_LIBRARIES = "usr/libexec/emacs/[0-9]*/*"
_BUNDLE = Bundle(
    name="emacs",
    suite="forky",
    packages=("emacs-nox", *(f"elpa-{name}" for name in PACKAGES)),
    programs={
        "emacs": Program(
            "usr/bin/emacs-nox",
            environment={
                "EMACSLOADPATH": "usr/share/emacs/[0-9]*/lisp",
                "EMACSDATA": "usr/share/emacs/[0-9]*/etc",
                "EMACSDOC": "usr/share/emacs/[0-9]*/etc",
                "EMACSPATH": _LIBRARIES,
            },
            options={"--dump-file=": f"{_LIBRARIES}/*.pdmp"},
        ),
        "emacsclient": Program("usr/bin/emacsclient.emacs"),
    },
)


class Emacs(NamedTuple):
    """An Emacs of our own: the packages of the machine's Emacs, if it has one, are its user's business."""

    editor: Path
    client: Path
    """`emacsclient`."""
    packages: Path
    """A folder with one folder for each package and what that needs, named with its version."""


def installed() -> Emacs:
    """Emacs with its packages, installed if need be. Raises `UnavailableError`."""
    emacs = Emacs(
        _BUNDLE.executable("emacs"),
        _BUNDLE.executable("emacsclient"),
        debian.CACHE / _BUNDLE.name / "usr/share/emacs/site-lisp/elpa-src",
    )
    if not _is_usable(emacs):
        debian.install(_BUNDLE)
        _compile(emacs)
        if not _is_usable(emacs):
            raise UnavailableError(f"{emacs.editor} was installed but does not run or lacks a package")
    return emacs


def _compile(emacs: Emacs) -> None:
    files = [str(file) for pattern in _COMPILED for file in sorted(emacs.packages.glob(pattern))]
    folders = [argument for folder in sorted(emacs.packages.iterdir()) for argument in ("-L", str(folder))]
    no_native = "(setq native-comp-enable-subr-trampolines nil)"
    run([str(emacs.editor), "-Q", "--batch", "--eval", no_native, *folders, "-f", "batch-byte-compile", *files])


def _is_usable(emacs: Emacs) -> bool:
    runs = all(choice.version(program, "--version") >= LEAST for program in (emacs.editor, emacs.client))
    return runs and all(any(emacs.packages.glob(f"{name}-[0-9]*/{name}.elc")) for name in PACKAGES)
