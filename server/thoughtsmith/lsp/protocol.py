"""The protocol engine: pygls with our own documents, and exactly one answer to every request whatever it looks like."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method

from thoughtsmith.lsp.command_arguments import misfit

if TYPE_CHECKING:
    from collections.abc import Generator

    from thoughtsmith.lsp.server import Server

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    _server: Server

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The typed message. A request with parameters that do not fit is answered here, and then dropped."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                problem = types.ResponseError(
                    code=types.ErrorCodes.InvalidParams, message=f"Invalid parameters of {data['method']}"
                )
                self._send_response(data["id"], error=problem)
            raise JsonRpcException(f"Malformed message {data.get('method')!r}") from error

    def handle_message(self, message: Any) -> None:
        """Dispatch a message, unless it comes before `initialize` or after `shutdown`."""
        method = getattr(message, "method", None)
        message_id = getattr(message, "id", None)
        refusal = self._refusal(method) if method is not None else None
        if refusal is None:
            super().handle_message(message)
        elif message_id is not None:
            self._send_response(message_id, error=refusal)

    def _refusal(self, method: str) -> types.ResponseError | None:
        if method == types.EXIT:
            return None
        if self._server.shut_down:
            return types.ResponseError(types.ErrorCodes.InvalidRequest, "The server is shutting down")
        if method == types.INITIALIZE:
            if self._server.initialized:
                return types.ResponseError(types.ErrorCodes.InvalidRequest, "The server is initialized already")
        elif not self._server.initialized:
            return types.ResponseError(types.ErrorCodes.ServerNotInitialized, "The server is not initialized")
        return None

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Generator[Any, Any, Any]:
        """No arguments at all are an empty list of them; the library would call the command without looking."""
        given = types.ExecuteCommandParams(params.command, params.arguments or [])
        command = self.fm.commands.get(params.command)
        if command is not None and (wrong := misfit(command, given.arguments or [])):
            raise JsonRpcInvalidParams.of(ValueError(f"{params.command}: {wrong}"))
        return (yield from super().lsp_workspace__execute_command(given))

    # Documents: ours instead of the library's, which splits lines differently and copies the text on every edit.

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.did_open(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.did_change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.did_close(params)
