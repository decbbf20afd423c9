"""The table of what the server understands: notifications, requests, and what is announced of them.

What answers the requests is imported with the first of them, so that `initialize` waits for nothing but the protocol.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from thoughtsmith.ide.action import RECIPE_KIND, TECHNIQUE_KIND
from thoughtsmith.lsp.server import Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeAlias

    from thoughtsmith.lsp.features import Features

    Handler: TypeAlias = "Callable[[Any], Awaitable[Any]]"


def create_server() -> Server:
    """A server that is ready to be started. Each call makes its own: nothing is shared."""
    server = Server()
    server.feature(types.SHUTDOWN)(lambda _params: server.on_shutdown())
    server.feature(types.EXIT)(lambda _params: server.on_exit())

    def initialize(params: types.InitializeParams) -> None:
        server.on_initialize(params)
        # What is registered by now is announced.
        if server.capabilities.semantic_tokens:
            from thoughtsmith.lsp.token_encoding import LEGEND

            request(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, lambda answers: answers.semantic_tokens, LEGEND)
            request(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, lambda answers: answers.semantic_tokens_delta)
            request(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, lambda answers: answers.semantic_tokens_range)

    async def initialized(_params: types.InitializedParams) -> None:
        await server.on_initialized()

    async def configured(params: types.DidChangeConfigurationParams) -> None:
        server.push_settings(params.settings)
        await server.pull_settings()

    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(lambda params: server.folders_changed(params))
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configured)

    @cache
    def features() -> Features:
        from thoughtsmith.lsp.features import Features

        return Features(server)

    def request(method: str, choose: Callable[[Features], Handler], options: object = None) -> None:
        server.feature(method, options)(_guarded(server, method, lambda params: choose(features())(params)))

    # Method, what answers it, what is announced.
    request(
        types.TEXT_DOCUMENT_COMPLETION,
        lambda answers: answers.completion,
        types.CompletionOptions(trigger_characters=["/"], resolve_provider=True),
    )
    request(types.COMPLETION_ITEM_RESOLVE, lambda answers: answers.resolve_completion)
    request(types.TEXT_DOCUMENT_HOVER, lambda answers: answers.hover)
    request(
        types.TEXT_DOCUMENT_CODE_ACTION,
        lambda answers: answers.code_action,
        types.CodeActionOptions(code_action_kinds=[TECHNIQUE_KIND, RECIPE_KIND], resolve_provider=True),
    )
    request(types.CODE_ACTION_RESOLVE, lambda answers: answers.resolve_code_action)
    request(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, lambda answers: answers.document_symbol)
    request(types.TEXT_DOCUMENT_FOLDING_RANGE, lambda answers: answers.folding_range)
    request(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, lambda answers: answers.document_highlight)
    request(types.TEXT_DOCUMENT_SELECTION_RANGE, lambda answers: answers.selection_range)
    return server


def _guarded(server: Server, method: str, handler: Handler) -> Handler:
    """`handler`, with an unexpected error logged once and answered as an internal error."""

    async def guarded(params: Any) -> Any:
        try:
            return await handler(params)
        except JsonRpcException:
            raise
        except Exception as error:
            server.report(method, error)
            raise JsonRpcInternalError(f"{method} failed: {error}") from error

    return guarded
