"""What `thoughtsmith setup EDITOR --write` writes beside a configuration of the user's own, the real editor finds."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.editors.installers.emacs import Emacs

LIFETIME = 60
"""Seconds after which an editor is killed."""
PROMPT = "# Задача 😀\n\n```\nx\n"
MESSAGE = "code fence is never closed"


class Home:
    """A home folder with a prompt in it, in which `thoughtsmith` is on the PATH."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self._program = program
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NVIM", "VIM"))},
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        }
        self.prompt = self.put("work/CLAUDE.md", PROMPT)

    def put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, command: Sequence[str | Path]) -> str:
        """Everything that a program says."""
        done = subprocess.run(
            command,
            env=self._environment,
            cwd=self.folder / "work",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=LIFETIME,
        )
        return done.stdout

    def set_up(self, editor: str) -> None:
        said = self.run([self._program, "setup", editor, "--write"])
        assert "Written." in said, said


@pytest.fixture
def home(tmp_path: Path, installed_program: Path) -> Home:
    return Home(tmp_path, installed_program)


def test_neovim(neovim_executable: Path, home: Home) -> None:
    home.put(".config/nvim/init.lua", "vim.g.mine = 1\n")
    home.set_up("neovim")
    script = home.put(
        "script.lua",
        f"""vim.cmd('edit {home.prompt}')
        vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
        for _, one in ipairs(vim.diagnostic.get(0)) do print(vim.g.mine, one.message) end
        vim.cmd('qall!')""",
    )
    said = home.run([neovim_executable, "--headless", "-n", "-c", f"luafile {script}"])
    assert f"1 The {MESSAGE}" in said


def test_helix(helix_executable: Path, home: Home) -> None:
    home.put(".config/helix/languages.toml", '[[language]]\nname = "markdown"\nlanguage-servers = ["marksman"]\n')
    home.set_up("helix")
    said = home.run([helix_executable, "--health", "markdown"])
    assert "marksman" in said
    assert f"{home.run(['sh', '-c', 'command -v thoughtsmith']).strip()}" in said
    assert "thoughtsmith" in home.run([helix_executable, "--health", "prompt"])


def test_emacs(installed_emacs: Emacs, home: Home) -> None:
    home.put(".emacs.d/init.el", "(setq mine 1)")
    home.set_up("emacs")
    form = f'(progn (find-file "{home.prompt}") (message "%S %S" mine major-mode))'
    said = home.run([installed_emacs.editor, "--batch", "-l", home.folder / ".emacs.d/init.el", "--eval", form])
    assert "1 thoughtsmith-prompt-mode" in said
