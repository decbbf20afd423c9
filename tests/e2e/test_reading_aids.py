"""Hover on a block, outline, folding, highlights, selection and semantic tokens, as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.lsp.convert import PositionCodec
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.raw_client import Raw

URI = "file:///prompts/a.prompt.md"
DOCUMENT = {"textDocument": {"uri": URI}}
TOKENS: dict[str, Any] = {
    "semanticTokens": {
        "requests": {"full": {"delta": True}, "range": True},
        "tokenTypes": [],
        "tokenModifiers": [],
        "formats": [],
    }
}
PROMPT = """# Задача 🧭

Plan the way 🚚 for {{город}}.

## Как

- Let's think step by step.
  - Note the date.
- Предложи 🎲 пять разных вариантов, оцени их по критериям и выбери лучший.
"""


class Editor:
    """A client with one open document, in which places are found by their text."""

    def __init__(self, raw: Raw, text: str, encoding: str = "utf-16", **capabilities: Any) -> None:
        self.raw = raw
        self.text = text
        self.codec = PositionCodec(encoding)
        self.announced: dict[str, Any] = raw.initialize(
            {"general": {"positionEncodings": [encoding]}, "textDocument": {**TOKENS, **capabilities}}, locale="en"
        )["capabilities"]
        raw.open(URI, text)
        self._requests = 0

    def ask(self, method: str, **params: Any) -> Any:
        self._requests += 1
        return self.raw.ask(self._requests, f"textDocument/{method}", {**DOCUMENT, **params})["result"]

    def at(self, text: str) -> dict[str, int]:
        place = self.codec.position(Lines.of(self.text), self.text.index(text))
        return {"line": place.line, "character": place.character}

    def change(self, text: str) -> None:
        self.text = text
        changes = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": text}]}
        self.raw.send(method="textDocument/didChange", params=changes)

    def cut(self, range_: dict[str, Any]) -> str:
        """The text of a range."""
        lines = self.text.split("\n")
        first, last = range_["start"], range_["end"]
        picked = lines[first["line"] : last["line"] + 1]
        picked[-1] = self._units(picked[-1], 0, last["character"])
        picked[0] = self._units(picked[0], first["character"], 2**31)
        return "\n".join(picked)

    def decoded(self, data: list[int]) -> list[tuple[str, str]]:
        """The tokens as (type, text)."""
        lines = self.text.split("\n")
        names = self.announced["semanticTokensProvider"]["legend"]["tokenTypes"]
        line = column = 0
        found = []
        for index in range(0, len(data), 5):
            down, right, length, kind, modifiers = data[index : index + 5]
            line, column = line + down, right if down else column + right
            assert modifiers == 0
            found.append((names[kind], self._units(lines[line], column, column + length)))
        return found

    def _units(self, line: str, start: int, end: int) -> str:
        name = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[str(self.codec._encoding)]
        size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[str(self.codec._encoding)]
        return line.encode(name)[size * start : size * end].decode(name)


@pytest.fixture(params=["utf-8", "utf-16", "utf-32"])
def editor(request: pytest.FixtureRequest, connect: Callable[[], Raw]) -> Editor:
    nested = {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}
    return Editor(connect(), PROMPT, request.param, hover={"contentFormat": ["markdown"]}, **nested)


def test_hover_on_the_words_and_on_the_first_line_of_a_block(editor: Editor) -> None:
    hover = editor.ask("hover", position=editor.at("nk step by step"))
    assert editor.cut(hover["range"]) == "think step by step"
    assert hover["contents"]["value"].startswith("### Chain-of-Thought · `cot`\n\n**Here:** an instruction\n\n- ")
    assert editor.cut(editor.ask("hover", position=editor.at("et's"))["range"]) == "- Let's think step by step."
    assert editor.ask("hover", position=editor.at("Note")) is None


def test_blocks_stand_in_the_outline_and_fold(editor: Editor) -> None:
    def outline(symbols: list[dict[str, Any]]) -> list[Any]:
        return [(s["name"], editor.cut(s["selectionRange"]), outline(s.get("children") or [])) for s in symbols]

    ((task, _, (how,)),) = outline(editor.ask("documentSymbol"))
    assert (task, how[0]) == ("Задача 🧭", "Как")
    cot, bon = how[2]
    assert cot == ("Chain-of-Thought", "think step by step", [])
    assert bon[0] == "Best-of-N"
    assert "🎲 пять" in bon[1]
    folds = editor.ask("foldingRange")
    assert [(fold["startLine"], fold["endLine"]) for fold in folds] == [(0, 8), (4, 8), (6, 7)]


def test_an_editor_without_nested_symbols_gets_a_list(connect: Callable[[], Raw]) -> None:
    editor = Editor(connect(), PROMPT)
    found = [(symbol["name"], symbol.get("containerName")) for symbol in editor.ask("documentSymbol")]
    assert found == [("Задача 🧭", None), ("Как", "Задача 🧭"), ("Chain-of-Thought", "Как"), ("Best-of-N", "Как")]


def test_highlights(editor: Editor) -> None:
    found = editor.ask("documentHighlight", position=editor.at("step by"))
    assert [(editor.cut(place["range"]), place["kind"]) for place in found] == [("think step by step", 1)]
    assert editor.ask("documentHighlight", position=editor.at("Note")) == []


def test_selection_ranges_for_several_cursors(editor: Editor) -> None:
    found = editor.ask("selectionRange", positions=[editor.at("город"), editor.at("date")])
    chains = []
    for selection in found:
        chain = []
        while selection:
            chain.append(editor.cut(selection["range"]))
            selection = selection.get("parent")
        chains.append(chain)
    assert chains[0] == ["город", "Plan the way 🚚 for {{город}}.", PROMPT.rstrip("\n"), PROMPT]
    assert chains[1][:4] == [
        "date",
        "Note the date.",
        "- Note the date.",
        "- Let's think step by step.\n  - Note the date.",
    ]
    assert chains[1][-1] == PROMPT


def test_semantic_tokens(editor: Editor) -> None:
    provider = editor.announced["semanticTokensProvider"]
    assert provider["full"] == {"delta": True}
    assert provider["range"] is True
    whole = editor.ask("semanticTokens/full")
    assert editor.decoded(whole["data"]) == [("parameter", "{{город}}"), ("number", "пять")]
    visible = {"start": {"line": 7, "character": 0}, "end": {"line": 8, "character": 5}}
    assert ("parameter", "{{город}}") not in editor.decoded(editor.ask("semanticTokens/range", range=visible)["data"])

    editor.change(PROMPT.replace("the way 🚚", "<way>🚚</way> 🚚 by CoT"))
    delta = editor.ask("semanticTokens/full/delta", previousResultId=whole["resultId"])
    data = list(whole["data"])
    for edit in delta["edits"]:
        data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit["data"]
    expected = [("type", "way"), ("type", "way"), ("function", "CoT"), ("parameter", "{{город}}"), ("number", "пять")]
    assert editor.decoded(data) == expected
    # Nothing has changed since; and an answer that we do not remember is no base for a difference.
    assert editor.ask("semanticTokens/full/delta", previousResultId=delta["resultId"])["edits"] == []
    again = editor.ask("semanticTokens/full/delta", previousResultId="of yesterday")
    assert editor.decoded(again["data"]) == expected


def test_semantic_tokens_are_for_those_who_know_them(connect: Callable[[], Raw]) -> None:
    raw = connect()
    capabilities = raw.initialize()["capabilities"]
    assert "semanticTokensProvider" not in capabilities
    assert capabilities["documentHighlightProvider"]
    assert capabilities["selectionRangeProvider"]
    assert raw.ask(1, "textDocument/semanticTokens/full", DOCUMENT)["error"]["code"] == -32601


def test_a_document_that_is_not_ours_has_none_of_it(connect: Callable[[], Raw]) -> None:
    raw = connect()
    editor = Editor(raw, PROMPT)
    raw.open("file:///src/main.py", "# chain of thought", "python")
    other = {"textDocument": {"uri": "file:///src/main.py"}}
    start = {"line": 0, "character": 4}
    assert editor.ask("documentSymbol", **other) == []
    assert editor.ask("foldingRange", **other) == []
    assert editor.ask("documentHighlight", position=start, **other) == []
    assert editor.ask("selectionRange", positions=[start], **other) is None
    assert editor.ask("semanticTokens/full", **other) == {"data": []}
    assert editor.ask("semanticTokens/full/delta", previousResultId="1", **other) == {"data": []}
    assert editor.ask("semanticTokens/range", range={"start": start, "end": start}, **other) == {"data": []}
