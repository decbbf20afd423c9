"""Completion of paths and of the variables of tests, as it goes over the wire in a workspace on disk."""

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

DEADLINE = 20.0
FILE, FOLDER, VARIABLE = 17, 19, 6


class Editor:
    """A client with a folder, in which one file is open that is not on the disk."""

    def __init__(
        self, raw: Raw, root: Path, name: str, marked: str, *, encoding: str = "utf-16", client: str = "x"
    ) -> None:
        before, _, after = marked.partition("<|>")
        self._raw = raw
        self._uri = (root / name).as_uri()
        self._asked = 0
        lines = Lines.of(before + after)
        codec = PositionCodec(encoding)
        self.cursor = codec.position(lines, len(before))
        raw.initialize(
            {"general": {"positionEncodings": [encoding]}},
            workspaceFolders=[{"uri": root.as_uri(), "name": root.name}],
            clientInfo={"name": client},
            locale="en",
        )
        raw.open(self._uri, before + after)

    def items(self, enough: int, trigger: str = "") -> list[dict[str, Any]]:
        """What is offered, as soon as the folder has been looked through."""
        deadline = time.monotonic() + DEADLINE
        while True:
            self._asked += 1
            params: dict[str, Any] = {
                "textDocument": {"uri": self._uri},
                "position": {"line": self.cursor.line, "character": self.cursor.character},
            }
            if trigger:
                params["context"] = {"triggerKind": 2, "triggerCharacter": trigger}
            found: list[dict[str, Any]] = self._raw.ask(self._asked, "textDocument/completion", params)["result"][
                "items"
            ]
            if len(found) >= enough:
                return found
            if time.monotonic() > deadline:
                pytest.fail(f"never {enough} items: {found!r}")
            time.sleep(0.02)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "docs/Мой тон.md": "# Тон\n",
        "docs/глубже/x.md": "",
        "prompts/trip.j2": "Plan {{ город }} and {{ days }}.",
        ".gitignore": "secret.md\n",
        "docs/secret.md": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_paths(connect: Callable[[], Raw], root: Path, encoding: str) -> None:
    editor = Editor(connect(), root, "CLAUDE.md", "🚚 Смотри @docs/Мой\\ <|>т", encoding=encoding)
    folder, file = editor.items(2)
    assert (folder["label"], folder["kind"], folder["textEdit"]["newText"]) == ("глубже/", FOLDER, "глубже/")
    assert (file["label"], file["kind"], file["textEdit"]["newText"]) == ("Мой тон.md", FILE, "Мой\\ тон.md")
    unit = {"utf-8": len("Мой\\ ".encode()), "utf-16": 5, "utf-32": 5}[encoding]
    after = {"utf-8": 2, "utf-16": 1, "utf-32": 1}[encoding]
    assert file["textEdit"]["range"] == {
        "start": {"line": 0, "character": editor.cursor.character - unit},
        "end": {"line": 0, "character": editor.cursor.character + after},
    }
    assert "command" not in folder


@pytest.mark.parametrize(
    ("name", "marked", "trigger"),
    [("CLAUDE.md", "@<|>", "@"), ("a.prompt.md", "#file:<|>", ":"), ("promptfooconfig.yaml", "tests: file://<|>", "/")],
)
def test_they_come_by_themselves(connect: Callable[[], Raw], root: Path, name: str, marked: str, trigger: str) -> None:
    found = Editor(connect(), root, name, marked).items(2, trigger)
    assert {"docs/", "prompts/"} <= {item["label"] for item in found}


def test_some_editors_are_told_to_ask_again_behind_a_folder(connect: Callable[[], Raw], root: Path) -> None:
    found = Editor(connect(), root, "CLAUDE.md", "@docs/<|>", client="Visual Studio Code").items(2)
    assert [item.get("command", {}).get("command") for item in found] == ["editor.action.triggerSuggest", None]


@pytest.mark.parametrize(("client", "offered"), [("Visual Studio Code", 0), ("Neovim", 2)])
def test_links_are_left_to_editors_that_complete_them(
    connect: Callable[[], Raw], root: Path, client: str, offered: int
) -> None:
    editor = Editor(connect(), root, "CLAUDE.md", "@docs/<|> [a](docs/)", client=client)
    assert len(editor.items(2)) == 2
    editor.cursor.character += len(" [a](docs/")
    assert len(editor.items(offered)) == offered


def test_variables_of_tests(connect: Callable[[], Raw], root: Path) -> None:
    text = "prompts:\n  - Say {{ days }} now.\n  - file://prompts/trip.j2\ntests:\n  - vars:\n      <|>\n"
    found = Editor(connect(), root, "promptfooconfig.yaml", text).items(2)
    assert [(item["label"], item["kind"], item["detail"]) for item in found] == [
        ("days", VARIABLE, "Used: line 2; Used in: prompts/trip.j2"),
        ("город", VARIABLE, "Used in: prompts/trip.j2"),
    ]
    assert found[1]["textEdit"]["newText"] == "город: "
