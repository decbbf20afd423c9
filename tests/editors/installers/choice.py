"""Which executable is used: the one that somebody names, the one on the PATH, or one of our own."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.editors.installers import debian
from tests.editors.installers.process import UnavailableError, run

if TYPE_CHECKING:
    from tests.editors.installers.debian import Bundle


def executable(bundle: Bundle, program: str, *, variable: str, asks: str, least: tuple[int, ...]) -> Path:
    """The executable of `program`, installed as `bundle` if need be. Raises `UnavailableError`.

    `variable` is the environment variable by which somebody can name one of their own, `asks` the option that makes the
    program say its version, which has to be at least `least`.
    """
    wanted = f"{program} {'.'.join(map(str, least))} or newer"
    named = os.environ.get(variable)
    if named:
        # Whoever names one wants that one, so nothing else takes its place.
        if version(named, asks) < least:
            raise UnavailableError(f"{variable}={named} is no {wanted}")
        return Path(shutil.which(named) or named).absolute()
    on_path = shutil.which(program)
    if on_path is not None and version(on_path, asks) >= least:
        return Path(on_path).absolute()
    own = bundle.executable(program)
    if version(own, asks) < least:
        try:
            debian.install(bundle)
        except UnavailableError as reason:
            raise UnavailableError(f"{reason}; set {variable} to {wanted} of your own") from reason
        if version(own, asks) < least:
            raise UnavailableError(f"{own} was installed but does not run or is no {wanted}")
    return own


def version(program: str | Path, asks: str) -> tuple[int, ...]:
    """The version that a program says it is; empty if it does not run, as after its folder was moved."""
    try:
        answer = run([str(program), asks])
    except UnavailableError:
        return ()
    found = re.search(r"\d+(?:\.\d+)+", answer)
    return tuple(map(int, found[0].split("."))) if found else ()
