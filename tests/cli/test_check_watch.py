"""`thoughtsmith check --watch` on a real terminal: what it checks again, what it shows, and how it ends."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .conftest import Run

if sys.platform == "win32":
    pytest.skip("no terminal to run it on", allow_module_level=True)

import pty

PATIENCE = 60.0
"""Seconds; a machine may be busy."""
GOOD = "---\nname: {name}\ndescription: Reads all of it\n---\nReview.\n"
BAD = "---\nname: {name}\ndescription: Reads: all of it\n---\nReview.\n"
SUMMARY = re.compile(r"\d\d:\d\d:\d\d Files: (\d+)\. Findings: (\d+)\. Watching for changes; Ctrl-C ends it\.")
CLEAR = "\x1b[2J\x1b[1;1H"


class Screen:
    """A running `check --watch` and what it writes on its terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._master, terminal = pty.openpty()
        environment = {**os.environ, "XDG_CONFIG_HOME": str(folder / ".config"), "LANG": "en_US.UTF-8", "NO_COLOR": "1"}
        for variable in ("LC_ALL", "LC_MESSAGES"):
            environment.pop(variable, None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "thoughtsmith", "check", "--watch", "--output-format", "concise", *arguments],
            cwd=folder,
            env=environment,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        self._seen = ""

    def shows(self) -> tuple[list[str], tuple[int, int]]:
        """The findings of the next screen, as `path:line rule`, with the files and findings in all."""
        while (found := SUMMARY.search(self._seen)) is None:
            self._read()
        text, self._seen = self._seen[: found.start()], self._seen[found.end() :]
        assert text.count(CLEAR) == 1
        shown = text.partition(CLEAR)[2]
        findings = re.findall(r"^(\S+?):(\d+):\d+: \w+\[(TH\d+)\]", shown, re.MULTILINE)
        return [f"{path}:{line} {rule}" for path, line, rule in findings], (int(found[1]), int(found[2]))

    def says(self, text: str) -> None:
        while text not in self._seen:
            self._read()

    def ends(self) -> int:
        """The exit code after Ctrl-C."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(PATIENCE)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _read(self) -> None:
        deadline = time.monotonic() + PATIENCE
        ready, _, _ = select.select([self._master], [], [], deadline - time.monotonic())
        assert ready, f"nothing more came after {self._seen!r}"
        self._seen += os.read(self._master, 65_536).decode().replace("\r\n", "\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    put(tmp_path, {"a": BAD, "b": GOOD})
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Callable[..., Screen]]:
    screens: list[Screen] = []

    def start(*arguments: str) -> Screen:
        screens.append(Screen(folder, *arguments))
        return screens[-1]

    yield start
    for screen in screens:
        screen.close()


def put(folder: Path, skills: dict[str, str]) -> None:
    """Writes skills by name, as editors do that replace a file by a new one."""
    for name, text in skills.items():
        path = folder / "skills" / name / "SKILL.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(".SKILL.md.tmp")
        temporary.write_text(text.format(name=name), encoding="utf-8")
        temporary.replace(path)


def test_files_that_change_come_and_go(folder: Path, watch: Callable[..., Screen]) -> None:
    screen = watch()
    assert screen.shows() == (["skills/a/SKILL.md:3 TH502"], (2, 1))
    put(folder, {"b": BAD})
    assert screen.shows() == (["skills/b/SKILL.md:3 TH502"], (2, 2))
    (folder / "skills/a/SKILL.md").write_text(GOOD.format(name="a"), encoding="utf-8")
    assert screen.shows() == ([], (2, 1))
    put(folder, {"c": BAD})
    assert screen.shows() == (["skills/c/SKILL.md:3 TH502"], (3, 2))
    (folder / "skills/c/SKILL.md").unlink()
    assert screen.shows() == ([], (2, 1))
    (folder / "notes.txt").write_text("No prompt.", encoding="utf-8")
    put(folder, {"b": GOOD})
    assert screen.shows() == ([], (2, 0))
    assert screen.ends() == 0


def test_ctrl_c_ends_it_with_the_code_of_what_was_found_last(folder: Path, watch: Callable[..., Screen]) -> None:
    screen = watch()
    screen.shows()
    assert screen.ends() == 1
    screen = watch("--exit-zero")
    screen.shows()
    assert screen.ends() == 0


def test_ignored_files_are_left_out_as_soon_as_they_are_ignored(folder: Path, watch: Callable[..., Screen]) -> None:
    screen = watch()
    assert screen.shows()[1] == (2, 1)
    (folder / ".gitignore").write_text("/skills/a/\n", encoding="utf-8")
    assert screen.shows() == ([], (1, 0))
    put(folder, {"a": BAD.replace("all", "some")})
    (folder / ".gitignore").unlink()
    assert screen.shows() == (["skills/a/SKILL.md:3 TH502"], (2, 1))


def test_a_config_file_that_changes_concerns_all(folder: Path, watch: Callable[..., Screen]) -> None:
    put(folder, {"b": BAD})
    screen = watch()
    assert screen.shows()[1] == (2, 2)
    (folder / "thoughtsmith.toml").write_text('ignore = ["TH502"]\n', encoding="utf-8")
    assert screen.shows() == ([], (2, 0))
    (folder / "thoughtsmith.toml").write_text('ignor = ["TH502"]\n', encoding="utf-8")
    screen.says("thoughtsmith.toml:1: ignor: there is no such key; did you mean ignore?")
    (folder / "thoughtsmith.toml").unlink()
    while (shown := screen.shows())[1] != (2, 2):
        pass
    assert shown[0] == ["skills/a/SKILL.md:3 TH502", "skills/b/SKILL.md:3 TH502"]


def test_files_that_refer_to_what_changes_are_checked_again(folder: Path, watch: Callable[..., Screen]) -> None:
    (folder / "prompts").mkdir()
    (folder / "prompts/ask.j2").write_text('{% include "tone.j2" %}', encoding="utf-8")
    screen = watch("--select", "TH603", "--ignore", "TH502")
    assert screen.shows() == (["prompts/ask.j2:1 TH603"], (3, 1))
    (folder / "prompts/tone.j2").write_text("Be brief.", encoding="utf-8")
    assert screen.shows() == ([], (4, 0))
    (folder / "prompts/tone.j2").unlink()
    assert screen.shows() == (["prompts/ask.j2:1 TH603"], (3, 1))


def test_fixes_are_written_and_do_not_wake_it_for_ever(folder: Path, watch: Callable[..., Screen]) -> None:
    screen = watch("--fix")
    assert screen.shows() == ([], (2, 0))
    assert 'description: "Reads: all of it"' in (folder / "skills/a/SKILL.md").read_text(encoding="utf-8")
    put(folder, {"c": BAD})
    while screen.shows()[1] != (3, 0):
        pass
    assert screen.ends() == 0


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["--diff"], "--diff"),
        (["-"], "-"),
        (["--stdin-filename", "a.md"], "--stdin-filename"),
        (["--output-file", "a.txt"], "--output-file"),
        (["--output-format", "json"], "--output-format json"),
        (["--statistics"], "--statistics"),
        (["--baseline", "a.json", "--write-baseline"], "--write-baseline"),
        (["--jobs", "2"], "--jobs"),
    ],
)
def test_what_makes_no_sense_beside_it_is_refused(run: Run, arguments: list[str], option: str) -> None:
    assert f"--watch does not go with {option}\n" in run("check", "--watch", *arguments, code=2).stderr
