"""Running commands: in an empty folder, in an English environment, without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from thoughtsmith.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


class Run(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | str | None = ..., code: int = ...) -> Result: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in `tmp_path` and checks its exit code."""
    monkeypatch.chdir(tmp_path)
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    # Wider than any output may be, so that the limit shows.
    monkeypatch.setenv("COLUMNS", "160")

    def run_command(*arguments: str, stdin: bytes | str | None = None, code: int = 0) -> Result:
        result = CliRunner().invoke(main, list(arguments), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run_command
