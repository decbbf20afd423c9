"""What the client can do, resolved once into plain answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Iterable

PICK_TECHNIQUE = "thoughtsmith.pickTechnique"
"""A command of the client that shows all techniques; it asks for code actions of kind `refactor` in turn.

A client that has it lists it in `capabilities.experimental.commands.commands`.
"""


_EDITS_AFTERWARDS = frozenset(
    {"helix", "Eglot", "emacs", "coc.nvim", "Kate", "Sublime Text LSP", "Zed", "Zed Preview", "Zed Nightly", "Zed Dev"}
)
"""Clients, by the names they give themselves, that apply the edits beside a completion item to the text that has the
item already, where others apply them to the text that the item was offered for.
"""
_VS_CODE = frozenset(
    {"Visual Studio Code", "Visual Studio Code - Insiders", "Code - OSS", "VSCodium", "Cursor", "Windsurf"}
)
"""The names of Visual Studio Code and what is made of it."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    snippets: bool
    """Completion items may have tab stops."""
    verbatim_indent: bool
    """The client can insert a multi-line item without indenting its lines itself."""
    edits_afterwards: bool
    """The edits beside a completion item are applied to the text that has the item already."""
    markdown_hover: bool
    markdown_documentation: bool
    ask_again: str
    """The client's command that asks for completion once more; empty if it has none."""
    completes_links: bool
    """The client completes the targets of Markdown links itself."""
    label_details: bool
    """Completion items may have a remark beside the label. Clients that show it show the documentation as well."""
    deprecated_items: bool
    """Completion items may be marked as deprecated."""
    resolve_edits: bool
    """Edits of a code action may be sent when it is chosen."""
    action_literals: bool
    document_changes: bool
    """Edits may name the version of the document that they are for."""
    snippet_edits: bool
    """Edits of a code action may have tab stops."""
    file_operations: frozenset[str]
    """What an edit of the workspace may do to files: `create`, `rename`, `delete`."""
    moves_into_new_folders: bool
    """A file can be renamed into a folder that does not exist; where not, one can be created there all the same."""
    nested_symbols: bool
    semantic_tokens: bool
    pull_diagnostics: bool
    """The client asks for diagnostics itself."""
    refresh_diagnostics: bool
    """The client asks for them again when it is told to."""
    workspace_or_documents: bool
    """A client that may ask for the diagnostics of the whole workspace no longer asks for those of open documents when
    it is told that they have changed. Neovim does so, and ignores what the workspace says of them."""
    related_information: bool
    definition_links: bool
    """The answer to where something is defined may say which text was asked about."""
    watch_files: bool
    """The client tells of changed files after it has been asked to."""
    relative_patterns: bool
    """It may be asked about each folder on its own."""
    progress: bool
    """The client shows how far long work is."""
    configuration: bool
    """The client answers `workspace/configuration`."""
    watch_configuration: bool
    """The client tells of changed settings only after it has been asked to."""
    pick_technique: bool
    """The client has the command `thoughtsmith.pickTechnique`."""

    @classmethod
    def of(cls, client: types.ClientCapabilities, name: str = "") -> Capabilities:
        """What a client can do that announces `client` and calls itself `name`."""

        def get(path: str) -> Any:
            value: Any = client
            for name in path.split("."):
                value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
                if value is None:
                    return None
            return value

        def has(path: str, wanted: object) -> bool:
            values: Iterable[object] | None = get(path)
            return isinstance(values, list | tuple) and wanted in values

        item = "text_document.completion.completion_item"
        return cls(
            # Kate takes snippets, but drops the texts of their tab stops.
            snippets=bool(get(f"{item}.snippet_support")) and name != "Kate",
            verbatim_indent=has(f"{item}.insert_text_mode_support.value_set", types.InsertTextMode.AsIs),
            edits_afterwards=name in _EDITS_AFTERWARDS,
            markdown_hover=has("text_document.hover.content_format", types.MarkupKind.Markdown),
            markdown_documentation=has(f"{item}.documentation_format", types.MarkupKind.Markdown),
            ask_again="editor.action.triggerSuggest" if name in _VS_CODE or name == "coc.nvim" else "",
            completes_links=name in _VS_CODE,
            label_details=bool(get(f"{item}.label_details_support")),
            deprecated_items=has(f"{item}.tag_support.value_set", types.CompletionItemTag.Deprecated),
            resolve_edits=has("text_document.code_action.resolve_support.properties", "edit"),
            action_literals=get("text_document.code_action.code_action_literal_support") is not None,
            document_changes=bool(get("workspace.workspace_edit.document_changes")),
            snippet_edits=bool(get("workspace.workspace_edit.snippet_edit_support")),
            file_operations=frozenset(
                str(getattr(kind, "value", kind)) for kind in get("workspace.workspace_edit.resource_operations") or ()
            ),
            moves_into_new_folders=name != "helix",
            nested_symbols=bool(get("text_document.document_symbol.hierarchical_document_symbol_support")),
            semantic_tokens=get("text_document.semantic_tokens") is not None,
            pull_diagnostics=get("text_document.diagnostic") is not None,
            refresh_diagnostics=bool(get("workspace.diagnostics.refresh_support")),
            workspace_or_documents=name == "Neovim",
            related_information=bool(get("text_document.publish_diagnostics.related_information"))
            or bool(get("text_document.diagnostic.related_information")),
            definition_links=bool(get("text_document.definition.link_support")),
            watch_files=bool(get("workspace.did_change_watched_files.dynamic_registration")),
            relative_patterns=bool(get("workspace.did_change_watched_files.relative_pattern_support")),
            progress=bool(get("window.work_done_progress")),
            configuration=bool(get("workspace.configuration")),
            watch_configuration=bool(get("workspace.did_change_configuration.dynamic_registration")),
            pick_technique=has("experimental.commands.commands", PICK_TECHNIQUE),
        )
