"""Diagnostics of the whole workspace over the wire: what is reported, not said twice, brought up anew."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Raw

BAD = "---\nname: review\ndescription: Reads: all of it\n---\nReview.\n"
GOOD = BAD.replace(": all", " all")
FILES = {
    ".gitignore": "drafts/\n",
    "thoughtsmith.toml": 'exclude = ["old/"]\ninclude = ["notes/*.md"]\n',
    "skills/review/SKILL.md": BAD,
    "skills/good/SKILL.md": GOOD.replace("review", "good"),
    "drafts/review/SKILL.md": BAD,
    "old/review/SKILL.md": BAD,
    "notes/a.md": BAD,
    "README.md": BAD,
    "prompts/a.j2": '{% include "b.j2" %}\n',
}
CLIENT: dict[str, Any] = {
    "textDocument": {"diagnostic": {"dynamicRegistration": False}},
    "workspace": {"diagnostics": {"refreshSupport": True}, "didChangeWatchedFiles": {"dynamicRegistration": True}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / ".git").mkdir()
    return root


class Client:
    """A client that remembers what it has been told, as clients do."""

    def __init__(self, raw: Raw, folder: Path, **options: Any) -> None:
        self.raw, self.folder = raw, folder
        self.known: dict[str, tuple[str, list[str]]] = {}
        """What is known of each file: the name of the result, and the rules."""
        self.parts = 0
        self._id = 100
        workspace = [{"uri": folder.as_uri(), "name": "w"}]
        raw.initialize(CLIENT, locale="en", workspaceFolders=workspace, initializationOptions=options)

    def ask(self, *, stream: bool = False, **more: Any) -> int:
        self._id += 1
        previous = [{"uri": uri, "value": name} for uri, (name, _) in self.known.items()]
        params = {"previousResultIds": previous, **({"partialResultToken": "part"} if stream else {}), **more}
        self.raw.send(id=self._id, method="workspace/diagnostic", params=params)
        return self._id

    def take(self, id: int) -> list[str]:
        """The names of the files that an answer and its parts report as full."""
        answer = self.raw.answer(id)
        parts = [
            message["params"]["value"]["items"]
            for message in self.raw.messages
            if message.get("method") == "$/progress" and message["params"]["token"] == "part"
        ]
        self.parts += len(parts)
        self.raw.messages.clear()
        full = []
        for item in (one for part in [*parts, answer["result"]["items"]] for one in part):
            if item["kind"] == "full":
                self.known[item["uri"]] = (item["resultId"], [found["code"] for found in item["items"]])
                full.append(item["uri"].removeprefix(self.folder.as_uri() + "/"))
            else:
                assert self.known[item["uri"]][0] == item["resultId"]
        return full

    def pull(self, *, stream: bool = False, **more: Any) -> list[str]:
        return self.take(self.ask(stream=stream, **more))

    @property
    def found(self) -> dict[str, list[str]]:
        """The rules with findings, by file."""
        start = len(self.folder.as_uri()) + 1
        return {uri[start:]: rules for uri, (_, rules) in sorted(self.known.items()) if rules}

    def touch(self, name: str, text: str | None) -> None:
        """Change a file behind the editor's back, and tell of it."""
        path = self.folder / name
        kind = 2 if path.exists() else 1
        if text is None:
            path.unlink()
            kind = 3
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        params = {"changes": [{"uri": path.as_uri(), "type": kind}]}
        self.raw.send(method="workspace/didChangeWatchedFiles", params=params)

    def is_open(self, id: int) -> bool:
        """Whether a request is still unanswered after the server has had the time to answer it."""
        time.sleep(0.3)
        self.raw.drain()
        return not any(message.get("id") == id and "method" not in message for message in self.raw.messages)


EXPECTED = {"notes/a.md": ["TH502"], "prompts/a.j2": ["TH603"], "skills/review/SKILL.md": ["TH502"]}


def test_files_that_nobody_opened_are_reported(connect: Callable[[], Raw], folder: Path) -> None:
    client = Client(connect(), folder)
    assert sorted(client.pull()) == sorted(EXPECTED)
    assert client.found == EXPECTED
    assert client.pull() == []
    assert client.found == EXPECTED


def test_only_what_has_changed_is_said_again(connect: Callable[[], Raw], folder: Path) -> None:
    client = Client(connect(), folder)
    client.pull()
    client.touch("skills/review/SKILL.md", GOOD)
    client.touch("skills/new/SKILL.md", BAD.replace("review", "new"))
    client.touch("notes/a.md", None)
    names = client.pull()
    assert sorted(names) == ["notes/a.md", "skills/new/SKILL.md", "skills/review/SKILL.md"]
    assert client.found == {"prompts/a.j2": ["TH603"], "skills/new/SKILL.md": ["TH502"]}
    # A file that others refer to makes a difference to them.
    client.touch("prompts/b.j2", "Text.\n")
    assert client.pull() == ["prompts/a.j2"]
    client.touch("thoughtsmith.toml", 'ignore = ["TH502"]\n')
    assert client.pull() == ["skills/new/SKILL.md"]
    assert client.found == {}


def test_open_documents_count_as_they_are_in_the_editor(connect: Callable[[], Raw], folder: Path) -> None:
    client = Client(connect(), folder)
    client.pull()
    uri = (folder / "skills/review/SKILL.md").as_uri()
    client.raw.open(uri, GOOD)
    assert client.pull() == ["skills/review/SKILL.md"]
    assert client.found == {name: rules for name, rules in EXPECTED.items() if "review" not in name}
    client.raw.send(method="textDocument/didClose", params={"textDocument": {"uri": uri}})
    assert client.pull() == ["skills/review/SKILL.md"]
    assert client.found == EXPECTED


def test_an_answer_without_news_waits_for_some(connect: Callable[[], Raw], folder: Path) -> None:
    client = Client(connect(), folder)
    assert sorted(client.pull(stream=True)) == sorted(EXPECTED)
    assert client.parts == 1
    waiting = client.ask(stream=True)
    assert client.is_open(waiting)
    # Something that makes no difference does not end the wait.
    client.touch("skills/good/SKILL.md", GOOD.replace("review", "good") + "More.\n")
    assert client.is_open(waiting)
    client.touch("skills/good/SKILL.md", BAD.replace("review", "good"))
    assert client.take(waiting) == ["skills/good/SKILL.md"]


def test_who_waits_can_stop_and_is_answered_when_asked_anew_or_at_the_end(
    connect: Callable[[], Raw], folder: Path
) -> None:
    client = Client(connect(), folder)
    client.pull(stream=True)
    cancelled = client.ask(stream=True)
    assert client.is_open(cancelled)
    client.raw.send(method="$/cancelRequest", params={"id": cancelled})
    assert client.raw.answer(cancelled)["error"]["code"] == -32800
    first = client.ask(stream=True)
    assert client.is_open(first)
    second = client.ask(stream=True)
    assert client.take(first) == []
    assert client.is_open(second)
    client.raw.send(id=7, method="shutdown", params=None)
    assert client.raw.answer(second)["error"]["code"] == -32800
    assert client.raw.answer(7)["result"] is None


def test_large_workspaces_come_in_parts_with_progress(connect: Callable[[], Raw], folder: Path) -> None:
    for number in range(70):
        path = folder / f"skills/s{number}/SKILL.md"
        path.parent.mkdir()
        path.write_text(BAD.replace("review", f"s{number}"), encoding="utf-8")
    client = Client(connect(), folder)
    id = client.ask(stream=True, workDoneToken="done")
    client.raw.answer(id)
    kinds = [
        message["params"]["value"]["kind"]
        for message in client.raw.messages
        if message.get("method") == "$/progress" and message["params"]["token"] == "done"
    ]
    assert kinds[0] == "begin"
    assert kinds[-1] == "end"
    assert "report" in kinds
    assert len(client.take(id)) == 70 + len(EXPECTED)
    assert client.parts == 3


def test_a_client_that_does_not_wait_is_told_to_ask_again(connect: Callable[[], Raw], folder: Path) -> None:
    client = Client(connect(), folder)
    client.pull()
    client.touch("skills/review/SKILL.md", GOOD)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        client.raw.drain()
        if any(message.get("method") == "workspace/diagnostic/refresh" for message in client.raw.messages):
            return
        time.sleep(0.05)
    pytest.fail("nobody was told to ask again")


def test_only_open_files_as_soon_as_a_setting_says_so(connect: Callable[[], Raw], folder: Path) -> None:
    client = Client(connect(), folder)
    assert sorted(client.pull()) == sorted(EXPECTED)
    params = {"settings": {"thoughtsmith": {"diagnostics": "open-files"}}}
    client.raw.send(method="workspace/didChangeConfiguration", params=params)
    assert sorted(client.pull()) == sorted(EXPECTED)
    assert client.found == {}
    # A config file has the last word on the files around it.
    client.touch("skills/thoughtsmith.toml", 'diagnostics = "workspace"\n')
    assert client.pull() == ["skills/review/SKILL.md"]


@pytest.mark.parametrize(
    ("client", "options", "announced"),
    [
        ("Some editor", {}, True),
        ("Some editor", {"diagnostics": "open-files"}, False),
        # It would no longer ask for open documents when settings change.
        ("Neovim", {}, False),
        ("Neovim", {"diagnostics": "workspace"}, True),
    ],
)
def test_who_may_ask(connect: Callable[[], Raw], client: str, options: dict[str, str], announced: bool) -> None:
    result = connect().initialize(CLIENT, clientInfo={"name": client}, initializationOptions=options)
    assert result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is announced
