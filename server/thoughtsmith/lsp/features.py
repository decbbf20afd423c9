"""The answers: each takes a snapshot before anything is awaited, asks a feature, and converts for the client."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from thoughtsmith.formats.writing import has_slots, to_plain, to_snippet
from thoughtsmith.ide import code_actions, folding, symbols
from thoughtsmith.ide.action import NewName, Offer, RuleOff, WrittenEdit
from thoughtsmith.ide.highlight import highlights
from thoughtsmith.ide.hover import hover
from thoughtsmith.ide.selection import selection_ranges
from thoughtsmith.ide.semantic_tokens import semantic_tokens
from thoughtsmith.lsp.capabilities import PICK_TECHNIQUE
from thoughtsmith.lsp.config_edits import rule_off
from thoughtsmith.lsp.markup import markup
from thoughtsmith.lsp.token_encoding import difference, encode
from thoughtsmith.lsp.uris import path_of
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thoughtsmith.ide.action import Change
    from thoughtsmith.ide.symbols import Symbol
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span


class Features:
    """The answers to requests about documents."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.diagnostics = server.diagnostics
        self._tokens = itertools.count(1)
        self._sent: dict[str, types.SemanticTokens] = {}
        """The last semantic tokens of every open document: the next answer may tell the difference only."""

    # Hover

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        offset = server.codec.offset(snapshot.lines, params.position)
        findings = await server.diagnostics.at_hand(snapshot)
        found = await server.run(snapshot, lambda: hover(snapshot, offset, findings))
        if found is None:
            return None
        contents = markup(found.markdown, markdown=server.capabilities.markdown_hover)
        return types.Hover(contents, server.codec.range(snapshot.lines, found.span))

    async def document_highlight(self, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        offset = server.codec.offset(snapshot.lines, params.position)
        found = await server.run(snapshot, lambda: highlights(snapshot, offset))
        return [
            types.DocumentHighlight(server.codec.range(snapshot.lines, span), _HIGHLIGHT_KINDS[access])
            for span, access in found
        ]

    # Code actions

    async def code_action(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None or not server.capabilities.action_literals:
            return []
        request = code_actions.Request(
            selection=server.codec.span(snapshot.lines, params.range),
            only=tuple(str(getattr(kind, "value", kind)) for kind in params.context.only or ()),
            automatic=params.context.trigger_kind == types.CodeActionTriggerKind.Automatic,
            checked=server.session.is_checked(snapshot),
        )
        if code_actions.wants_fixes(request):
            # Checking takes longer than a cursor movement may, and the diagnostics have mostly done it already.
            await server.diagnostics.checked(snapshot)
        found = await server.run(snapshot, lambda: code_actions.code_actions(snapshot, request, server.report))
        possible = {"", *server.capabilities.file_operations}
        offers = [offer for offer in found.offers if offer.needs in possible]
        actions = [action for offer in offers if (action := self._action(snapshot, offer)) is not None]
        if found.more and server.capabilities.pick_technique:
            title = messages(snapshot.locale).more
            command = types.Command(title, PICK_TECHNIQUE, arguments=[snapshot.uri, params.range])
            actions.append(types.CodeAction(title, kind="refactor.rewrite", command=command))
        return actions

    def _action(self, snapshot: Snapshot, offer: Offer) -> types.CodeAction | None:
        """The action; `None` if its edits are wanted at once and cannot be made."""
        action = types.CodeAction(offer.title, kind=offer.kind, is_preferred=offer.preferred or None)
        if offer.finding is not None:
            found = snapshot.checked.findings[offer.finding : offer.finding + 1]
            action.diagnostics = self.diagnostics.diagnostics(snapshot, found, snapshot.uri)
        if self._server.capabilities.resolve_edits:
            action.data = {"uri": snapshot.uri, "version": snapshot.version, "offer": asdict(offer)}
        else:
            try:
                action.edit = self._workspace_edit(snapshot, code_actions.edits_of(snapshot, offer))
            except Exception as error:
                self._server.report(f"code action {offer.kind}", error)
                return None
        return action

    async def resolve_code_action(self, action: types.CodeAction) -> types.CodeAction:
        if action.data is None:
            return action  # "More techniques…" has a command and nothing to work out.
        try:
            uri, version, offer = action.data["uri"], action.data["version"], Offer(**action.data["offer"])
        except (TypeError, KeyError) as error:
            raise JsonRpcInvalidParams("This code action is not one of ours") from error
        snapshot = self._server.session.snapshot(uri)
        if snapshot is None or snapshot.version != version:
            raise JsonRpcException(
                "The document has changed since the action was offered", code=types.LSPErrorCodes.ContentModified
            )
        edits = await self._server.run(snapshot, lambda: code_actions.edits_of(snapshot, offer))
        action.edit = self._workspace_edit(snapshot, edits)
        return action

    def _workspace_edit(self, snapshot: Snapshot, changes: Sequence[Change]) -> types.WorkspaceEdit:
        client = self._server.capabilities
        for change in changes:
            if isinstance(change, RuleOff):
                return rule_off(self._server, change, snapshot.locale)
        edits = [change for change in changes if isinstance(change, WrittenEdit)]
        operations = [part for change in changes for part in self._file_operations(snapshot, change)]
        # A client that can do something to files takes the edits around it as well, even if it does not say so.
        if not client.document_changes and not operations:
            return types.WorkspaceEdit(changes={snapshot.uri: [self._text_edit(snapshot, edit) for edit in edits]})
        document = types.OptionalVersionedTextDocumentIdentifier(uri=snapshot.uri, version=snapshot.version)
        text_edits = [
            self._snippet_edit(snapshot, edit) or self._text_edit(snapshot, edit)
            if client.snippet_edits
            else self._text_edit(snapshot, edit)
            for edit in edits
        ]
        edited = [types.TextDocumentEdit(document, text_edits)] if text_edits else []
        return types.WorkspaceEdit(document_changes=[*edited, *operations])

    def _file_operations(
        self, snapshot: Snapshot, change: Change
    ) -> Iterator[types.CreateFile | types.RenameFile | types.TextDocumentEdit]:
        if isinstance(change, WrittenEdit | RuleOff):
            return
        uri = urljoin(snapshot.uri, quote(change.path))
        if Path(path_of(uri)).exists():
            # Without options that is an error for the client too, but some overwrite the file all the same.
            left = messages(snapshot.locale).file_exists.format(path=change.path)
            raise JsonRpcException(left, code=types.LSPErrorCodes.RequestFailed)
        if isinstance(change, NewName):
            overwrite = None
            if not self._server.capabilities.moves_into_new_folders:
                yield types.CreateFile(uri)
                overwrite = types.RenameFileOptions(overwrite=True)
            yield types.RenameFile(snapshot.uri, uri, options=overwrite)
        else:
            yield types.CreateFile(uri)
            start = types.Range(types.Position(0, 0), types.Position(0, 0))
            document = types.OptionalVersionedTextDocumentIdentifier(uri=uri)
            yield types.TextDocumentEdit(document, [types.TextEdit(start, change.text)])

    def _text_edit(self, snapshot: Snapshot, edit: WrittenEdit) -> types.TextEdit:
        return types.TextEdit(self._server.codec.range(snapshot.lines, edit.span), to_plain(edit.written))

    def _snippet_edit(self, snapshot: Snapshot, edit: WrittenEdit) -> types.SnippetTextEdit | None:
        """The edit with tab stops, if it has slots and the client would not indent it wrongly."""
        line = snapshot.lines.line(snapshot.lines.line_at(edit.span.start))
        indented = line[:1].isspace()
        if indented or not has_slots(edit.written):
            return None
        snippet = to_snippet(edit.written)
        if snippet is None:
            return None
        range_ = self._server.codec.range(snapshot.lines, edit.span)
        return types.SnippetTextEdit(range_, types.StringValue(snippet))

    # Structure

    async def document_symbol(
        self, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        found = await server.run(snapshot, lambda: symbols.document_symbols(snapshot))
        if server.capabilities.nested_symbols:
            return [self._symbol(snapshot, symbol) for symbol in found]
        return list(self._flat_symbols(snapshot, found, None))

    def _symbol(self, snapshot: Snapshot, symbol: Symbol) -> types.DocumentSymbol:
        codec, lines = self._server.codec, snapshot.lines
        return types.DocumentSymbol(
            name=symbol.name,
            detail=symbol.detail or None,
            kind=_SYMBOL_KINDS[symbol.kind],
            range=codec.range(lines, symbol.span),
            selection_range=codec.range(lines, symbol.name_span),
            children=[self._symbol(snapshot, child) for child in symbol.children],
        )

    def _flat_symbols(
        self, snapshot: Snapshot, found: tuple[Symbol, ...], container: str | None
    ) -> Iterator[types.SymbolInformation]:
        for symbol in found:
            location = types.Location(snapshot.uri, self._server.codec.range(snapshot.lines, symbol.span))
            kind = _SYMBOL_KINDS[symbol.kind]
            yield types.SymbolInformation(location, symbol.name, kind, container_name=container)
            yield from self._flat_symbols(snapshot, symbol.children, symbol.name)

    async def folding_range(self, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        spans = await server.run(snapshot, lambda: folding.folding_ranges(snapshot))
        lines = snapshot.lines
        return [
            types.FoldingRange(lines.line_at(span.start), lines.line_at(span.end), kind=types.FoldingRangeKind.Region)
            for span in spans
        ]

    async def selection_range(self, params: types.SelectionRangeParams) -> list[types.SelectionRange] | None:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        offsets = [server.codec.offset(snapshot.lines, position) for position in params.positions]
        found = await server.run(snapshot, lambda: selection_ranges(snapshot, offsets))
        return [self._selection(snapshot, spans) for spans in found]

    def _selection(self, snapshot: Snapshot, spans: list[Span]) -> types.SelectionRange:
        outer, *inner = reversed(spans)
        selection = types.SelectionRange(self._server.codec.range(snapshot.lines, outer))
        for span in inner:
            selection = types.SelectionRange(self._server.codec.range(snapshot.lines, span), selection)
        return selection

    # Semantic tokens

    async def semantic_tokens(self, params: types.SemanticTokensParams) -> types.SemanticTokens:
        _, tokens = await self._all_tokens(params.text_document.uri)
        return tokens

    async def semantic_tokens_delta(
        self, params: types.SemanticTokensDeltaParams
    ) -> types.SemanticTokens | types.SemanticTokensDelta:
        before, tokens = await self._all_tokens(params.text_document.uri)
        if before is None or before.result_id != params.previous_result_id:
            return tokens
        return types.SemanticTokensDelta(difference(before.data, tokens.data), tokens.result_id)

    async def semantic_tokens_range(self, params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return types.SemanticTokens([])
        within = server.codec.span(snapshot.lines, params.range)
        tokens = await server.run(snapshot, lambda: semantic_tokens(snapshot, within))
        return types.SemanticTokens(encode(server.codec, snapshot.lines, tokens))

    async def _all_tokens(self, uri: str) -> tuple[types.SemanticTokens | None, types.SemanticTokens]:
        """What was last sent of a document, and what is to be sent now."""
        server = self._server
        snapshot = server.session.snapshot(uri)
        if snapshot is None:
            return None, types.SemanticTokens([])
        data = await server.run(snapshot, lambda: encode(server.codec, snapshot.lines, semantic_tokens(snapshot)))
        # Read after the wait: another answer may have been sent in the meantime.
        before = self._sent.get(uri)
        tokens = types.SemanticTokens(data, str(next(self._tokens)))
        self._sent = {
            **{other: sent for other, sent in self._sent.items() if server.session.document(other) is not None},
            uri: tokens,
        }
        return before, tokens


_HIGHLIGHT_KINDS = {
    "text": types.DocumentHighlightKind.Text,
    "read": types.DocumentHighlightKind.Read,
    "write": types.DocumentHighlightKind.Write,
}
_SYMBOL_KINDS = {
    symbols.HEADING: types.SymbolKind.String,
    symbols.TAG: types.SymbolKind.Struct,
    symbols.ROLE: types.SymbolKind.Namespace,
    # What the model is asked to do; its icon and colour stand out from those of headings in every theme.
    symbols.TECHNIQUE: types.SymbolKind.Function,
}
