"""A prompt file on disk: read without losing a byte, written without ever leaving half a file behind."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats import markdown, plain_text
from thoughtsmith.formats.registry import format_of
from thoughtsmith.project.document import Snapshot
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.project.content import Content
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

    def snapshot(self, content: Content, *, language: str = "auto", style: str = "auto", locale: Language) -> Snapshot:
        # As an editor would name it: in the folder `prompts` the name alone does not say where the file lies.
        found = (
            markdown.FORMAT if self._path is None else format_of(str(Path(self._path).absolute())) or plain_text.FORMAT
        )
        return Snapshot(
            uri=self._path or "",
            version=None,
            lines=self.lines,
            format=found,
            settings=Settings(language=language, style=style),
            content=content,
            locale=locale,
        )

    def write(self, text: str) -> None:
        """Replace the content of the file; it has either the old or the new content, whatever happens."""
        if self._path is None:
            raise ValueError("there is no file to write to")
        target = Path(os.path.realpath(self._path))
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write((self._bom + text).encode("utf-8"))
            temporary.chmod(target.stat().st_mode & 0o7777)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
