"""Edits of config files that code actions ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from thoughtsmith.config.file import table_of
from thoughtsmith.config.turn_off import new_config, turn_off
from thoughtsmith.host.disk import Disk
from thoughtsmith.lsp.uris import uri_of
from thoughtsmith.messages import messages
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.ide.action import RuleOff
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.techniques.model import Language

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def rule_off(server: Server, change: RuleOff, language: Language) -> types.WorkspaceEdit:
    """The edit after which a rule is off. Raises an error for the user if none is certain to do that and no more."""
    document = server.config_documents.at_path(change.path)
    text = Disk().read(change.path) if document is None else document.lines.text
    if text is None and Path(change.path).exists():
        raise _refused(change, language)
    uri = uri_of(change.path) if document is None else document.uri
    version = None if document is None else document.version
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    if text is None:
        edit = types.TextEdit(_START, new_config(change.rule, change.pattern))
        return types.WorkspaceEdit(document_changes=[types.CreateFile(uri), types.TextDocumentEdit(identifier, [edit])])
    edits = turn_off(text, table_of(change.path), change.rule, change.pattern)
    if edits is None:
        raise _refused(change, language)
    lines = Lines.of(text) if document is None else document.lines
    written = [types.TextEdit(server.codec.range(lines, edit.span), edit.text) for edit in edits]
    if not server.capabilities.document_changes:
        return types.WorkspaceEdit(changes={uri: written})
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(written))])


def _refused(change: RuleOff, language: Language) -> JsonRpcException:
    text = messages(language).rule_stays.format(path=change.path, rule=change.rule)
    return JsonRpcException(text, code=types.LSPErrorCodes.RequestFailed)
