"""Real editors to test with. Where one cannot be had, its tests are skipped, and the summary says so; CI fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
import pytest_asyncio
from tests.editors.installers import emacs, helix, neovim, tmux, vim, vscode
from tests.editors.installers.process import UnavailableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.editors.installers.emacs import Emacs
    from tests.editors.installers.vim import Vim
    from tests.editors.installers.vscode import VSCode
    from tests.editors.vscode.workbench import Workbench

Found = TypeVar("Found")

BUILD = Path(__file__).parents[2] / "client-config" / "vscode" / "build.py"
MISSING = pytest.StashKey[dict[str, str]]()
"""Why an editor is not available, by its name."""


def executable(config: pytest.Config, editor: str, installer: Callable[[], Found]) -> Found:
    """What `installer` gives; the tests fail in CI, and are skipped elsewhere, if it cannot."""
    try:
        return installer()
    except UnavailableError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"{editor} is not available: {reason}", pytrace=False)
        config.stash.setdefault(MISSING, {})[editor] = str(reason)
        pytest.skip(f"{editor} is not available: {reason}")


@pytest.fixture(scope="session")
def neovim_executable(pytestconfig: pytest.Config) -> Path:
    """A current Neovim."""
    return executable(pytestconfig, "Neovim", neovim.current)


@pytest.fixture(scope="session")
def old_neovim_executable(pytestconfig: pytest.Config) -> Path:
    """A Neovim 0.10."""
    return executable(pytestconfig, "Neovim 0.10", neovim.old)


@pytest.fixture(scope="session")
def helix_executable(pytestconfig: pytest.Config) -> Path:
    return executable(pytestconfig, "Helix", helix.executable)


@pytest.fixture(scope="session")
def installed_emacs(pytestconfig: pytest.Config) -> Emacs:
    """Emacs with the packages that its tests use."""
    return executable(pytestconfig, "Emacs", emacs.installed)


@pytest.fixture(scope="session")
def installed_vim(pytestconfig: pytest.Config) -> Vim:
    """Vim with the plugins that its tests use."""
    return executable(pytestconfig, "Vim", vim.installed)


@pytest.fixture(scope="session")
def tmux_executable(pytestconfig: pytest.Config) -> Path:
    """What the tests of terminal editors type into and look at."""
    return executable(pytestconfig, "tmux", tmux.executable)


@pytest.fixture(scope="session")
def installed_vscode(pytestconfig: pytest.Config) -> VSCode:
    """VS Code with the browser that shows it."""
    return executable(pytestconfig, "VS Code", vscode.vscode)


@pytest.fixture(scope="session")
def vsix() -> Path:
    """The extension for Visual Studio Code, built from this checkout."""
    done = subprocess.run([sys.executable, str(BUILD)], capture_output=True, encoding="utf-8", timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest_asyncio.fixture(scope="module")
async def running_vscode(
    installed_vscode: VSCode, vsix: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Workbench]:
    """A workbench whose server answers."""
    from tests.editors.vscode.session import hover
    from tests.editors.vscode.workbench import CURSOR, programs, workbench

    home = tmp_path_factory.mktemp("vscode")
    async with workbench(installed_vscode, vsix, home, path=programs(home / "programs")) as opened:
        # Whoever types before the server is up gets no suggestions for that word.
        await opened.open("a.prompt.md", f"C{CURSOR}oT\n")
        await opened.until("the server answers", lambda: hover(opened))
        yield opened


@pytest_asyncio.fixture(name="vscode")
async def vscode_without_files(running_vscode: Workbench) -> AsyncIterator[Workbench]:
    """The workbench without any open file. Nothing that a test does may make it notify the user."""
    yield running_vscode
    await running_vscode.press("Escape", "Escape")
    await running_vscode.close_all()
    assert await running_vscode.page.locator(".notification-list-item-message").all_inner_texts() == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for editor, reason in config.stash.get(MISSING, {}).items():
        terminalreporter.write_line(f"NOT TESTED with a real {editor}: {reason}", yellow=True, bold=True)
