"""Exactly one answer to every request, whatever it looks like, and a process that ends when it should."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith.host.installation import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Raw

URI = "file:///prompts/a.prompt.md"
INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32600, -32601, -32602
NOT_INITIALIZED, CONTENT_MODIFIED = -32002, -32801

TOKENS: dict[str, Any] = {"requests": {"full": True}, "tokenTypes": [], "tokenModifiers": [], "formats": []}


def at(line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": URI}, "position": {"line": line, "character": character}}


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("textDocument/hover", {}, INVALID_PARAMS),
        ("textDocument/hover", at(-1, 0), INVALID_PARAMS),
        ("textDocument/hover", at(0, "x"), INVALID_PARAMS),  # type: ignore[arg-type]  # The point of the test.
        ("textDocument/completion", {"textDocument": 5, "position": None}, INVALID_PARAMS),
        ("textDocument/codeAction", {"textDocument": {"uri": URI}}, INVALID_PARAMS),
        ("textDocument/selectionRange", {"textDocument": {"uri": URI}, "positions": 5}, INVALID_PARAMS),
        ("textDocument/documentHighlight", at(-1, 0), INVALID_PARAMS),
        ("codeAction/resolve", {"title": "not ours", "data": "?"}, INVALID_PARAMS),
        ("codeAction/resolve", {"title": "not ours", "data": {"uri": URI}}, INVALID_PARAMS),
        ("workspace/executeCommand", {"command": "nobody.knows"}, INVALID_PARAMS),
        ("textDocument/noSuchThing", {}, METHOD_NOT_FOUND),
        ("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, INVALID_REQUEST),
    ],
)
def test_a_bad_request_gets_one_error_and_the_session_goes_on(
    connect: Callable[[], Raw], method: str, params: dict[str, Any], code: int
) -> None:
    raw = connect()
    raw.initialize()
    raw.open(URI, "Use chain of thought.\n")
    assert raw.ask(1, method, params)["error"]["code"] == code
    assert "Chain-of-Thought" in raw.ask(2, "textDocument/hover", at(0, 6))["result"]["contents"]["value"]
    raw.drain()
    assert [message.get("id") for message in raw.messages].count(1) == 1


def test_messages_that_are_no_messages_do_not_end_the_session(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    for body in (b"{", b"[]", b'"text"', b"\xff\xfe\x00", b'{"jsonrpc": "1.0", "id": 7, "method": "x"}'):
        raw.send_bytes(body)
    raw.send(method="textDocument/didChange", params={"textDocument": {"uri": "file:///never/opened", "version": 2}})
    raw.send(method="$/cancelRequest", params={"id": 12345})
    assert raw.ask(1, "textDocument/hover", at(0, 0))["result"] is None


def test_before_initialize_and_after_shutdown_requests_are_refused(connect: Callable[[], Raw]) -> None:
    raw = connect()
    assert raw.ask(1, "textDocument/hover", at(0, 0))["error"]["code"] == NOT_INITIALIZED
    raw.initialize()
    assert raw.ask(2, "shutdown", None)["result"] is None
    assert raw.ask(3, "textDocument/hover", at(0, 0))["error"]["code"] == INVALID_REQUEST
    raw.send(method="exit", params=None)
    assert raw.process.wait(10) == 0


def test_exit_without_shutdown_is_an_error(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    raw.send(method="exit", params=None)
    assert raw.process.wait(10) == 1


def test_the_end_of_the_input_ends_the_server(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    assert raw.process.stdin is not None
    raw.process.stdin.close()
    assert raw.process.wait(10) == 0


def test_the_server_ends_when_its_editor_dies_though_the_pipe_stays_open(
    connect: Callable[[], Raw], tmp_path: Path
) -> None:
    editor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    raw = connect()
    raw.initialize(processId=editor.pid)
    assert raw.process.poll() is None
    editor.kill()
    editor.wait()
    assert raw.process.wait(20) == 1


def test_an_action_with_nothing_to_work_out_comes_back_as_it_is(connect: Callable[[], Raw]) -> None:
    """Some editors resolve every action, even one that only has a command."""
    raw = connect()
    raw.initialize()
    action = {"title": "More", "command": {"title": "More", "command": "thoughtsmith.pickTechnique"}}
    assert raw.ask(1, "codeAction/resolve", action)["result"] == action


def test_a_code_action_for_an_older_version_is_refused(connect: Callable[[], Raw]) -> None:
    raw = connect()
    literal: dict[str, Any] = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
    raw.initialize({"textDocument": {"codeAction": {**literal, "resolveSupport": {"properties": ["edit"]}}}})
    raw.open(URI, "Write a plan.\n")
    where = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 5}}
    params = {"textDocument": {"uri": URI}, "range": where, "context": {"diagnostics": []}}
    action = raw.ask(1, "textDocument/codeAction", params)["result"][0]
    change = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": "Write two plans.\n"}]}
    raw.send(method="textDocument/didChange", params=change)
    assert raw.ask(2, "codeAction/resolve", action)["error"]["code"] == CONTENT_MODIFIED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "markdown"),
        ("\x00\x01\x02\ud800 \ufeff\ufffd", "markdown"),
        ("chain of thought " * 60_000, "plaintext"),
        ("- цепочка рассуждений\n\n" * 230_000, "markdown"),
        ("<a>\n" * 40_000, "markdown"),
        ("> " * 100_000, "markdown"),
        ("".join("  " * depth + "- x\n" for depth in range(300)), "markdown"),
    ],
    ids=["empty", "binary", "one line of 1 MB", "5 MB", "40,000 open tags", "one long quote", "deep list"],
)
def test_strange_documents_get_sensible_answers(connect: Callable[[], Raw], text: str, language: str) -> None:
    raw = connect()
    raw.initialize({"textDocument": {"semanticTokens": TOKENS}})
    raw.open(URI, text, language)
    everywhere = {"textDocument": {"uri": URI}}
    beyond = at(2**31 - 1, 2**31 - 1)
    assert isinstance(raw.ask(1, "textDocument/completion", beyond)["result"]["items"], list)
    assert raw.ask(2, "textDocument/hover", beyond).get("error") is None
    assert isinstance(raw.ask(3, "textDocument/documentSymbol", everywhere)["result"], list)
    assert isinstance(raw.ask(4, "textDocument/foldingRange", everywhere)["result"], list)
    assert isinstance(raw.ask(6, "textDocument/documentHighlight", beyond)["result"], list)
    selections = {**everywhere, "positions": [at(0, 0)["position"], beyond["position"]]}
    assert len(raw.ask(7, "textDocument/selectionRange", selections)["result"]) == 2
    tokens = raw.ask(8, "textDocument/semanticTokens/full", everywhere)["result"]
    assert len(tokens["data"]) % 5 == 0
    edit = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "bon\n\n"}
    raw.send(
        method="textDocument/didChange",
        params={"textDocument": {"uri": URI, "version": 2}, "contentChanges": [edit]},
    )
    delta = {**everywhere, "previousResultId": tokens["resultId"]}
    assert raw.ask(9, "textDocument/semanticTokens/full/delta", delta).get("error") is None
    assert [item["data"]["id"] for item in raw.ask(5, "textDocument/completion", at(0, 3))["result"]["items"]] == [
        "bon"
    ]


def test_a_document_that_is_no_prompt_is_left_alone(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    uri = "file:///src/main.py"
    raw.open(uri, "bon", "python")
    params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 3}}
    assert raw.ask(1, "textDocument/completion", params)["result"]["items"] == []
    assert raw.ask(2, "textDocument/hover", params)["result"] is None


def test_a_long_request_can_be_cancelled_and_others_are_answered_meanwhile(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    raw.open("file:///big.prompt.md", "- цепочка рассуждений и план\n\n" * 100_000)
    raw.open(URI, "Use chain of thought.\n")
    raw.ask(1, "textDocument/hover", at(0, 6))
    big = {"textDocument": {"uri": "file:///big.prompt.md"}}
    raw.send(id=2, method="textDocument/documentSymbol", params=big)
    raw.send(method="$/cancelRequest", params={"id": 2})
    assert raw.answer(2)["error"]["code"] == -32800
    assert raw.ask(3, "textDocument/hover", at(0, 6))["result"] is not None


def test_a_broken_pack_is_reported_once_and_costs_only_itself(connect: Callable[[], Raw], tmp_path: Path) -> None:
    folder = tmp_path / ".thoughtsmith" / "snippets" / "broken"
    folder.mkdir(parents=True)
    (folder / "technique.toml").write_text("id = ", encoding="utf-8")
    raw = connect()
    raw.initialize(rootUri=tmp_path.as_uri())
    raw.open(URI, "bon")
    assert raw.ask(1, "textDocument/completion", at(0, 3))["result"]["items"]
    deadline = time.monotonic() + 20
    shown: list[str] = []
    while not shown and time.monotonic() < deadline:
        raw.drain()
        shown = [m["params"]["message"] for m in raw.messages if m.get("method") == "window/showMessage"]
    assert len(shown) == 1
    assert "broken/technique.toml" in shown[0]


def test_packs_of_an_untrusted_workspace_are_not_read(connect: Callable[[], Raw], tmp_path: Path) -> None:
    folder = tmp_path / ".thoughtsmith" / "snippets" / "broken"
    folder.mkdir(parents=True)
    (folder / "technique.toml").write_text("id = ", encoding="utf-8")
    raw = connect()
    raw.initialize(rootUri=tmp_path.as_uri(), initializationOptions={"workspaceTrusted": False})
    raw.open(URI, "bon")
    assert raw.ask(1, "textDocument/completion", at(0, 3))["result"]["items"]
    raw.drain()
    assert not [m for m in raw.messages if m.get("method") == "window/showMessage"]


def test_a_parent_that_cannot_be_seen_is_not_waited_for(connect: Callable[[], Raw]) -> None:
    """The editor may run in another container: its process id means nothing here."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    raw = connect()
    raw.initialize(processId=gone.pid)
    raw.open(URI, "Use chain of thought.\n")
    assert raw.ask(1, "textDocument/hover", at(0, 6))["result"] is not None


def test_the_process_ends_though_the_worker_is_busy(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    raw.open(URI, "- цепочка рассуждений и план\n\n" * 100_000)
    raw.send(id=1, method="textDocument/completion", params=at(0, 3))
    assert raw.ask(2, "shutdown", None)["result"] is None
    raw.send(method="exit", params=None)
    assert raw.process.wait(3) == 0


def test_a_hostile_text_costs_no_more_than_a_friendly_one(connect: Callable[[], Raw]) -> None:
    """Every word is ambiguous here, and each would have its surroundings searched."""
    raw = connect()
    raw.initialize()
    raw.open(URI, "COS " * 20_000)
    assert raw.ask(1, "textDocument/completion", at(0, 80_000))["result"] is not None


def test_what_is_no_ordinary_file_in_a_pack_is_not_read(connect: Callable[[], Raw], tmp_path: Path) -> None:
    """Reading a pipe would never end."""
    if sys.platform == "win32":
        pytest.skip("There are no named pipes in folders on Windows.")
    folder = tmp_path / ".thoughtsmith" / "snippets" / "pipe"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "technique.toml")
    raw = connect()
    raw.initialize(rootUri=tmp_path.as_uri())
    raw.open(URI, "bon")
    assert raw.ask(1, "textDocument/completion", at(0, 3))["result"]["items"]


def test_a_folder_that_joins_the_workspace_brings_its_pack(connect: Callable[[], Raw], tmp_path: Path) -> None:
    source = data_folder("snippets") / "bon"
    mine = tmp_path / ".thoughtsmith" / "snippets" / "zebra"
    mine.mkdir(parents=True)
    for file in source.iterdir():
        text = file.read_text(encoding="utf-8").replace('id = "bon"', 'id = "zebra"')
        (mine / file.name).write_text(text, encoding="utf-8")
    raw = connect()
    raw.initialize()
    raw.open(URI, "zebra")
    assert raw.ask(1, "textDocument/completion", at(0, 5))["result"]["items"] == []
    event = {"added": [{"uri": tmp_path.as_uri(), "name": "it"}], "removed": []}
    raw.send(method="workspace/didChangeWorkspaceFolders", params={"event": event})
    (item,) = raw.ask(2, "textDocument/completion", at(0, 5))["result"]["items"]
    assert item["data"]["id"] == "zebra"


def test_what_is_broken_in_a_folder_that_joins_is_told_once(connect: Callable[[], Raw], tmp_path: Path) -> None:
    folder = tmp_path / ".thoughtsmith" / "snippets" / "broken"
    folder.mkdir(parents=True)
    (folder / "technique.toml").write_text("id = ", encoding="utf-8")
    raw = connect()
    raw.initialize()
    joined = {"event": {"added": [{"uri": tmp_path.as_uri(), "name": "it"}], "removed": []}}
    raw.send(method="workspace/didChangeWorkspaceFolders", params=joined)
    raw.send(method="workspace/didChangeWorkspaceFolders", params=joined)
    deadline = time.monotonic() + 20
    shown: list[str] = []
    while not shown and time.monotonic() < deadline:
        raw.drain()
        shown = [m["params"]["message"] for m in raw.messages if m.get("method") == "window/showMessage"]
    raw.open(URI, "bon")
    # By the time that this is answered the content has been loaded for the second time as well.
    raw.ask(1, "textDocument/completion", at(0, 3))
    raw.drain()
    shown = [m["params"]["message"] for m in raw.messages if m.get("method") == "window/showMessage"]
    assert len(shown) == 1
    assert "broken/technique.toml" in shown[0]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:99999", "127.0.0.1:²", "256.0.0.1:80"])
def test_an_address_that_is_none_is_a_usage_error(address: str) -> None:
    command = [sys.executable, "-m", "thoughtsmith", "server", "--tcp", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_tcp(tmp_path: Path) -> None:
    """The server also listens on a socket, for one client, and ends with it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "thoughtsmith", "server", "--tcp", f"127.0.0.1:{port}"])
    deadline = time.monotonic() + 20
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    params: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}).encode()
    connection.sendall(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert b'"capabilities"' in connection.recv(65536)
    connection.close()
    assert server.wait(10) == 0
