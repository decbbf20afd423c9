"""Mistakes in config files: shown in those files, and said once.

Of a file that is open in the editor its text there is what counts (`config_documents`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.config.settings import language_of
from thoughtsmith.host.disk import Disk
from thoughtsmith.lsp.uris import uri_of
from thoughtsmith.messages import messages
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.config.file import ConfigProblem
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.techniques.model import Language

SOURCE = "thoughtsmith"


class ConfigProblems:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._told: dict[str, list[ConfigProblem]] = {}
        """What was last known of each config file, by its path."""
        self._shown: dict[str, list[ConfigProblem]] = {}
        """What was last published of those that are not open."""

    def tell(self) -> None:
        """Publish what is wrong in the config files that were read so far, where that has changed."""
        server = self._server
        now: dict[str, list[ConfigProblem]] = {}
        for problem in server.config_files.problems:
            now.setdefault(problem.path, []).append(problem)
        opened = server.config_documents.paths
        shown = {path: problems for path, problems in now.items() if path not in opened}
        if now == self._told and shown == self._shown:
            return
        for path in sorted(self._shown.keys() | shown.keys()):
            problems = shown.get(path, [])
            if problems != self._shown.get(path, []):
                params = types.PublishDiagnosticsParams(uri_of(path), self._on_disk(path, problems))
                server.text_document_publish_diagnostics(params)
        for path, problems in sorted(now.items()):
            if problems != self._told.get(path, []):
                text = messages(self.language(path)).config_bad.format(path=path)
                server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text))
        self._told, self._shown = now, shown

    def language(self, path: str) -> Language:
        """The language of messages about a config file: its own choice counts."""
        session = self._server.session
        return language_of(self._server.config_files.of(path, session.settings).settings, session.client_locale)

    def diagnostics(self, path: str, lines: Lines, problems: Iterable[ConfigProblem]) -> list[types.Diagnostic]:
        """The problems of a file with that text, as the client takes them."""
        language = self.language(path)
        return [
            types.Diagnostic(
                range=self._server.codec.range(lines, problem.span if len(problem.span) else _whole(lines, problem)),
                message=problem.message(language),
                severity=types.DiagnosticSeverity.Error,
                source=SOURCE,
            )
            for problem in problems
        ]

    def _on_disk(self, path: str, problems: Iterable[ConfigProblem]) -> list[types.Diagnostic]:
        return self.diagnostics(path, Lines.of(Disk().read(path) or ""), problems)


def _whole(lines: Lines, problem: ConfigProblem) -> Span:
    """The line of a problem, without its indentation."""
    number = min(problem.line, lines.count) - 1
    line = lines.line(number)
    start = lines.start_of(number)
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
