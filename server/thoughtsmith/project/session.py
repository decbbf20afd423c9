"""The state of a running server: open documents, settings, content. Touched on the event loop only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.config.settings import Settings
from thoughtsmith.messages import language_of_locale
from thoughtsmith.project.document import Document, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.project.content import Content
    from thoughtsmith.techniques.model import Language


class Session:
    def __init__(self, load: Callable[[], Content], locale: str = "en") -> None:
        self._load = load
        """Gives the content, loading it the first time: no document needs it before a feature is asked for."""
        self.settings = Settings()
        self.client_locale = locale
        self._documents: dict[str, Document] = {}

    @property
    def locale(self) -> Language:
        """The language of messages: the setting, else what the client announced."""
        chosen = self.settings.locale if self.settings.locale != "auto" else self.client_locale
        return "ru" if language_of_locale(chosen) == "ru" else "en"

    def open(self, uri: str, path: str, language_id: str, version: int, text: str) -> None:
        """Start to follow a document. One that is no prompt and no text is left alone: it has no snapshot."""
        from thoughtsmith.formats.registry import format_of  # With the first document, not before `initialize`.

        found = format_of(path, language_id)
        if found is None:
            self._documents.pop(uri, None)
        else:
            self._documents[uri] = Document(uri, version, text, found)

    def document(self, uri: str) -> Document | None:
        return self._documents.get(uri)

    def close(self, uri: str) -> None:
        self._documents.pop(uri, None)

    def snapshot(self, uri: str) -> Snapshot | None:
        """The document as it is now; `None` if it is not open or not ours."""
        document = self._documents.get(uri)
        return None if document is None else document.snapshot(self.settings, self._load(), self.locale)
