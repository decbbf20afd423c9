"""A running Neovim that a test drives with real keystrokes."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any, TypeVar

import pynvim
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

PATIENCE = 40.0
"""Seconds that anything may take; a test that passes never waits that long."""
LIFETIME = 600.0
"""Seconds after which Neovim is killed: it does not answer while it waits for a key that nobody presses."""


@contextlib.contextmanager
def far_from_the_user(home: Path) -> Iterator[None]:
    """An environment in which Neovim finds and leaves everything below `home`, and speaks English."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", *(f"XDG_{part}_HOME" for part in ("CACHE", "CONFIG", "DATA", "STATE")), "XDG_RUNTIME_DIR"):
            (home / name.lower()).mkdir(mode=0o700)
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("LANG", "C.UTF-8")
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "NVIM", "NVIM_APPNAME", "NVIM_LOG_FILE", "VIM", "VIMRUNTIME"):
            patch.delenv(name, raising=False)
        yield


def assert_no_errors(home: Path, *expected: str) -> None:
    """Neither Neovim's client nor the server, whose standard error ends up in the same log, has complained.

    Lines that have one of the `expected` texts are let pass.
    """
    log = home / "xdg_state_home/nvim/lsp.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    for line in lines:
        if "[ERROR]" in line and not any(text in line for text in expected):
            pytest.fail(f"{log}: {line[:1000]}")


class Neovim:
    """A running Neovim, with the user's configuration unless the arguments name another."""

    def __init__(self, executable: Path, *arguments: str) -> None:
        with warnings.catch_warnings():
            # pynvim looks whether Python still has them, and does without where it has not.
            warnings.filterwarnings("ignore", "'get_child_watcher' is deprecated", DeprecationWarning)
            command = [str(executable), "--embed", "--headless", "-n", *arguments]
            self._nvim: Any = pynvim.attach("child", argv=command)
        self.pid: int = self._nvim.funcs.getpid()
        self._watchdog = threading.Timer(LIFETIME, os.kill, (self.pid, 9))
        self._watchdog.start()
        # Neovim pauses for seconds before it writes the name of the mode over what its prompt has shown.
        self._nvim.command("set columns=120 lines=50 noshowmode")
        # The prompt that Neovim asks with cannot be read back, so what it offers is kept on the way. Neovim 0.10
        # answers nobody while it asks, so there the choice is made at once, as a plugin with a window for it would.
        self.lua("""
            local select = vim.ui.select
            vim.ui.select = function(items, options, on_choice)
              _G.offered = vim.tbl_map(options.format_item, items)
              if vim.fn.has('nvim-0.11') == 1 then
                return select(items, options, on_choice)
              end
              for number, offer in ipairs(_G.offered) do
                if offer:find(_G.wanted, 1, true) then
                  return on_choice(items[number], number)
                end
              end
              on_choice(nil, nil)
            end
        """)

    def close(self) -> None:
        try:
            with contextlib.suppress(EOFError, OSError):  # It hangs up, as it should.
                self._nvim.command("qall!")
        finally:
            self._watchdog.cancel()
            self._nvim.close()

    def keys(self, keys: str) -> None:
        """Press keys, in Vim's notation."""
        self._nvim.input(keys)

    def lua(self, code: str, *arguments: object) -> Any:
        return self._nvim.exec_lua(code, *arguments)

    def command(self, command: str) -> str:
        return str(self._nvim.api.exec2(command, {"output": True})["output"])

    def until(self, what: str, probe: Callable[[], T | None]) -> T:
        """The first answer of `probe` that is not empty, soon."""
        deadline = time.monotonic() + PATIENCE
        while not (answer := probe()):
            if time.monotonic() > deadline:
                pytest.fail(f"{what}: not within {PATIENCE} s. Mode {self.mode!r}, text:\n{self.text}")
            time.sleep(0.01)
        return answer

    def open(self, file: Path) -> None:
        self._nvim.command(f"edit {file}")
        self.until("the server is attached", lambda: self.lua("return #vim.lsp.get_clients({ bufnr = 0 }) > 0"))
        self.until("the server is ready", lambda: self.lua("return vim.lsp.get_clients({ bufnr = 0 })[1].initialized"))

    @property
    def text(self) -> str:
        return "\n".join(self.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, true)")) + "\n"

    @property
    def line(self) -> str:
        return str(self.lua("return vim.api.nvim_get_current_line()"))

    @property
    def mode(self) -> str:
        return str(self._nvim.api.get_mode()["mode"])

    @property
    def menu(self) -> list[str]:
        """What the completion menu shows; empty if it is not open."""
        items: list[str] = self.lua("""
            return vim.fn.pumvisible() == 0 and {} or
              vim.tbl_map(function(item) return item.abbr end, vim.fn.complete_info({ 'items' }).items)
        """)
        return items

    @property
    def selected(self) -> str:
        """The selected item of the menu; empty if none is."""
        return str(
            self.lua("""
                local menu = vim.fn.complete_info({ 'items', 'selected' })
                return menu.selected >= 0 and menu.items[menu.selected + 1].abbr or ''
            """)
        )

    @property
    def placeholder(self) -> str:
        """The selected text."""
        return str(self.lua("return vim.fn.getregion(vim.fn.getpos('v'), vim.fn.getpos('.'))[1]"))

    @property
    def float(self) -> str:
        """The text of the floating window; empty if there is none."""
        return str(
            self.lua("""
                for _, window in ipairs(vim.api.nvim_list_wins()) do
                  if vim.api.nvim_win_get_config(window).relative ~= '' then
                    local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
                    return table.concat(lines, '\\n')
                  end
                end
                return ''
            """)
        )

    def accept(self, label: str) -> None:
        """Choose an item of the menu when it is there, and wait for its first placeholder."""

        def offering() -> list[str]:
            menu = self.menu
            return menu if label in menu else []

        menu = self.until(f"the menu offers {label}", offering)
        self.keys("<C-n>" * (menu.index(label) + 1))
        self.until(f"{label} is selected", lambda: self.selected == label)
        self.keys("<C-y>")
        self.until("the first placeholder is selected", lambda: self.mode == "s")

    def choose_action(self, title: str) -> None:
        """Choose a code action that edits the text, by its number as a user does."""
        before = self.text
        self.pick_action(title)
        self.until("the action has changed the text", lambda: self.text != before)

    def pick_action(self, title: str) -> None:
        """Press the keys for code actions, and choose one."""
        # Neovim 0.10 has no keys for it.
        has_keys = self.lua("return vim.fn.maparg('gra', 'n') ~= ''")
        self.pick("gra" if has_keys else "<Cmd>lua vim.lsp.buf.code_action()<CR>", title)

    def pick(self, keys: str, title: str) -> None:
        """Press keys after which Neovim lets choose, and choose the first whose text has `title`, by its number."""
        self.lua("_G.offered, _G.wanted = nil, ...", title)
        self.keys(keys)
        offered: list[str] = self.until("there is a choice", lambda: self.lua("return _G.offered"))
        numbers = [number for number, offer in enumerate(offered, 1) if title in offer]
        is_asking = self.lua("return vim.fn.has('nvim-0.11') == 1")
        if is_asking:
            self.until("Neovim asks for a number", lambda: self.mode == "c")
            self.keys(f"{numbers[0]}<CR>" if numbers else "<Esc>")
        if not numbers:
            pytest.fail(f"{title!r} is not offered, only {offered}")
