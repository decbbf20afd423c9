"""Whoever has VS Code in Russian meets Russian everywhere: commands, settings, the walkthrough, the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest_asyncio
from tests.editors.vscode.session import hover
from tests.editors.vscode.workbench import CURSOR, EXTENSION, programs, workbench

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest
    from tests.editors.installers.vscode import VSCode
    from tests.editors.vscode.workbench import Workbench

COMMANDS = {
    "Вставить технику…",
    "Составить промпт по рецепту…",
    "Объяснить технику, термин или правило…",
    "Перезапустить сервер",
    "Показать журнал",
}


@pytest_asyncio.fixture(scope="module")
async def russian(
    installed_vscode: VSCode, vsix: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Workbench]:
    home = tmp_path_factory.mktemp("russian")
    async with workbench(installed_vscode, vsix, home, path=programs(home / "programs"), language="ru") as opened:
        await opened.open("a.prompt.md", f"# Task 🚚\n\nUse C{CURSOR}oT.\n")
        await opened.until("the server answers", lambda: hover(opened))
        yield opened


async def test_the_commands_are_russian(russian: Workbench) -> None:
    await russian.press("F1")
    await russian.page.locator(".quick-input-widget input[type=text]").fill(">Thoughtsmith:")
    await russian.picks.first.wait_for()
    await russian.picture("russian-commands")
    shown = await russian.picks.all_inner_texts()
    # Below the Russian title stands the English one, as with every extension.
    titles = {row.splitlines()[0].removeprefix("Thoughtsmith: ") for row in shown if row.startswith("Thoughtsmith: ")}
    await russian.press("Escape")
    assert titles == COMMANDS


async def test_the_server_answers_in_russian(russian: Workbench) -> None:
    await russian.open("b.prompt.md", f"# Task 🚚\n\nUse C{CURSOR}oT.\n")
    assert re.search("Цепочка рассуждений.*Цена", await hover(russian), re.DOTALL)


async def test_the_status_bar_is_russian(russian: Workbench) -> None:
    await russian.open("c.prompt.md", "Think step by step 🚚, then answer.\n")
    item = russian.page.locator(f"[id='{EXTENSION}.thoughtsmith.status']")
    await item.filter(has_text="cot").wait_for()
    label = await item.get_attribute("aria-label") or ""
    assert "Техники в этом промпте" in label
    assert "Цепочка рассуждений" in label
    assert "без токенизатора" in label


async def test_the_lists_are_russian(russian: Workbench) -> None:
    await russian.open("d.prompt.md", f"Plan 🚚.\n\n{CURSOR}\n")
    for command, title, entry in [
        ("insertTechnique", "Вставить технику", "Лучший из N"),
        ("composePrompt", "Составить промпт", "Выбрать техники…"),
        ("showExplanation", "Объяснить технику, термин или правило", "Лучший из N"),
    ]:
        await russian.host.ask("start", f"thoughtsmith.{command}")
        await russian.page.locator(".quick-input-title", has_text=title).wait_for()
        await russian.page.locator(".quick-input-widget input[type=text]").fill(entry)
        await russian.picks.filter(has_text=entry).first.wait_for()
        await russian.picture(f"russian-{command}")
        await russian.press("Escape")


async def test_settings_are_russian(russian: Workbench) -> None:
    await russian.host.ask("command", "workbench.action.openSettings", f"@ext:{EXTENSION}")
    described = russian.page.locator(".settings-editor .setting-item-description")
    await described.first.wait_for()
    await russian.picture("russian-settings")
    texts = [text for text in await described.all_inner_texts() if text.strip()]
    assert texts
    for text in texts:
        assert re.search("[а-я]{4}", text), text
    await russian.close_all()


async def test_the_walkthrough_is_russian(russian: Workbench) -> None:
    await russian.host.ask("start", "workbench.action.openWalkthrough", f"{EXTENSION}#start")
    page = russian.page.locator(".gettingStartedContainer")
    await page.get_by_text("Вставьте технику").first.wait_for()
    await russian.picture("russian-walkthrough")
    shown = await page.locator(".gettingStartedSlideDetails").inner_text()
    for title in ("Промпты лучше вместе с Thoughtsmith", "Начните промпт", "Знайте, что вставляете", "Проверяйте"):
        assert title in shown
    await russian.host.ask("command", "workbench.action.closeAllEditors")


async def test_show_output_opens_our_log(russian: Workbench) -> None:
    await russian.run("Показать журнал")
    panel = russian.page.locator(".part.panel")
    await panel.locator(".output-view").wait_for()
    await russian.picture("russian-log")
    # This VS Code writes no logs, for want of a compiled library.
    channel = panel.get_by_label("Switch Output").first
    assert await channel.evaluate("list => list.selectedOptions[0].text") == "Thoughtsmith"
