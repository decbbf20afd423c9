"""Commands of the server: what editors ask that the protocol has no request for. None of them changes anything.

| command | arguments | answer |
|---|---|---|
| `thoughtsmith.topics` | | `[{id, name, kind, summary}]`: what can be explained |
| `thoughtsmith.explain` | id | `{id, markdown}`, or `null` if there is no such topic |
| `thoughtsmith.status` | address of a document | `{techniques: [{id, name}], tokens}`, or `null` if it is no prompt |

Their texts are in the language of the client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thoughtsmith.lsp.server import Server

EXPLAIN = "thoughtsmith.explain"
TOPICS = "thoughtsmith.topics"
STATUS = "thoughtsmith.status"


def add_commands(server: Server) -> None:
    """Announce the commands and answer them. What answers is imported with the first of them."""

    @server.command(TOPICS)
    async def topics() -> list[dict[str, str]]:
        from thoughtsmith.ide.topics import topics

        await server.loaded()
        return [topic._asdict() for topic in topics(server.content.catalogue, server.session.locale)]

    @server.command(EXPLAIN)
    async def explain(id: str) -> dict[str, str] | None:
        from thoughtsmith.ide.topics import explanation

        await server.loaded()
        markdown = explanation(server.content.catalogue, id, server.session.locale)
        return None if markdown is None else {"id": id, "markdown": markdown}

    @server.command(STATUS)
    async def status(uri: str) -> dict[str, Any] | None:
        from thoughtsmith.ide.prompt_status import prompt_status

        await server.loaded()
        snapshot = server.session.snapshot(uri)
        if snapshot is None or not server.session.is_checked(snapshot):
            return None
        found = await server.run(snapshot, lambda: prompt_status(snapshot))
        return {"techniques": [{"id": id, "name": name} for id, name in found.techniques], "tokens": found.tokens}
