"""The answers to what is asked across files: links, definitions, symbols of the workspace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.ide.definition import definitions
from thoughtsmith.ide.links import links
from thoughtsmith.ide.symbols import HEADING, TAG
from thoughtsmith.ide.workspace_symbols import PROMPT, workspace_symbols
from thoughtsmith.lsp.file_lines import lines_of
from thoughtsmith.lsp.uris import uri_of

if TYPE_CHECKING:
    from thoughtsmith.ide.definition import Definition
    from thoughtsmith.ide.workspace_symbols import WorkspaceSymbol
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


class WorkspaceFeatures:
    """The answers to requests that need more than one document."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def document_link(self, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        found = await server.run(snapshot, lambda: links(snapshot))
        return [
            types.DocumentLink(
                server.codec.range(snapshot.lines, link.span), target=self._uri(link.path), tooltip=link.shown
            )
            for link in found
        ]

    async def definition(
        self, params: types.DefinitionParams
    ) -> list[types.LocationLink] | list[types.Location] | None:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        offset = server.codec.offset(snapshot.lines, params.position)
        found = await server.run(snapshot, lambda: definitions(snapshot, offset))
        places = [(one, await self._range(snapshot, one)) for one in found]
        if not server.capabilities.definition_links:
            return [types.Location(self._uri(one.path), range_) for one, range_ in places]
        return [
            types.LocationLink(self._uri(one.path), range_, range_, server.codec.range(snapshot.lines, one.origin))
            for one, range_ in places
        ]

    async def _range(self, snapshot: Snapshot, found: Definition) -> types.Range:
        """The range of a definition in its file."""
        if found.span is None:
            return _START
        if found.path == snapshot.path:
            return self._server.codec.range(snapshot.lines, found.span)
        return await self._range_elsewhere(found.path, found.span)

    async def _range_elsewhere(self, path: str, span: Span) -> types.Range:
        """A range in a file that need not be open; its start if it cannot be read any more."""
        lines = await lines_of(self._server, path)
        return _START if lines is None else self._server.codec.range(lines, span)

    async def workspace_symbol(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        server = self._server
        await server.loaded()
        await server.feed.catch_up()
        index = server.session.workspace.index
        # In a thread of its own: the worker may be busy reading the workspace.
        found = await asyncio.get_running_loop().run_in_executor(None, lambda: workspace_symbols(index, params.query))
        return [self._symbol(symbol) for symbol in found]

    def _symbol(self, symbol: WorkspaceSymbol) -> types.WorkspaceSymbol:
        length = self._server.codec.length
        start = length(symbol.lead)
        end = start + length(symbol.text)
        range_ = types.Range(types.Position(symbol.line, start), types.Position(symbol.line, end))
        return types.WorkspaceSymbol(
            location=types.Location(self._uri(symbol.path), range_),
            name=symbol.name,
            kind=_KINDS[symbol.kind],
            container_name=symbol.container,
        )

    def _uri(self, path: str) -> str:
        """The address of a file: the one that the client itself uses, where it is known."""
        document = self._server.session.document_at(path)
        return uri_of(path) if document is None else document.uri


_KINDS = {
    PROMPT: types.SymbolKind.File,
    HEADING: types.SymbolKind.String,
    TAG: types.SymbolKind.Struct,
}
