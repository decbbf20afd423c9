"""What a user of VS Code gets: a real workbench with the .vsix installed, driven by keys and through its own API."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from tests.editors.vscode.workbench import CURSOR, EXTENSION, ROOT, programs, utf16, workbench

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.editors.installers.vscode import VSCode
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


@pytest_asyncio.fixture(scope="module")
async def running(
    installed_vscode: VSCode, vsix: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Workbench]:
    home = tmp_path_factory.mktemp("vscode")
    async with workbench(installed_vscode, vsix, home, path=programs(home / "programs")) as opened:
        # Whoever types before the server is up gets no suggestions for that word.
        await opened.open("a.prompt.md", f"C{CURSOR}oT\n")
        await opened.until("the server answers", lambda: hover(opened))
        yield opened


@pytest_asyncio.fixture
async def vscode(running: Workbench) -> AsyncIterator[Workbench]:
    """The workbench without any open file."""
    yield running
    await running.press("Escape", "Escape")
    await running.close_all()
    assert await running.page.locator(".notification-list-item-message").all_inner_texts() == []


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


@pytest.mark.parametrize(
    "name",
    [
        "a.prompt.md",
        "a.instructions.md",
        "a.agent.md",
        "CLAUDE.md",
        ".claude/commands/a.md",
        "skills/a/SKILL.md",
        ".cursor/rules/a.mdc",
        "a.prompty",
        "a.prompt",
        "a.poml",
        "a.md.j2",
        "a.txt",
    ],
)
async def test_every_format_is_known(vscode: Workbench, name: str) -> None:
    await vscode.open(f"форматы/{name}", "Подумай 😀 𝒳 и возьми CoT.\n")
    at = utf16("Подумай 😀 𝒳 и возьми C")

    async def explained() -> list[str]:
        answer: list[str] = await vscode.host.ask("hover", at)
        return answer

    (explanation,) = await vscode.until("the hover explains it", explained)
    assert "Chain-of-Thought" in explanation


async def test_a_name_becomes_a_list_item_with_fields_to_fill_in(vscode: Workbench) -> None:
    before, after = RUSSIAN.split("2. Ответь.\n")
    await vscode.open("список.prompt.md", f"{before}{CURSOR}\n2. Ответь.\n{after}")
    await vscode.type("bon")
    row = vscode.suggestions.filter(has_text="Best-of-N")
    await row.first.wait_for()
    await vscode.picture("completion")
    labels = await vscode.suggestions.locator(".label-name").all_inner_texts()
    assert labels.count("Best-of-N") == 1
    await vscode.press("Enter")
    field = await vscode.until("the first field is selected", vscode.selected)
    text = await vscode.text()
    lines = text.splitlines()
    assert text.startswith(before)
    assert re.match("2. .*[а-я]", lines[5])
    assert lines[-2:] == ["3. Ответь.", "4. Проверь."]

    await vscode.type("маршрута 🚚")
    expected = text.replace(field, "маршрута 🚚", 1)
    await vscode.until("the first text is there", vscode.text, lambda now: now == expected)
    await vscode.press("Tab")
    field = await vscode.until("the second field is selected", vscode.selected)
    await vscode.type("цена")
    both = expected.replace(field, "цена", 1)
    await vscode.until("the second text is there", vscode.text, lambda now: now == both)


async def test_undo_takes_an_accepted_block_back(vscode: Workbench) -> None:
    await vscode.open("отмена.prompt.md", f"{RUSSIAN}{CURSOR}")
    await vscode.type("пошаг")
    await vscode.suggestions.filter(has_text="Chain-of-Thought").first.wait_for()
    await vscode.press("Enter")
    await vscode.until("the block is there", vscode.text, lambda text: len(text) > len(RUSSIAN) + 20)
    await vscode.press("Escape", "Control+z")
    await vscode.until("it is taken back", vscode.text, lambda text: text == f"{RUSSIAN}пошаг")


async def test_hover_explains_a_technique_on_the_screen(vscode: Workbench) -> None:
    await vscode.open("подсказка.prompt.md", f"Составь план 🚚 𝒳 и возьми C{CURSOR}oT для расчёта.\n")
    shown = await press_for_hover(vscode)
    await vscode.picture("hover")
    assert "Chain-of-Thought" in shown
    assert "When" in shown or "Cost" in shown


async def test_hover_is_russian_if_it_is_set_so(vscode: Workbench) -> None:
    await vscode.open("подсказка-ru.prompt.md", f"Составь план 🚚 𝒳 и возьми C{CURSOR}oT.\n")
    english = await vscode.until("there is a hover", lambda: hover(vscode))
    assert not re.search("[а-я]{4}", english)
    await vscode.host.ask("configure", "thoughtsmith.locale", "ru")
    try:
        await vscode.until("it is Russian", lambda: hover(vscode), lambda text: re.search("[а-я]{4}", text))
    finally:
        await vscode.host.ask("configure", "thoughtsmith.locale", None)
    assert await vscode.until("it is English again", lambda: hover(vscode), lambda text: text == english)


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


async def test_the_status_bar_tells_techniques_and_tokens(vscode: Workbench) -> None:
    await vscode.open("строка.prompt.md", f"{TASK}\n\nДумай шаг за шагом.{CURSOR}\n")
    item = vscode.page.locator(f'[id="{EXTENSION}.thoughtsmith.status"]')
    await vscode.until("it tells both", item.inner_text, lambda text: re.search(r"cot · ≈\d+", text))


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


CLASH = "Answer with the text only, no reasoning. Think step by step first."
"""What VS Code knows nothing of."""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mode.prompt.md", f"---\nmode: agent\n---\nTask 😀 𝒳\n\n{CLASH}\n"),
        ("empty.prompt.md", f'---\ndescription: ""\n---\nTask 😀 𝒳\n\n{CLASH}\n'),
        ("key.prompt.md", f"---\ndescription: 𝒳\ndescription: 😀\n---\nTask 😀 𝒳\n\n{CLASH}\n"),
        ("link.prompt.md", f"---\nagent: agent\n---\nTask 😀 𝒳\n\n{CLASH}\n\n𝒳 [style](./nowhere.md)\n"),
        ("handoffs.agent.md", f"---\ndescription: 𝒳\nhandoffs: 😀\n---\nTask 😀 𝒳\n\n{CLASH}\n"),
        ("one/SKILL.md", f"---\nname: other\ndescription: 𝒳 when asked\n---\nTask 😀 𝒳\n\n{CLASH}\n"),
        ("two/SKILL.md", f"---\nname: two\n---\nTask 😀 𝒳\n\n{CLASH}\n"),
    ],
    ids=lambda value: value if "\n" not in value else "",
)
async def test_what_vs_code_says_itself_is_not_said_twice(vscode: Workbench, name: str, text: str) -> None:
    await vscode.open(f"twice/{name}", text)

    async def said() -> tuple[list[int], list[int]]:
        """The lines that VS Code says something about, and those that we do."""
        lines: dict[bool, list[int]] = {True: [], False: []}
        for one in await vscode.all_diagnostics():
            line = text.encode("utf-16-le")[: 2 * one.start].decode("utf-16-le").count("\n")
            lines[one.source == "thoughtsmith"].append(line)
        return lines[False], lines[True]

    clash = text[: text.index(CLASH)].count("\n")
    await vscode.until(
        "each says something, and on no line both",
        said,
        lambda found: found[0] and clash in found[1] and not {*found[0]} & {*found[1]},
    )


async def test_front_matter_and_outline_are_offered_once(vscode: Workbench) -> None:
    text = "---\ndescription: 😀 𝒳 План\n\n---\n# План\n\nДумай шаг за шагом.\n"
    await vscode.open("once.prompt.md", text)
    await vscode.until("the server is there", lambda: vscode.host.ask("hover", utf16(text[: text.index("шаг за")]) + 1))
    found = await vscode.host.ask("completions", utf16(text[: text.index("\n---\n# ")]), None)
    labels = [item["label"] for item in found]
    assert "agent" in labels
    assert sorted(set(labels)) == sorted(labels)

    def names(symbols: list[dict[str, Any]]) -> list[str]:
        return [name for one in symbols for name in (one["name"], *names(one["children"]))]

    outline = names(await vscode.host.ask("symbols"))
    assert "Chain-of-Thought" in outline
    assert len(set(outline)) == len(outline)


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
    server = folder / ".venv" / "bin" / "thoughtsmith"
    server.parent.mkdir(parents=True)
    server.write_text(f"#!/bin/sh\ntouch {folder / 'started'}\n", encoding="utf-8")
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
