"""A pygls server that does nothing: what the library itself costs, as the measure for ours."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("no-op", "0")


@server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["/"]))
def completion(_params: types.CompletionParams) -> types.CompletionList:
    return types.CompletionList(is_incomplete=True, items=[])


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(_params: types.HoverParams) -> types.Hover | None:
    return None


@server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
def code_action(_params: types.CodeActionParams) -> list[types.CodeAction]:
    return []


if __name__ == "__main__":
    server.start_io()
