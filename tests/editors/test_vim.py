"""What a user of Vim with ALE gets from `thoughtsmith setup vim --write`."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.editors import vim_session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.installers.vim import Vim

PROMPT = "# Задача 😀\n\nУлучши ответ: цепочка рассуждений.\n\n```\nx\n"


@pytest.fixture
def home(tmp_path: Path, installed_program: Path) -> Path:
    """A home folder that was set up, with a prompt in it."""
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": f"{installed_program.parent}{os.pathsep}/usr/bin"}
    subprocess.run([installed_program, "setup", "vim", "--write"], env=environment, check=True, capture_output=True)
    (tmp_path / "CLAUDE.md").write_text(PROMPT, encoding="utf-8")
    return tmp_path


def until(condition: str) -> str:
    return f"let tries = 0\nwhile tries < 400 && !({condition})\n sleep 50m\n let tries += 1\nendwhile\n"


def test_ale_marks_what_is_wrong_and_forgets_it_when_it_is_mended(
    installed_vim: Vim, home: Path, installed_program: Path
) -> None:
    found = "get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])"
    script = (
        f"edit {home / 'CLAUDE.md'}\n{until(f'!empty({found})')}"
        f"let g:answer = [map(copy({found}), 'v:val.lnum . \":\" . v:val.text')]\n"
        f"call setline(7, '```')\ncall ale#Queue(0)\n{until(f'empty({found})')}"
        f"call add(g:answer, map(copy({found}), 'v:val.text'))"
    )
    first, then = vim_session.run(installed_vim, home, "vim-ale", script, program=installed_program)
    assert len(first) == 1
    assert first[0].startswith("5:")
    assert then == []


def test_ale_explains_a_technique_in_the_language_of_the_settings(
    installed_vim: Vim, home: Path, installed_program: Path
) -> None:
    shown = "join(flattennew(map(range(2, bufnr('$')), 'getbufline(v:val, 1, \"$\")')))"
    # ALE drops a request that comes before the server is ready.
    ask = f"while tries < 80 && {shown} !~# 'рассуждений'\n ALEHover\n sleep 250m\n let tries += 1\nendwhile\n"
    script = (
        f"let g:ale_hover_to_preview = 1\nedit {home / 'CLAUDE.md'}\ncall cursor(3, 30)\nlet tries = 0\n{ask}"
        f"let g:answer = {shown}"
    )
    settings = "let g:thoughtsmith_settings = {'locale': 'ru'}"
    answer = vim_session.run(installed_vim, home, "vim-ale", script, program=installed_program, vimrc=settings)
    assert "Цепочка рассуждений" in answer


def test_vim_lsp_and_coc_are_told_how_to_start_the_server(installed_vim: Vim, home: Path) -> None:
    # Neither is a package of Debian, so all that can be seen here is what they are told, in the way that they want it.
    stubs = home / ".vim" / "autoload"
    (stubs / "lsp").mkdir(parents=True)
    (stubs / "lsp.vim").write_text(
        "function! lsp#register_server(server)\n let server = copy(a:server)\n"
        " for key in ['cmd', 'languageId', 'root_uri']\n  let server[key] = server[key]({})\n endfor\n"
        " let g:told.vim_lsp = server\nendfunction\n",
        encoding="utf-8",
    )
    (stubs / "lsp" / "utils.vim").write_text(
        "function! lsp#utils#get_buffer_path()\n return expand('%:p')\nendfunction\n"
        "function! lsp#utils#path_to_uri(path)\n return 'file://' . a:path\nendfunction\n",
        encoding="utf-8",
    )
    (stubs / "coc.vim").write_text(
        "function! coc#config(key, value)\n let g:told[a:key] = a:value\nendfunction\n", encoding="utf-8"
    )
    plain = "{'textDocument': {'completion': {'completionItem': {'snippetSupport': v:false}}}}"
    script = (
        f"let g:told = {{}}\nlet g:lsp_get_supported_capabilities = [{{info -> {plain}}}]\n"
        f"edit {home / 'CLAUDE.md'}\ndoautocmd User lsp_setup\ndoautocmd User CocNvimInit\nlet g:answer = g:told"
    )
    settings = "let g:thoughtsmith_settings = {'locale': 'ru'}"
    told = vim_session.run(installed_vim, home, "vim-ale", script, vimrc=settings)
    vim_lsp, coc = told["vim_lsp"], told["languageserver.thoughtsmith"]
    assert vim_lsp["cmd"] == [coc["command"], *coc["args"]] == ["thoughtsmith", "server"]
    assert vim_lsp["allowlist"] == coc["filetypes"]
    assert vim_lsp["workspace_config"] == coc["settings"] == {"thoughtsmith": {"locale": "ru"}}
    assert vim_lsp["languageId"] == "markdown"
    assert vim_lsp["root_uri"] == f"file://{home}"
    # vim-lsp writes blocks of several lines only if they are snippets.
    assert vim_lsp["capabilities"]["textDocument"]["completion"]["completionItem"]["snippetSupport"] is True


def test_files_that_vim_does_not_know_are_prompts(installed_vim: Vim, home: Path) -> None:
    names = ["a.mdc", "a.prompty", "a.prompt", "a.poml", "a.prompt.md", "a.jinja"]
    script = "let g:answer = []\n" + "".join(f"edit {home / name}\ncall add(g:answer, &filetype)\n" for name in names)
    assert vim_session.run(installed_vim, home, "vim-ale", script) == [
        *["markdown"] * 3,
        "xml",
        "markdown",
        "jinja",
    ]
