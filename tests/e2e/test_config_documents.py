"""Config files that are open in the editor, and rules that are turned off in them, over the wire."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.config.file import loads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Raw

BAD = "---\nname: review\ndescription: Reads: all of it\n---\nReview.\n"
CAPABILITIES: dict[str, Any] = {
    "textDocument": {
        "diagnostic": {"dynamicRegistration": False},
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
            "resolveSupport": {"properties": ["edit"]},
        },
        "completion": {"completionItem": {"snippetSupport": True}},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
}


def opened(raw: Raw, path: Path, text: str, language: str, *, locale: str = "en") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = [{"uri": path.parent.as_uri(), "name": "w"}]
    raw.initialize(CAPABILITIES, locale=locale, workspaceFolders=folder)
    raw.open(path.as_uri(), text, language)
    return path.as_uri()


def diagnostics(raw: Raw, request_id: int, uri: str) -> list[dict[str, Any]]:
    result = raw.ask(request_id, "textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]
    return list(result["items"])


def at(uri: str, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def test_mistakes_are_shown_where_they_stand_while_they_are_typed(connect: Callable[[], Raw], tmp_path: Path) -> None:
    raw = connect()
    uri = opened(raw, tmp_path / "thoughtsmith.toml", 'n = 5\nignore = ["TH101", "TH50l"]\n', "toml")
    (found,) = diagnostics(raw, 1, uri)
    assert found["range"] == {"start": {"line": 1, "character": 19}, "end": {"line": 1, "character": 26}}
    assert found["message"] == "ignore: there is no rule 'TH50l'; thoughtsmith list rules shows them"
    params = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": 'n = 50\nlocal = "ru"\n'}]}
    raw.send(method="textDocument/didChange", params=params)
    places = [(one["range"]["start"], one["message"].partition(":")[0]) for one in diagnostics(raw, 2, uri)]
    assert places == [({"line": 0, "character": 4}, "n"), ({"line": 1, "character": 0}, "local")]
    params = {"textDocument": {"uri": uri, "version": 3}, "contentChanges": [{"text": "n = \n"}]}
    raw.send(method="textDocument/didChange", params=params)
    assert [one["range"]["start"]["line"] for one in diagnostics(raw, 3, uri)] == [0]


def test_a_client_that_does_not_pull_is_told(connect: Callable[[], Raw], tmp_path: Path) -> None:
    raw = connect()
    raw.initialize(locale="ru")
    uri = (tmp_path / "pyproject.toml").as_uri()
    raw.open(uri, "[project]\nname = 'x'\n\n[tool.thoughtsmith]\nn = 0\n", "toml")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        raw.drain()
        shown = [one["params"] for one in raw.messages if one.get("method") == "textDocument/publishDiagnostics"]
        if shown:
            assert shown[0]["uri"] == uri
            (found,) = shown[0]["diagnostics"]
            assert found["range"]["start"] == {"line": 4, "character": 4}
            assert found["message"] == "n: нужно целое число от 2 до 10"
            return
        time.sleep(0.05)
    pytest.fail("nothing was published")


def test_completion_and_hover(connect: Callable[[], Raw], tmp_path: Path) -> None:
    raw = connect()
    uri = opened(raw, tmp_path / ".thoughtsmith.toml", 'ignore = ["TH1"]\nsty\n', "toml", locale="ru")
    items = raw.ask(1, "textDocument/completion", at(uri, 1, 3))["result"]["items"]
    (style,) = [item for item in items if item["label"] == "style"]
    assert style["textEdit"]["newText"] == 'style = "${1|auto,list,heading,xml,plain|}"$0'
    assert "Как записывать блоки" in str(style["documentation"])
    assert "ignore" not in [item["label"] for item in items]
    rules = raw.ask(2, "textDocument/completion", at(uri, 0, 13))["result"]["items"]
    (rule,) = [item for item in rules if item["label"] == "TH101"]
    assert (rule["detail"], rule["textEdit"]["newText"]) == ("candidates-without-pick", "TH101")
    assert "Просят несколько вариантов" in str(rule["documentation"])
    hover = raw.ask(3, "textDocument/hover", at(uri, 0, 2))["result"]
    assert "Выключенные правила" in hover["contents"]["value"]
    assert hover["range"]["end"] == {"line": 0, "character": 6}


def test_other_documents_called_toml_are_left_alone(connect: Callable[[], Raw], tmp_path: Path) -> None:
    raw = connect()
    uri = opened(raw, tmp_path / "Cargo.toml", "sty\n", "toml")
    assert raw.ask(1, "textDocument/completion", at(uri, 0, 3))["result"]["items"] == []
    assert diagnostics(raw, 2, uri) == []


def actions(raw: Raw, request_id: int, uri: str) -> dict[str, dict[str, Any]]:
    """The quick fixes of the first finding, by title."""
    place = {"start": {"line": 2, "character": 14}, "end": {"line": 2, "character": 14}}
    params = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], "only": ["quickfix"]}}
    found = raw.ask(request_id, "textDocument/codeAction", params)["result"]
    return {action["title"]: action for action in found}


def test_a_rule_is_turned_off_in_the_config_file(connect: Callable[[], Raw], tmp_path: Path) -> None:
    config = tmp_path / "thoughtsmith.toml"
    config.write_text('# Ours.\nignore = [\n  "TH101", # why\n]\n', encoding="utf-8")
    raw = connect()
    uri = opened(raw, tmp_path / "SKILL.md", BAD, "markdown")
    found = actions(raw, 1, uri)
    titles = list(found)
    here = "Turn off unquoted-text for this file, in thoughtsmith.toml"
    everywhere = "Turn off unquoted-text everywhere, in thoughtsmith.toml"
    # The config first, a comment second, since comments may reach the model.
    assert titles[1:4] == [here, everywhere, "Ignore unquoted-text here"]
    assert [one["code"] for one in found[everywhere]["diagnostics"]] == ["TH502"]
    edit = raw.ask(2, "codeAction/resolve", found[everywhere])["result"]["edit"]
    (change,) = edit["documentChanges"]
    assert change["textDocument"]["uri"] == config.as_uri()
    (written,) = change["edits"]
    assert written["range"]["start"] == {"line": 2, "character": 16}
    assert written["newText"] == '\n  "TH502",'
    # What is open counts, saved or not.
    raw.open(config.as_uri(), "n = 3\n", "toml")
    edit = raw.ask(3, "codeAction/resolve", found[here])["result"]["edit"]
    (change,) = edit["documentChanges"]
    assert change["textDocument"] == {"uri": config.as_uri(), "version": 1}
    assert change["edits"][0]["newText"] == '\n[per-file-ignores]\n"/SKILL.md" = ["TH502"]\n'


@pytest.mark.parametrize("everywhere", [True, False])
def test_without_a_config_file_one_is_made_and_the_finding_is_gone(
    connect: Callable[[], Raw], tmp_path: Path, everywhere: bool
) -> None:
    raw = connect()
    uri = opened(raw, tmp_path / "SKILL.md", BAD, "markdown")
    found = actions(raw, 1, uri)
    action = next(
        one for title, one in found.items() if title.startswith("Turn") and ("everywhere" in title) == everywhere
    )
    create, change = raw.ask(2, "codeAction/resolve", action)["result"]["edit"]["documentChanges"]
    config = tmp_path / "thoughtsmith.toml"
    assert create == {"kind": "create", "uri": config.as_uri()}
    text = change["edits"][0]["newText"]
    assert loads(text) is not None
    config.write_text(text, encoding="utf-8")
    raw.send(method="workspace/didChangeWatchedFiles", params={"changes": [{"uri": config.as_uri(), "type": 1}]})
    assert "TH502" not in [one["code"] for one in diagnostics(raw, 3, uri)]


def test_a_config_file_with_errors_is_not_touched(connect: Callable[[], Raw], tmp_path: Path) -> None:
    (tmp_path / "thoughtsmith.toml").write_text("ignore = 3\n", encoding="utf-8")
    raw = connect()
    uri = opened(raw, tmp_path / "SKILL.md", BAD, "markdown")
    action = next(one for title, one in actions(raw, 1, uri).items() if "everywhere" in title)
    assert "add TH502 to ignore there yourself" in raw.ask(2, "codeAction/resolve", action)["error"]["message"]


@pytest.mark.parametrize(
    ("locale", "why"),
    [("en", "**Why is this bad.**"), ("ru", "**Почему это плохо.**")],
)
def test_hover_on_a_finding_explains_the_rule(
    connect: Callable[[], Raw], tmp_path: Path, locale: str, why: str
) -> None:
    raw = connect()
    uri = opened(raw, tmp_path / "SKILL.md", BAD, "markdown", locale=locale)
    (found,) = [one for one in diagnostics(raw, 1, uri) if one["code"] == "TH502"]
    text = raw.ask(2, "textDocument/hover", at(uri, 2, 15))["result"]["contents"]["value"]
    assert "**TH502** `unquoted-text`" in text
    assert why in text
    assert found["message"] not in text
    assert len(text) < 1500
    # Where nothing is wrong, nothing is said of it.
    other = raw.ask(3, "textDocument/hover", at(uri, 1, 8))["result"]
    assert other is None or "TH502" not in other["contents"]["value"]
