"""Which server VS Code starts, with what, and what is said if there is none."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any

from tests.editors.vscode.session import RUSSIAN, SKILL, hover, servers, titles
from tests.editors.vscode.workbench import CURSOR, EXTENSION, ROOT, programs, utf16, workbench

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.editors.installers.vscode import VSCode
    from tests.editors.vscode.workbench import Workbench


async def test_the_bundled_server_starts_with_the_first_prompt(vscode: Workbench) -> None:
    assert await vscode.open("начало.prompt.md", RUSSIAN) == "prompt"

    async def extension() -> Any:
        return await vscode.host.ask("extension", EXTENSION)

    found = await vscode.until("the extension is active", extension, lambda found: found["active"])
    assert found["path"].startswith(str(vscode.folder.parent)), "the extension comes from the .vsix"

    async def started() -> list[str]:
        return list(servers(vscode).values())

    (command,) = await vscode.until("the server runs", started)
    assert f"{found['path']}/bundled" in command


async def test_a_setting_takes_effect_at_once(vscode: Workbench) -> None:
    await vscode.open("set/review/SKILL.md", SKILL)
    await vscode.until("it is reported", vscode.diagnostics)
    settings = vscode.folder / ".vscode" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text('{"thoughtsmith.ignore": ["TH502"]}', encoding="utf-8")
    await vscode.until("it is not reported any more", vscode.diagnostics, lambda found: not found)
    settings.write_text("{}", encoding="utf-8")
    await vscode.until("it is reported again", vscode.diagnostics)


async def test_the_server_is_restarted(vscode: Workbench) -> None:
    await vscode.open("restart/review/SKILL.md", SKILL)
    await vscode.until("it is reported", vscode.diagnostics)
    (before,) = servers(vscode)
    await vscode.run("Thoughtsmith: Restart Server")

    async def others() -> list[int]:
        return [process for process in servers(vscode) if process != before]

    await vscode.until("another server runs", others)

    async def codes() -> list[str]:
        return [one.code for one in await vscode.diagnostics()]

    await vscode.until("it is reported once", codes, lambda found: found == ["TH502"])
    assert before not in servers(vscode)


async def test_an_untrusted_workspace_gets_the_bundled_server_and_no_techniques_of_its_own(
    installed_vscode: VSCode, vsix: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("untrusted")
    planted(home / "workspace")
    path = programs(home / "programs")
    async with workbench(installed_vscode, vsix, home, path=path, trusted=False) as vscode:
        assert await vscode.host.ask("trusted") is False
        await vscode.open("a.prompt.md", f"😀 𝒳 {CURSOR}CoT, PirateTalk\n")
        await vscode.until("the server answers", lambda: hover(vscode))
        (command,) = servers(vscode).values()
        assert "/bundled" in command
        assert not (home / "workspace" / "started").exists()
        assert await offers_of_pack(vscode) == []


async def test_a_trusted_workspace_gets_its_own_techniques(vscode: Workbench) -> None:
    pack(vscode.folder)
    try:
        await vscode.open("пакет.prompt.md", f"😀 𝒳 {CURSOR}CoT\n")
        await vscode.run("Thoughtsmith: Restart Server")
        await vscode.until("the technique is offered", lambda: offers_of_pack(vscode))
    finally:
        shutil.rmtree(vscode.folder / ".thoughtsmith")


async def offers_of_pack(vscode: Workbench) -> list[str]:
    return [title for title in await titles(vscode, "refactor.rewrite") if "Pirate" in title]


def pack(folder: Path) -> None:
    """A technique that a workspace brings along: one of ours under another name."""
    technique = folder / ".thoughtsmith" / "snippets" / "pirate"
    shutil.copytree(ROOT / "snippets" / "confidence", technique)
    description = technique / "technique.toml"
    text = description.read_text(encoding="utf-8")
    for key, value in (("id", "pirate"), ("tag", "pirate"), ("en", "Pirate talk"), ("ru", "Пиратская речь")):
        # The first `en` and `ru` are the name.
        text = re.sub(f"(?m)^{key} = .*", f'{key} = "{value}"', text, count=1)
    description.write_text(text, encoding="utf-8")


def planted(folder: Path) -> None:
    """A workspace with a technique and a server of its own."""
    pack(folder)
    program(folder, f"touch {folder / 'started'}")


def program(folder: Path, does: str) -> None:
    """What goes for the server of a workspace, and is a line of shell."""
    server = folder / ".venv" / "bin" / "thoughtsmith"
    server.parent.mkdir(parents=True)
    server.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    server.chmod(0o755)


async def test_without_python_a_message_says_what_to_do(
    installed_vscode: VSCode, vsix: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("no-python")
    (home / "programs").mkdir()
    async with workbench(installed_vscode, vsix, home, path=os.fspath(home / "programs")) as vscode:
        await vscode.open("a.prompt.md", RUSSIAN)
        message = vscode.page.locator(".notification-list-item", has_text="Python 3.10")
        await message.wait_for()
        await vscode.picture("no-python")
        buttons = await message.locator(".monaco-button").all_inner_texts()
        assert buttons == ["Get Python", "Open Setting", "Try Again"]
        assert await vscode.page.locator(".notification-list-item-message").count() == 1

        # Whoever installs Python is helped without a restart of the editor.
        programs(home / "new")
        (home / "new" / "python3").rename(home / "programs" / "python3")
        await message.locator(".monaco-button", has_text="Try Again").click()
        await vscode.host.ask("select", utf16("# Задача "), utf16("# Задача "))

        async def answers() -> Any:
            return await vscode.host.ask("completions", 0, None)

        await vscode.until("the server answers", answers)


async def test_a_server_that_ends_at_once_is_told_of_once(
    installed_vscode: VSCode, vsix: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("broken")
    program(home / "workspace", "exit 3")
    async with workbench(installed_vscode, vsix, home, path=programs(home / "programs")) as vscode:
        await vscode.open("a.prompt.md", RUSSIAN)
        message = vscode.page.locator(".notification-list-item", has_text="cannot be started")
        await message.wait_for()
        await vscode.picture("broken-server")
        assert await message.locator(".monaco-button").all_inner_texts() == ["Open Setting", "Try Again", "Show Log"]
        # What else is said is said right after it, or before.
        await vscode.page.wait_for_timeout(3000)
        shown = await vscode.page.locator(".notification-list-item-message").all_inner_texts()
        assert len(shown) == 1, shown


async def test_our_own_config_file_is_checked(vscode: Workbench) -> None:
    await vscode.open("config/thoughtsmith.toml", '# 😀 𝒳\nlanguage = "de"\n')
    (mark,) = await vscode.until("it is reported", vscode.diagnostics)
    assert mark.text == '"de"'
    await vscode.open("config/other.toml", '# 😀 𝒳\nlanguage = "de"\n')
    assert await vscode.diagnostics() == []
