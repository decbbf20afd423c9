"""What `thoughtsmith setup` has written for an editor: kept so that it can be taken back exactly."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

from thoughtsmith.host.writing import write_bytes


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written."""

    digest: str
    backup: str | None
    """Where its earlier content is kept; `None` if there was no such file."""
    parts: tuple[tuple[str, str], ...] = ()
    """The lines that were written, each piece with what stood there before."""

    def is_still(self, data: bytes) -> bool:
        return digest(data) == self.digest

    def without_ours(self, data: bytes) -> bytes | None:
        """A file that somebody has changed, with our lines taken out of it; `None` if these were changed themselves."""
        text = _text(data)
        for ours, theirs in self.parts:
            at = text.find(ours)
            if not ours or text.count(ours) != 1 or text[at - 1 : at] not in ("", "\n"):
                return None
            text = text[:at] + theirs + text[at + len(ours) :]
        return text.encode("utf-8", "surrogateescape") if self.parts else None


def written(before: bytes | None, after: bytes, backup: str | None) -> Written:
    """What is to be remembered of a file that becomes `after`."""
    old, new = (_text(data or b"").splitlines(keepends=True) for data in (before, after))
    changed = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    parts = (("".join(new[c:d]), "".join(old[a:b])) for tag, a, b, c, d in changed if tag != "equal")
    return Written(digest(after), backup, tuple(parts))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


@dataclass(slots=True)
class Receipt:
    path: Path
    files: dict[str, Written] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    """Those that were made, outer ones first."""
    wrote: dict[str, str] = field(default_factory=dict)
    """The JSON that was put into each file."""

    def save(self) -> None:
        """Raises `OSError`."""
        files = {
            path: {"digest": file.digest, "backup": file.backup, "parts": file.parts}
            for path, file in self.files.items()
        }
        data = {"version": 1, "files": files, "folders": self.folders, "wrote": self.wrote}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(str(self.path), json.dumps(data, indent=2).encode())  # In ASCII: texts and paths need not be UTF-8.


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def receipt_for(editor: str, *, snippets: bool) -> Receipt:
    """The receipt of what was written; an empty one if nothing was, or if it cannot be made out."""
    path = _folder() / f"{editor}{'.snippets' if snippets else ''}.json"
    try:
        data = json.loads(path.read_bytes())
        files = {
            # Earlier versions did not note the parts.
            name: Written(file["digest"], file["backup"], tuple((one, other) for one, other in file.get("parts", ())))
            for name, file in data["files"].items()
        }
        return Receipt(path, files, data["folders"], data["wrote"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Receipt(path)


def _folder() -> Path:
    """Where programs keep what they have to remember."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "thoughtsmith" / "setup"
