"""A block and the edits beside it, as clients apply them that have their own ways of doing so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.raw_client import Raw

KATE = Path(__file__).parents[2] / "client-config" / "kate" / "settings.json"
URI = "file:///p/a.prompt.md"
PROMPT = "Please:\n\n1. Read the task.\nbon\n2. Answer.\n"
WORD = {"line": 3, "character": 3}
# UTF-32, so that places in a line of these texts are places in a string.
CLIENT = {
    "general": {"positionEncodings": ["utf-32"]},
    "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
}


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """The text after edits to it, each given by its places in it."""

    def offset(place: dict[str, int]) -> int:
        return sum(map(len, text.splitlines(keepends=True)[: place["line"]])) + place["character"]

    spans = [(offset(edit["range"]["start"]), offset(edit["range"]["end"]), edit["newText"]) for edit in edits]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def item(raw: Raw, **params: Any) -> dict[str, Any]:
    raw.initialize(CLIENT, **params)
    raw.open(URI, PROMPT)
    answer = raw.ask(1, "textDocument/completion", {"textDocument": {"uri": URI}, "position": WORD})
    (found,) = answer["result"]["items"]
    offered: dict[str, Any] = found
    return offered


def assert_is_next_in_the_list(text: str) -> None:
    lines = text.splitlines()
    assert lines[2] == "1. Read the task."
    assert lines[3].startswith("2. Write 3 candidates")
    assert [line[:5] for line in lines[4:-1]] == ["   - "] * (len(lines) - 5)
    assert lines[-1] == "3. Answer."


@pytest.mark.parametrize("name", ["coc.nvim", "Sublime Text LSP", "Zed", "Zed Preview"])
def test_some_apply_the_edits_beside_a_block_when_it_is_there(connect: Callable[[], Raw], name: str) -> None:
    offered = item(connect(), clientInfo={"name": name})
    assert_is_next_in_the_list(applied(applied(PROMPT, [offered["textEdit"]]), offered["additionalTextEdits"]))


@pytest.mark.parametrize("name", ["Visual Studio Code", "Neovim", "vim-lsp"])
def test_others_apply_everything_at_once(connect: Callable[[], Raw], name: str) -> None:
    offered = item(connect(), clientInfo={"name": name})
    assert_is_next_in_the_list(applied(PROMPT, [offered["textEdit"], *offered["additionalTextEdits"]]))


def test_kate_is_known_by_our_configuration_for_it(connect: Callable[[], Raw]) -> None:
    options = json.loads(KATE.read_text(encoding="utf-8"))["servers"]["markdown"]["initializationOptions"]
    offered = item(connect(), initializationOptions=options)
    # It says that it takes snippets, but drops the texts of their tab stops.
    assert "for [the task] that differ" in offered["textEdit"]["newText"]
    assert_is_next_in_the_list(applied(applied(PROMPT, [offered["textEdit"]]), offered["additionalTextEdits"]))
