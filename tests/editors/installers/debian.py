"""Editors from Debian packages of any release, in a folder of their own, with their own libraries.

Say what there is to install as a `Bundle`, and `install` it: neither root nor a matching Debian is needed.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.editors.installers import apt
from tests.editors.installers.folder import replacing
from tests.editors.installers.process import UnavailableError, run

if TYPE_CHECKING:
    from collections.abc import Mapping

CACHE = Path(__file__).resolve().parents[3] / ".cache" / "editors"
NEEDLESS = (
    "usr/share/doc",
    "usr/share/lintian",
    "usr/share/locale",
    "usr/share/man",
    "usr/lib/*/gconv",
)
"""What is unpacked and takes room, but is of no use to a test."""


@dataclass(frozen=True)
class Program:
    """An executable of a bundle, and what it has to be told because it does not lie where Debian wants it.

    All paths are patterns relative to the unpacked packages, such as `usr/share/emacs/[0-9]*/lisp`.
    """

    path: str
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables with the place that each is to name; if there are several, all of them, divided by colons."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Beginnings of options, such as `--dump-file=`, with the place that each is to name."""


@dataclass(frozen=True)
class Bundle:
    """Debian packages of one release with all that they need, down to the C library."""

    name: str
    """The name of the folder in `CACHE`."""
    suite: str
    """The Debian release: `trixie`, `forky` …"""
    packages: tuple[str, ...]
    programs: Mapping[str, Program]
    """What there is to run, by the name that it gets in `bin/` of the folder."""
    needless: tuple[str, ...] = ()
    """Patterns of what else is of no use to a test."""

    def executable(self, program: str) -> Path:
        """Where a program lies, once it is installed."""
        return CACHE / self.name / "bin" / program


def install(bundle: Bundle) -> None:
    """Install a bundle, in the place of what is there. Raises `UnavailableError`."""
    if shutil.which("dpkg-deb") is None:
        raise UnavailableError("this machine has no dpkg-deb")
    _patchelf()  # Before anything is downloaded in vain.
    folder = CACHE / bundle.name
    with replacing(folder) as tree:
        for archive in apt.download(bundle.suite, bundle.packages, tree.with_name("apt")):
            run(["dpkg-deb", "--extract", str(archive), str(tree)])
        for pattern in (*NEEDLESS, *bundle.needless):
            for found in tree.glob(pattern):
                shutil.rmtree(found)
        for name, program in bundle.programs.items():
            _prepare(name, program, tree, folder)


def _prepare(name: str, program: Program, tree: Path, home: Path) -> None:
    """Make a program that lies in `tree` run from `home`, with its own libraries, whatever the machine has.

    The path of the dynamic loader in a program is absolute. Starting the loader with the program as its argument would
    do without, but an editor that starts itself once more would start the loader then.
    """

    def places(pattern: str) -> list[str]:
        found = sorted(place.relative_to(tree) for place in tree.glob(pattern))
        if not found:
            raise UnavailableError(f"{pattern} is not among the downloaded packages")
        return [str(home / place) for place in found]

    (binary,) = tree.glob(program.path)
    loader_name = Path(run([_patchelf(), "--print-interpreter", str(binary)]).strip()).name
    (loader, *_) = places(f"usr/lib/*/{loader_name}")
    search = os.path.relpath(Path(loader).parent, home / binary.relative_to(tree).parent)
    # The older kind of search path counts for the libraries' own libraries as well, and no process inherits it.
    paths = ("--set-interpreter", loader, "--force-rpath", "--set-rpath", f"$ORIGIN/{search}")
    run([_patchelf(), *paths, str(binary)])
    variables = [f"{key}={shlex.quote(':'.join(places(value)))}" for key, value in program.environment.items()]
    options = [shlex.quote(beginning + places(value)[0]) for beginning, value in program.options.items()]
    command = [*variables, "exec", shlex.quote(str(home / binary.relative_to(tree))), *options, '"$@"']
    wrapper = tree / "bin" / name
    wrapper.parent.mkdir(exist_ok=True)
    wrapper.write_text(f"#!/bin/sh\n{' '.join(command)}\n", encoding="utf-8")
    wrapper.chmod(0o755)


def _patchelf() -> str:
    beside = Path(sysconfig.get_path("scripts")) / "patchelf"
    found = str(beside) if beside.exists() else shutil.which("patchelf")
    if found is None:
        raise UnavailableError("patchelf is missing; it comes with the development dependencies")
    return found
