"""What a user of Helix gets: the real editor with the configuration we hand out, in a terminal, by real keystrokes."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.editors.processes import servers
from tests.editors.samples import ASKED, CHATMODE, NAMES, PROMPTY, RUSSIAN, SKILL, TASK
from tests.editors.terminal import Terminal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

TITLE = re.compile(r" (?:Insert|Wrap with|Put it|Turn off|Ignore|Rename to|Number) ")
"""How the actions begin that the menus of these tests show."""


class Helix:
    """A running Helix with our configuration."""

    def __init__(self, terminal: Terminal, folder: Path, languages: Path) -> None:
        self.terminal = terminal
        self.folder = folder
        self.languages = languages
        """The configuration of languages."""
        self.file = folder
        """The file that was opened last; the folder if none was."""

    def command(self, command: str) -> None:
        self.terminal.type(f":{command}")
        self.terminal.keys("Enter")

    def normal_mode(self) -> None:
        # What follows an escape too soon would be read as a key with Alt, so it has to be seen to have worked.
        if not self.status.startswith(" NOR "):
            self.terminal.keys("Escape")
            self.terminal.until("Helix is in normal mode", lambda: self.status.startswith(" NOR "))

    @property
    def status(self) -> str:
        """The line above the last: the mode, the file, the place, the language."""
        return self.terminal.screen.splitlines()[-2]

    def open(self, text: str, name: str = "план.prompt.md") -> None:
        """Open a new file with the text."""
        self.file = self.folder / name
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(text.encode())
        self.command(f"open {self.file.relative_to(self.folder)}")
        self.terminal.until("the file is open", lambda: f" {name} " in self.status)

    def close(self) -> None:
        self.normal_mode()
        self.command("buffer-close-all!")
        self.terminal.until("nothing is open", lambda: "[scratch]" in self.status)

    def at(self, line: int, column: int) -> None:
        """Wait until the cursor is there, counted from 1."""
        self.terminal.until(f"the cursor is at {line}:{column}", lambda: f" {line}:{column} " in self.status)

    @property
    def text(self) -> str:
        """The text of the open file, which is written for that purpose."""
        self.command("write")
        self.terminal.until("the file is written", lambda: "[+]" not in self.status)
        return self.file.read_bytes().decode()

    def holds(self, text: str) -> None:
        """Wait until the open file is the text."""
        self.terminal.until(f"the file is\n{text}", lambda: self.text == text)

    def changed(self, before: str) -> str:
        """The text of the open file as soon as it is another than before."""
        self.terminal.until("the text has changed", lambda: "[+]" in self.status)
        text = self.text
        assert text != before
        return text

    def accept(self, label: str, shown: str) -> None:
        """Choose the first item of the menu, and wait for its first placeholder; `shown` is in the block."""
        self.terminal.shows(label)
        self.terminal.keys("C-n")
        # Helix shows the block as soon as its item is selected.
        self.terminal.shows(shown)
        self.terminal.keys("Enter")
        self.terminal.hides(label)

    def choose_action(self, title: str) -> None:
        self.terminal.keys("Space", "a")
        screen = self.terminal.shows(title)
        titles = [line for line in screen.splitlines() if TITLE.search(line)]
        self.terminal.keys(*["Down"] * [title in line for line in titles].index(True), "Enter")
        self.terminal.hides(title)

    def hover(self, *texts: str) -> str:
        """What is shown of the thing under the cursor, once all the texts are."""
        self.terminal.keys("Space", "k")
        shown = self.terminal.shows(*texts)
        self.terminal.keys("Escape")
        self.terminal.hides(*texts)
        return shown


@pytest.fixture(scope="module")
def start(
    helix_executable: Path, tmux_executable: Path, installed_program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], AbstractContextManager[Helix]]:
    """Starts Helix with our configuration as the program from the wheel prints it, and ends it.

    When it is there, a file is open and the server has said what is wrong with it.
    """

    @contextmanager
    def start() -> Iterator[Helix]:
        home = tmp_path_factory.mktemp("helix")
        folder, configuration = home / "work", home / "config/helix"
        (folder / ".git").mkdir(parents=True)
        configuration.mkdir(parents=True)
        printed = subprocess.run([installed_program, "setup", "helix"], capture_output=True, check=True).stdout
        (configuration / "languages.toml").write_bytes(printed)
        status = 'right = ["diagnostics", "position", "file-type"]'
        (configuration / "config.toml").write_text(f"[editor.statusline]\n{status}\n", encoding="utf-8")
        environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "COLORTERM": "truecolor"}
        terminal = Terminal(tmux_executable, folder, [helix_executable, "-v"], environment=environment)
        try:
            terminal.shows(" NOR ")
            helix = Helix(terminal, folder, configuration / "languages.toml")
            helix.open(SKILL, "SKILL.md")
            terminal.shows("needs quotation marks")
            yield helix
        finally:
            terminal.close()

    return start


@pytest.fixture(scope="module")
def running(start: Callable[[], AbstractContextManager[Helix]]) -> Iterator[Helix]:
    with start() as helix:
        yield helix


@pytest.fixture
def helix(running: Helix) -> Iterator[Helix]:
    """The running Helix without any open file."""
    yield running
    running.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_file_is_of_a_language_that_has_the_server(helix: Helix, name: str) -> None:
    languages = tomllib.loads(helix.languages.read_text(encoding="utf-8"))["language"]
    ours = [language["name"] for language in languages if "thoughtsmith" in language["language-servers"]]
    helix.open("x\n", name)
    helix.terminal.until("it is of such a language", lambda: helix.status.split()[-1] in ours)


@pytest.mark.parametrize("language", ["markdown", "yaml", "json", "jinja"])
def test_languages_keep_the_servers_that_helix_has_for_them(
    helix_executable: Path, running: Helix, language: str, tmp_path: Path
) -> None:
    def servers(configuration: Path) -> set[str]:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(configuration)}
        command = [str(helix_executable), "--health", language]
        said = subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode()
        said = re.sub(r"\x1b\[[\d;]*m", "", said)
        return set(re.findall(r"^  [✓✘] ([\w-]+):", said.partition("Configured debug adapter")[0], re.MULTILINE))

    assert servers(running.languages.parent.parent) == servers(tmp_path) | {"thoughtsmith"}


def test_a_name_in_a_numbered_list_becomes_the_next_item(helix: Helix) -> None:
    helix.open(RUSSIAN)
    helix.terminal.type("5Gobon")
    helix.accept("Best-of-N", "2. Подготовь")
    helix.terminal.type("маршрута 🚚")
    helix.terminal.keys("Tab")
    helix.terminal.type("цена")
    helix.normal_mode()
    lines = helix.text.splitlines()
    assert lines[:5] == RUSSIAN.splitlines()[:5]
    assert lines[5].startswith("2. Подготовь 3 варианта решения маршрута 🚚,")
    assert len(lines) == 12
    assert all(re.match(r"   - [А-Я]", line) for line in lines[6:10])
    assert lines[7].endswith(" по одним и тем же критериям: цена.")
    assert lines[10:] == ["3. Ответь.", "4. Проверь."]


def test_a_slash_behind_an_emoji_offers_everything(helix: Helix) -> None:
    helix.open("Составь план поставок 🚚\n\nСпасибо.\n")
    helix.terminal.type("A /")
    helix.terminal.shows("Best-of-N", "Chain-of-Thought", "Self-Refine")
    helix.terminal.type("co")
    helix.accept("Chain-of-Thought", "шаг")
    helix.normal_mode()
    lines = helix.text.splitlines()
    assert lines[:2] == ["Составь план поставок 🚚", ""]
    assert lines[-2:] == ["", "Спасибо."]
    assert "/" not in "\n".join(lines)


def test_hover_explains_what_an_instruction_asks_for(helix: Helix) -> None:
    helix.open(ASKED)
    helix.terminal.type("3Gfkfp")
    shown = helix.hover("Chain-of-Thought · cot", "Here: an instruction")
    assert "**" not in shown


def test_what_is_wrong_is_marked_and_mended(helix: Helix) -> None:
    helix.open(SKILL, "SKILL.md")
    helix.terminal.shows("needs quotation marks")
    helix.terminal.type("3Ggl")
    helix.choose_action("Put it in quotation marks")
    helix.holds(SKILL.replace("🚚 Когда: просят", '"🚚 Когда: просят"'))
    helix.terminal.hides("needs quotation marks")


def test_a_code_action_inserts_a_technique(helix: Helix) -> None:
    before = f"# Задача 🙂\n\n{TASK}\n"
    helix.open(before)
    helix.terminal.type("3G")
    helix.choose_action("Insert Chain-of-Thought")
    text = helix.changed(before)
    assert text.startswith(f"{before}\n")
    assert "шаг" in text.removeprefix(before)
    helix.terminal.type("u")
    helix.holds(before)


def test_a_code_action_wraps_the_selection(helix: Helix) -> None:
    before = f"Привет 🙂\n\n{TASK}\n\nСпасибо.\n"
    helix.open(before)
    helix.terminal.type("3Gx")
    helix.choose_action("Wrap with Chain-of-Thought")
    lines = helix.changed(before).splitlines()
    assert lines[:2] == ["Привет 🙂", ""]
    assert lines[-2:] == ["", "Спасибо."]
    assert "выше" in "\n".join(lines[lines.index(TASK) + 1 : -2])


def test_a_variable_is_renamed_everywhere(helix: Helix) -> None:
    helix.open(PROMPTY, "plan.prompty")
    helix.terminal.type("8Gf}hb")
    helix.terminal.keys("Space", "r")
    helix.terminal.shows("rename-to:")
    helix.terminal.keys("C-u")
    helix.terminal.type("city")
    helix.terminal.keys("Enter")
    helix.holds(PROMPTY.replace("город", "city"))


def test_the_definition_of_a_variable(helix: Helix) -> None:
    helix.open(PROMPTY, "plan.prompty")
    helix.terminal.type("8Gf}hb")
    helix.terminal.type("gd")
    helix.at(4, 3)


def test_a_chat_mode_becomes_an_agent(helix: Helix) -> None:
    helix.open(CHATMODE, ".github/chatmodes/план.chatmode.md")
    helix.choose_action("Rename to .agent.md")
    agent = helix.folder / ".github/agents/план.agent.md"
    helix.terminal.until("the file is renamed", agent.exists)
    assert agent.read_text(encoding="utf-8") == CHATMODE
    assert not helix.file.exists()
    helix.terminal.until("Helix follows", lambda: "план.agent.md" in helix.status)


def test_a_file_of_the_new_name_is_left_alone(helix: Helix) -> None:
    agent = helix.folder / "a.agent.md"
    agent.write_text("Не трогай 🚚\n", encoding="utf-8")
    helix.open(CHATMODE, "a.chatmode.md")
    helix.choose_action("Rename to .agent.md")
    # Helix does one thing after the other, so when it has done this, it has done that.
    helix.open(SKILL, "SKILL.md")
    assert agent.read_text(encoding="utf-8") == "Не трогай 🚚\n"


def test_the_server_starts_anew_with_other_settings(helix: Helix, installed_program: Path) -> None:
    helix.open(SKILL, "SKILL.md")
    helix.terminal.shows("needs quotation marks")
    before = servers(installed_program, helix.folder)
    assert len(before) == 1
    said = helix.languages.read_text(encoding="utf-8")
    for line in ("[language-server.thoughtsmith.config]", "locale = 'en'"):
        assert f"# {line}" in said
        said = said.replace(f"# {line}", line.replace("'en'", "'ru'"))
    helix.languages.write_text(said, encoding="utf-8")
    helix.command("config-reload")
    helix.command("lsp-restart")
    helix.terminal.shows("кавычк")
    assert len(servers(installed_program, helix.folder)) == 1
    assert servers(installed_program, helix.folder) != before


def test_the_server_ends_with_the_editor(
    start: Callable[[], AbstractContextManager[Helix]], installed_program: Path
) -> None:
    with start() as helix:
        assert servers(installed_program, helix.folder)
        helix.command("quit!")
        helix.terminal.until("it has ended", lambda: not servers(installed_program, helix.folder))
