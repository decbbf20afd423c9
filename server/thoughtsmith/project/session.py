"""The state of a running server: open documents, settings, content. Touched on the event loop only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.config.file import is_config
from thoughtsmith.config.settings import FileSettings, Settings, language_of
from thoughtsmith.project.document import Document, Snapshot
from thoughtsmith.project.workspace import Workspace
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.project.content import Content
    from thoughtsmith.project.index import Index
    from thoughtsmith.techniques.model import Language


LARGE = 100_000
"""Characters. Nobody waits for longer documents to be read anew; the workspace hears of them when they have been."""


MAX_CHECKED = 500_000
"""Characters. A longer document is not checked while it is edited; the command line checks it."""


class _Opened(NamedTuple):
    """An open document, as it came."""

    document: Document
    language_id: str
    chosen: str
    """The id of the format that settings gave it; empty if name and text decided."""


class Session:
    def __init__(
        self,
        load: Callable[[], Content],
        locale: str = "en",
        *,
        configure: Callable[[str, Settings], FileSettings] = lambda _path, base: FileSettings(base),
        ignore_case: bool = False,
    ) -> None:
        self._load = load
        """Gives the content, loading it the first time: no document needs it before a feature is asked for."""
        self._configure = configure
        """What config files make of the settings of a file, by its path."""
        self.settings = Settings()
        self.client_locale = locale
        self.workspace = Workspace(ignore_case=ignore_case)
        self._opened: dict[str, _Opened] = {}
        self._documents: dict[str, Document] = {}
        self._unread: dict[str, None] = {}
        """The documents that have changed since the workspace heard of them."""

    @property
    def locale(self) -> Language:
        """The language of messages: the setting, else what the client announced."""
        return language_of(self.settings, self.client_locale)

    @property
    def content(self) -> Content:
        """What all documents share; loaded now if it is not there yet."""
        return self._load()

    def open(self, uri: str, path: str, language_id: str, version: int, text: str) -> None:
        """Start to follow a document. One that is no prompt and no text is left alone: it has no snapshot."""
        self.close(uri)
        self._open(uri, path.replace("\\", "/"), language_id, version, text)

    def _open(self, uri: str, path: str, language_id: str, version: int, text: str) -> None:
        # With the first document, not before `initialize`.
        from thoughtsmith.formats import plain_text
        from thoughtsmith.formats.registry import by_id, format_of

        chosen = self.file_settings(uri, path).settings.format
        # Our own config files are no prompts, whatever the editor calls them.
        found = None if is_config(path) else by_id(chosen) or format_of(path, language_id, text)
        document = Document(uri, path, version, text, found or plain_text.FORMAT)
        self._opened[uri] = _Opened(document, language_id, chosen)
        if found is not None:
            self._documents[uri] = document
            self._unread[uri] = None

    def settings_changed(self) -> None:
        """Read those documents anew to which the settings now give another format."""
        for uri, (document, language_id, chosen) in list(self._opened.items()):
            if self.file_settings(uri, document.path).settings.format != chosen:
                self.close(uri)
                self._open(uri, document.path, language_id, document.version, document.lines.text)

    def any_document(self, uri: str) -> Document | None:
        """An open document, be it ours or not: settings may say tomorrow that it is."""
        opened = self._opened.get(uri)
        return None if opened is None else opened.document

    @property
    def all_documents(self) -> tuple[Document, ...]:
        """All open documents, be they ours or not."""
        return tuple(opened.document for opened in self._opened.values())

    def document(self, uri: str) -> Document | None:
        """A document that is followed."""
        return self._documents.get(uri)

    @property
    def uris(self) -> tuple[str, ...]:
        """The documents that are followed."""
        return tuple(self._documents)

    def document_at(self, path: str) -> Document | None:
        """The open document of a file."""
        key = self.workspace.index.key(paths.normal(path))
        same = (one for one in self._documents.values() if self.workspace.index.key(paths.normal(one.path)) == key)
        return next(same, None)

    def changed(self, uri: str) -> None:
        """A document has another text than before."""
        if uri in self._documents:
            self._unread[uri] = None

    def close(self, uri: str) -> None:
        self._opened.pop(uri, None)
        document = self._documents.pop(uri, None)
        self._unread.pop(uri, None)
        if document is not None:
            self.workspace.closed(document.path)
            # The same file may be open under another address.
            self._unread |= {other.uri: None for other in self._documents.values() if other.path == document.path}

    def snapshot(self, uri: str) -> Snapshot | None:
        """The document as it is now; `None` if it is not open or not ours."""
        document = self._documents.get(uri)
        return None if document is None else self._snapshot(document, self.tell(but=uri))

    @property
    def late(self) -> tuple[Snapshot, ...]:
        """Large documents that the workspace has not heard of yet; it will when somebody asks for their summaries."""
        self.tell()
        return tuple(self._snapshot(self._documents[uri], self.workspace.index) for uri in self._unread)

    def tell(self, but: str = "") -> Index:
        """Tell the workspace of the documents that have changed, without `but`, whose snapshot tells for itself."""
        for uri in [uri for uri in self._unread if uri != but]:
            document = self._documents[uri]
            snapshot = self._snapshot(document, self.workspace.index)
            if len(snapshot.lines) <= LARGE or snapshot.is_summarised:
                del self._unread[uri]
                self.workspace.opened(document.path, snapshot.summary)
        return self.workspace.index

    def is_checked(self, snapshot: Snapshot) -> bool:
        """Whether a document is a prompt, by name or place or by a config file, not excluded and not huge."""
        if len(snapshot.lines) > MAX_CHECKED:
            return False
        found = self.file_settings(snapshot.uri, snapshot.path)
        return not found.excluded and (found.included or snapshot.is_prompt)

    def file_settings(self, uri: str, path: str) -> FileSettings:
        """What holds for a document; config files speak of files only."""
        return self._configure(path, self.settings) if uri.startswith("file:") else FileSettings(self.settings)

    def _snapshot(self, document: Document, around: Index) -> Snapshot:
        settings = self.file_settings(document.uri, document.path).settings
        return document.snapshot(settings, self._load(), language_of(settings, self.client_locale), around)
