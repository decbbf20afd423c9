"""The test's end of the line to the extension host."""

from __future__ import annotations

import asyncio
import contextlib
import json
import zipfile
from pathlib import Path
from typing import Any

EXTENSION = Path(__file__).with_name("bridge_extension")
SOCKET_VARIABLE = "THOUGHTSMITH_TEST_SOCKET"
PATIENCE = 30.0
"""Seconds that an answer may take."""
ANSWER_LIMIT = 1 << 24
"""The bytes that an answer may have."""


class BridgeError(Exception):
    """What the extension host has raised."""


class Bridge:
    """Asks the extension host of the page that was loaded last; every page has its own."""

    def __init__(self, server: asyncio.Server, connections: asyncio.Queue[_Connection]) -> None:
        self._server = server
        self._connections = connections
        self._connection: _Connection | None = None
        self._questions = 0

    @classmethod
    async def listen(cls, socket: Path) -> Bridge:
        """A bridge to every extension host that finds `socket` in the variable `SOCKET_VARIABLE`."""
        connections: asyncio.Queue[_Connection] = asyncio.Queue()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await connections.put((reader, writer))

        server = await asyncio.start_unix_server(connected, str(socket), limit=ANSWER_LIMIT)
        return cls(server, connections)

    async def connected(self, patience: float) -> None:
        """Wait for the extension host of a page that has just been loaded."""
        await self._disconnect()
        self._connection = await asyncio.wait_for(self._connections.get(), patience)

    async def ask(self, operation: str, *arguments: object) -> Any:
        """What an operation of the extension gives. Raises `BridgeError`."""
        assert self._connection is not None
        reader, writer = self._connection
        self._questions += 1
        writer.write(json.dumps([self._questions, operation, *arguments]).encode() + b"\n")
        await writer.drain()
        try:
            answer = await asyncio.wait_for(_answer(reader, self._questions), PATIENCE)
        except asyncio.TimeoutError:
            raise BridgeError(f"{operation}: no answer within {PATIENCE} s") from None
        if "error" in answer:
            raise BridgeError(f"{operation}: {answer['error']}")
        return answer["result"]

    async def aclose(self) -> None:
        """End every connection, those that nobody has asked for as well, before the loop ends."""
        self._server.close()
        await self._disconnect()
        while not self._connections.empty():
            self._connection = self._connections.get_nowait()
            await self._disconnect()

    async def _disconnect(self) -> None:
        if self._connection is None:
            return
        _, writer = self._connection
        self._connection = None
        writer.close()
        # The extension host may have gone first.
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader, question: int) -> dict[str, Any]:
    """The answer to a question. One that comes too late for a question that was given up is passed over."""
    answer: dict[str, Any] = {}
    while answer.get("id") != question:
        line = await reader.readline()
        if not line:
            raise BridgeError("the extension host is gone")
        answer = json.loads(line)
    return answer


_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def packed(folder: Path, extension: Path = EXTENSION) -> Path:
    """An extension, that at the other end of the line, as a file that VS Code installs, written into `folder`."""
    archive = folder / f"{extension.name}.vsix"
    with zipfile.ZipFile(archive, "w") as out:
        for file in extension.iterdir():
            out.write(file, f"extension/{file.name}")
    return archive
