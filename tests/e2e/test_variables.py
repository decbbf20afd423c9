"""Variables, keys and values as they go over the wire, in one file and across files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.lsp.convert import PositionCodec
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Raw

PROMPTY = """---
name: 🧭
inputs:
  город:
    kind: string
    description: 🚚 Where to?
---
system:
Plan 🚚🚚 {{ город }} and {{ город }}. {{
"""
CAPABILITIES: dict[str, Any] = {
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown"],
                "tagSupport": {"valueSet": [1]},
            }
        },
        "hover": {"contentFormat": ["markdown"]},
        "rename": {"prepareSupport": True},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}


class Editor:
    """A client with one open document, in which places are found by their text."""

    def __init__(self, raw: Raw, uri: str, text: str, encoding: str = "utf-16", **params: Any) -> None:
        self.raw = raw
        self.uri = uri
        self.lines = Lines.of(text)
        self.codec = PositionCodec(encoding)
        capabilities = {**CAPABILITIES, "general": {"positionEncodings": [encoding]}}
        self.announced = raw.initialize(capabilities, locale="en", **params)["capabilities"]
        raw.open(uri, text)
        self._requests = 0

    def ask(self, method: str, at: str, after: int = 0, **params: Any) -> dict[str, Any]:
        """The answer to a request at the first place where `at` stands, so many characters further."""
        place = self.codec.position(self.lines, self.lines.text.index(at) + after)
        position = {"line": place.line, "character": place.character}
        self._requests += 1
        document = {"textDocument": {"uri": self.uri}, "position": position}
        return self.raw.ask(self._requests, f"textDocument/{method}", {**document, **params})

    def range(self, at: str, nth: int = 0) -> dict[str, Any]:
        """The range of the nth place where a text stands."""
        start = -1
        for _ in range(nth + 1):
            start = self.lines.text.index(at, start + 1)
        first, last = (self.codec.position(self.lines, offset) for offset in (start, start + len(at)))
        return {
            "start": {"line": first.line, "character": first.character},
            "end": {"line": last.line, "character": last.character},
        }


@pytest.fixture(params=["utf-8", "utf-16", "utf-32"])
def editor(request: pytest.FixtureRequest, connect: Callable[[], Raw]) -> Editor:
    return Editor(connect(), "file:///w/trip.prompty", PROMPTY, request.param)


def test_from_a_use_to_all_places(editor: Editor) -> None:
    places = [editor.range("город", nth) for nth in range(3)]
    assert editor.ask("definition", "город }}", 2)["result"] == [{"uri": editor.uri, "range": places[0]}]
    for declared, expected in ((True, places), (False, places[1:])):
        found = editor.ask("references", "город", 2, context={"includeDeclaration": declared})["result"]
        assert found == [{"uri": editor.uri, "range": place} for place in expected]
    found = editor.ask("documentHighlight", "город }}")["result"]
    assert found == [{"range": place, "kind": kind} for place, kind in zip(places, [3, 2, 2], strict=True)]
    hover = editor.ask("hover", "город }}")["result"]
    assert hover["range"] == places[1]
    assert hover["contents"]["value"].startswith("**`город`** · declared input\n\n🚚 Where to?")


def test_rename(editor: Editor) -> None:
    assert editor.announced["renameProvider"] == {"prepareProvider": True}
    places = [editor.range("город", nth) for nth in range(3)]
    prepared = editor.ask("prepareRename", "город }}", 5)["result"]
    assert prepared == {"range": places[1], "placeholder": "город"}
    assert editor.ask("prepareRename", "Plan")["result"] is None
    (change,) = editor.ask("rename", "город }}", newName="place")["result"]["documentChanges"]
    assert change["textDocument"] == {"uri": editor.uri, "version": 1}
    assert change["edits"] == [{"range": place, "newText": "place"} for place in places]


def test_a_rename_that_cannot_be_is_refused_with_a_reason(editor: Editor) -> None:
    refused = editor.ask("rename", "город }}", newName="two words")["error"]
    assert refused == {"code": -32803, "message": "`two words` cannot be the name of a variable here"}
    assert editor.ask("rename", "Plan", newName="x")["result"] is None


def test_an_editor_without_versions_gets_the_edits_alone(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize(locale="en")
    raw.open("file:///w/a.prompty", "{{ x }}")
    position = {"line": 0, "character": 3}
    params = {"textDocument": {"uri": "file:///w/a.prompty"}, "position": position, "newName": "y"}
    range_ = {"start": position, "end": {"line": 0, "character": 4}}
    expected = {"changes": {"file:///w/a.prompty": [{"range": range_, "newText": "y"}]}}
    assert raw.ask(1, "textDocument/rename", params)["result"] == expected


def test_completion_of_a_variable(editor: Editor) -> None:
    assert {"/", "{", "%", "$", ":"} <= set(editor.announced["completionProvider"]["triggerCharacters"])
    context = {"triggerKind": 2, "triggerCharacter": "{"}
    found = editor.ask("completion", ". {{", 4, context=context)["result"]
    first = found["items"][0]
    assert (first["label"], first["detail"], first["kind"]) == ("город", "string", 6)
    assert first["textEdit"]["newText"] == "город}}"
    assert first["documentation"]["value"].startswith("**`город`**")
    # In prose the same character asks for nothing.
    assert editor.ask("completion", "{{\n", 3, context=context)["result"]["items"] == []
    assert editor.ask("completion", "{{\n", 3)["result"]["items"]


def test_completion_and_hover_of_keys_and_values(connect: Callable[[], Raw]) -> None:
    text = "---\nagent: a\n\n---\nText.\n"
    editor = Editor(connect(), "file:///w/a.prompt.md", text)
    keys = editor.ask("completion", "\n\n", 1)["result"]["items"]
    by_label = {item["label"]: item for item in keys}
    assert "agent" not in by_label
    assert by_label["name"]["insertTextFormat"] == 2
    assert by_label["name"]["textEdit"]["newText"] == "name: ${1}$0"
    assert by_label["mode"]["tags"] == [1]
    assert [item["sortText"] for item in keys] == sorted(item["sortText"] for item in keys)
    values = editor.ask("completion", ": a", 3)["result"]["items"]
    assert [item["textEdit"]["newText"] for item in values] == ["ask", "agent", "plan"]
    assert values[0]["textEdit"]["range"] == editor.range("a", 1)
    assert "`plan`" in editor.ask("hover", "agent")["result"]["contents"]["value"]


def test_what_cannot_be_filled_in_is_left_empty(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    raw.open("file:///w/a.prompt.md", "---\n\n---\n")
    params = {"textDocument": {"uri": "file:///w/a.prompt.md"}, "position": {"line": 1, "character": 0}}
    items = raw.ask(1, "textDocument/completion", params)["result"]["items"]
    assert next(item for item in items if item["label"] == "agent")["textEdit"]["newText"] == "agent: "


def test_across_files(connect: Callable[[], Raw], tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    part = folder / "part.j2"
    part.write_text("Go to {{ город }}.\n", encoding="utf-8")
    text = "{% include 'part.j2' %}\n{{ город }}\n"
    (folder / "main.j2").write_text(text, encoding="utf-8")
    uri = (folder / "main.j2").as_uri()
    editor = Editor(connect(), uri, text, workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "w"}])
    deadline = time.monotonic() + 20
    found: list[dict[str, Any]] = []
    while len(found) < 2 and time.monotonic() < deadline:
        found = editor.ask("references", "город", context={"includeDeclaration": True})["result"]
        time.sleep(0.05)
    there = {"start": {"line": 0, "character": 9}, "end": {"line": 0, "character": 14}}
    assert found == [{"uri": uri, "range": editor.range("город")}, {"uri": part.as_uri(), "range": there}]
    changes = editor.ask("rename", "город", newName="place")["result"]["documentChanges"]
    assert [(change["textDocument"], [edit["range"] for edit in change["edits"]]) for change in changes] == [
        ({"uri": uri, "version": 1}, [editor.range("город")]),
        ({"uri": part.as_uri(), "version": None}, [there]),
    ]
    # What has changed on disk behind our back is not touched.
    part.write_text("Go.\n", encoding="utf-8")
    assert "has changed in the meantime" in editor.ask("rename", "город", newName="place")["error"]["message"]
    assert len(editor.ask("references", "город", context={"includeDeclaration": True})["result"]) == 1
