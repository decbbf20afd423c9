"""A prompt file on disk: read without losing a byte, written without ever leaving half a file behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats import markdown, plain_text
from thoughtsmith.formats.registry import by_id, format_of
from thoughtsmith.host.writing import write_bytes
from thoughtsmith.project.document import Snapshot
from thoughtsmith.project.index import EMPTY
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.project.content import Content
    from thoughtsmith.project.index import Index
    from thoughtsmith.techniques.model import Language

_BOM = "\ufeff"


class ReadError(Exception):
    """The file cannot be used; the message says which and why."""


class PromptFile:
    """The text of a file, or of standard input, or of no file at all."""

    def __init__(self, path: str | None, text: str) -> None:
        self._path = path
        self._bom = _BOM if text.startswith(_BOM) else ""
        self.lines = Lines.of(text.removeprefix(_BOM))

    @classmethod
    def read(cls, path: str | None) -> PromptFile:
        """The file at `path`; `-` is standard input, `None` an empty prompt. Raises `ReadError`."""
        if path is None:
            return cls(None, "")
        try:
            data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
            return cls(None if path == "-" else path, data.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise ReadError(f"{path}: not UTF-8 text (byte {error.start}); convert it first") from error
        except OSError as error:
            raise ReadError(f"{path}: {error.strerror}") from error

    @property
    def text(self) -> str:
        """All of it, with the byte order mark if there is one."""
        return self._bom + self.lines.text

    def snapshot(
        self, content: Content, *, locale: Language, settings: Settings | None = None, around: Index = EMPTY
    ) -> Snapshot:
        """The file as the features see it, in the workspace `around` it."""
        # As an editor would name it: in the folder `prompts` the name alone does not say where the file lies.
        path = os.path.abspath(self._path) if self._path else ""  # noqa: PTH100 -- no other way takes out `..`
        found = markdown.FORMAT
        if self._path is not None:
            chosen = settings.format if settings is not None else ""
            found = by_id(chosen) or format_of(path, text=self.lines.text) or plain_text.FORMAT
        return Snapshot(
            uri=self._path or "",
            path=Path(path).as_posix() if path else "",
            version=None,
            lines=self.lines,
            format=found,
            settings=settings or Settings(),
            content=content,
            locale=locale,
            around=around,
        )

    def with_text(self, text: str) -> PromptFile:
        """The same file with another text, which is not written yet."""
        return PromptFile(self._path, self._bom + text)

    def write(self, text: str) -> None:
        """Replace the content of the file; it has either the old or the new content, whatever happens."""
        if self._path is None:
            raise ValueError("there is no file to write to")
        write_bytes(self._path, (self._bom + text).encode("utf-8"))
