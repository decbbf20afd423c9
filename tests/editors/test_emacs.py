"""What a user of Emacs gets: the real editor with the package we hand out, in a terminal, by real keystrokes."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.editors.emacs_session import Session
from tests.editors.processes import servers
from tests.editors.samples import ASKED, CHATMODE, NAMES, PROMPTY, RUSSIAN, SKILL, TASK

from thoughtsmith.config.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.editors.installers.emacs import Emacs

PACKAGE = "client-config/emacs/thoughtsmith.el"
WITH_FIELDS = ("markdown-mode", "yaml-mode", "yasnippet")


@pytest.fixture(scope="module")
def start(
    installed_emacs: Emacs, tmux_executable: Path, installed_program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Session]]:
    """Starts Emacs with our package as the program from the wheel prints it."""
    running: list[Session] = []

    def start(*packages: str, before: str = "") -> Session:
        home = tmp_path_factory.mktemp("emacs")
        running.append(
            Session(installed_emacs, tmux_executable, installed_program, home, packages=packages, before=before)
        )
        return running[-1]

    yield start
    for session in running:
        session.close()


@pytest.fixture(scope="module")
def running(start: Callable[..., Session]) -> Session:
    return start(*WITH_FIELDS)


@pytest.fixture
def emacs(running: Session) -> Iterator[Session]:
    """The running Emacs, with Eglot and Yasnippet, without any open file."""
    yield running
    running.lisp(
        "(progn (setq-default eglot-workspace-configuration nil thoughtsmith-locale nil)"
        " (thoughtsmith-update-settings) nil)"
    )
    running.close_files()


def attached(emacs: Session) -> None:
    emacs.until("the server is attached", "(eglot-managed-p)")


def choose(emacs: Session, *shown: str) -> None:
    """Choose the first of the completions, once all that is to be there is shown."""
    emacs.terminal.keys("C-M-i")
    emacs.terminal.shows("*Completions*", *shown)
    emacs.terminal.keys("M-Down", "M-Enter")


def explained(emacs: Session, *texts: str) -> str:
    """What is shown of the thing under the cursor, once all the texts are."""
    emacs.command("eldoc")
    for text in texts:
        emacs.until(
            f"{text} is said",
            f"(when (buffer-live-p eldoc--doc-buffer)"
            f' (with-current-buffer eldoc--doc-buffer (string-match-p "{text}" (buffer-string))))',
        )
    emacs.command("eldoc-doc-buffer")
    shown = emacs.terminal.shows(*texts)
    emacs.terminal.keys("C-x", "1")
    return shown


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_file_has_a_mode_of_ours(running: Session, name: str) -> None:
    mode = running.lisp(
        f'(with-temp-buffer (setq buffer-file-name "/home/me/{name}") (setq thoughtsmith-client nil)'
        " (set-auto-mode) (setq thoughtsmith-client (quote eglot) buffer-file-name nil)"
        " (symbol-name major-mode))"
    )
    ending = name.rpartition(".")[2]
    assert mode == {
        "yaml": "thoughtsmith-yaml-mode",
        "yml": "thoughtsmith-yaml-mode",
        "json": "thoughtsmith-json-mode",
        "poml": "thoughtsmith-poml-mode",
    }.get(ending, "thoughtsmith-prompt-mode")


@pytest.mark.parametrize("name", ["README.md", "notes.txt", "ci.yml", "package.json", "page.j2"])
def test_other_files_keep_their_mode(running: Session, name: str) -> None:
    mode = running.lisp(
        f'(symbol-name (or (assoc-default "/home/me/{name}" auto-mode-alist (function string-match)) nil))'
    )
    assert not mode.startswith("thoughtsmith")


def test_the_options_are_those_of_the_server(running: Session) -> None:
    offered = {option.name: option for option in OPTIONS if not option.file_only}
    assert running.lisp("(vconcat (mapcar #'symbol-name thoughtsmith--options))") == list(offered)
    for name, option in offered.items():
        documentation = running.lisp(f"(documentation-property 'thoughtsmith-{name} 'variable-documentation)")
        words = re.findall(r"\w+", option.en.lower())
        assert set(words) <= set(re.findall(r"\w+", documentation.lower())) | {"each", "technique", "has"}, name
        declared = running.lisp(f"(format \"%S\" (get 'thoughtsmith-{name} 'custom-type))")
        assert all(f'(const "{choice}")' in declared for choice in option.choices), name
        assert declared.startswith("(alist") == option.table, name
        assert ("(repeat" in declared) == (option.many and not option.table), name


def test_the_package_compiles_without_warnings(
    installed_emacs: Emacs, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    package = tmp_path / "thoughtsmith.el"
    package.write_bytes((pytestconfig.rootpath / PACKAGE).read_bytes())
    forms = [
        "(setq native-comp-enable-subr-trampolines nil byte-compile-error-on-warn t)",
        f'(unless (byte-compile-file "{package}") (kill-emacs 1))',
        f'(checkdoc-file "{package}")',
    ]
    command = [str(installed_emacs.editor), "-Q", "--batch", *(part for form in forms for part in ("--eval", form))]
    done = subprocess.run(
        command, capture_output=True, check=False, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")


def test_a_name_in_a_numbered_list_becomes_the_next_item(emacs: Session) -> None:
    emacs.open(RUSSIAN)
    attached(emacs)
    emacs.go_behind("условие 🚚.")
    emacs.terminal.keys("Enter")
    emacs.terminal.type("bon")
    choose(emacs, "Best-of-N")
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
    assert lines[7].endswith(" по одним и тем же критериям: цена.")
    assert lines[10:] == ["3. Ответь.", "4. Проверь."]


def test_a_slash_behind_an_emoji_offers_everything(emacs: Session) -> None:
    emacs.open("Составь план поставок 🚚\n\nСпасибо.\n")
    attached(emacs)
    emacs.go_behind("🚚")
    emacs.terminal.type(" /")
    emacs.terminal.keys("C-M-i")
    emacs.terminal.shows("Best-of-N", "Chain-of-Thought", "Self-Refine")
    emacs.terminal.type("cot")
    emacs.terminal.keys("C-M-i")
    emacs.terminal.hides("Best-of-N")
    emacs.terminal.keys("M-Down", "M-Enter")
    emacs.until("the block is there", '(string-match-p "шаг" (buffer-string))')
    lines = emacs.text.splitlines()
    assert lines[:2] == ["Составь план поставок 🚚", ""]
    assert lines[-2:] == ["", "Спасибо."]
    assert "/" not in "\n".join(lines)


def test_hover_explains_what_an_instruction_asks_for(emacs: Session) -> None:
    emacs.open(ASKED)
    attached(emacs)
    emacs.go_behind("step by")
    shown = explained(emacs, "Chain-of-Thought", "Here:", "an instruction")
    assert "**" not in shown


def test_positions_are_counted_in_characters(emacs: Session) -> None:
    emacs.open(ASKED)
    attached(emacs)
    assert emacs.lisp("(plist-get (eglot--capabilities (eglot-current-server)) :positionEncoding)") == "utf-32"


def test_what_is_wrong_is_marked_and_mended(emacs: Session) -> None:
    emacs.open(SKILL, "SKILL.md")
    attached(emacs)
    emacs.until("it is marked", "(flymake-diagnostics)")
    marked = emacs.lisp(
        "(let ((one (car (flymake-diagnostics)))) (vector (flymake-diagnostic-text one)"
        " (buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one))))"
    )
    assert "TH502" in marked[0]
    assert marked[1].startswith("🚚 Когда")
    emacs.go_behind("🚚 Ког")
    emacs.command("eglot-code-actions", "Put it in quotation marks")
    emacs.holds(SKILL.replace("🚚 Когда: просят", '"🚚 Когда: просят"'))
    emacs.until("the mark is gone", "(not (flymake-diagnostics))")


def test_a_command_inserts_a_technique(emacs: Session) -> None:
    before = f"# Задача 🙂\n\n{TASK}\n"
    emacs.open(before)
    attached(emacs)
    emacs.go_behind(TASK)
    emacs.command("thoughtsmith-insert", "Insert Chain-of-Thought")
    text = emacs.changed(before)
    assert text.startswith(f"{before}\n")
    assert "шаг" in text.removeprefix(before)
    emacs.terminal.keys("C-_")
    emacs.holds(before)


def test_the_actions_lead_to_all_techniques(emacs: Session) -> None:
    before = f"# Задача 🙂\n\n{TASK}\n"
    emacs.open(before)
    attached(emacs)
    emacs.go_behind(TASK)
    emacs.command("eglot-code-actions", "More techniques…")
    emacs.terminal.shows("Technique:")
    emacs.terminal.type("Insert Verification")
    emacs.terminal.keys("Tab", "Enter")
    assert emacs.changed(before).startswith(f"{before}\n")


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


def test_a_variable_is_renamed_everywhere(emacs: Session) -> None:
    emacs.open(PROMPTY, "plan.prompty")
    attached(emacs)
    emacs.go_behind("и {{ го")
    emacs.command("eglot-rename", "city")
    emacs.holds(PROMPTY.replace("город", "city"))


def test_the_definition_of_a_variable(emacs: Session) -> None:
    emacs.open(PROMPTY, "plan.prompty")
    attached(emacs)
    emacs.go_behind("и {{ го")
    emacs.terminal.keys("M-.")
    emacs.until("the cursor is at the definition", "(= (line-number-at-pos (window-point)) 4)")


def test_a_chat_mode_becomes_an_agent(emacs: Session) -> None:
    old = emacs.open(CHATMODE, ".github/chatmodes/план.chatmode.md")
    attached(emacs)
    emacs.command("eglot-code-actions", "Rename to .agent.md, as chat modes are called now")
    agent = emacs.folder / ".github/agents/план.agent.md"
    emacs.until("Emacs follows", f'(equal buffer-file-name "{agent}")')
    assert agent.read_text(encoding="utf-8") == CHATMODE
    assert not old.exists()
    attached(emacs)
    emacs.until("nothing is wrong with it", "(and (flymake-running-backends) (not (flymake-diagnostics)))")


def test_a_file_of_the_new_name_is_left_alone(emacs: Session) -> None:
    agent = emacs.folder / "a.agent.md"
    agent.write_text("Не трогай 🚚\n", encoding="utf-8")
    old = emacs.open(CHATMODE, "a.chatmode.md")
    attached(emacs)
    emacs.command("eglot-code-actions", "Rename to .agent.md, as chat modes are called now")
    emacs.terminal.shows("a.agent.md is there")
    assert agent.read_text(encoding="utf-8") == "Не трогай 🚚\n"
    assert old.read_text(encoding="utf-8") == CHATMODE


def test_a_changed_setting_takes_effect(emacs: Session) -> None:
    emacs.open(ASKED)
    attached(emacs)
    emacs.go_behind("step by")
    explained(emacs, "Here:")
    emacs.lisp('(progn (customize-set-variable (quote thoughtsmith-locale) "ru") nil)')
    explained(emacs, "Здесь:")
    emacs.lisp('(progn (setq-default eglot-workspace-configuration (quote (:thoughtsmith (:locale "en")))) nil)')
    emacs.command("eglot-signal-didChangeConfiguration")
    explained(emacs, "Here:")


def test_the_server_starts_anew(emacs: Session, installed_program: Path) -> None:
    emacs.open(ASKED)
    attached(emacs)
    before = servers(installed_program, emacs.folder)
    assert len(before) == 1
    emacs.command("eglot-reconnect")
    emacs.terminal.until("another runs", lambda: servers(installed_program, emacs.folder) not in ([], before))
    attached(emacs)
    emacs.go_behind("step by")
    explained(emacs, "Here:")


def test_a_technique_is_explained(emacs: Session) -> None:
    emacs.command("thoughtsmith-explain", "self-refine")
    emacs.terminal.shows("When not to use it", "*Thoughtsmith*")
    emacs.terminal.keys("C-x", "1")


def test_a_prompt_is_composed_for_the_region(emacs: Session) -> None:
    emacs.open(f"{TASK}\n")
    emacs.terminal.keys("C-x", "h")
    emacs.command("thoughtsmith-compose", "cot,bon")
    emacs.until("the prompt is shown", '(string-prefix-p "*Thoughtsmith prompt*" (buffer-name))')
    assert emacs.text.startswith(TASK)
    assert "шаг" in emacs.text
    assert "3 варианта" in emacs.text


def test_a_missing_program_is_told_of(emacs: Session) -> None:
    emacs.lisp('(progn (setq thoughtsmith-command (cons "no-such-program" thoughtsmith-command)) nil)')
    emacs.open(ASKED)
    emacs.terminal.shows("there is no program no-such-program")
    emacs.lisp("(progn (pop thoughtsmith-command) nil)")


def test_without_yasnippet_blocks_are_plain_text(start: Callable[..., Session]) -> None:
    emacs = start()
    emacs.open(RUSSIAN)
    attached(emacs)
    assert emacs.lisp("(and (derived-mode-p 'text-mode) (not (featurep 'markdown-mode)))")
    emacs.go_behind("условие 🚚.")
    emacs.terminal.keys("Enter")
    emacs.terminal.type("bon")
    choose(emacs, "Best-of-N")
    emacs.until("the block is there", '(string-match-p "^2. Подготовь" (buffer-string))')
    lines = emacs.text.splitlines()
    assert lines[5].startswith("2. Подготовь 3 варианта решения [задачи],")
    assert lines[10:] == ["3. Ответь.", "4. Проверь."]


def test_the_server_ends_with_the_editor(start: Callable[..., Session], installed_program: Path) -> None:
    emacs = start(*WITH_FIELDS)
    emacs.open(ASKED)
    attached(emacs)
    assert servers(installed_program, emacs.folder)
    emacs.terminal.keys("C-x", "C-c")
    emacs.terminal.until("it has ended", lambda: not servers(installed_program, emacs.folder))
