"""The table of what the server understands: notifications, requests, and what is announced of them.

What answers the requests is imported with the first of them, so that `initialize` waits for nothing but the protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from thoughtsmith.ide.action import FIX_ALL_KIND, QUICK_FIX_KIND, RECIPE_KIND, TECHNIQUE_KIND
from thoughtsmith.ide.triggers import NAME_TRIGGERS, TECHNIQUE_TRIGGER
from thoughtsmith.lsp.commands import add_commands
from thoughtsmith.lsp.server import Server
from thoughtsmith.lsp.writing_commands import add_writing_commands
from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeAlias

    from thoughtsmith.lsp.completion_features import CompletionFeatures
    from thoughtsmith.lsp.config_features import ConfigFeatures
    from thoughtsmith.lsp.features import Features
    from thoughtsmith.lsp.symbol_features import SymbolFeatures
    from thoughtsmith.lsp.workspace_features import WorkspaceFeatures

    Handler: TypeAlias = "Callable[[Any], Awaitable[Any]]"


def create_server() -> Server:
    """A server that is ready to be started. Each call makes its own: nothing is shared."""
    server = Server()
    table = _Table(server)
    _add_life(server, table)
    add_commands(server)
    add_writing_commands(server)
    _add_writing(table)
    _add_reading(table)
    _add_names(table)
    return server


class _Table:
    """The requests that the server answers."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._answers = _Answers(server)

    def add(
        self,
        method: str,
        choose: Callable[[_Answers], Handler],
        options: object = None,
        *,
        config: Callable[[_Answers], Handler] | None = None,
    ) -> None:
        """Have a request answered, and `options` announced; `config` answers what is about a config file of ours."""

        def answer(params: Any) -> Awaitable[Any]:
            if config is not None and self._server.config_documents.at(params.text_document.uri) is not None:
                return config(self._answers)(params)
            return choose(self._answers)(params)

        self._server.feature(method, options)(_guarded(self._server, method, answer))


def _add_life(server: Server, table: _Table) -> None:
    """Beginning and end, and what the client tells of settings and folders."""

    def initialize(params: types.InitializeParams) -> None:
        server.on_initialize(params)
        # What is registered by now is announced.
        _add_wanted(server, table, params)

    async def initialized(_params: types.InitializedParams) -> None:
        await server.on_initialized()

    async def configured(params: types.DidChangeConfigurationParams) -> None:
        server.push_settings(params.settings)
        await server.pull_settings()

    async def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.folders_changed(params)
        await server.feed.folders_changed(params)

    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.SHUTDOWN)(lambda _params: server.on_shutdown())
    server.feature(types.EXIT)(lambda _params: server.on_exit())
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(folders_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(lambda params: server.feed.watched(params))
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configured)


def _add_wanted(server: Server, table: _Table, params: types.InitializeParams) -> None:
    """What is answered only if the client has said that it takes it."""
    if server.capabilities.pull_diagnostics:
        table.add(
            types.TEXT_DOCUMENT_DIAGNOSTIC,
            lambda answers: answers.documents.diagnostics.pull,
            types.DiagnosticOptions(
                inter_file_dependencies=True, workspace_diagnostics=False, identifier="thoughtsmith"
            ),
        )
        if server.workspace_diagnostics.are_wanted(params.initialization_options):
            table.add(types.WORKSPACE_DIAGNOSTIC, lambda _answers: server.workspace_diagnostics.pull)
    if server.capabilities.semantic_tokens:
        from thoughtsmith.lsp.token_encoding import LEGEND

        table.add(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, lambda answers: answers.documents.semantic_tokens, LEGEND)
        table.add(
            types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, lambda answers: answers.documents.semantic_tokens_delta
        )
        table.add(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, lambda answers: answers.documents.semantic_tokens_range)


def _add_writing(table: _Table) -> None:
    """Completion, and what the lightbulb offers."""
    table.add(
        types.TEXT_DOCUMENT_COMPLETION,
        lambda answers: answers.completion.completion,
        types.CompletionOptions(trigger_characters=[TECHNIQUE_TRIGGER, *NAME_TRIGGERS], resolve_provider=True),
        config=lambda answers: answers.config.completion,
    )
    table.add(types.COMPLETION_ITEM_RESOLVE, lambda answers: answers.completion.resolve_completion)
    table.add(
        types.TEXT_DOCUMENT_CODE_ACTION,
        lambda answers: answers.documents.code_action,
        types.CodeActionOptions(
            code_action_kinds=[QUICK_FIX_KIND, FIX_ALL_KIND, TECHNIQUE_KIND, RECIPE_KIND], resolve_provider=True
        ),
    )
    table.add(types.CODE_ACTION_RESOLVE, lambda answers: answers.documents.resolve_code_action)


def _add_reading(table: _Table) -> None:
    """What helps to read a document."""
    table.add(
        types.TEXT_DOCUMENT_HOVER,
        lambda answers: answers.documents.hover,
        config=lambda answers: answers.config.hover,
    )
    table.add(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, lambda answers: answers.documents.document_symbol)
    table.add(types.TEXT_DOCUMENT_FOLDING_RANGE, lambda answers: answers.documents.folding_range)
    table.add(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, lambda answers: answers.documents.document_highlight)
    table.add(types.TEXT_DOCUMENT_SELECTION_RANGE, lambda answers: answers.documents.selection_range)
    table.add(types.TEXT_DOCUMENT_DOCUMENT_LINK, lambda answers: answers.workspace.document_link)


def _add_names(table: _Table) -> None:
    """Variables and files by name, wherever they are used."""
    table.add(types.TEXT_DOCUMENT_DEFINITION, lambda answers: answers.workspace.definition)
    table.add(types.TEXT_DOCUMENT_REFERENCES, lambda answers: answers.symbols.references)
    table.add(types.TEXT_DOCUMENT_PREPARE_RENAME, lambda answers: answers.symbols.prepare_rename)
    table.add(
        types.TEXT_DOCUMENT_RENAME, lambda answers: answers.symbols.rename, types.RenameOptions(prepare_provider=True)
    )
    table.add(types.WORKSPACE_SYMBOL, lambda answers: answers.workspace.workspace_symbol)


class _Answers:
    """What answers the requests; each group is imported with the first request for it."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @lazy
    def documents(self) -> Features:
        from thoughtsmith.lsp.features import Features

        return Features(self._server)

    @lazy
    def completion(self) -> CompletionFeatures:
        from thoughtsmith.lsp.completion_features import CompletionFeatures

        return CompletionFeatures(self._server)

    @lazy
    def config(self) -> ConfigFeatures:
        from thoughtsmith.lsp.config_features import ConfigFeatures

        return ConfigFeatures(self._server)

    @lazy
    def symbols(self) -> SymbolFeatures:
        from thoughtsmith.lsp.symbol_features import SymbolFeatures

        return SymbolFeatures(self._server)

    @lazy
    def workspace(self) -> WorkspaceFeatures:
        from thoughtsmith.lsp.workspace_features import WorkspaceFeatures

        return WorkspaceFeatures(self._server)


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
