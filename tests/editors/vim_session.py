"""A real Vim that runs a script without a terminal and answers in JSON."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.installers.vim import Vim

LIFETIME = 120
"""Seconds after which Vim is killed."""


def run(vim: Vim, home: Path, plugin: str, script: str, *, program: Path | None = None, vimrc: str = "") -> Any:
    """The value of `g:answer` after `script`, which runs when Vim has started, with one plugin and what is in `home`.

    `program` is a server for plugins to find on the PATH, `vimrc` what the user has in theirs.
    """
    answer = home / "answer.json"
    answer.unlink(missing_ok=True)
    unset = "unlet $PYTHONHOME" if program is not None else ""
    lines = [f"set nocompatible encoding=utf-8 runtimepath+={vim.plugins / plugin}", unset, "filetype plugin on", vimrc]
    (home / "vimrc").write_text("\n".join(lines), encoding="utf-8")
    (home / "script.vim").write_text(
        f"try\n{script}\ncatch\nlet g:answer = v:exception . ' at ' . v:throwpoint\nendtry\n"
        f"call writefile([json_encode(g:answer)], '{answer}')\nqall!\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "HOME": str(home)}
    if program is not None:
        environment["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [
            *(vim.editor, "-e", "-s", "-n", "-i", "NONE", "-u", home / "vimrc"),
            *("--cmd", f"set packpath={home / '.vim'}"),
            *("-c", f"autocmd VimEnter * ++once ++nested source {home / 'script.vim'}"),
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LIFETIME,
    )
    assert answer.exists(), done.stdout + done.stderr
    return json.loads(answer.read_text(encoding="utf-8"))
