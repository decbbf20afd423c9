"""Telling the client how far work is, if it takes so long that somebody might wonder."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from thoughtsmith.lsp.server import Server

PATIENCE = 1.0
"""Seconds that nobody needs to hear about."""
_TOKENS = itertools.count(1)


class Progress:
    """The progress of one piece of work. Silent for clients that do not show it."""

    def __init__(self, server: Server, title: str) -> None:
        self._server = server
        self._title = title
        self._token = f"thoughtsmith-{next(_TOKENS)}"
        self._started = time.monotonic()
        self._creating: asyncio.Task[None] | None = None
        self._begun = self._ended = False
        self._percentage = -1

    def at(self, done: int, total: int) -> None:
        """That much is done."""
        if not self._server.capabilities.progress or time.monotonic() - self._started < PATIENCE:
            return
        if self._creating is None:
            self._creating = asyncio.get_running_loop().create_task(self._begin())
        percentage = 100 * done // max(total, 1)
        if self._begun and percentage > self._percentage:
            self._percentage = percentage
            report = types.WorkDoneProgressReport(percentage=percentage, message=f"{done}/{total}")
            self._server.work_done_progress.report(self._token, report)

    def end(self) -> None:
        self._ended = True
        if self._begun:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())

    async def _begin(self) -> None:
        try:
            await self._server.work_done_progress.create_async(self._token)
        except Exception as error:
            self._server.report("showing progress", error)
            return
        if not self._ended:
            self._begun = True
            begin = types.WorkDoneProgressBegin(self._title, percentage=0)
            self._server.work_done_progress.begin(self._token, begin)
