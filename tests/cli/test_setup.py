"""`thoughtsmith setup`: the configuration of an editor, with a command that this editor can start."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.host.installation import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Run

EDITORS = ["neovim", "helix", "emacs"]
NAME = "thoughtsmith.exe" if sys.platform == "win32" else "thoughtsmith"


def put_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / NAME
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_gets_a_configuration(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    put_on_path(tmp_path, monkeypatch)
    text = run("setup", editor).stdout
    assert '"thoughtsmith"' in text
    assert "{folder}" not in text


@pytest.mark.parametrize("editor", EDITORS)
def test_a_program_that_is_not_on_the_path_is_named_in_full(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / NAME).write_text("")
    text = run("setup", editor).stdout
    path = str(tmp_path / NAME).replace("\\", "\\\\")
    assert f'"{path}"' in text
    assert '"thoughtsmith"' not in text


def test_every_configuration_that_is_offered_exists(run: Run) -> None:
    for line in run("setup", "--help").stdout.splitlines():
        if "{" in line:
            offered = line[line.index("{") + 1 : line.index("}")].split("|")
            break
    assert set(EDITORS) <= set(offered)
    for editor in offered:
        assert (data_folder("client-config") / editor).is_dir()
        assert run("setup", editor).stdout.strip()


def test_an_unknown_editor_is_a_usage_error(run: Run) -> None:
    assert "is not one of" in run("setup", "ed", code=2).stderr
