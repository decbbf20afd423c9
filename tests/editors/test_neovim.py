"""What a user of Neovim gets: the real editor with the configuration we hand out, driven by real keystrokes."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.editors.neovim_session import PATIENCE, Neovim, assert_no_errors, far_from_the_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(sys.executable).with_name("thoughtsmith")
"""The program of the checkout."""

EARLIER_CONFIGURATION = """-- What the user has had before.
local client, completion = 'mine', {}
vim.o.number = true
"""

RUSSIAN = """# Задача 🙂

Составь план поставок и объясни выбор 🚚

1. Прочитай условие.
2. Ответь.
3. Проверь.
"""

ENGLISH = """# Task

Plan the deliveries and explain your choice, please 🚚

1. Read the order.
   - Note the date.
2. Answer.
"""


@pytest.fixture(scope="module")
def start(neovim_executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Neovim]]:
    """Starts Neovims with our configuration, far from the user's files, and ends them."""
    home = tmp_path_factory.mktemp("neovim")
    running: list[Neovim] = []
    with far_from_the_user(home):

        def start(program: Path = PROGRAM) -> Neovim:
            configuration = subprocess.run([program, "setup", "neovim"], capture_output=True, check=True).stdout
            init = home / f"init-{len(running)}.lua"
            init.write_bytes(EARLIER_CONFIGURATION.encode() + configuration)
            running.append(Neovim(neovim_executable, "--clean", "-u", str(init)))
            return running[-1]

        yield start
        for neovim in running:
            neovim.close()
    assert_no_errors(home)


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
    assert "thoughtsmith" not in messages


@pytest.fixture
def open_file(neovim: Neovim, tmp_path: Path) -> Callable[[str], Path]:
    """Opens a new prompt file with the given text."""

    def open_file(text: str, name: str = "план.prompt.md") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode())
        neovim.open(file)
        return file

    return open_file


def assert_block(lines: list[str], *, marker: str, indent: str, sub_marker: str) -> None:
    """The lines are one list item with its sub-items, each indented as it has to be."""
    first, *rest = lines
    assert first.startswith(indent + marker)
    assert rest
    inner = indent + " " * len(marker)
    for number, line in enumerate(rest, 1):
        assert re.match(re.escape(inner + sub_marker.replace("1", str(number))) + r"\S", line), line


@pytest.mark.parametrize("name", ["a.prompt.md", "a.instructions.md", "a.agent.md", "a.mdc", "AGENTS.md", "a.txt"])
def test_the_server_attaches_to_prompt_files(neovim: Neovim, open_file: Callable[..., Path], name: str) -> None:
    open_file(ENGLISH, name)
    assert neovim.lua("return vim.bo.filetype") == ("text" if name == "a.txt" else "markdown")
    clients = neovim.lua("return vim.tbl_map(function(c) return c.name end, vim.lsp.get_clients({ bufnr = 0 }))")
    assert clients == ["thoughtsmith"]


def test_a_name_in_a_numbered_list_becomes_the_next_item(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file(RUSSIAN)
    neovim.keys("5Gobon")
    neovim.accept("Best-of-N")
    lines = neovim.text.splitlines()
    assert lines[:5] == RUSSIAN.splitlines()[:5]
    assert_block(lines[5:-2], marker="2. ", indent="", sub_marker="- ")
    assert re.search("[а-я]", lines[5])
    assert lines[-2:] == ["3. Ответь.", "4. Проверь."]


def test_typing_replaces_placeholders_and_tab_goes_to_the_next(
    neovim: Neovim, open_file: Callable[[str], Path]
) -> None:
    open_file(RUSSIAN)
    neovim.keys("5Gobon")
    neovim.accept("Best-of-N")
    expected = neovim.text.replace(neovim.placeholder, "маршрута 🚚", 1)
    neovim.keys("маршрута 🚚")
    neovim.until("the first text is there", lambda: neovim.text == expected)
    neovim.keys("<Tab>")
    neovim.until("the second placeholder is selected", lambda: neovim.mode == "s")
    expected = expected.replace(neovim.placeholder, "цена", 1)
    neovim.keys("цена")
    neovim.until("the second text is there", lambda: neovim.text == expected)
    neovim.keys("<Tab>")
    neovim.until("the tour is over", lambda: not neovim.lua("return vim.snippet.active()"))
    assert neovim.line == expected.splitlines()[-3]
    column = neovim.lua("return vim.api.nvim_win_get_cursor(0)[2]")
    assert column == len(neovim.line.encode()), "the cursor stands behind the block"


def test_undo_takes_the_block_back_in_one_step(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file(RUSSIAN)
    neovim.keys("5Gobon")
    neovim.accept("Best-of-N")
    neovim.keys("<Esc>u")
    neovim.until("the text is as before", lambda: neovim.text == RUSSIAN)


def test_a_russian_word_inserts_the_russian_block(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file(RUSSIAN)
    neovim.keys("Goпошаг")
    neovim.accept("Chain-of-Thought")
    lines = neovim.text.splitlines()
    assert_block(lines[7:], marker="4. ", indent="", sub_marker="- ")
    assert re.search("[а-я]", lines[7])


def test_a_name_behind_an_emoji_puts_the_block_below(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("Составь план поставок и объясни выбор 🚚\n\nСпасибо.\n")
    neovim.keys("1GA шаг за шагом")
    neovim.accept("Chain-of-Thought")
    lines = neovim.text.splitlines()
    assert lines[:2] == ["Составь план поставок и объясни выбор 🚚", ""]
    assert re.search("[а-я]", lines[2])
    assert lines[-2:] == ["", "Спасибо."]


def test_a_slash_offers_everything(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file(ENGLISH)
    neovim.keys("Go/")
    offered = neovim.until("the menu is open", lambda: neovim.menu)
    assert {"Best-of-N", "Chain-of-Thought", "Self-Refine"} <= set(offered)
    neovim.keys("bo")
    neovim.until("the menu is narrowed down", lambda: neovim.menu == ["Best-of-N"])
    neovim.accept("Best-of-N")
    assert "/bo" not in neovim.text


def test_the_menu_does_not_take_the_enter_key(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file(ENGLISH)
    neovim.keys("Gostep")
    neovim.until("the menu is open", lambda: neovim.menu)
    neovim.keys("<CR>next")
    neovim.until("a new line is begun", lambda: neovim.text == ENGLISH + "step\nnext\n")


def test_an_item_inside_an_item_is_indented_once(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file(ENGLISH)
    neovim.keys("6Gobon")
    neovim.accept("Best-of-N")
    lines = neovim.text.splitlines()
    assert lines[5] == "   - Note the date."
    assert_block(lines[6:-1], marker="- ", indent="   ", sub_marker="1. ")
    assert lines[-1] == "2. Answer."


def test_a_block_with_less_indentation_than_its_line(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("1. Read the order 🚚\n   and the notes.\n2. Answer.\n")
    neovim.keys("2GA bon")
    neovim.accept("Best-of-N")
    lines = neovim.text.splitlines()
    assert lines[:2] == ["1. Read the order 🚚", "   and the notes."]
    assert_block(lines[2:-1], marker="2. ", indent="", sub_marker="- ")
    assert lines[-1] == "3. Answer."


def test_hover_explains_a_technique(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("Составь план 🚚 и возьми CoT для расчёта.\n")
    neovim.keys("1Gf🚚fCK")
    explanation = neovim.until("the explanation is shown", lambda: neovim.float)
    assert "Chain-of-Thought" in explanation
    assert "`cot`" in explanation


def test_hover_explains_what_an_instruction_asks_for(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("# Задача 🚚\n\nПлан 🚚 готов. Let's think step by step.\n")
    neovim.keys("3Gfkfp")
    neovim.keys("K")
    explanation = neovim.until("the explanation is shown", lambda: neovim.float)
    assert "Chain-of-Thought" in explanation
    assert "Here" in explanation
    assert "an instruction" in explanation


def test_what_is_special_in_a_prompt_is_highlighted(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("Составь план 🚚 для {{город}} и возьми CoT.\n\n```\n{{x}}\n```\n")

    def tokens() -> list[list[str]]:
        found: list[list[str]] = neovim.lua("""
            local found = {}
            for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
              for column = 0, #line - 1 do
                for _, token in ipairs(vim.lsp.semantic_tokens.get_at_pos(0, row - 1, column) or {}) do
                  if token.start_col == column then
                    table.insert(found, { token.type, line:sub(token.start_col + 1, token.end_col) })
                  end
                end
              end
            end
            return found
        """)
        return found

    neovim.until("there are tokens", tokens)
    assert tokens() == [["parameter", "{{город}}"], ["function", "CoT"]]
    groups = neovim.lua("""
        local marks = vim.inspect_pos(0, 0, #'Составь план 🚚 для {').semantic_tokens
        return vim.tbl_map(function(mark) return mark.opts.hl_group end, marks)
    """)
    assert any("@lsp.type.parameter" in group for group in groups)


def test_the_outline_lists_headings_and_blocks(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("# Задача 🚚\n\nLet's think step by step.\n\n## Вывод\n\ntext\n")
    # `gO` in Markdown is Neovim's own list of headings.
    neovim.keys(":lua vim.lsp.buf.document_symbol()<CR>")
    entries: list[str] = neovim.until(
        "the outline is open", lambda: [item["text"] for item in neovim.lua("return vim.fn.getloclist(0)")]
    )
    assert [re.sub(r"\s+", " ", entry).strip() for entry in entries] == [
        "[String] Задача 🚚",
        "[Function] Chain-of-Thought",
        "[String] Вывод",
    ]
    neovim.command("lclose")


def test_a_code_action_inserts_a_technique(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    task = "Рассчитай, сколько машин нужно 🚚, и реши уравнение."
    open_file(f"# Задача 🙂\n\n{task}\n")
    neovim.keys("3G")
    neovim.choose_action("Insert Chain-of-Thought")
    lines = neovim.text.splitlines()
    assert lines[2] == task
    assert lines[3] == ""
    assert re.search("[а-я]", "\n".join(lines[4:]))
    neovim.keys("u")
    neovim.until("the text is as before", lambda: neovim.text == f"# Задача 🙂\n\n{task}\n")


def test_a_code_action_wraps_the_selection(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    task = "Рассчитай, сколько машин нужно 🚚, и реши уравнение."
    text = f"Привет 🙂\n\n{task}\n\nСпасибо.\n"
    open_file(text)
    neovim.keys("3GV")
    neovim.until("the line is selected", lambda: neovim.mode == "V")
    neovim.choose_action("Wrap with Chain-of-Thought")
    lines = neovim.text.splitlines()
    assert lines[:2] == ["Привет 🙂", ""]
    assert lines[-2:] == ["", "Спасибо."]
    block = "\n".join(lines[lines.index(task) + 1 : -2])
    assert "выше" in block
    neovim.keys("<Esc>u")
    neovim.until("the text is as before", lambda: neovim.text == text)


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


PROMPTY = """---
name: plan
inputs:
  город:
    kind: string
---
system:
Составь план 🚚 для {{ город }} и {{ город | upper }}.
"""


def test_a_variable_is_renamed_everywhere(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPTY, "plan.prompty")
    neovim.keys("8Gf{f{llll")
    neovim.keys(":lua vim.lsp.buf.rename('city')<CR>")
    neovim.until("the text has changed", lambda: neovim.text != PROMPTY)
    assert neovim.text == PROMPTY.replace("город", "city")


def test_the_definition_of_a_variable(neovim: Neovim, open_file: Callable[..., Path]) -> None:
    open_file(PROMPTY, "plan.prompty")
    neovim.keys("8Gf{llll")
    neovim.keys(":lua vim.lsp.buf.definition()<CR>")
    neovim.until("the cursor is at the definition", lambda: neovim.line.strip() == "город:")


def test_keys_of_the_front_matter_complete(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    open_file("---\n\n---\nСоставь план 🚚\n")
    neovim.keys("2Gidesc")
    neovim.until("the menu offers the key", lambda: "description" in neovim.menu)


def test_the_path_of_a_link_completes(neovim: Neovim, open_file: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "поставки.md").write_text("# Поставки\n", encoding="utf-8")
    open_file("Составь план 🚚\n\nСмотри \n")
    neovim.keys("G$A[план](")
    # Files are offered as soon as the folder has been looked through.
    answer = """
        local asked = vim.lsp.util.make_position_params(0, 'utf-8')
        local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', asked, 5000) or {}
        return vim.inspect(answers)
    """
    neovim.until("the server knows the file", lambda: "поставки.md" in neovim.lua(answer))
    neovim.keys("по")
    neovim.until("the menu offers the file", lambda: "поставки.md" in neovim.menu)
    neovim.keys("<C-n><C-y>")
    neovim.until("it is linked", lambda: "Смотри [план](поставки.md" in neovim.text)


def test_a_file_with_windows_line_ends_keeps_them(neovim: Neovim, open_file: Callable[[str], Path]) -> None:
    file = open_file(RUSSIAN.replace("\n", "\r\n"))
    assert neovim.lua("return vim.bo.fileformat") == "dos"
    neovim.keys("5Gobon")
    neovim.accept("Best-of-N")
    neovim.keys("<Esc>3G")
    neovim.until("the cursor is on the task", lambda: neovim.line.startswith("Составь"))
    neovim.choose_action("Insert")
    lines = neovim.text.splitlines()
    neovim.command("write")
    written = file.read_bytes()
    assert b"\r" not in written.replace(b"\r\n", b"")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert written.decode().split("\r\n") == [*lines, ""]
    assert lines[:3] == RUSSIAN.splitlines()[:3]
    assert lines[-1] == "4. Проверь."


def test_the_program_installed_from_the_wheel_serves_neovim(
    start: Callable[..., Neovim], installed_program: Path, tmp_path: Path
) -> None:
    neovim = start(installed_program)
    file = tmp_path / "plan.prompt.md"
    file.write_text(ENGLISH, encoding="utf-8")
    neovim.open(file)
    assert str(installed_program.parent) in neovim.lua("return vim.lsp.config.thoughtsmith.cmd[1]")
    neovim.keys("Gobon")
    neovim.accept("Best-of-N")
    assert "3. Write 3 candidates for the task" in neovim.text


def test_the_server_ends_with_the_editor(start: Callable[[], Neovim], tmp_path: Path) -> None:
    neovim = start()
    neovim.open(tmp_path / "a.prompt.md")
    (server,) = neovim.lua("return vim.api.nvim_get_proc_children(vim.fn.getpid())")
    assert is_running(server)
    with contextlib.suppress(EOFError):
        neovim.keys(":qa<CR>")
    deadline = time.monotonic() + PATIENCE
    while is_running(server):
        assert time.monotonic() < deadline, "the server outlives its editor"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether the process does anything. One that has ended is listed until its parent, now process 1, takes note."""
    status = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
        return not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
