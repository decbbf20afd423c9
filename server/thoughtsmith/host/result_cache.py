"""Results of checks kept between runs, in one small database. Whatever is wrong with it, a run does without."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.host import cache_folder
from thoughtsmith.host.installation import PACKAGE, data_folder, pack_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_RESULTS = 50_000
"""Results that are kept; those that were not needed for longest go first."""
WAIT = 2.0
"""Seconds that a run waits for another that is writing."""
DAY = 86_400
_READERS = ("fastjsonschema", "jinja2", "pyyaml")
"""Packages whose version may change what is found."""
_FORGET = "DELETE FROM results WHERE key IN (SELECT key FROM results ORDER BY used DESC LIMIT -1 OFFSET ?)"


class ResultCache:
    """Texts by keys, both of the caller's making. A result may hold only as long as the world around it stays."""

    def __init__(self, folder: str) -> None:
        self._used: set[bytes] = set()
        self._new: dict[bytes, tuple[bytes, str]] = {}
        self._today = int(time.time() // DAY)
        self._database = _opened(Path(folder))

    def find(self, key: bytes, world: Callable[[], bytes]) -> str | None:
        """What was kept under `key`; `world` tells what the world is like, if the result depends on it."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT world, data, used FROM results WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._database = None
            return None
        if row is None or not isinstance(row[1], str) or (row[0] and row[0] != world()):
            return None
        if row[2] != self._today:
            self._used.add(key)
        return row[1]

    def keep(self, key: bytes, world: bytes, data: str) -> None:
        """Keep a result; `world` is empty if it depends on nothing else."""
        self._new[key] = world, data

    def close(self) -> None:
        """Write what is new, all of it or nothing."""
        if self._database is None:
            return
        with suppress(sqlite3.Error, OSError):
            if self._new or self._used:
                with self._database as database:
                    database.executemany(
                        "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)",
                        [(key, world, data, self._today) for key, (world, data) in self._new.items()],
                    )
                    database.executemany(
                        "UPDATE results SET used = ? WHERE key = ?", [(self._today, key) for key in self._used]
                    )
                    database.execute(_FORGET, (MAX_RESULTS,))
            self._database.close()


def _opened(folder: Path) -> sqlite3.Connection | None:
    """The database in a folder, new if there is none or if it is none; `None` if there can be none."""
    file = folder / "results.sqlite"
    try:
        cache_folder.make(folder)
        for _ in range(2):
            database = sqlite3.connect(file, timeout=WAIT)
            try:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, world BLOB, data TEXT, used INTEGER)"
                )
                database.execute("SELECT key, world, data, used FROM results LIMIT 1")
            except sqlite3.OperationalError as error:
                database.close()
                if "locked" in str(error) or "readonly" in str(error):
                    return None
                file.unlink()
            except sqlite3.DatabaseError:
                database.close()
                file.unlink()
            else:
                return database
    except (OSError, sqlite3.Error):
        pass
    return None


def program_stamp(folders: Iterable[Path]) -> bytes:
    """What changes with the program, its content, the packs of the projects in `folders` and what it reads with."""
    packs = dict.fromkeys(pack for folder in folders if (pack := pack_of(folder)) is not None)
    told = sha256(repr((sys.version, [version(package) for package in _READERS])).encode())
    for root in (PACKAGE, data_folder("snippets"), *packs):
        for path, size, changed in sorted(_stamps(root)):
            told.update(f"{path}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return told.digest()


def _stamps(root: Path) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder with its size and when it was changed."""
    waiting = [str(root)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                else:
                    found = entry.stat()
                    yield entry.path, found.st_size, found.st_mtime_ns
