"""A raw connection to the real server process, for what no well-behaved client would send."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from queue import Empty, Queue
from typing import Any

import pytest

SERVER = [sys.executable, "-m", "thoughtsmith", "server"]
DEADLINE = 60.0
"""Seconds after which an answer is taken to be missing. Generous: it only ends a failing test."""


class Raw:
    """A connection that sends whatever it is told to and keeps everything that comes back."""

    def __init__(self, command: list[str] = SERVER) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._stdin, self._stdout = self.process.stdin, self.process.stdout
        self.messages: list[dict[str, Any]] = []
        self._queue: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            length = 0
            while header := self._stdout.readline().strip():
                name, _, value = header.partition(b":")
                assert name.lower().startswith(b"content-"), f"not a header: {header!r}"
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            self._queue.put(json.loads(self._stdout.read(length)))

    def send(self, **message: Any) -> None:
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_bytes(self, body: bytes) -> None:
        self._stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._stdin.flush()

    def answer(self, request_id: int) -> dict[str, Any]:
        """The answer to a request; fails the test if none comes."""
        while True:
            for message in self.messages:
                if message.get("id") == request_id and "method" not in message:
                    return message
            try:
                self.messages.append(self._queue.get(timeout=DEADLINE))
            except Empty:
                received = [message.get("method", message.get("id")) for message in self.messages]
                pytest.fail(f"request {request_id} was not answered; received: {received}")

    def ask(self, request_id: int, method: str, params: Any) -> dict[str, Any]:
        self.send(id=request_id, method=method, params=params)
        return self.answer(request_id)

    def initialize(self, capabilities: dict[str, Any] | None = None, **params: Any) -> dict[str, Any]:
        answer = self.ask(
            0, "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **params}
        )
        self.send(method="initialized", params={})
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, uri: str, text: str, language: str = "markdown") -> None:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})

    def close(self) -> None:
        """End the server, whatever state it is in."""
        self.process.kill()
        self.process.wait()
        self._stdout.close()
        # The server may have gone before it read everything; that is the point of some tests.
        with suppress(BrokenPipeError):
            self._stdin.close()

    def drain(self) -> None:
        """Take in everything that has arrived by the time of one more answer."""
        self.ask(990_000 + len(self.messages), "$/none", {})
