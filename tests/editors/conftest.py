"""Real editors to test with. Where one cannot be had, its tests are skipped, and the summary says so; CI fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.editors import install

if TYPE_CHECKING:
    from pathlib import Path

MISSING = pytest.StashKey[dict[str, str]]()
"""Why an editor is not available, by its name."""


@pytest.fixture(scope="session")
def neovim_executable(pytestconfig: pytest.Config) -> Path:
    """A real Neovim, installed if need be."""
    try:
        return install.neovim()
    except install.UnavailableError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"Neovim is not available: {reason}", pytrace=False)
        pytestconfig.stash.setdefault(MISSING, {})["Neovim"] = str(reason)
        pytest.skip(f"Neovim is not available: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for editor, reason in config.stash.get(MISSING, {}).items():
        terminalreporter.write_line(f"NOT TESTED with a real {editor}: {reason}", yellow=True, bold=True)
