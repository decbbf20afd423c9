"""The answers about config files that are open in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.config.file import table_of
from thoughtsmith.ide.config_completion import complete_config
from thoughtsmith.ide.config_hover import config_hover
from thoughtsmith.lsp.completion_features import name_item
from thoughtsmith.lsp.markup import markup
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from thoughtsmith.lsp.server import Server


class ConfigFeatures:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def completion(self, params: types.CompletionParams) -> types.CompletionList:
        server = self._server
        await server.loaded()
        document = server.config_documents.at(params.text_document.uri)
        if document is None:
            return types.CompletionList(is_incomplete=False, items=[])
        path = paths.normal(document.path)
        offset = server.codec.offset(document.lines, params.position)
        language = server.config_problems.language(path)
        catalogue = server.session.content.catalogue
        offers = complete_config(document.lines.text, offset, table_of(path), catalogue, language)
        items = [name_item(server, document.lines, rank, offer) for rank, offer in enumerate(offers)]
        return types.CompletionList(is_incomplete=False, items=items)

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        server = self._server
        document = server.config_documents.at(params.text_document.uri)
        if document is None:
            return None
        path = paths.normal(document.path)
        offset = server.codec.offset(document.lines, params.position)
        language = server.config_problems.language(path)
        found = config_hover(document.lines.text, offset, table_of(path), language)
        if found is None:
            return None
        contents = markup(found.markdown, markdown=server.capabilities.markdown_hover)
        return types.Hover(contents, server.codec.range(document.lines, found.span))
