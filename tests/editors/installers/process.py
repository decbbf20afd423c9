"""Running a program that the installation of an editor needs."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class UnavailableError(Exception):
    """The editor cannot be had here; the message says why."""


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> str:
    """The output of a command. Raises `UnavailableError` with what it complained about."""
    env = {**(os.environ if env is None else env), "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{command[0]}: {error}") from error
    if done.returncode:
        complaint = (done.stderr.strip() or done.stdout.strip()).splitlines()[-5:]
        raise UnavailableError(f"{' '.join(command[:4])} failed: {'; '.join(complaint)}")
    return done.stdout
