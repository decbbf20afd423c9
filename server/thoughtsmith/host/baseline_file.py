"""Baselines on disk: JSON that people can read in a review, with paths relative to its own folder."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from thoughtsmith.config.settings import Accepted
from thoughtsmith.host.disk import Disk
from thoughtsmith.host.writing import write_bytes
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
Baseline = dict[str, tuple[Accepted, ...]]
"""What is let pass in each file, by its path."""


class BaselineError(Exception):
    """The file is no baseline."""


def name_in_baseline(path: str, baseline: str) -> str:
    """What the file at `path` is called in the baseline at `baseline`: its path from there, if it lies below."""
    folder = paths.parent(baseline)
    return paths.relative(path, folder) if paths.is_below(path, folder) else path


def read_baseline(path: str) -> Baseline:
    """The baseline at `path`; an empty one if there is no such file. Raises `BaselineError`."""
    text = Disk().read(path)
    return {} if text is None else _parsed(text)


@lru_cache(maxsize=16)
def _parsed(text: str) -> Baseline:
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BaselineError
        return {
            str(file): tuple(Accepted(str(one["rule"]), str(one["text"]), int(one["times"])) for one in entries)
            for file, entries in data["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BaselineError from error


def write_baseline(path: str, baseline: Mapping[str, tuple[Accepted, ...]]) -> None:
    """Write a baseline; files with nothing to let pass are left out. Raises `OSError`."""
    files = {file: [one._asdict() for one in baseline[file]] for file in sorted(baseline) if baseline[file]}
    text = json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1) + "\n"
    write_bytes(path, text.encode("utf-8", "backslashreplace"))
