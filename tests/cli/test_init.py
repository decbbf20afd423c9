"""`thoughtsmith init`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.config.template import config_template

if TYPE_CHECKING:
    from .conftest import Run


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_file_is_written_and_changes_nothing(run: Run, language: str) -> None:
    assert "thoughtsmith.toml" in run("init", "--lang", language).stdout
    assert Path("thoughtsmith.toml").read_bytes().decode() == config_template(language)
    assert "no prompt files here" in run("check").stderr


@pytest.mark.parametrize("name", ["thoughtsmith.toml", ".thoughtsmith.toml"])
def test_a_file_that_is_there_stays(run: Run, name: str) -> None:
    Path(name).write_text("n = 3\n")
    assert f"{name} is there already" in run("init", code=2).stderr
    assert Path(name).read_text() == "n = 3\n"
    assert os.listdir() == [name]  # noqa: PTH208 -- hidden files count


@pytest.mark.skipif(sys.platform == "win32", reason="links need special rights there")
def test_a_link_is_not_written_through(run: Run) -> None:
    Path("thoughtsmith.toml").symlink_to("elsewhere")
    assert "is there already" in run("init", code=2).stderr
    assert not Path("elsewhere").exists()


def test_another_folder(run: Run) -> None:
    Path("sub").mkdir()
    run("init", "sub")
    assert Path("sub/thoughtsmith.toml").exists()
