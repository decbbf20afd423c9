"""What is installed from the wheel works like the checkout: content and editor configurations travel with it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.raw_client import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


@pytest.fixture
def raw(installed_program: Path) -> Iterator[Raw]:
    connection = Raw([str(installed_program), "server"])
    yield connection
    connection.close()


def test_the_wheel_is_for_every_platform_and_carries_the_content(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("snippets", "client-config"):
        tracked = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", folder], capture_output=True, text=True, check=True
        )
        expected = {f"thoughtsmith/data/{name}" for name in tracked.stdout.split("\0") if name}
        assert expected <= names, sorted(expected - names)
    built = [name for name in names if "/node_modules/" in name or "/dist/" in name or name.endswith(".vsix")]
    assert built == []
    assert "thoughtsmith/py.typed" in names


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "techniques", "--output-format", "json"],
        ["explain", "cot", "--lang", "ru", "--output-format", "markdown"],
        ["insert", "bon:4", "--lang", "ru"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_commands_print_what_they_print_in_the_checkout(
    installed_program: Path, arguments: list[str], tmp_path: Path
) -> None:
    outputs = [
        subprocess.run([*program, *arguments], capture_output=True, check=True, cwd=tmp_path, timeout=60).stdout
        for program in ([str(installed_program)], [sys.executable, "-m", "thoughtsmith"])
    ]
    assert outputs[0] == outputs[1] != b""


@pytest.mark.parametrize("editor", ["neovim", "helix", "emacs", "vscode", "claude-code"])
def test_the_configurations_name_the_installed_program(installed_program: Path, editor: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed_program, "setup", editor], capture_output=True, encoding="utf-8", check=True, cwd=tmp_path
    )
    assert str(installed_program.parent.parent) in done.stdout


def test_the_server_of_the_wheel_completes(raw: Raw) -> None:
    raw.initialize()
    uri = "file:///a.prompt.md"
    raw.open(uri, "bon")
    params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 3}}
    (item,) = raw.ask(1, "textDocument/completion", params)["result"]["items"]
    assert item["textEdit"]["newText"].startswith("Write 3 candidates for [the task]")
