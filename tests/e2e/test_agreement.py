"""The server and the command line find the same in the same files under the same settings, and hear of changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.raw_client import Raw

BAD = "---\nname: other\ndescription: 🧭 Reads: all of it\n---\nReview.\n"
FILES = {
    "thoughtsmith.toml": 'exclude = ["out/"]\ninclude = ["docs/"]\n[severity]\nTH511 = "hint"\n'
    '[per-file-ignores]\n"skills/b/" = ["TH511"]\n[formats]\n"mails/*.txt" = "jinja"\n',
    "mails/a.txt": '{% include "b.txt" %}\n{% include "no.txt" %}\n{% if x %}\n',
    "mails/b.txt": "Text.\n",
    "skills/a/SKILL.md": BAD,
    "skills/b/SKILL.md": BAD,
    "skills/c/SKILL.md": BAD.replace("other\n", "other # thoughtsmith-ignore TH511 TH503\n"),
    "nested/thoughtsmith.toml": 'extend = "../thoughtsmith.toml"\nselect = ["all"]\nbaseline = "base.json"\n',
    "nested/base.json": '{"version": 1, "files": {"skills/d/SKILL.md": '
    '[{"rule": "TH511", "text": "other", "times": 1}]}}',
    "nested/skills/d/SKILL.md": BAD,
    "out/SKILL.md": BAD,
    "docs/readme.md": BAD,
    "README.md": BAD,
    "prompts/a.j2": '{% include "b.j2" %}\n{% include "no.j2" %}\n{% if x %}\n',
    "prompts/b.j2": "Text.\n",
}
PULL = {"textDocument": {"diagnostic": {"dynamicRegistration": False}}}
LEVELS = {1: "error", 2: "warning", 3: "info", 4: "hint"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / ".git").mkdir()
    return root


def by_command(folder: Path) -> list[tuple[Any, ...]]:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "thoughtsmith", "check", "--output-format", "json"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return sorted(
        (one["path"].replace("\\", "/"), one["range"]["start"]["line"], one["rule"], one["severity"], one["message"])
        for one in json.loads(done.stdout)["findings"]
    )


def by_server(raw: Raw, folder: Path) -> list[tuple[Any, ...]]:
    found = []
    for number, name in enumerate(name for name in FILES if name.endswith((".md", ".j2", ".txt"))):
        document = {"uri": (folder / name).as_uri()}
        result = raw.ask(100 + number, "textDocument/diagnostic", {"textDocument": document})["result"]
        found += [
            (name, one["range"]["start"]["line"] + 1, one["code"], LEVELS[one["severity"]], one["message"])
            for one in result["items"]
        ]
        raw.messages.clear()
    return sorted(found)


def test_both_find_the_same(connect: Callable[[], Raw], folder: Path) -> None:
    raw = connect()
    workspace = [{"uri": folder.as_uri(), "name": "w"}]
    raw.initialize(PULL, locale="en", workspaceFolders=workspace)
    for name, text in FILES.items():
        if name.endswith((".md", ".j2", ".txt")):
            raw.open((folder / name).as_uri(), text)
    expected = by_command(folder)
    assert {one[0] for one in expected} == {
        "docs/readme.md",
        "mails/a.txt",
        "nested/skills/d/SKILL.md",
        "prompts/a.j2",
        "skills/a/SKILL.md",
        "skills/b/SKILL.md",
        "skills/c/SKILL.md",
    }
    deadline = time.monotonic() + 20
    while (found := by_server(raw, folder)) != expected and time.monotonic() < deadline:
        time.sleep(0.2)  # The workspace is still being read.
    assert found == expected


def test_the_whole_workspace_is_found_the_same(connect: Callable[[], Raw], folder: Path) -> None:
    raw = connect()
    raw.initialize(PULL, locale="en", workspaceFolders=[{"uri": folder.as_uri(), "name": "w"}])
    # One of them is open, the others are read from disk.
    raw.open((folder / "skills/a/SKILL.md").as_uri(), FILES["skills/a/SKILL.md"])
    result = raw.ask(1, "workspace/diagnostic", {"previousResultIds": []})["result"]
    assert sorted(_found(folder, result["items"])) == by_command(folder)


def test_the_whole_workspace_is_found_the_same_in_russian_if_a_config_file_wants_that(
    connect: Callable[[], Raw], folder: Path
) -> None:
    config = folder / "thoughtsmith.toml"
    config.write_text('locale = "ru"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    raw = connect()
    raw.initialize(PULL, locale="en", workspaceFolders=[{"uri": folder.as_uri(), "name": "w"}])
    result = raw.ask(1, "workspace/diagnostic", {"previousResultIds": []})["result"]
    expected = by_command(folder)
    assert sorted(_found(folder, result["items"])) == expected
    assert any("кавычки" in one[4] for one in expected)


def _found(folder: Path, items: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for report in items:
        name = report["uri"].removeprefix(folder.as_uri() + "/")
        for one in report["items"]:
            yield name, one["range"]["start"]["line"] + 1, one["code"], LEVELS[one["severity"]], one["message"]


def test_mistakes_in_a_config_file_are_shown_there_and_go_away(connect: Callable[[], Raw], folder: Path) -> None:
    config = folder / "thoughtsmith.toml"
    uri = (folder / "skills/a/SKILL.md").as_uri()
    raw = connect()
    raw.initialize(PULL, locale="en")
    raw.open(uri, BAD)

    def codes(number: int) -> list[str]:
        result = raw.ask(number, "textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]
        return [one["code"] for one in result["items"]]

    def change(text: str) -> None:
        config.write_text(text, encoding="utf-8")
        params = {"changes": [{"uri": config.as_uri(), "type": 2}]}
        raw.send(method="workspace/didChangeWatchedFiles", params=params)

    def of(method: str) -> list[dict[str, Any]]:
        raw.drain()
        return [message["params"] for message in raw.messages if message.get("method") == method]

    assert codes(1) == ["TH511", "TH502"]
    change('ignore = ["TH511"]\n')
    assert codes(2) == ["TH502"]
    change('\nignor = ["TH511"]\n')
    # The last settings that were right go on to hold.
    assert codes(3) == ["TH502"]
    (shown,) = of("textDocument/publishDiagnostics")
    assert shown["uri"] == config.as_uri()
    (problem,) = shown["diagnostics"]
    assert problem["range"]["start"] == {"line": 1, "character": 0}
    assert problem["message"] == "ignor: there is no such key; did you mean ignore?"
    assert "has mistakes" in of("window/showMessage")[0]["message"]
    change("")
    assert codes(4) == ["TH511", "TH502"]
    assert of("textDocument/publishDiagnostics")[-1]["diagnostics"] == []
