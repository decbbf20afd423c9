"""What Thoughtsmith does to a text in VS Code when it is asked to: quick fixes, refactorings, the lists of blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.editors.vscode.session import PROMPTY, SKILL, TASK, apply, titles
from tests.editors.vscode.workbench import CURSOR, utf16

if TYPE_CHECKING:
    from tests.editors.vscode.workbench import Workbench


async def test_what_is_wrong_is_underlined_and_mended(vscode: Workbench) -> None:
    at = SKILL.index("Когда")
    await vscode.open("review/SKILL.md", f"{SKILL[:at]}{CURSOR}{SKILL[at:]}")
    (mark,) = await vscode.until("it is reported", vscode.diagnostics)
    assert mark.code == "TH502"
    assert mark.start == utf16(SKILL[: SKILL.index("🚚")])
    await vscode.page.locator(".squiggly-error, .squiggly-warning").first.wait_for()
    await vscode.press("Control+Shift+m")
    problem = vscode.page.locator(".markers-panel .monaco-list-row", has_text=mark.message[:30])
    await problem.first.wait_for()
    await vscode.picture("problems")
    await vscode.press("Control+Shift+m")
    await vscode.host.ask("command", "workbench.action.focusActiveEditorGroup")

    await vscode.press("Control+.")
    fix = vscode.page.locator(".action-widget .monaco-list-row", has_text="Put it in quotation marks")
    await fix.first.wait_for()
    await vscode.picture("lint")
    await fix.first.click()
    mended = SKILL.replace("🚚 𝒳 Когда: просят", '"🚚 𝒳 Когда: просят"')
    await vscode.until("it is mended", vscode.text, lambda text: text == mended)
    await vscode.until("nothing is reported any more", vscode.diagnostics, lambda found: not found)


async def test_a_code_action_inserts_a_technique(vscode: Workbench) -> None:
    text = f"# Задача 😀 𝒳\n\n{TASK}\n"
    await vscode.open("вставка.prompt.md", text.replace(TASK, f"{TASK}{CURSOR}"))

    async def offered() -> list[str]:
        return [title for title in await titles(vscode, "refactor.rewrite") if "Insert Chain-of-Thought" in title]

    await vscode.until("it is offered", offered)
    await apply(vscode, "refactor.rewrite", "Insert Chain-of-Thought")
    inserted = await vscode.text()
    assert inserted.startswith(text)
    assert re.search("[а-я]", inserted[len(text) :])
    await vscode.press("Escape", "Control+z")
    await vscode.until("the text is as before", vscode.text, lambda now: now == text)


async def test_a_code_action_wraps_the_selection(vscode: Workbench) -> None:
    await vscode.open("обёртка.prompt.md", f"Привет 😀 𝒳\n\n{CURSOR}{TASK}{CURSOR}\n\nСпасибо.\n")

    async def offered() -> list[str]:
        return [title for title in await titles(vscode, "refactor.rewrite") if "Wrap with Chain-of-Thought" in title]

    await vscode.until("it is offered", offered)
    await apply(vscode, "refactor.rewrite", "Wrap with Chain-of-Thought")
    lines = (await vscode.text()).splitlines()
    assert lines[:2] == ["Привет 😀 𝒳", ""]
    assert lines[-2:] == ["", "Спасибо."]
    assert "выше" in "\n".join(lines[lines.index(TASK) + 1 : -2])


async def test_a_variable_is_renamed_everywhere(vscode: Workbench) -> None:
    at = PROMPTY.index("город }}") + 2
    await vscode.open("имя.prompty", f"{PROMPTY[:at]}{CURSOR}{PROMPTY[at:]}")

    async def definitions() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await vscode.host.ask("definition", await vscode.cursor())
        return found

    (definition,) = await vscode.until("its definition is known", definitions)
    assert definition["text"] == "город"
    assert definition["start"] == utf16(PROMPTY[: PROMPTY.index("город")])
    references = await vscode.host.ask("references", await vscode.cursor())
    assert [place["text"] for place in references] == ["город"] * 3
    await vscode.press("F2")
    box = vscode.page.locator(".rename-box input:visible").first
    await box.fill("city")
    await vscode.press("Enter")
    await vscode.until("it is renamed", vscode.text, lambda text: text == PROMPTY.replace("город", "city"))


async def test_the_list_of_techniques_inserts_one_that_can_be_undone(vscode: Workbench) -> None:
    text = f"# Задача 😀 𝒳\n\n{TASK}\n"
    await vscode.open("выбор.prompt.md", text.replace(TASK, f"{TASK}{CURSOR}"))
    await vscode.run("Thoughtsmith: Insert Technique")
    await vscode.picks.filter(has_text="Chain-of-Thought").first.wait_for()
    await vscode.picture("insert")
    await vscode.press("Escape")
    assert await vscode.text() == text, "whoever leaves the list leaves no trace"
    await vscode.run("Thoughtsmith: Insert Technique")
    await vscode.picks.filter(has_text="Chain-of-Thought").first.wait_for()
    await vscode.type("self-refine")
    await vscode.until("one is left", vscode.picks.count, lambda count: count == 1)
    assert "Self-Refine" in await vscode.picks.first.inner_text()
    await vscode.press("Enter")
    inserted = await vscode.until("it is inserted", vscode.text, lambda now: now != text)
    assert inserted.startswith(text.rstrip("\n"))
    assert re.search("[а-я]", inserted[len(text) :])
    await vscode.host.ask("command", "workbench.action.focusActiveEditorGroup")
    await vscode.press("Escape", "Control+z")
    await vscode.until("it is undone in one step", vscode.text, lambda now: now == text)


async def test_a_recipe_composes_a_prompt(vscode: Workbench) -> None:
    await vscode.open("рецепт.prompt.md", f"# Задача 😀 𝒳\n\n{TASK}{CURSOR}\n")
    await vscode.run("Thoughtsmith: Compose")
    await vscode.picks.first.wait_for()
    await vscode.picture("compose")
    name = await vscode.picks.first.locator(".label-name").first.inner_text()
    assert name
    before = await vscode.text()
    await vscode.press("Enter")
    composed = await vscode.until("it is inserted", vscode.text, lambda now: now != before)
    assert TASK in composed
    assert len(composed) > len(before) + 200


async def test_a_chat_mode_becomes_an_agent(vscode: Workbench) -> None:
    text = "---\ndescription: 😀 𝒳 Ревью кода\n---\nПроверь код.\n"
    await vscode.open(".github/chatmodes/ревью.chatmode.md", f"{CURSOR}{text}")

    async def offered() -> list[str]:
        return [title for title in await titles(vscode, "") if ".agent.md" in title]

    found = await vscode.until("it is offered", offered)
    await apply(vscode, "", found[0])
    moved = vscode.folder / ".github" / "agents" / "ревью.agent.md"

    async def exists() -> bool:
        return moved.exists()

    await vscode.until("the file has moved", exists)
    assert moved.read_text(encoding="utf-8") == text
    assert not (vscode.folder / ".github" / "chatmodes" / "ревью.chatmode.md").exists()
