"""Renews the pictures of the extension's README: `python -m tests.editors.vscode.pictures`."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.editors.installers.vscode import vscode
from tests.editors.vscode.workbench import CURSOR, ROOT, programs, workbench

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.editors.vscode.workbench import Workbench

IMAGES = ROOT / "client-config" / "vscode" / "images"
BUILD = ROOT / "client-config" / "vscode" / "build.py"
SIZE = (1000, 720)
"""The window, in points; a README shows pictures about that wide."""

PLAN = f"""---
description: Plan the deliveries of a week
agent: agent
---
# Task

Plan the deliveries of next week for three drivers and two vans, at the lowest cost.

1. Read the list of orders.
{CURSOR}
2. Answer with a table.
"""
HOVER = f"""---
description: Plan the deliveries of a week
agent: agent
---
# Task

Plan the deliveries of next week for three drivers.

Think st{CURSOR}ep by step, then answer with a table.
"""
LINT = f"""---
name: release-notes
description: Use when: the user asks for release notes
---
# Release notes

Write 3 {CURSOR}candidates of the notes, and pick the best of 5.

Answer with the text only, no reasoning. Think step by step first.
"""
COMPOSE = f"""# Role

You plan trains for a railway. Be exact, and say where a figure comes from.

# Data

- `delays.csv`: every night train of the last year, with its delay at each station
- `crews.csv`: who drove it
- `works.csv`: which tracks were being repaired

# Rules

- Use the data only; what it does not say, you do not know.
- Minutes are whole numbers.

# Task

Find out why the night train to Perm is late so often, and what to do about it.
{CURSOR}
"""


async def completion(bench: Workbench) -> None:
    await bench.open("deliveries.prompt.md", PLAN)
    await bench.type("bo")
    await bench.suggestions.filter(has_text="Best-of-N").first.wait_for()
    # What the chosen suggestion means is shown beside it.
    if not await bench.page.locator(".suggest-details-container:visible").count():
        await bench.press("Control+Space")
    await bench.page.locator(".suggest-details-container:visible").first.wait_for()


async def hover(bench: Workbench) -> None:
    await bench.open("deliveries.prompt.md", HOVER)
    await bench.press("Control+k", "Control+i")
    await bench.page.locator(".monaco-hover:visible", has_text="Chain-of-Thought").first.wait_for()


async def lint(bench: Workbench) -> None:
    await bench.open("skills/release-notes/SKILL.md", LINT)
    await bench.until("there are diagnostics", bench.diagnostics)
    await bench.press("Control+Shift+m")
    await bench.page.locator(".markers-panel .monaco-list-row").first.wait_for()
    await bench.host.ask("command", "workbench.action.focusActiveEditorGroup")
    await bench.press("Control+Home", "F8", "Escape", "Control+.")
    await bench.page.locator(".action-widget .monaco-list-row").first.wait_for()


async def compose(bench: Workbench) -> None:
    await bench.open("train.prompt.md", COMPOSE)
    await bench.run("Thoughtsmith: Compose")
    await bench.picks.first.wait_for()


PICTURES: dict[str, Callable[[Workbench], Awaitable[None]]] = {
    "completion": completion,
    "hover": hover,
    "lint": lint,
    "compose": compose,
}


async def take(extension: Path, target: Path, names: list[str]) -> None:
    """Take pictures with an extension, into a folder."""
    settings = {
        # What is shown is what Thoughtsmith does, and nothing of what other assistants add.
        "chat.disableAIFeatures": True,
        "editor.fontSize": 13,
        "editor.lineNumbers": "on",
        "editor.wordWrap": "on",
        "workbench.activityBar.location": "hidden",
    }
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = programs(home / "programs")
        async with workbench(vscode(), extension, home, path=path, settings=settings, size=SIZE) as bench:
            await bench.host.ask("command", "workbench.action.closeSidebar")
            await bench.open("warm-up.prompt.md", f"C{CURSOR}oT\n")
            await bench.until("the server answers", lambda: _explained(bench))
            for name in names:
                await bench.close_all()
                await PICTURES[name](bench)
                # Everything that fades in has done so.
                await bench.page.wait_for_timeout(1500)
                await bench.page.screenshot(path=target / f"{name}.png")
                await bench.press("Escape", "Escape", "Escape")
                await bench.host.ask("command", "workbench.action.closePanel")


async def _explained(bench: Workbench) -> object:
    return await bench.host.ask("hover", await bench.cursor())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.editors.vscode.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PICTURES)}; without names: all")
    parser.add_argument("--vsix", type=Path, help="an extension that is built already")
    parser.add_argument("--output", type=Path, default=IMAGES, help="folder for the pictures (default: %(default)s)")
    arguments = parser.parse_args()
    names = arguments.names or list(PICTURES)
    if unknown := set(names) - set(PICTURES):
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    extension = arguments.vsix
    if extension is None:
        built = subprocess.run([sys.executable, str(BUILD)], capture_output=True, encoding="utf-8", check=True)
        extension = Path(built.stdout.strip())
    asyncio.run(take(extension, arguments.output, names))


if __name__ == "__main__":
    main()
