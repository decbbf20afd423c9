"""How quickly the server answers, beside a pygls server that does nothing.

    python tests/bench/responsiveness.py [--rounds 5] [--edits 100] [--size 20000] [--json FILE]

The two servers run in turn, ours and the other in every round, on the same generated prompt; the figures are medians
over all rounds and the ratio of the two. Absolute times belong to the machine; quote the ratios.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SERVERS = {
    "thoughtsmith": [sys.executable, "-m", "thoughtsmith", "server"],
    "no-op pygls": [sys.executable, str(Path(__file__).with_name("noop_server.py"))],
}
URI = "file:///bench/prompt.prompt.md"
PARAGRAPH = (
    "## Step {number}\n\nYou are a careful analyst. Use chain of thought when the figures of the question differ, "
    "name each assumption, and keep the plan short.\n\n1. Read the request and list what is missing.\n"
    "2. Опиши ход решения и оцени риски.\n   - one risk a line\n   - with its cost\n3. Write the answer.\n\n"
)
SNIPPETS = {"snippetSupport": True, "documentationFormat": ["markdown"]}
CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": SNIPPETS},
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["refactor"]}},
            "resolveSupport": {"properties": ["edit"]},
        },
    }
}


def prompt(size: int) -> str:
    """A prompt of about `size` characters, with an empty line in the middle to type on."""
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        parts.append(PARAGRAPH.format(number=len(parts) + 1))
    parts.insert(len(parts) // 2, "\n\n")
    return "".join(parts)


class Connection:
    """A blocking client: one request at a time, the clock stops when the answer has been read."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._id = 0

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        self._id += 1
        self._send({"id": self._id, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._id and "method" not in message:
                return message.get("result")

    def end(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


def one_round(command: list[str], text: str, edits: int) -> dict[str, list[float]]:
    """Milliseconds of every request of one session, by what was measured."""
    times: dict[str, list[float]] = {}

    def timed(what: str, started: float) -> None:
        times.setdefault(what, []).append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    connection = Connection(command)
    connection.request("initialize", {"processId": None, "rootUri": None, "capabilities": CAPABILITIES})
    timed("start to initialize", started)
    connection.notify("initialized", {})
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": text}
    connection.notify("textDocument/didOpen", {"textDocument": document})
    lines = text.split("\n")
    line = next(i for i in range(len(lines) // 2, len(lines)) if lines[i - 1] == lines[i] == "")
    named = next(i for i, content in enumerate(lines) if "chain of thought" in content)
    identifier = {"textDocument": {"uri": URI}}

    def edit(version: int, start: int, end: int, new: str) -> None:
        where = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        document = {"uri": URI, "version": version}
        changes = [{"range": where, "text": new}]
        connection.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    at_word = {**identifier, "position": {"line": line, "character": 1}}
    at_name = {**identifier, "position": {"line": named, "character": lines[named].index("chain of") + 2}}
    everywhere = {"start": {"line": named, "character": 0}, "end": {"line": named, "character": 20}}
    action = {**identifier, "range": everywhere, "context": {"diagnostics": []}}
    started = time.perf_counter()
    connection.request("textDocument/completion", at_word)
    timed("first completion after opening", started)
    time.sleep(0.5)  # Both servers may finish what they do after start-up; what follows is the steady state.
    for index in range(edits):
        started = time.perf_counter()
        edit(2 * index + 2, 0, 0, "b")
        connection.request("textDocument/completion", at_word)
        timed("edit, then completion", started)
        started = time.perf_counter()
        connection.request("textDocument/completion", at_word)
        timed("completion", started)
        started = time.perf_counter()
        connection.request("textDocument/hover", at_name)
        timed("hover", started)
        started = time.perf_counter()
        connection.request("textDocument/codeAction", action)
        timed("code action", started)
        edit(2 * index + 3, 0, 1, "")
    connection.end()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--size", type=int, default=20_000, help="characters of the prompt")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    text = prompt(options.size)
    figures: dict[str, dict[str, list[float]]] = {name: {} for name in SERVERS}
    for _ in range(options.rounds):
        for name, command in SERVERS.items():
            for what, values in one_round(command, text, options.edits).items():
                figures[name].setdefault(what, []).extend(values)
    ours, other = (figures[name] for name in SERVERS)
    report = {
        what: {
            "thoughtsmith ms": statistics.median(values),
            "no-op ms": statistics.median(other[what]),
            "ratio": statistics.median(values) / statistics.median(other[what]),
            "p95 ratio": _p95(values) / _p95(other[what]),
        }
        for what, values in ours.items()
    }
    print(f"{'':32}{'thoughtsmith':>14}{'no-op pygls':>14}{'ratio':>8}{'p95 ratio':>11}")
    for what, row in report.items():
        print(
            f"{what:32}{row['thoughtsmith ms']:>11.2f} ms{row['no-op ms']:>11.2f} ms"
            f"{row['ratio']:>8.2f}{row['p95 ratio']:>11.2f}"
        )
    if options.json:
        options.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - (len(values) > 1)] if values else 0.0


if __name__ == "__main__":
    main()
