"""What a user of VS Code sees while writing: a real workbench with the .vsix installed, driven by keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.editors.vscode.session import RUSSIAN, TASK, hover, press_for_hover
from tests.editors.vscode.workbench import CURSOR, EXTENSION, utf16

if TYPE_CHECKING:
    from tests.editors.vscode.workbench import Workbench


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


async def test_the_status_bar_tells_techniques_and_tokens(vscode: Workbench) -> None:
    await vscode.open("строка.prompt.md", f"{TASK}\n\nДумай шаг за шагом.{CURSOR}\n")
    item = vscode.page.locator(f'[id="{EXTENSION}.thoughtsmith.status"]')
    await vscode.until("it tells both", item.inner_text, lambda text: re.search(r"cot · ≈\d+", text))


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
