"""Which server VS Code takes: of the setting, the workspace, the environment, the PATH, or the bundled one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.editors.vscode import bridge
from tests.editors.vscode.session import RUSSIAN, hover, servers
from tests.editors.vscode.workbench import programs, workbench

if TYPE_CHECKING:
    import pytest
    from tests.editors.installers.vscode import VSCode
    from tests.editors.vscode.workbench import Workbench

PYTHON_EXTENSION = Path(bridge.__file__).with_name("python_extension")


def server(folder: Path, program: Path) -> Path:
    """A link to the program in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "thoughtsmith"
    link.symlink_to(program)
    return link


async def assert_runs(vscode: Workbench, wanted: str) -> None:
    """That one server runs for the workbench, of which the command has `wanted`, and that it answers."""

    async def commands() -> list[str]:
        return list(servers(vscode).values())

    await vscode.until(f"{wanted} runs", commands, lambda found: len(found) == 1 and wanted in found[0])
    await vscode.until("it answers", lambda: hover(vscode))


async def test_the_nearest_server_is_taken_and_another_when_that_changes(
    installed_vscode: VSCode, vsix: Path, installed_program: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("servers")
    path = programs(home / "programs")
    on_path = server(home / "programs", installed_program)
    environments = [home / "one" / "bin", home / "two" / "bin"]
    of_environment = [server(folder, installed_program) for folder in environments]
    chosen = server(home / "chosen", installed_program)
    extension = bridge.packed(home, PYTHON_EXTENSION)
    async with workbench(installed_vscode, vsix, home, path=path, others=[extension]) as vscode:
        await vscode.open("a.prompt.md", RUSSIAN.replace("# Задача", "# <|>CoT"))
        # No environment is active, and the workspace has none.
        await assert_runs(vscode, str(on_path))
        for folder, program in zip(environments, of_environment, strict=True):
            await vscode.host.ask("command", "python.choose", str(folder / "python"))
            await assert_runs(vscode, str(program))
        of_workspace = server(vscode.folder / ".venv" / "bin", installed_program)
        await vscode.run("Thoughtsmith: Restart Server")
        await assert_runs(vscode, str(of_workspace))
        await vscode.host.ask("configure", "thoughtsmith.path", str(chosen))
        await assert_runs(vscode, str(chosen))
        # Without all these the bundled one is left.
        of_workspace.unlink()
        on_path.unlink()
        await vscode.host.ask("command", "python.choose", None)
        await vscode.host.ask("configure", "thoughtsmith.path", None)
        await assert_runs(vscode, "/bundled")
