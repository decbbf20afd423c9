"""Diagnostics of documents: pulled by clients that can, otherwise published; never both for one document."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.host.disk import Disk
from thoughtsmith.lsp.uris import uri_of
from thoughtsmith.messages import messages
from thoughtsmith.rules.documentation import address_of
from thoughtsmith.rules.finding import Severity, Tag
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.rules.engine import Checked
    from thoughtsmith.rules.finding import Finding, Related

SOURCE = "thoughtsmith"
MAX_PUBLISHED = 500
"""Findings of one document that are shown; nobody reads more, and editors slow down."""
QUICK = 20_000
"""Characters. Shorter documents are checked at once for whoever asks."""
_START = types.Range(types.Position(0, 0), types.Position(0, 0))
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
        diagnostics = await self.of(params.text_document.uri)
        name = digest(diagnostics)
        if name == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
        return types.RelatedFullDocumentDiagnosticReport(items=diagnostics, result_id=name)

    def refresh(self) -> None:
        """Have every open document looked at again, since more than its text has changed."""
        self._server.workspace_diagnostics.changed()
        if not self._server.capabilities.pull_diagnostics:
            for uri in {*self._server.session.uris, *self._published}:
                self.changed(uri)
        elif self._server.session.uris:
            self.ask_again()

    def ask_again(self) -> None:
        """Have the client ask for all diagnostics anew, if it can be told to."""
        if self._server.capabilities.refresh_diagnostics:
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
                self._dirty.update(self._server.dependants.of(uri))
            except Exception as error:
                self._server.report("publishing diagnostics", error)

    async def _publish(self, uri: str) -> None:
        version = self._version(uri)
        if version is None:
            self.closed(uri)  # It is no prompt any more, now that settings say something else.
            return
        diagnostics = await self.of(uri)
        if self._version(uri) != version:
            return  # Closed, or edited again and so waiting for the next round.
        name = digest(diagnostics)
        if self._published.get(uri, NOTHING) != name:
            self._published[uri] = name
            params = types.PublishDiagnosticsParams(uri, diagnostics, version=version)
            self._server.text_document_publish_diagnostics(params)

    def _version(self, uri: str) -> int | None:
        """The version of a document that is followed, or of a config file that is open."""
        document = self._server.session.document(uri) or self._server.config_documents.at(uri)
        return None if document is None else document.version

    # Both

    async def of(self, uri: str) -> list[types.Diagnostic]:
        """What is wrong with an open document as it is now; nothing if it is not one that is checked."""
        server = self._server
        await server.loaded()
        config = server.config_documents.at(uri)
        if config is not None:
            return server.config_documents.diagnostics(config)
        snapshot = server.session.snapshot(uri)
        server.config_problems.tell()
        if snapshot is None or not server.session.is_checked(snapshot):
            return []
        checked = await self.checked(snapshot)
        for name, error in checked.failures:
            server.report(f"rule {name}", error)
        return self.capped(snapshot, checked.findings, uri)

    async def checked(self, snapshot: Snapshot) -> Checked:
        """What is wrong with a document, found out on a thread of its own: what the cursor waits for comes first."""
        return await asyncio.get_running_loop().run_in_executor(self._server.checker, lambda: snapshot.checked)

    async def at_hand(self, snapshot: Snapshot) -> Sequence[Finding]:
        """The findings in a document, unless somebody would have to wait for them: then none."""
        if not self._server.session.is_checked(snapshot):
            return ()
        if snapshot.known is None and len(snapshot.lines) > QUICK:
            return ()
        return (await self.checked(snapshot)).findings

    def capped(self, snapshot: Snapshot, findings: Sequence[Finding], uri: str) -> list[types.Diagnostic]:
        """As many of the findings as are shown, behind a note on how many are not."""
        shown = self.diagnostics(snapshot, findings[:MAX_PUBLISHED], uri)
        more = len(findings) - len(shown)
        if more <= 0:
            return shown
        text = messages(snapshot.locale).more_findings.format(count=more)
        return [
            types.Diagnostic(_START, text, severity=types.DiagnosticSeverity.Information, source=SOURCE),
            *shown,
        ]

    def diagnostics(self, snapshot: Snapshot, findings: Sequence[Finding], uri: str) -> list[types.Diagnostic]:
        """The findings in the document at `uri` as the client takes them."""
        codec, lines = self._server.codec, snapshot.lines
        found: list[types.Diagnostic] = []
        for finding in findings:
            page = address_of(snapshot.settings.docs, finding.rule, finding.name, snapshot.locale)
            related = finding.related if self._server.capabilities.related_information else ()
            found.append(
                types.Diagnostic(
                    range=codec.range(lines, finding.span),
                    message=finding.message,
                    severity=_SEVERITIES[finding.severity],
                    code=finding.rule,
                    code_description=types.CodeDescription(page) if page else None,
                    source=SOURCE,
                    tags=[_TAGS[tag] for tag in finding.tags] or None,
                    related_information=[
                        types.DiagnosticRelatedInformation(self._location(snapshot, one, uri), one.message)
                        for one in related
                    ]
                    or None,
                )
            )
        return found

    def _location(self, snapshot: Snapshot, related: Related, uri: str) -> types.Location:
        """Where something stands, here or in another file."""
        if not related.path:
            return types.Location(uri, self._server.codec.range(snapshot.lines, related.span))
        other = self._server.session.document_at(related.path)
        if other is None:
            text = Disk().read(related.path)  # Rarely: only files that take in each other speak of each other.
            lines = Lines.of(text or "")
            return types.Location(uri_of(related.path), self._server.codec.range(lines, related.span))
        return types.Location(other.uri, self._server.codec.range(other.lines, related.span))


def digest(diagnostics: list[types.Diagnostic]) -> str:
    """A name for a list of diagnostics; equal lists have equal names."""
    return hashlib.blake2b(repr(diagnostics).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


NOTHING = digest([])
