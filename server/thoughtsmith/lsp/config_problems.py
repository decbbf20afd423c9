"""Mistakes in config files: shown in those files, and said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from thoughtsmith.lsp.uris import uri_of
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.config.file import ConfigProblem
    from thoughtsmith.lsp.server import Server

SOURCE = "thoughtsmith"


class ConfigProblems:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._told: dict[str, list[ConfigProblem]] = {}
        """What was last said of each config file, by its path."""

    def tell(self) -> None:
        """Publish what is wrong in the config files that were read so far, where that has changed."""
        now: dict[str, list[ConfigProblem]] = {}
        for problem in self._server.config_files.problems:
            now.setdefault(problem.path, []).append(problem)
        if now == self._told:
            return
        before, self._told = self._told, now
        language = self._server.session.locale
        for path in sorted(before.keys() | now.keys()):
            problems = now.get(path, [])
            if problems == before.get(path, []):
                continue
            diagnostics = [
                types.Diagnostic(
                    range=types.Range(types.Position(problem.line - 1, 0), types.Position(problem.line, 0)),
                    message=problem.message(language),
                    severity=types.DiagnosticSeverity.Error,
                    source=SOURCE,
                )
                for problem in problems
            ]
            self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri_of(path), diagnostics))
            if problems:
                text = messages(language).config_bad.format(path=path)
                self._server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text))
