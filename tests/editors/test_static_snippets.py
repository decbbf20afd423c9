"""Every snippet file is read by the editor that it is for, and gives the text that the server would insert.

Neovim stands in for LuaSnip: both expand what Visual Studio Code calls a snippet.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from tests.editors import vim_session
from tests.editors.vscode import bridge
from tests.editors.vscode.workbench import programs, workbench
from tests.snippet_files import Snippet, snippets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.editors.installers.emacs import Emacs
    from tests.editors.installers.vim import Vim
    from tests.editors.installers.vscode import VSCode
    from tests.editors.vscode.workbench import Workbench

SNIPPETS = list(snippets())
LIFETIME = 120
"""Seconds after which an editor is killed."""


def filled(snippet: Snippet) -> str:
    """The text of a snippet with what its tab stops hold at first."""
    return "".join(part if isinstance(part, str) else part.default for part in snippet.written).strip("\n")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with the snippets of every editor that takes them."""
    for editor in ("vim", "neovim", "emacs", "vscode"):
        command = [sys.executable, "-m", "thoughtsmith", "setup", editor, "--snippets", "--write"]
        environment = {**os.environ, "HOME": str(tmp_path)}
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            environment.pop(variable, None)
        subprocess.run(command, env=environment, check=True, capture_output=True)
    return tmp_path


def test_ultisnips(installed_vim: Vim, home: Path) -> None:
    script = ["let g:answer = []"]
    for snippet in SNIPPETS:
        script += ["enew!", "setlocal filetype=markdown", f'call feedkeys("i{snippet.prefix}\\<Tab>\\<Esc>", "xt")']
        script += ["call add(g:answer, join(getline(1, '$'), \"\\n\"))"]
    texts = vim_session.run(installed_vim, home, "vim-ultisnips", "\n".join(script))
    assert texts == [filled(snippet) for snippet in SNIPPETS]


def test_yasnippet(installed_emacs: Emacs, home: Path) -> None:
    answer = home / "answer.json"
    keys = " ".join(json.dumps(snippet.prefix) for snippet in SNIPPETS)
    script = f"""
      (require 'yasnippet) (require 'markdown-mode)
      (yas-load-directory "{home}/.emacs.d/snippets")
      (let ((texts (mapcar (lambda (key)
                             (with-temp-buffer
                               (markdown-mode)
                               (yas-minor-mode 1)
                               (insert key)
                               (yas-expand)
                               (buffer-substring-no-properties (point-min) (point-max))))
                           '({keys}))))
        (let ((coding-system-for-write 'no-conversion))
          (write-region (json-serialize (vconcat texts)) nil "{answer}")))"""
    (home / "script.el").write_text(script, encoding="utf-8")
    packages: list[str | Path] = [
        argument
        for name in ("yasnippet", "markdown-mode")
        for argument in ("-L", str(next(installed_emacs.packages.glob(f"{name}-[0-9]*"))))
    ]
    done = subprocess.run(
        [installed_emacs.editor, "-Q", "--batch", *packages, "-l", home / "script.el"],
        env={**os.environ, "HOME": str(home), "LANG": "C.UTF-8"},
        check=False,
        capture_output=True,
        timeout=LIFETIME,
    )
    assert answer.exists(), done.stderr.decode()
    assert json.loads(answer.read_text(encoding="utf-8")) == [filled(snippet) for snippet in SNIPPETS]


def test_neovim(neovim_executable: Path, home: Path) -> None:
    answer = home / "answer.json"
    script = home / "script.lua"
    script.write_text(
        f"""
        vim.opt.packpath = {{ '{home}/.local/share/nvim/site' }}
        vim.cmd('packloadall')
        -- As LuaSnip finds them: by the package files in the runtime path.
        local package = vim.json.decode(vim.fn.readblob(vim.api.nvim_get_runtime_file('package.json', false)[1]))
        local texts = {{}}
        for _, file in ipairs(package.contributes.snippets) do
          local path = vim.api.nvim_get_runtime_file(file.path:gsub('^%./', ''), false)[1]
          for name, entry in pairs(vim.json.decode(vim.fn.readblob(path))) do
            vim.cmd('enew!')
            vim.snippet.expand(table.concat(entry.body, '\\n'))
            texts[name] = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\\n')
          end
        end
        vim.fn.writefile({{ vim.json.encode(texts) }}, '{answer}')
        """,
        encoding="utf-8",
    )
    command: list[str | Path] = [neovim_executable, "--clean", "--headless", "-l", script]
    done = subprocess.run(command, capture_output=True, check=False, timeout=LIFETIME)
    assert answer.exists(), done.stderr.decode()
    expected = {snippet.name: filled(snippet) for snippet in SNIPPETS}
    assert json.loads(answer.read_text(encoding="utf-8")) == expected


@pytest_asyncio.fixture
async def vscode(
    installed_vscode: VSCode, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Workbench]:
    """A workbench without our extension, and with the snippets in its workspace."""
    folder = tmp_path_factory.mktemp("vscode")
    (shipped,) = (home / ".config/Code/User/snippets").iterdir()
    target = folder / "workspace" / ".vscode" / shipped.name
    target.parent.mkdir(parents=True)
    target.write_bytes(shipped.read_bytes())
    other = folder / "other"
    other.mkdir()
    async with workbench(installed_vscode, bridge.packed(other), folder, path=programs(folder / "bin")) as opened:
        yield opened


async def test_visual_studio_code(vscode: Workbench) -> None:
    texts: dict[str, Any] = {}
    await vscode.open("a.md", "")
    for snippet in SNIPPETS:
        arguments = {"langId": "markdown", "name": snippet.name}
        await vscode.host.ask("replace", 0, 1 << 30, "")
        await vscode.host.ask("command", "editor.action.insertSnippet", arguments)
        await vscode.until(snippet.name, vscode.text)
        texts[snippet.name] = await vscode.text()
    assert texts == {snippet.name: filled(snippet) for snippet in SNIPPETS}
    await vscode.close_all()
    await vscode.open("b.md", "")
    await vscode.type("bon-section")
    await vscode.press("Control+Space")
    await vscode.suggestions.filter(has_text="bon-section").first.wait_for()
