"""A workspace on disk, over the wire: files that nobody has opened, files that come and go, folders that join."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Raw

DEADLINE = 20.0
CREATED, CHANGED, DELETED = 1, 2, 3


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class Editor:
    """A raw client with a folder; it asks until what it waits for is so."""

    def __init__(
        self, raw: Raw, root: Path, *, capabilities: dict[str, Any] | None = None, as_folder: bool = True
    ) -> None:
        self.raw = raw
        self.root = root
        self._next = 0
        folders = [{"uri": root.as_uri(), "name": root.name}] if as_folder else []
        raw.initialize(capabilities, workspaceFolders=folders, locale="en")

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self._next += 1
        return self.raw.ask(self._next, method, params)["result"]

    def until(self, what: Callable[[], Any], wanted: Any) -> None:
        deadline = time.monotonic() + DEADLINE
        while (found := what()) != wanted:
            if time.monotonic() > deadline:
                pytest.fail(f"{found!r} never becomes {wanted!r}")
            time.sleep(0.02)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        self.raw.open(self.uri(name), (self.root / name).read_text() if text is None else text)

    def change(self, name: str, text: str) -> None:
        document = {"uri": self.uri(name), "version": 2}
        self.raw.send(
            method="textDocument/didChange", params={"textDocument": document, "contentChanges": [{"text": text}]}
        )

    def close(self, name: str) -> None:
        self.raw.send(method="textDocument/didClose", params={"textDocument": {"uri": self.uri(name)}})

    def tell(self, *changes: tuple[str, int]) -> None:
        """Report changes of files, as an editor does that watches them."""
        events = [{"uri": self.uri(name), "type": kind} for name, kind in changes]
        self.raw.send(method="workspace/didChangeWatchedFiles", params={"changes": events})

    def links(self, name: str) -> list[str]:
        found = self.ask("textDocument/documentLink", {"textDocument": {"uri": self.uri(name)}})
        return [link["tooltip"] for link in found]

    def symbols(self, query: str) -> list[tuple[str, str]]:
        found = self.ask("workspace/symbol", {"query": query})
        return [(symbol["name"], symbol["containerName"]) for symbol in found]

    def findings(self, name: str) -> list[str]:
        """What was last published of a document."""
        self.raw.drain()
        published = [
            message["params"]["diagnostics"]
            for message in self.raw.messages
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri(name)
        ]
        return [found["code"] for found in published[-1]] if published else []

    def registrations(self) -> list[dict[str, Any]]:
        """The watchers that the server has asked for."""
        self.raw.drain()
        asked = [message for message in self.raw.messages if message.get("method") == "client/registerCapability"]
        return [
            one["registerOptions"]
            for message in asked
            for one in message["params"]["registrations"]
            if one["method"] == "workspace/didChangeWatchedFiles"
        ]


def test_references_lead_to_files_that_nobody_has_opened(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"prompts/a.j2": '🧭 {% include "b.j2" %}\n{% include "c.j2" %}', "prompts/b.j2": "# B\n"})
    editor = Editor(connect(), tmp_path)
    editor.open("prompts/a.j2")
    editor.until(lambda: editor.links("prompts/a.j2"), ["prompts/b.j2"])
    (link,) = editor.ask("textDocument/documentLink", {"textDocument": {"uri": editor.uri("prompts/a.j2")}})
    place = {"start": {"line": 0, "character": 15}, "end": {"line": 0, "character": 19}}
    assert (link["target"], link["range"]) == (editor.uri("prompts/b.j2"), place)
    at = {"textDocument": {"uri": editor.uri("prompts/a.j2")}, "position": place["start"]}
    (definition,) = editor.ask("textDocument/definition", at)
    assert definition["uri"] == editor.uri("prompts/b.j2")
    assert definition["range"]["start"] == {"line": 0, "character": 0}


def test_a_definition_tells_what_was_asked_about(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"prompts/a.j2": '{% include "b.j2" %}', "prompts/b.j2": ""})
    editor = Editor(connect(), tmp_path, capabilities={"textDocument": {"definition": {"linkSupport": True}}})
    editor.open("prompts/a.j2")
    editor.until(lambda: editor.links("prompts/a.j2"), ["prompts/b.j2"])
    at = {"textDocument": {"uri": editor.uri("prompts/a.j2")}, "position": {"line": 0, "character": 13}}
    (definition,) = editor.ask("textDocument/definition", at)
    assert definition["targetUri"] == editor.uri("prompts/b.j2")
    assert definition["originSelectionRange"] == {
        "start": {"line": 0, "character": 12},
        "end": {"line": 0, "character": 16},
    }


def test_symbols_of_all_prompts(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "skills/review/SKILL.md": "---\nname: review\n---\n\n> 🧭\n\n## 🧭 Правила\n",
            "README.md": "# Правила дома\n",
        },
    )
    editor = Editor(connect(), tmp_path)
    editor.until(lambda: editor.symbols("правила"), [("🧭 Правила", "skills/review/SKILL.md")])
    (symbol,) = editor.ask("workspace/symbol", {"query": "правила"})
    assert symbol["location"] == {
        "uri": editor.uri("skills/review/SKILL.md"),
        "range": {"start": {"line": 6, "character": 3}, "end": {"line": 6, "character": 13}},
    }
    # What stands in the editor counts, until it is closed.
    editor.open("skills/review/SKILL.md", "# Unsaved\n")
    assert editor.symbols("правила") == []
    assert editor.symbols("unsaved") == [("Unsaved", "skills/review/SKILL.md")]
    editor.close("skills/review/SKILL.md")
    assert editor.symbols("unsaved") == []
    assert editor.symbols("правила") == [("🧭 Правила", "skills/review/SKILL.md")]


def test_files_that_come_and_go(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"prompts/a.j2": '{% include "in/b.j2" %}'})
    editor = Editor(connect(), tmp_path)
    editor.open("prompts/a.j2")
    editor.until(lambda: editor.findings("prompts/a.j2"), ["TH603"])
    # An editor tells of a folder that comes or goes, and of nothing in it.
    write(tmp_path, {"prompts/in/b.j2": "# B\n"})
    editor.tell(("prompts/in", CREATED))
    editor.until(lambda: editor.findings("prompts/a.j2"), [])
    assert editor.links("prompts/a.j2") == ["prompts/in/b.j2"]
    write(tmp_path, {"prompts/in/b.j2": '{% include "../a.j2" %}'})
    editor.tell(("prompts/in/b.j2", CHANGED))
    editor.until(lambda: editor.findings("prompts/a.j2"), ["TH604"])
    shutil.rmtree(tmp_path / "prompts/in")
    editor.tell(("prompts/in", DELETED))
    editor.until(lambda: editor.findings("prompts/a.j2"), ["TH603"])


def test_an_unsaved_file_changes_what_is_found_in_others(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"prompts/a.j2": '{% include "b.j2" %}', "prompts/b.j2": ""})
    pull = {"textDocument": {"diagnostic": {"dynamicRegistration": False}}}
    editor = Editor(connect(), tmp_path, capabilities=pull)
    editor.open("prompts/a.j2")
    editor.open("prompts/b.j2")

    def found() -> list[str]:
        report = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": editor.uri("prompts/a.j2")}})
        return [one["code"] for one in report["items"]]

    editor.until(lambda: editor.links("prompts/a.j2"), ["prompts/b.j2"])
    assert found() == []
    editor.change("prompts/b.j2", '{% include "a.j2" %}')
    assert found() == ["TH604"]
    editor.close("prompts/b.j2")
    assert found() == []


def test_what_leaves_the_workspace_is_refused(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"secret.j2": "# Secret\n", "root/prompts/a.j2": '{% include "../../secret.j2" %}'})
    editor = Editor(connect(), tmp_path / "root")
    editor.open("prompts/a.j2")
    editor.until(lambda: editor.findings("prompts/a.j2"), ["TH605"])
    assert editor.links("prompts/a.j2") == []
    assert editor.symbols("secret") == []


def test_folders_join_and_leave(connect: Callable[[], Raw], tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, {"prompts/a.md": "# First title\n", "prompts/b.j2": '{% include "../../two/prompts/c.j2" %}'})
    write(two, {"prompts/b.md": "# Second title\n", "prompts/c.j2": ""})
    editor = Editor(connect(), one)
    editor.open("prompts/b.j2")
    editor.until(lambda: editor.symbols("title"), [("First title", "prompts/a.md")])
    editor.until(lambda: editor.findings("prompts/b.j2"), ["TH605"])

    def change(**event: list[Path]) -> None:
        folders = {kind: [{"uri": path.as_uri(), "name": path.name} for path in some] for kind, some in event.items()}
        editor.raw.send(method="workspace/didChangeWorkspaceFolders", params={"event": folders})

    change(added=[two], removed=[])
    editor.until(lambda: {name for name, _ in editor.symbols("title")}, {"First title", "Second title"})
    editor.until(lambda: editor.findings("prompts/b.j2"), [])
    change(added=[], removed=[two])
    editor.until(lambda: editor.symbols("title"), [("First title", "prompts/a.md")])
    editor.until(lambda: editor.findings("prompts/b.j2"), ["TH605"])
    change(added=[], removed=[one])
    editor.until(lambda: editor.symbols("title"), [])


@pytest.mark.parametrize("relative", [True, False])
def test_the_editor_is_asked_to_watch(connect: Callable[[], Raw], tmp_path: Path, relative: bool) -> None:
    files = {"dynamicRegistration": True, "relativePatternSupport": relative}
    editor = Editor(connect(), tmp_path, capabilities={"workspace": {"didChangeWatchedFiles": files}})
    editor.until(lambda: len(editor.registrations()), 1)
    watchers = editor.registrations()[0]["watchers"]
    content, names = (watcher["globPattern"] for watcher in watchers)
    if relative:
        assert content["baseUri"] == names["baseUri"] == tmp_path.as_uri()
        content, names = content["pattern"], names["pattern"]
    assert content.startswith("**/*.{")
    assert {"md", "mdc", "gitignore"} <= set(content.removeprefix("**/*.{").removesuffix("}").split(","))
    assert names == "**/*"
    # Of other files only that they come and go: their contents do not matter, and they change all the time.
    assert [watcher["kind"] for watcher in watchers] == [7, 5]


def test_without_folders_nothing_is_watched_and_only_open_files_count(
    connect: Callable[[], Raw], tmp_path: Path
) -> None:
    both = '{% include "b.j2" %}{% include "c.j2" %}'
    write(tmp_path, {"prompts/a.j2": both, "prompts/b.j2": "", "prompts/c.j2": ""})
    watch = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    editor = Editor(connect(), tmp_path, capabilities=watch, as_folder=False)
    editor.open("prompts/a.j2")
    assert editor.links("prompts/a.j2") == []
    editor.open("prompts/b.j2")
    assert editor.links("prompts/a.j2") == [(tmp_path / "prompts/b.j2").as_posix()]
    assert editor.findings("prompts/a.j2") == []
    assert editor.registrations() == []


def test_documents_that_are_no_files(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"prompts/a.md": "# Title\n"})
    editor = Editor(connect(), tmp_path)
    for uri in ("untitled:Untitled-1", "vscode-vfs://github/a/b/SKILL.md", "file://server/share/SKILL.md"):
        editor.raw.open(uri, "[x](y.md) #file:z.md\n# Title here\n")
        assert editor.ask("textDocument/documentLink", {"textDocument": {"uri": uri}}) == []
        editor.raw.send(method="workspace/didChangeWatchedFiles", params={"changes": [{"uri": uri, "type": 2}]})
        editor.raw.send(method="textDocument/didClose", params={"textDocument": {"uri": uri}})
    editor.until(lambda: editor.symbols("title"), [("Title", "prompts/a.md")])


def test_a_burst_of_changes(connect: Callable[[], Raw], tmp_path: Path) -> None:
    editor = Editor(connect(), tmp_path)
    write(tmp_path, {f"prompts/{number}.md": f"# Title {number}\n" for number in range(300)})
    for number in range(300):
        editor.tell((f"prompts/{number}.md", CREATED), (f"prompts/gone{number}.md", DELETED))
    editor.until(lambda: editor.symbols("Title 299"), [("Title 299", "prompts/299.md")])
    editor.until(lambda: len(editor.symbols("Title")), 256)


def test_documents_are_read_anew_when_a_config_file_gives_them_another_format(
    connect: Callable[[], Raw], tmp_path: Path
) -> None:
    write(tmp_path, {"mails/a.txt": "{% if x %}\n{{ y }}\n", "mails/b.tpl": '{% include "a.txt" %}\n'})
    editor = Editor(connect(), tmp_path)
    editor.open("mails/a.txt")
    # Nobody calls such a file a prompt; what the editor calls it decides nothing here.
    editor.raw.open(editor.uri("mails/b.tpl"), '{% include "a.txt" %}\n', language="smarty")
    assert editor.findings("mails/a.txt") == []
    assert editor.links("mails/b.tpl") == []
    config = {"thoughtsmith.toml": '[formats]\n"mails/*" = "jinja"\n'}
    editor.raw.messages.clear()
    write(tmp_path, config)
    editor.tell(("thoughtsmith.toml", CREATED))
    editor.until(lambda: editor.findings("mails/a.txt"), ["TH606"])
    editor.until(lambda: editor.links("mails/b.tpl"), ["mails/a.txt"])
    editor.change("mails/b.tpl", '{% include "c.txt" %}\n')
    editor.until(lambda: editor.findings("mails/b.tpl"), ["TH603"])
    (tmp_path / "thoughtsmith.toml").unlink()
    editor.tell(("thoughtsmith.toml", DELETED))
    editor.until(lambda: editor.findings("mails/a.txt"), [])
    editor.until(lambda: editor.findings("mails/b.tpl"), [])
    assert editor.links("mails/b.tpl") == []


def test_the_editor_gives_formats_to_files_that_nobody_has_opened(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"mails/a.tpl": "# Greeting\n", "mails/b.tpl": "# Parting\n"})
    editor = Editor(connect(), tmp_path)
    editor.until(lambda: editor.symbols("greeting"), [])

    def set_to(formats: dict[str, str]) -> None:
        settings = {"thoughtsmith": {"formats": formats}}
        editor.raw.send(method="workspace/didChangeConfiguration", params={"settings": settings})

    set_to({"mails/a.tpl": "jinja"})
    editor.until(lambda: editor.symbols("greeting"), [("Greeting", "mails/a.tpl")])
    assert editor.symbols("parting") == []
    set_to({})
    editor.until(lambda: editor.symbols("greeting"), [])
    set_to({"mails/a.tpl": "jinja3"})
    editor.raw.drain()
    shown = [
        message["params"]["message"] for message in editor.raw.messages if message.get("method") == "window/showMessage"
    ]
    assert [text for text in shown if "must be one of skill" in text]


def test_a_format_from_a_config_file_deep_in_a_folder(connect: Callable[[], Raw], tmp_path: Path) -> None:
    write(tmp_path, {"deep/er/a.tpl": "# Greeting\n"})
    editor = Editor(connect(), tmp_path)
    editor.until(lambda: editor.symbols("greeting"), [])
    write(tmp_path, {"deep/thoughtsmith.toml": '[formats]\n"*.tpl" = "jinja"\n'})
    editor.tell(("deep/thoughtsmith.toml", CREATED))
    editor.until(lambda: editor.symbols("greeting"), [("Greeting", "deep/er/a.tpl")])


def test_who_is_pushed_to_hears_of_edits_in_other_documents(connect: Callable[[], Raw], tmp_path: Path) -> None:
    files = {
        "prompts/a.j2": '{% include "b.j2" %}\n',
        "prompts/b.j2": '{% include "c.j2" %}\n',
        "prompts/c.j2": "Hi.\n",
    }
    write(tmp_path, files)
    editor = Editor(connect(), tmp_path)
    for name in files:
        editor.open(name)
    editor.until(lambda: editor.links("prompts/a.j2"), ["prompts/b.j2"])
    editor.until(lambda: editor.links("prompts/b.j2"), ["prompts/c.j2"])

    def findings() -> list[list[str]]:
        return [editor.findings(name) for name in files]

    assert findings() == [[]] * 3
    # Nothing of this is saved.
    editor.change("prompts/c.j2", '{% include "a.j2" %}\n')
    editor.until(findings, [["TH604"]] * 3)
    editor.change("prompts/c.j2", "Hi.\n")
    editor.until(findings, [[]] * 3)
    editor.change("prompts/c.j2", '{% include "a.j2" %}\n')
    editor.until(findings, [["TH604"]] * 3)
    # With the document its edits are gone.
    editor.close("prompts/c.j2")
    editor.until(findings, [[]] * 3)
