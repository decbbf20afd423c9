"""What a user of Emacs gets who prefers lsp-mode to Eglot, with the Company that lsp-mode sets up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.editors.emacs_session import Session
from tests.editors.processes import servers
from tests.editors.samples import ASKED, CHATMODE, PROMPTY, RUSSIAN, SKILL, TASK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.editors.installers.emacs import Emacs

PACKAGES = ("company", "dash", "f", "ht", "lsp-mode", "lv", "markdown-mode", "s", "spinner", "yasnippet")


@pytest.fixture(scope="module")
def running(
    installed_emacs: Emacs, tmux_executable: Path, installed_program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    home = tmp_path_factory.mktemp("emacs")
    before = "(setq thoughtsmith-client 'lsp-mode)"
    session = Session(installed_emacs, tmux_executable, installed_program, home, packages=PACKAGES, before=before)
    yield session
    session.close()


@pytest.fixture
def emacs(running: Session) -> Iterator[Session]:
    """The running Emacs without any open file."""
    yield running
    running.close_files()


def attached(emacs: Session) -> None:
    emacs.until("the server is attached", "(bound-and-true-p lsp-managed-mode)")


def explained(emacs: Session, *texts: str) -> str:
    """What is shown of the instruction in `ASKED`, once all the texts are."""
    emacs.until("the server is ready", '(lsp-feature? "textDocument/hover")')
    emacs.go_behind("step by")
    emacs.command("lsp-describe-thing-at-point")
    shown = emacs.terminal.shows(*texts)
    emacs.lisp("(progn (delete-other-windows) nil)")
    return shown


def test_a_name_in_a_numbered_list_becomes_the_next_item(emacs: Session) -> None:
    emacs.open(RUSSIAN)
    attached(emacs)
    emacs.go_behind("условие 🚚.")
    emacs.terminal.keys("Enter")
    emacs.terminal.type("bon")
    emacs.terminal.shows("Best-of-N")
    emacs.terminal.keys("Enter")
    emacs.until("the block has fields", "(yas-active-snippets)")
    emacs.terminal.type("маршрута 🚚")
    emacs.terminal.keys("Tab")
    emacs.terminal.type("цена")
    emacs.terminal.keys("Tab")
    emacs.until("the tour is over", "(not (yas-active-snippets))")
    lines = emacs.text.splitlines()
    assert lines[:5] == RUSSIAN.splitlines()[:5]
    assert lines[5].startswith("2. Подготовь 3 варианта решения маршрута 🚚,")
    assert all(re.match(r"   - [А-Я]", line) for line in lines[6:10])
    assert lines[10:] == ["3. Ответь.", "4. Проверь."]


def test_hover_explains_what_an_instruction_asks_for(emacs: Session) -> None:
    emacs.open(ASKED)
    shown = explained(emacs, "Chain-of-Thought", "Here:", "an instruction")
    assert "**" not in shown


def test_what_is_wrong_is_marked_and_mended(emacs: Session) -> None:
    emacs.open(SKILL, "SKILL.md")
    attached(emacs)
    emacs.until("it is marked", "(flymake-diagnostics)")
    emacs.go_behind("🚚 Ког")
    emacs.command("lsp-execute-code-action", "Put it in quotation marks")
    emacs.holds(SKILL.replace("🚚 Когда: просят", '"🚚 Когда: просят"'))
    emacs.until("the mark is gone", "(not (flymake-diagnostics))")


def test_a_command_wraps_the_region(emacs: Session) -> None:
    before = f"Привет 🙂\n\n{TASK}\n\nСпасибо.\n"
    emacs.open(before)
    attached(emacs)
    emacs.go_behind("🙂\n\n")
    emacs.terminal.keys("C-Space", "C-e")
    emacs.command("thoughtsmith-insert", "Wrap with Chain-of-Thought")
    lines = emacs.changed(before).splitlines()
    assert lines[:2] == ["Привет 🙂", ""]
    assert lines[-2:] == ["", "Спасибо."]
    assert "выше" in "\n".join(lines[lines.index(TASK) + 1 : -2])


def test_a_variable_is_renamed_and_defined(emacs: Session) -> None:
    emacs.open(PROMPTY, "plan.prompty")
    attached(emacs)
    emacs.go_behind("и {{ го")
    emacs.terminal.keys("M-.")
    emacs.until("the cursor is at the definition", "(= (line-number-at-pos (window-point)) 4)")
    emacs.lisp('(lsp-rename "city")')
    emacs.holds(PROMPTY.replace("город", "city"))


def test_a_chat_mode_becomes_an_agent(emacs: Session) -> None:
    old = emacs.open(CHATMODE, ".github/chatmodes/план.chatmode.md")
    attached(emacs)
    emacs.command("lsp-execute-code-action", "Rename to .agent.md, as chat modes are called now")
    agent = emacs.folder / ".github/agents/план.agent.md"
    emacs.until("Emacs follows", f'(equal buffer-file-name "{agent}")')
    assert agent.read_text(encoding="utf-8") == CHATMODE
    assert not old.exists()


def test_a_changed_setting_takes_effect(emacs: Session) -> None:
    emacs.open(ASKED)
    explained(emacs, "Here:")
    emacs.lisp('(progn (customize-set-variable (quote thoughtsmith-locale) "ru") nil)')
    explained(emacs, "Здесь:")
    emacs.lisp("(progn (customize-set-variable (quote thoughtsmith-locale) nil) nil)")


def test_the_server_starts_anew(emacs: Session, installed_program: Path) -> None:
    emacs.open(ASKED)
    explained(emacs, "Here:")
    before = servers(installed_program, emacs.folder)
    assert len(before) == 1
    emacs.lisp("(progn (lsp-workspace-restart (car (lsp-workspaces))) nil)")
    emacs.terminal.until("another runs", lambda: servers(installed_program, emacs.folder) not in ([], before))
    explained(emacs, "Here:")
