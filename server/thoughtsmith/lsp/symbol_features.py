"""The answers about variables: where they are used, and giving them another name, in all files that share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from thoughtsmith.ide.references import references
from thoughtsmith.ide.rename import RenameError, prepare_rename, rename
from thoughtsmith.lsp.file_lines import lines_of
from thoughtsmith.lsp.uris import uri_of
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from thoughtsmith.ide.rename import Renaming
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.lines import Lines

    Result = TypeVar("Result")


class SymbolFeatures:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def references(self, params: types.ReferenceParams) -> list[types.Location]:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        offset = server.codec.offset(snapshot.lines, params.position)
        declared = params.context.include_declaration
        found = await server.run(snapshot, lambda: references(snapshot, offset, with_definitions=declared))
        locations: list[types.Location] = []
        texts: dict[str, Lines | None] = {snapshot.path: snapshot.lines}
        for reference in found:
            if reference.path not in texts:
                texts[reference.path] = await lines_of(server, reference.path)
            lines = texts[reference.path]
            # Another file may have changed since it was read: a place without the name is none any more.
            own = reference.path == snapshot.path
            if lines is not None and (own or reference.name in lines.at(reference.span)):
                uri = self._uri(snapshot, reference.path)
                locations.append(types.Location(uri, server.codec.range(lines, reference.span)))
        return locations

    async def prepare_rename(self, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        offset = server.codec.offset(snapshot.lines, params.position)
        found = await self._refusable(snapshot, lambda: prepare_rename(snapshot, offset))
        if found is None:
            return None
        return types.PrepareRenamePlaceholder(server.codec.range(snapshot.lines, found.span), found.name)

    async def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        offset = server.codec.offset(snapshot.lines, params.position)
        found = await self._refusable(snapshot, lambda: rename(snapshot, offset, params.new_name))
        if found is None:
            return None
        edits = [await self._edits(snapshot, renaming) for renaming in found]
        if server.capabilities.document_changes:
            return types.WorkspaceEdit(document_changes=edits)
        return types.WorkspaceEdit(
            changes={
                edit.text_document.uri: [one for one in edit.edits if isinstance(one, types.TextEdit)] for edit in edits
            }
        )

    async def _edits(self, snapshot: Snapshot, renaming: Renaming) -> types.TextDocumentEdit:
        """The edits of one file, for the version of it that is known."""
        server = self._server
        lines, version = snapshot.lines, snapshot.version
        if renaming.path != snapshot.path:
            document = server.session.document_at(renaming.path)
            version = None if document is None else document.version
            found = await lines_of(server, renaming.path)
            if found is None or any(renaming.name not in found.at(edit.span) for edit in renaming.edits):
                text = messages(snapshot.locale).rename_refused["changed"].format(name=renaming.path)
                raise JsonRpcException(text, code=types.LSPErrorCodes.RequestFailed)
            lines = found
        return types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(self._uri(snapshot, renaming.path), version),
            [types.TextEdit(server.codec.range(lines, edit.span), edit.text) for edit in renaming.edits],
        )

    async def _refusable(self, snapshot: Snapshot, work: Callable[[], Result]) -> Result:
        """The result of `work`; a refusal is an answer that the editor shows to the user."""
        try:
            return await self._server.run(snapshot, work)
        except RenameError as error:
            raise JsonRpcException(str(error), code=types.LSPErrorCodes.RequestFailed) from error

    def _uri(self, snapshot: Snapshot, path: str) -> str:
        """The address of a file: the one that the client itself uses, where it is known."""
        if path == snapshot.path:
            return snapshot.uri
        document = self._server.session.document_at(path)
        return uri_of(path) if document is None else document.uri
