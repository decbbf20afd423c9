"""Config files that are open in the editor: what is wrong in them while they are typed, completion, hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.config.file import is_config, parse, table_of
from thoughtsmith.config.toml_outline import outline
from thoughtsmith.rules.selection import unknown
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol import types

    from thoughtsmith.config.file import ConfigProblem
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Document

_ELSEWHERE = frozenset({"extend-missing", "extend-cycle", "no-baseline"})
"""Mistakes that show only on disk: they are about other files."""


class ConfigDocuments:
    def __init__(self, server: Server) -> None:
        self._server = server

    def at(self, uri: str) -> Document | None:
        """The config file that is open at an address; `None` if it is none."""
        document = self._server.session.any_document(uri)
        return document if document is not None and uri.startswith("file:") and is_config(document.path) else None

    def at_path(self, path: str) -> Document | None:
        """The config file with that normal path, if it is open."""
        opened = self._server.session.all_documents
        return next((one for one in opened if self.at(one.uri) and paths.normal(one.path) == path), None)

    @property
    def paths(self) -> frozenset[str]:
        """The normal paths of those that are open."""
        opened = self._server.session.all_documents
        return frozenset(paths.normal(one.path) for one in opened if self.at(one.uri) is not None)

    def diagnostics(self, document: Document) -> list[types.Diagnostic]:
        """What is wrong in a config file as it stands in the editor."""
        path = paths.normal(document.path)
        parsed = parse(document.lines.text, path, unknown)
        if parsed is None:
            return []
        problems = [*parsed.problems, *self._elsewhere(document, path)]
        return self._server.config_problems.diagnostics(path, document.lines, problems)

    def _elsewhere(self, document: Document, path: str) -> Iterator[ConfigProblem]:
        """What was wrong with the files that it speaks of when it was last saved."""
        known = [one for one in self._server.config_files.problems if one.path == path and one.wrong.id in _ELSEWHERE]
        made = outline(document.lines.text) if known else None
        for problem in known:
            entry = None if made is None else made.entry((*table_of(path), problem.key))
            if entry is not None and entry.value is not None:
                line = document.lines.line_at(entry.key.start) + 1
                yield problem._replace(span=entry.value.span, line=line)
