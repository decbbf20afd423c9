"""What the tests of VS Code say to the workbench and ask of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.editors.vscode.workbench import Workbench

RUSSIAN = """# Задача 😀 𝒳

Составь план поставок и объясни выбор 🚚

1. Прочитай условие.
2. Ответь.
3. Проверь.
"""
SKILL = "---\nname: review\ndescription: 🚚 𝒳 Когда: просят\n---\nПроверь код.\n"
PROMPTY = """---
name: 😀 plan
inputs:
  город:
    kind: string
---
system:
Составь план 🚚 𝒳 для {{ город }} и {{ город | upper }}.
"""
TASK = "Рассчитай, сколько машин нужно 🚚 𝒳, и реши уравнение."


def servers(vscode: Workbench) -> dict[int, str]:
    """The command lines of the servers that run for this workbench, by process."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            environment = (process / "environ").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if f"HOME={vscode.folder.parent}" in environment and "server" in line and "node" not in line[0]:
            found[int(process.name)] = " ".join(line)
    return found


async def titles(vscode: Workbench, kind: str) -> list[str]:
    """What is offered as code actions for the selection."""
    start, end = await vscode.host.ask("selection")
    return [action["title"] for action in await vscode.host.ask("actions", start, end, kind)]


async def apply(vscode: Workbench, kind: str, title: str) -> None:
    """Apply a code action for the selection."""
    start, end = await vscode.host.ask("selection")
    await vscode.host.ask("apply", start, end, kind, title)


async def hover(vscode: Workbench) -> str:
    """What our extension says about the place of the cursor; empty if it says nothing."""
    return "\n".join(await vscode.host.ask("hover", await vscode.cursor()))


async def shown_hover(vscode: Workbench) -> str:
    """What the hover at the cursor shows on the screen."""
    shown = vscode.page.locator(".monaco-hover:visible .hover-contents")
    return "\n".join(await shown.all_inner_texts())


async def press_for_hover(vscode: Workbench) -> str:
    async def explanation() -> str:
        await vscode.press("Control+k", "Control+i")
        await vscode.page.wait_for_timeout(300)
        return await shown_hover(vscode)

    return await vscode.until("the hover is shown", explanation, lambda text: "Loading" not in text and text)
