"""Progress is shown for what takes long, by clients that show it, and always comes to an end."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from thoughtsmith.lsp import progress
from thoughtsmith.lsp.progress import Progress


class Client:
    """Stands for the server; keeps what the client would show."""

    def __init__(self, *, shows: bool = True, refuses: bool = False) -> None:
        self.capabilities = SimpleNamespace(progress=shows)
        self.work_done_progress = self
        self.shown: list[str] = []
        self.reported: list[str] = []
        self._refuses = refuses

    async def create_async(self, _token: str) -> None:
        await asyncio.sleep(0)
        if self._refuses:
            raise RuntimeError("no")

    def begin(self, _token: str, value: Any) -> None:
        self.shown.append(value.title)

    def report(self, what: str, value: Any) -> None:
        """Both the report of progress and the report of an error."""
        if isinstance(value, Exception):
            self.reported.append(what)
        else:
            self.shown.append(value.message)

    def end(self, _token: str, _value: Any) -> None:
        self.shown.append("end")


async def run(client: Client, steps: int) -> list[str]:
    shown = Progress(cast("Any", client), "Reading")
    for done in range(steps):
        shown.at(done, 1_000)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    shown.end()
    await asyncio.sleep(0)
    return client.shown


async def test_what_is_quick_is_not_shown() -> None:
    assert await run(Client(), 5) == []


async def test_what_takes_long_is_shown_by_the_percent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    begin, *reports, end = await run(Client(), 30)
    assert (begin, end) == ("Reading", "end")
    assert [report.partition("/")[0] for report in reports] == ["1", "10", "20"]


@pytest.mark.parametrize("steps", [0, 1])
async def test_what_ends_at_once_is_not_left_open(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    shown = await run(Client(), steps)
    assert shown in ([], ["Reading", "end"])


async def test_a_client_that_shows_nothing_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    assert await run(Client(shows=False), 5) == []
    refusing = Client(refuses=True)
    assert await run(refusing, 5) == []
    assert refusing.reported == ["showing progress"]
