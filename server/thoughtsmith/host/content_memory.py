"""What was made of the content, kept between runs: reading and compiling it takes longer than checking a file.

It is kept under a digest of all that it depends on, as JSON with a digest of its own, so that it is either what this
run would have made itself or does not count. Whatever is wrong with the file or its folder, a run does without.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith import __version__
from thoughtsmith.host import cache_folder
from thoughtsmith.host.disk import Disk
from thoughtsmith.host.writing import write_bytes
from thoughtsmith.techniques.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.techniques.model import Json

KEPT = 4
"""Files that are kept, one for the shipped content and for each project with a pack; the newest."""
DEPTH = 2
"""Folders in which content lies: `recipes/mix/`."""
ENDINGS = (".toml", ".j2", ".md", ".json")
"""What files of content are called; whatever else lies beside them is not read."""
CODE = Path(__file__).resolve().parent.parent / "techniques"
"""What turns content into what is kept."""


class ContentFiles:
    """All content below some folders, read once: what is digested is what is loaded. See `text.files.Files`."""

    def __init__(self, roots: Iterable[str], endings: tuple[str, ...] = ENDINGS) -> None:
        self._disk = Disk()
        self._endings = endings
        self._names: dict[str, list[str]] = {}
        self._texts: dict[str, str | None] = {}
        for root in roots:
            self._look(root, DEPTH)

    def _look(self, folder: str, depth: int) -> None:
        names = self._names[folder] = self._disk.names(folder)
        for name in names:
            path = f"{folder}/{name}"
            if name.endswith(self._endings):
                self._texts[path] = self._disk.read(path)
            elif depth and not name.startswith("."):
                self._look(path, depth - 1)

    def read(self, path: str) -> str | None:
        return self._texts.get(path)

    def names(self, path: str) -> list[str]:
        return self._names.get(path, [])

    @property
    def digest(self) -> bytes:
        """Changes with every name and every letter, and with where it all lies."""
        told = sha256()
        for folder, names in self._names.items():
            told.update("\0".join((folder, *names, "\n")).encode("utf-8", "surrogateescape"))
        for path, text in self._texts.items():
            data = b"-" if text is None else b"+" + text.encode()
            told.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
        return told.digest()


class KeptMemory(Memory):
    """A memory that is written to a folder."""

    def __init__(self, folder: Path, content: ContentFiles) -> None:
        self._file = folder / f"content-{_key(content).hex()[:32]}.json"
        kept = _read(self._file)
        if kept is None:
            super().__init__()
        else:
            super().__init__(kept["parsed"], kept["signs"])

    def keep(self, signs: Json) -> None:
        text = json.dumps({"parsed": self.parsed, "signs": signs}, ensure_ascii=False, separators=(",", ":"))
        body = text.encode("utf-8", "surrogatepass")  # The name of a folder need not be UTF-8.
        self.parsed = {}
        with suppress(OSError):
            cache_folder.make(self._file.parent)
            write_bytes(str(self._file), sha256(body).hexdigest().encode() + b"\n" + body)
            others = sorted(self._file.parent.glob("content-*.json"), key=lambda file: -file.stat().st_mtime_ns)
            for old in others[KEPT:]:
                old.unlink()


def _key(content: ContentFiles) -> bytes:
    code = ContentFiles([CODE.as_posix()], (".py",))
    return sha256(repr((__version__, sys.version)).encode() + code.digest + content.digest).digest()


def _read(file: Path) -> Json | None:
    try:
        head, _, body = file.read_bytes().partition(b"\n")
        if head != sha256(body).hexdigest().encode():
            return None
        kept: Json = json.loads(body)
    except (OSError, ValueError):
        return None
    return kept
