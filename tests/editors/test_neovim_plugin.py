"""The plugin from the wheel in a current Neovim and in 0.10, as a package of Neovim without any configuration."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.editors.neovim_session import Neovim, assert_no_errors, far_from_the_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TASK = "Рассчитай, сколько машин нужно 🚚, и реши уравнение."
PROMPT = f"# Задача 🙂\n\n{TASK}\n\n1. Прочитай условие 🧭.\n2. Ответь.\n"

PROMPTY = """---
name: plan
inputs:
  город:
    kind: string
---
system:
Составь план 🚚 для {{ город }} и {{ город | upper }}.
"""


@pytest.fixture(scope="module")
def plugin(installed_program: Path) -> Path:
    """The folder of the plugin, as the wheel brings it along."""
    code = "from thoughtsmith.host.installation import data_folder; print(data_folder('client-config'))"
    python = installed_program.with_name("python")
    done = subprocess.run([python, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return Path(done.stdout.strip()) / "neovim"


@pytest.fixture(scope="module", params=["current", "0.10"])
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def start(
    edition: str,
    plugin: Path,
    installed_program: Path,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Neovim]]:
    """Starts Neovims that have the plugin as a package, with an `init.lua` of the given text, and ends them."""
    executable = request.getfixturevalue("neovim_executable" if edition == "current" else "old_neovim_executable")
    home = tmp_path_factory.mktemp("neovim")
    running: list[Neovim] = []
    with far_from_the_user(home), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{installed_program.parent}{os.pathsep}{os.environ['PATH']}")
        package = home / "xdg_data_home/nvim/site/pack/mine/start/thoughtsmith"
        package.parent.mkdir(parents=True)
        package.symlink_to(plugin)
        init = home / "xdg_config_home/nvim/init.lua"
        init.parent.mkdir()

        def start(configuration: str = "") -> Neovim:
            init.write_text(configuration, encoding="utf-8")
            running.append(Neovim(executable))
            return running[-1]

        yield start
        for neovim in running:
            neovim.close()
    # Neovim asks for the colours of a text also when it has told the server to end; and one test names no program.
    assert_no_errors(home, "The server is shutting down", "no-such-program")


@pytest.fixture(scope="module")
def running(start: Callable[[], Neovim]) -> Neovim:
    return start()


@pytest.fixture
def neovim(running: Neovim) -> Iterator[Neovim]:
    """The running Neovim without any open file."""
    running.command("messages clear")
    yield running
    running.keys("<C-\\><C-n>")
    running.until("normal mode", lambda: running.mode == "n")
    messages = running.command("messages")
    running.command("silent! %bwipeout!")
    assert "Error" not in messages
    assert "deprecated" not in messages


@pytest.fixture
def open_file(neovim: Neovim, tmp_path: Path) -> Callable[..., Path]:
    """Opens a new prompt file with the given text."""

    def open_file(text: str, name: str = "план.prompt.md") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode())
        neovim.open(file)
        return file

    return open_file


def has_tab_stops(edition: str) -> bool:
    return edition == "current"


@pytest.mark.parametrize("name", ["a.prompt.md", "a.chatmode.md", "a.mdc", "a.prompty", "a.poml", "a.j2", "SKILL.md"])
def test_it_attaches_to_prompt_files(neovim: Neovim, open_file: Callable[..., Path], name: str) -> None:
    open_file("Hello 🙂\n", name)
    assert neovim.lua("return #vim.lsp.get_clients({ bufnr = 0, name = 'thoughtsmith' })") == 1


def test_of_toml_it_attaches_to_its_own_files(neovim: Neovim, open_file: Callable[..., Path], tmp_path: Path) -> None:
    other = tmp_path / "Cargo.toml"
    other.write_text("# 🙂\n", encoding="utf-8")
    neovim.lua("vim.cmd.edit(...)", str(other))
    # When the server is attached to the second file, it would have been to the first.
    open_file('# 🙂\nlanguage = "de"\n', "thoughtsmith.toml")
    clients = neovim.lua(
        "return #vim.lsp.get_clients({ bufnr = vim.fn.bufnr(...), name = 'thoughtsmith' })", str(other)
    )
    assert clients == 0


def test_a_name_completes_to_the_next_item(neovim: Neovim, open_file: Callable[..., Path], edition: str) -> None:
    open_file(PROMPT)
    neovim.keys("5Gobon")
    if has_tab_stops(edition):
        neovim.accept("Best-of-N")
        placeholder = neovim.placeholder
    else:
        neovim.keys("<C-x><C-o>")
        neovim.until("the menu is open", lambda: neovim.menu == ["Best-of-N"])
        neovim.keys("<C-n><C-y>")
        neovim.until("the block is written", lambda: "bon" not in neovim.text)
        placeholder = re.findall(r"\[.+?\]", neovim.text)[0]
    lines = neovim.text.splitlines()
    assert lines[:5] == PROMPT.splitlines()[:5]
    assert re.match("2. .*[а-я]", lines[5])
    assert lines[6].startswith("   - ")
    assert lines[-1] == "3. Ответь."
    assert placeholder in neovim.text
    neovim.keys("<C-\\><C-n>u")
    neovim.until("the text is as before", lambda: neovim.text == PROMPT)


def test_tab_goes_through_the_places_to_fill_in(neovim: Neovim, open_file: Callable[..., Path], edition: str) -> None:
    if not has_tab_stops(edition):
        # There the cursor stands behind the block, and one goes on writing.
        open_file(PROMPT)
        neovim.keys("5Gobon<C-x><C-o>")
        neovim.until("the menu is open", lambda: neovim.menu)
        neovim.keys("<C-n><C-y>")
        neovim.until("the block is written", lambda: "bon" not in neovim.text)
        line = neovim.line
        neovim.keys(" 🚚 да")
        neovim.until("the text follows the block", lambda: neovim.line == f"{line} 🚚 да")
        return
    open_file(PROMPT)
    neovim.keys("5Gobon")
    neovim.accept("Best-of-N")
    expected = neovim.text.replace(neovim.placeholder, "маршрута 🚚", 1)
    neovim.keys("маршрута 🚚")
    neovim.until("the first text is there", lambda: neovim.text == expected)
    neovim.keys("<Tab>")
    neovim.until("the second placeholder is selected", lambda: neovim.mode == "s")


def test_a_slash_offers_everything(neovim: Neovim, open_file: Callable[..., Path], edition: str) -> None:
    open_file(PROMPT)
    neovim.keys("Go/")
    if not has_tab_stops(edition):
        neovim.keys("<C-x><C-o>")
    offered = neovim.until("the menu is open", lambda: neovim.menu)
    assert {"Best-of-N", "Self-Refine"} <= set(offered)


def test_keys_of_the_front_matter_complete(neovim: Neovim, open_file: Callable[..., Path], edition: str) -> None:
    open_file("---\nname: план 🚚\n\n---\nСоставь план 🚚\n")
    neovim.keys("3Gidesc")
    if not has_tab_stops(edition):
        neovim.keys("<C-x><C-o>")
    neovim.until("the menu offers the key", lambda: "description" in neovim.menu)
    if not has_tab_stops(edition):
        neovim.keys("<C-n>" * (neovim.menu.index("description") + 1) + "<C-y>")
        neovim.until("the key is there", lambda: neovim.line.startswith("description:"))


def test_hover_explains_a_technique(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file("# Задача 🙂\n\nСоставь план 🚚 и возьми CoT для расчёта.\n")
    neovim.keys("3Gf🚚fCK")
    neovim.until("the explanation is shown", lambda: "`cot`" in neovim.float)


def test_what_is_wrong_is_marked_and_mended(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    text = "---\nname: review\ndescription: 🚚 Когда: просят\n---\nПроверь код.\n"
    open_file(text, "SKILL.md")

    def marks() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = neovim.lua("return vim.diagnostic.get(0)")
        return found

    (mark,) = neovim.until("there is a mark", marks)
    start = text.splitlines()[2].encode().index("🚚".encode())
    assert (mark["code"], mark["lnum"], mark["col"]) == ("TH502", 2, start)
    neovim.keys("3G$")
    neovim.choose_action("Put it in quotation marks")
    assert neovim.text == text.replace("🚚 Когда: просят", '"🚚 Когда: просят"')
    neovim.until("the mark is gone", lambda: not marks())


def test_code_actions_insert_and_wrap(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPT)
    neovim.keys("3G")
    neovim.choose_action("Insert Chain-of-Thought")
    assert neovim.text.startswith(f"# Задача 🙂\n\n{TASK}\n\n")
    assert len(neovim.text) > len(PROMPT) + 40
    neovim.keys("u")
    neovim.until("the text is as before", lambda: neovim.text == PROMPT)
    neovim.keys("3GV")
    neovim.until("the line is selected", lambda: neovim.mode == "V")
    neovim.choose_action("Wrap with Chain-of-Thought")
    assert "выше" in neovim.text.partition(TASK)[2]


def test_the_command_inserts_a_technique_with_its_number(
    neovim: Neovim, open_file: Callable[..., Path], edition: str
) -> None:
    open_file(PROMPT)
    neovim.keys("3G:Thoughtsmith insert bon:5<CR>")
    neovim.until("the block is there", lambda: neovim.text != PROMPT)
    before, _, block = neovim.text.partition(f"{TASK}\n\n")
    assert before == "# Задача 🙂\n\n"
    assert re.match(r"[А-Я].* 5 .*\n", block)
    assert block.endswith("\n\n1. Прочитай условие 🧭.\n2. Ответь.\n")
    if has_tab_stops(edition):
        neovim.until("the first placeholder is selected", lambda: neovim.mode == "s")
        expected = neovim.text.replace(neovim.placeholder, "цена 🚚", 1)
        neovim.keys("цена 🚚")
        neovim.until("the text is there", lambda: neovim.text == expected)
        neovim.keys("<Esc>u")
    else:
        assert "[" in block
    neovim.keys("u")
    neovim.until("the text is as before", lambda: neovim.text == PROMPT)


def test_the_command_makes_the_lines_of_its_range_the_task(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPT)
    neovim.keys("3GV:Thoughtsmith insert cot<CR>")
    neovim.until("the block is there", lambda: neovim.text != PROMPT)
    above, _, below = neovim.text.partition(f"{TASK}\n")
    assert above.startswith("# Задача 🙂\n\n")
    assert "выше" in below
    assert below.endswith("\n\n1. Прочитай условие 🧭.\n2. Ответь.\n")
    neovim.keys("<C-\\><C-n>u")
    neovim.until("the text is as before", lambda: neovim.text == PROMPT)


def test_the_command_asks_which_technique(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPT)
    neovim.pick("3G:Thoughtsmith insert<CR>", "Verification (verification)")
    neovim.until("the block is there", lambda: neovim.text != PROMPT)


def test_a_mistake_is_said_and_changes_nothing(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPT)
    neovim.keys(":Thoughtsmith insert bom<CR>")
    neovim.until("it is said", lambda: "There is no 'bom' here. Did you mean bon" in neovim.command("messages"))
    neovim.keys("<CR>:Thoughtsmith explain bom<CR>")
    neovim.until("it is said", lambda: "there is no bom here" in neovim.command("messages"))
    neovim.keys("<CR>:Thoughtsmith dance<CR>")
    neovim.until("it is said", lambda: "usage: Thoughtsmith" in neovim.command("messages"))
    neovim.keys("<CR>")
    assert neovim.text == PROMPT


def test_the_command_composes_a_prompt_for_the_lines_of_its_range(
    neovim: Neovim, open_file: Callable[..., Path]
) -> None:
    open_file(PROMPT)
    neovim.keys(":3Thoughtsmith compose cot bon:4<CR>")
    neovim.until("another buffer is there", lambda: neovim.text != PROMPT)
    assert neovim.text.startswith(f"{TASK}\n\n1. ")
    assert re.search("^2. .*4", neovim.text, re.MULTILINE)
    assert neovim.lua("return vim.bo.filetype") == "markdown"


def test_the_command_explains(neovim: Neovim) -> None:
    # Also where no prompt is open.
    neovim.keys(":Thoughtsmith explain cot<CR>")
    neovim.until("the page is shown", lambda: "# Chain" in neovim.float and "`cot`" in neovim.float)
    assert neovim.lua("return vim.api.nvim_win_get_config(0).relative") == "editor"
    neovim.keys("q")
    neovim.until("it is closed", lambda: not neovim.float)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("Thoughtsmith ", ["compose", "explain", "insert", "log", "restart"]),
        ("Thoughtsmith insert se", ["self-consistency", "self-refine"]),
        ("3,4Thoughtsmith insert rese", ["research"]),
        ("Thoughtsmith insert cot ", []),
        ("Thoughtsmith compose cot self-r", ["self-refine"]),
        (
            "Thoughtsmith explain th50",
            ["TH501", "TH502", "TH503", "TH504", "TH505", "TH506", "TH507", "TH508", "TH509"],
        ),
        ("Thoughtsmith explain grp", ["grpo"]),
        ("Thoughtsmith restart ", []),
    ],
)
def test_the_command_completes(neovim: Neovim, line: str, offered: list[str]) -> None:
    found = neovim.lua("return vim.fn.getcompletion(..., 'cmdline')", line)
    assert [one for one in found if one in offered] == offered
    assert offered or not found


def test_a_variable_is_renamed_everywhere(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPTY, "plan.prompty")
    neovim.keys("8Gf{f{llll")
    neovim.keys(":lua vim.lsp.buf.rename('city')<CR>")
    neovim.until("the text has changed", lambda: neovim.text != PROMPTY)
    assert neovim.text == PROMPTY.replace("город", "city")


def test_the_definition_of_a_variable(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPTY, "plan.prompty")
    neovim.keys("8Gf🚚f{llll")
    neovim.keys(":lua vim.lsp.buf.definition()<CR>")
    neovim.until("the cursor is at the definition", lambda: neovim.line.strip() == "город:")


def test_a_chat_mode_becomes_an_agent(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    text = "---\ndescription: Планирует 🚚\n---\nСоставь план.\n"
    file = open_file(text, "plan.chatmode.md")
    renamed = file.with_name("plan.agent.md")
    neovim.pick_action("Rename to .agent.md")
    neovim.until("the buffer has the other name", lambda: neovim.lua("return vim.fn.expand('%:t')") == renamed.name)
    neovim.until("the file has the other name", renamed.exists)
    assert not file.exists()
    assert neovim.text == text


def test_other_settings_take_effect_at_once(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPT)
    neovim.lua("require('thoughtsmith').setup({ settings = { language = 'en' } })")
    neovim.keys("3G:Thoughtsmith insert cot<CR>")
    neovim.until("the block is there", lambda: neovim.text != PROMPT)
    assert "step by step" in neovim.text
    neovim.keys("<C-\\><C-n>")
    neovim.lua("require('thoughtsmith').setup({ settings = {} })")


def test_the_server_starts_again(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPT)
    ids = "return vim.tbl_map(function(client) return client.id end, vim.lsp.get_clients({ bufnr = 0 }))"
    (before,) = neovim.lua(ids)
    neovim.command("Thoughtsmith restart")
    neovim.until("another server is there", lambda: neovim.lua(ids) not in ([], [before]))
    neovim.keys("3G:Thoughtsmith insert cot<CR>")
    neovim.until("it answers", lambda: neovim.text != PROMPT)


def test_the_log_opens(neovim: Neovim) -> None:
    neovim.command("Thoughtsmith log")
    assert neovim.lua("return vim.fn.expand('%:t')") == "lsp.log"
    neovim.command("tabclose")


def test_the_health_check_is_content(
    neovim: Neovim, open_file: Callable[..., Path], installed_program: Path, edition: str
) -> None:
    open_file(PROMPT)
    neovim.command("checkhealth thoughtsmith")
    neovim.until("the report is there", lambda: "recognised" in neovim.text)
    assert "ERROR" not in neovim.text
    assert ("WARNING" in neovim.text) == (edition == "0.10"), "of 0.10 it says what it lacks"
    assert re.search(rf"OK thoughtsmith.* \d+\.\d+\.\d+ \({re.escape(str(installed_program))}\)", neovim.text)
    assert re.search(r"OK Server \d+", neovim.text)
    neovim.command("close")


def test_the_health_check_says_what_to_do_without_the_program(start: Callable[[str], Neovim], tmp_path: Path) -> None:
    neovim = start("require('thoughtsmith').setup({ cmd = { 'no-such-program', 'server' } })")
    neovim.command(f"silent! edit {tmp_path / 'a.prompt.md'}")
    neovim.command("checkhealth thoughtsmith")
    neovim.until("the report is there", lambda: "recognised" in neovim.text)
    assert re.search("ERROR `no-such-program` is not found", neovim.text)
    assert "pipx install thoughtsmith" in neovim.text
    assert "No server is running" in neovim.text


def test_it_stays_away_if_the_user_wants_that(start: Callable[[str], Neovim], tmp_path: Path) -> None:
    neovim = start("vim.g.thoughtsmith_enabled = false")
    file = tmp_path / "a.prompt.md"
    file.write_text(PROMPT, encoding="utf-8")
    neovim.command(f"edit {file}")
    assert not neovim.lua("return package.loaded['thoughtsmith']")
    neovim.lua("require('thoughtsmith').enable()")
    neovim.open(file)


def test_options_count_also_if_it_is_loaded_late(start: Callable[[str], Neovim], tmp_path: Path) -> None:
    # As plugin managers do that wait for a file: they load the plugin, and call `setup()` with the user's options then.
    neovim = start("vim.g.loaded_thoughtsmith = true")
    file = tmp_path / "a.prompt.md"
    file.write_text(PROMPT, encoding="utf-8")
    neovim.command(f"edit {file}")
    neovim.lua("""
        vim.g.loaded_thoughtsmith = nil
        vim.cmd.runtime('plugin/thoughtsmith.lua')
        require('thoughtsmith').setup({ cmd = { 'thoughtsmith', 'server', '--stdio' } })
        vim.cmd.doautocmd('FileType')
    """)
    neovim.open(file)
    clients = neovim.lua("return vim.tbl_map(function(client) return client.config.cmd end, vim.lsp.get_clients())")
    assert clients == [["thoughtsmith", "server", "--stdio"]]


def test_settings_count_also_if_they_come_while_the_server_starts(start: Callable[[], Neovim], tmp_path: Path) -> None:
    neovim = start()
    file = tmp_path / "a.prompt.md"
    file.write_text(PROMPT, encoding="utf-8")
    neovim.lua("vim.cmd.edit(...) require('thoughtsmith').setup({ settings = { language = 'en' } })", str(file))
    neovim.open(file)
    neovim.keys("3G:Thoughtsmith insert cot<CR>")
    neovim.until("the block is there", lambda: neovim.text != PROMPT)
    assert "step by step" in neovim.text


def test_files_outside_of_any_project_share_a_server(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    def clients() -> list[int]:
        ids = "return vim.tbl_map(function(client) return client.id end, vim.lsp.get_clients({ bufnr = 0 }))"
        found: list[int] = neovim.lua(ids)
        return found

    open_file("Hello 🙂\n", "a.prompt.md")
    first = clients()
    open_file("Hello 🙂\n", "b.prompt.md")
    neovim.command("edit")
    assert clients() == first
    assert len(first) == 1


@pytest.mark.parametrize("options", ["{ comand = {} }", "{ filetypes = 'markdown' }"])
def test_a_mistake_in_the_options_is_an_error(neovim: Neovim, options: str) -> None:
    found = neovim.lua(f"return {{ pcall(require('thoughtsmith').setup, {options}) }}")
    assert found[0] is False
    assert "thoughtsmith: " in found[1]


def test_it_speaks_russian_with_those_who_do(start: Callable[[str], Neovim]) -> None:
    neovim = start("vim.env.LANG = 'ru_RU.UTF-8'")
    neovim.keys(":Thoughtsmith dance<CR>")
    neovim.until("it is said", lambda: "вызов: Thoughtsmith" in neovim.command("messages"))


def test_the_help_is_found_in_both_languages(neovim: Neovim) -> None:
    for topic, beginning in (("thoughtsmith", "The language server"), ("thoughtsmith@ru", "Языковой сервер")):
        neovim.command(f"help {topic}")
        assert neovim.lua("return vim.bo.buftype") == "help"
        assert beginning in neovim.text
        neovim.command("helpclose")


def test_the_help_tags_are_up_to_date(neovim: Neovim, plugin: Path, tmp_path: Path) -> None:
    docs = shutil.copytree(plugin / "doc", tmp_path / "doc")
    neovim.command(f"helptags {docs}")
    for name in ("tags", "tags-ru"):
        made = (docs / name).read_text(encoding="utf-8").removeprefix("!_TAG_FILE_ENCODING\tutf-8\t//\n")
        assert (plugin / "doc" / name).read_text(encoding="utf-8") == made, "run :helptags on client-config/neovim/doc"
