"""The answers about completion: what is offered, and what is to be said of one offer."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.formats.writing import has_slots, to_plain, to_snippet
from thoughtsmith.ide.completion import completions
from thoughtsmith.ide.technique_completion import documentation
from thoughtsmith.lsp.markup import markup
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion
    from thoughtsmith.ide.technique_completion import Completion
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.lines import Lines


class CompletionFeatures:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._tokens = itertools.count(1)
        self._offered: tuple[int, Snapshot, dict[str, Completion]] | None = None
        """The last list of techniques, for the item that the client wants to know more about."""

    async def completion(self, params: types.CompletionParams) -> types.CompletionList:
        server = self._server
        snapshot = server.session.snapshot(params.text_document.uri)
        if snapshot is None:
            return types.CompletionList(is_incomplete=False, items=[])
        offset = server.codec.offset(snapshot.lines, params.position)
        trigger = (params.context.trigger_character if params.context is not None else None) or ""
        links = not server.capabilities.completes_links
        offers = await server.run(snapshot, lambda: completions(snapshot, offset, trigger, links=links))
        if offers.names:
            items = [
                name_item(server, snapshot.lines, rank, suggestion) for rank, suggestion in enumerate(offers.names)
            ]
            return types.CompletionList(is_incomplete=False, items=items)
        token = next(self._tokens)
        self._offered = (token, snapshot, {offer.id: offer for offer in offers.techniques})
        items = [self._technique(snapshot, offer, token) for offer in offers.techniques]
        # Which word an item is found by depends on what has been typed, so the next keystroke asks again.
        return types.CompletionList(is_incomplete=True, items=items)

    def _technique(self, snapshot: Snapshot, offer: Completion, token: int) -> types.CompletionItem:
        client = self._server.capabilities
        text: str | None = None
        if client.snippets:
            text = to_snippet(offer.written, line_indent="" if client.verbatim_indent else offer.line_indent)
            if text is None:
                offer = _from_line_start(snapshot, offer)
                text = to_snippet(offer.written)
        is_snippet = text is not None
        return types.CompletionItem(
            label=offer.label,
            label_details=types.CompletionItemLabelDetails(description=offer.id),
            kind=types.CompletionItemKind.Snippet,
            # Who shows the id beside the label shows the documentation as well, which begins with the summary.
            detail=(offer.remark or None) if client.label_details else offer.detail,
            filter_text=offer.filter_text,
            sort_text=f"{offer.rank + 2000:04}",
            insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
            insert_text_mode=types.InsertTextMode.AsIs if client.verbatim_indent else None,
            text_edit=types.TextEdit(
                self._server.codec.range(snapshot.lines, offer.at),
                text if text is not None else to_plain(offer.written),
            ),
            additional_text_edits=self._edits_beside(snapshot, offer) or None,
            data={"token": token, "id": offer.id},
        )

    def _edits_beside(self, snapshot: Snapshot, offer: Completion) -> list[types.TextEdit]:
        """The other edits of an offer, where the client looks for them: some insert the block first."""
        codec, lines = self._server.codec, snapshot.lines
        edits = [types.TextEdit(codec.range(lines, edit.span), edit.text) for edit in offer.edits]
        if self._server.capabilities.edits_afterwards:
            last = lines.line_at(offer.at.end)
            more = to_plain(offer.written).count("\n") + lines.line_at(offer.at.start) - last
            for edit in edits:
                if edit.range.start.line > last:
                    edit.range.start.line += more
                    edit.range.end.line += more
        return edits

    async def resolve_completion(self, item: types.CompletionItem) -> types.CompletionItem:
        data = item.data if isinstance(item.data, dict) else {}
        if self._offered is None or self._offered[0] != data.get("token"):
            return item
        _, snapshot, offers = self._offered
        offer = offers.get(str(data.get("id")))
        if offer is None:
            return item
        text = documentation(snapshot, offer.id, to_plain(offer.written))
        item.documentation = markup(text, markdown=self._server.capabilities.markdown_documentation)
        return item


_KINDS = {
    "variable": types.CompletionItemKind.Variable,
    "builtin": types.CompletionItemKind.Constant,
    "filter": types.CompletionItemKind.Function,
    "helper": types.CompletionItemKind.Function,
    "keyword": types.CompletionItemKind.Keyword,
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
    "file": types.CompletionItemKind.File,
    "folder": types.CompletionItemKind.Folder,
}


def name_item(server: Server, lines: Lines, rank: int, offer: Suggestion) -> types.CompletionItem:
    """An offer in a text with those lines; `rank` is its place among the others."""
    client = server.capabilities
    snippet = to_snippet(offer.written) if client.snippets and has_slots(offer.written) else None
    # Where nothing can be filled in, the place for it is left empty.
    plain = "".join(part for part in offer.written if isinstance(part, str))
    item = types.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind],
        detail=offer.detail or None,
        filter_text=offer.filter_text,
        sort_text=f"{rank:04}",
        insert_text_format=types.InsertTextFormat.PlainText if snippet is None else types.InsertTextFormat.Snippet,
        insert_text_mode=types.InsertTextMode.AdjustIndentation if client.verbatim_indent else None,
        text_edit=types.TextEdit(server.codec.range(lines, offer.at), plain if snippet is None else snippet),
    )
    if offer.documentation:
        item.documentation = markup(offer.documentation, markdown=client.markdown_documentation)
    if offer.deprecated and client.deprecated_items:
        item.tags = [types.CompletionItemTag.Deprecated]
    if offer.kind == "folder" and client.ask_again:
        # The slash is not typed, so nobody asks by itself what is in the folder.
        item.command = types.Command(title="", command=client.ask_again)
    return item


def _from_line_start(snapshot: Snapshot, offer: Completion) -> Completion:
    """The same offer as a replacement of its line up to the cursor.

    It leaves no indentation that the client could add to the lines of the block, which need less than that.
    """
    start = snapshot.lines.start_of(snapshot.lines.line_at(offer.at.start))
    before = Span(start, offer.at.start)
    inside = [edit for edit in offer.edits if before.covers(edit.span)]
    kept = apply_edits(snapshot.lines.at(before), [Edit(edit.span.shifted(-start), edit.text) for edit in inside])
    return replace(
        offer,
        filter_text=snapshot.lines.at(before) + offer.filter_text,
        at=Span(start, offer.at.end),
        written=(kept, *offer.written),
        edits=tuple(edit for edit in offer.edits if edit not in inside),
    )
