"""`thoughtsmith insert`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.host.installation import data_folder

if TYPE_CHECKING:
    from .conftest import Run


def test_without_a_file_the_block_is_printed(run: Run) -> None:
    result = run("insert", "bon")
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["Write", "1.", "2.", "3.", "4."]
    assert result.stdout.endswith(".\n")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (["bon:5"], "Write 5 candidates for [the task]"),
        (["BON:5"], "Write 5 candidates for [the task]"),
        (["bon", "--param", "n=5"], "Write 5 candidates for [the task]"),
        (["bon:5", "--param", "n=2"], "Write 2 candidates for [the task]"),
        (["bon", "--param", "task=a slogan for tea = joy"], "Write 3 candidates for a slogan for tea = joy that"),
        (["bon", "--lang", "ru"], "Подготовь 3 варианта решения [задачи]"),
        (["bon:5", "--lang", "ru"], "Подготовь 5 вариантов решения [задачи]"),
        (["bon", "--style", "list"], "- Write 3 candidates"),
        (["bon", "--style", "heading"], "## Best of 3\n\nWrite 3 candidates"),
        (["bon", "--style", "xml"], "<best_of_n>\nWrite 3 candidates"),
        (["tot:4", "--param", "depth=1"], "Search for a solution to [the task] as a tree of thoughts, 1 level deep:"),
        (["confidence:low-medium-high"], "When your answer is ready"),
        (["research:2"], "I am working on [a problem]."),
    ],
)
def test_parameters_language_and_style(run: Run, arguments: list[str], start: str) -> None:
    assert run("insert", *arguments).stdout.startswith(start)


@pytest.mark.parametrize(
    ("variable", "value", "start"),
    [("LANG", "ru_RU.UTF-8", "Подготовь"), ("LC_ALL", "ru", "Подготовь"), ("LANG", "de_DE.UTF-8", "Write")],
)
def test_without_a_file_the_language_is_that_of_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, start: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert run("insert", "bon").stdout.startswith(start)


FILES: dict[str, tuple[str, list[str], str]] = {
    "at the end": ("Plan a trip.\n", [], "Plan a trip.\n\nWrite 3 candidates…one line.\n"),
    "after a line of a list": (
        "1. Plan.\n2. Pack.\n",
        ["--line", "1"],
        "1. Plan.\n2. Write 3 candidates…:\n   - State…one line.\n3. Pack.\n",
    ),
    "in Russian": ("Составь план поездки по Волге.\n", [], "Составь план поездки по Волге.\n\nПодготовь 3…\n"),
    "in tags": ("<task>\nPlan.\n</task>\n", [], "<task>\nPlan.\n</task>\n\n<best_of_n>\n…\n</best_of_n>\n"),
    "with CRLF": ("Plan.\r\n", [], "Plan.\r\n\r\nWrite 3…:\r\n1. …one line.\r\n"),
    "behind a byte order mark": ("\ufeffPlan.\n", [], "\ufeffPlan.\n\nWrite 3 candidates…one line.\n"),
    "on the last line": ("Plan.\nGo.", ["--line", "2"], "Plan.\nGo.\n\nWrite 3 candidates…one line."),
    "before blank lines": ("- Plan.\n\n\n", [], "- Plan.\n- Write 3 candidates…one line.\n\n\n"),
    "in an empty file": ("", [], "Write 3 candidates…one line."),
}


def fits(text: str, pattern: str) -> bool:
    """Whether `text` is `pattern`, where `…` stands for any text."""
    first, *rest = pattern.split("…")
    if not text.startswith(first):
        return False
    position = len(first)
    for piece in rest:
        found = text.find(piece, position) if piece else len(text)
        if found < 0:
            return False
        position = found + len(piece)
    return text.endswith(pattern.rpartition("…")[2]) if rest else text == pattern


@pytest.mark.parametrize("case", list(FILES))
def test_in_place(run: Run, case: str) -> None:
    before, arguments, after = FILES[case]
    path = Path("a.prompt.md")
    path.write_bytes(before.encode())
    result = run("insert", "bon", str(path), *arguments, "--in-place")
    assert result.stdout == ""
    text = path.read_bytes().decode()
    assert fits(text, after), text
    if "\r\n" in before:
        assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("case", list(FILES))
def test_without_in_place_the_block_is_printed_and_the_file_stays(run: Run, case: str) -> None:
    before, arguments, _ = FILES[case]
    path = Path("a.prompt.md")
    path.write_bytes(before.encode())
    printed = run("insert", "bon", str(path), *arguments).stdout
    assert path.read_bytes().decode() == before
    assert "[" in printed
    assert printed == printed.strip("\n") + "\n"
    run("insert", "bon", str(path), *arguments, "--in-place")
    written = path.read_bytes().decode().replace("\r\n", "\n")
    assert printed.replace("\r\n", "\n").strip("\n") in written


def test_standard_input(run: Run) -> None:
    result = run("insert", "bon", "-", "--line", "1", stdin="1. Plan.\n2. Pack.\n")
    assert result.stdout.startswith("2. Write 3 candidates")
    result = run("insert", "bon", "-", stdin="Составь план поездки по Волге.\n")
    assert result.stdout.startswith("Подготовь")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bom"], "There is no 'bom' here. Did you mean bon?"),
        (["zzzzzz"], "There is no 'zzzzzz' here."),
        (["rlhf"], "There is no 'rlhf' here."),
        (["bon:1"], "bon: n = '1': must be a whole number from 2 to 10"),
        (["bon:"], "bon: n = '': must be a whole number from 2 to 10"),
        (["bon:many"], "bon: n = 'many': must be a whole number from 2 to 10"),
        (["cot:3"], "cot takes no number"),
        (["bon", "--param", "m=1"], "no such parameter; there are: n, criteria, task"),
        (["bon", "--param", "n"], "write KEY=VALUE"),
        (["bon", "--param", "=3"], "write KEY=VALUE"),
        (["bon", "--lang", "de"], "'de' is not one of"),
        (["bon", "--style", "table"], "'table' is not one of"),
        (["bon", "missing.md"], "does not exist"),
        (["bon", "--in-place"], "--in-place needs a FILE"),
        (["bon", "-", "--in-place"], "--in-place needs a FILE"),
        (["bon", "--line", "3"], "--line needs a FILE"),
        (["bon", "a.md", "--line", "0"], "0 is not in the range"),
        (["bon", "a.md", "--line", "4"], "--line 4: a.md has 3 lines"),
        (["bon", "latin.md"], "latin.md: not UTF-8 text (byte 0)"),
        (["bon", "."], "is a directory"),
        ([], "Missing argument"),
    ],
)
def test_usage_errors(run: Run, arguments: list[str], says: str) -> None:
    run("--help")  # Moves to the folder of the test.
    Path("a.md").write_text("a\nb\n")
    Path("latin.md").write_bytes("привет".encode("cp1251"))
    result = run("insert", *arguments, code=2)
    assert says in result.stderr.replace("\n", " ")
    assert result.stdout == ""
    assert Path("latin.md").read_bytes() == "привет".encode("cp1251")
    assert Path("a.md").read_text() == "a\nb\n"


def test_errors_are_in_the_language_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert "Здесь нет 'bom'. Возможно, имелось в виду: bon." in run("insert", "bom", code=2).stderr


def test_a_file_that_cannot_be_written_is_an_error_and_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("a.md")
    path.write_text("Plan.\n")

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    result = run("insert", "bon", "a.md", "--in-place", code=2)
    assert "a.md: Permission denied" in result.stderr
    assert path.read_text() == "Plan.\n"


PACK = Path(".thoughtsmith") / "snippets" / "cot"


@pytest.mark.parametrize("command", [["insert", "bon:5"], ["compose", "bon:5"]])
def test_a_template_that_fails_for_a_value_is_an_error_and_no_traceback(
    run: Run, tmp_path: Path, command: list[str]
) -> None:
    pack = PACK.with_name("bon")
    shutil.copytree(data_folder("snippets") / "bon", tmp_path / pack)
    source = (pack / "block.en.j2").read_text(encoding="utf-8")
    broken = source.replace("title: ", "{% if n == 5 %}{{ n - 'a' }}{% endif %}\ntitle: ", 1)
    (pack / "block.en.j2").write_text(broken, encoding="utf-8")
    assert run(command[0], "bon:4").stdout
    assert "unsupported operand" in run(*command, code=2).stderr


def test_the_pack_of_the_project_is_used_and_its_problems_are_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (PACK / "sub").mkdir(parents=True)
    (PACK / "technique.toml").write_text("id = ", encoding="utf-8")
    result = run("insert", "cot")
    assert "technique.toml: not valid TOML" in result.stderr
    assert result.stdout.startswith("Think step by step")
    # The pack counts in the folders below the project as well.
    monkeypatch.chdir(PACK)
    assert "technique.toml: not valid TOML" in run("insert", "cot").stderr
