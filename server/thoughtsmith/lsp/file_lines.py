"""The texts of files that need not be open."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.text.lines import Lines


async def lines_of(server: Server, path: str) -> Lines | None:
    """The text of a file: as it is in the editor, else as it is on disk; `None` if it cannot be read."""
    from thoughtsmith.host.prompt_file import PromptFile
    from thoughtsmith.host.walk import Found, read

    document = server.session.document_at(path)
    if document is not None:
        return document.lines
    found = await asyncio.get_running_loop().run_in_executor(server.worker, lambda: read(Found(path, named=False)))
    return found.lines if isinstance(found, PromptFile) else None
