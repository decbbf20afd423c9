"""Diagnostics: pulled by clients that can, otherwise published; never both for one document."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.rules.finding import Severity, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.rules.engine import Checked
    from thoughtsmith.rules.finding import Finding

SOURCE = "thoughtsmith"
MAX_PUBLISHED = 500
"""Findings of one document that are shown; nobody reads more, and editors slow down."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
_TAGS = {Tag.UNNECESSARY: types.DiagnosticTag.Unnecessary, Tag.DEPRECATED: types.DiagnosticTag.Deprecated}


class Diagnostics:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._dirty: set[str] = set()
        """Documents to be published again."""
        self._publishing: asyncio.Task[None] | None = None
        self._refreshing: asyncio.Task[None] | None = None
        self._published: dict[str, str] = {}
        """What was last published of each document, as a digest."""

    # Pull

    async def pull(
        self, params: types.DocumentDiagnosticParams
    ) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
        diagnostics = await self._of(params.text_document.uri)
        digest = _digest(diagnostics)
        if digest == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id=digest)
        return types.RelatedFullDocumentDiagnosticReport(items=diagnostics, result_id=digest)

    def refresh(self) -> None:
        """Have every open document looked at again, since more than its text has changed."""
        if not self._server.capabilities.pull_diagnostics:
            for uri in self._server.session.uris:
                self.changed(uri)
        elif self._server.capabilities.refresh_diagnostics and self._server.session.uris:
            self._refreshing = asyncio.get_running_loop().create_task(self._refresh())

    async def _refresh(self) -> None:
        try:
            await self._server.workspace_diagnostic_refresh_async(None)
        except Exception as error:
            self._server.report("refreshing diagnostics", error)

    # Push

    def changed(self, uri: str) -> None:
        """A document was opened or edited. What comes while the worker is busy waits for one more round."""
        if self._server.capabilities.pull_diagnostics:
            return
        self._dirty.add(uri)
        if self._publishing is None or self._publishing.done():
            self._publishing = asyncio.get_running_loop().create_task(self._publish_dirty())

    def closed(self, uri: str) -> None:
        self._dirty.discard(uri)
        if self._published.pop(uri, None) is not None:
            self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def _publish_dirty(self) -> None:
        while self._dirty:
            uri = self._dirty.pop()
            try:
                await self._publish(uri)
            except Exception as error:
                self._server.report("publishing diagnostics", error)

    async def _publish(self, uri: str) -> None:
        document = self._server.session.document(uri)
        if document is None:
            return
        version = document.version
        diagnostics = await self._of(uri)
        document = self._server.session.document(uri)
        if document is None or document.version != version:
            return  # Closed, or edited again and so waiting for the next round.
        digest = _digest(diagnostics)
        if self._published.get(uri, _digest([])) != digest:
            self._published[uri] = digest
            params = types.PublishDiagnosticsParams(uri, diagnostics, version=version)
            self._server.text_document_publish_diagnostics(params)

    # Both

    async def _of(self, uri: str) -> list[types.Diagnostic]:
        server = self._server
        await server.loaded()
        snapshot = server.session.snapshot(uri)
        server.config_problems.tell()
        if snapshot is None or not server.session.is_checked(snapshot):
            return []
        checked = await self.checked(snapshot)
        for name, error in checked.failures:
            server.report(f"rule {name}", error)
        return self.diagnostics(snapshot, checked.findings[:MAX_PUBLISHED])

    async def checked(self, snapshot: Snapshot) -> Checked:
        """What is wrong with a document, found out on a thread of its own: what the cursor waits for comes first."""
        return await asyncio.get_running_loop().run_in_executor(self._server.checker, lambda: snapshot.checked)

    def diagnostics(self, snapshot: Snapshot, findings: Sequence[Finding]) -> list[types.Diagnostic]:
        """The findings as the client takes them."""
        codec, lines = self._server.codec, snapshot.lines
        return [
            types.Diagnostic(
                range=codec.range(lines, finding.span),
                message=finding.message,
                severity=_SEVERITIES[finding.severity],
                code=finding.rule,
                source=SOURCE,
                tags=[_TAGS[tag] for tag in finding.tags] or None,
                related_information=[
                    types.DiagnosticRelatedInformation(
                        types.Location(snapshot.uri, codec.range(lines, related.span)), related.message
                    )
                    for related in finding.related
                ]
                if finding.related and self._server.capabilities.related_information
                else None,
            )
            for finding in findings
        ]


def _digest(diagnostics: list[types.Diagnostic]) -> str:
    """A name for a list of diagnostics; equal lists have equal names."""
    return hashlib.blake2b(repr(diagnostics).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
