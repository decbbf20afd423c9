"""The results of `check` as they are kept between runs.

What is found in a file depends on its text, its path, its settings, the language of messages and the program; in a file
that refers to others also on what lies around it. All of it is part of the key or compared with what was kept.
"""

from __future__ import annotations

import json
import os
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from thoughtsmith.cli.checking import Outcome, is_wanted
from thoughtsmith.config.settings import Accepted
from thoughtsmith.host.prompt_file import PromptFile
from thoughtsmith.host.surroundings import Worlds
from thoughtsmith.host.walk import read
from thoughtsmith.rules.finding import Finding, Fix, Related, Severity, Tag
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.cli.checking import Mend, Task
    from thoughtsmith.config.settings import Settings
    from thoughtsmith.host.result_cache import ResultCache
    from thoughtsmith.techniques.model import Language

    Json = list[Any]


class KnownResults:
    def __init__(self, cache: ResultCache, stamp: bytes, language: Language, mend: Mend) -> None:
        """`stamp` changes with everything else that may change what is found."""
        self._cache = cache
        self._start = stamp + language.encode()
        self._mend = mend
        self._worlds = Worlds()
        self._began = time.time_ns()

    def find(self, task: Task) -> Outcome | None:
        """What checking the file gives, if that is known and nothing in it is to be mended."""
        prompt = task.prompt or read(task.found)
        if not isinstance(prompt, PromptFile):
            return None
        path = _absolute(task.found.path)
        data = self._cache.find(self._key(path, task.settings, prompt), lambda: self._worlds.around(path).digest)
        if data is None:
            return None
        try:
            findings, stale, refers = _read(data, len(prompt.lines.text))
        except (ValueError, TypeError, KeyError, IndexError):
            return None
        if any(is_wanted(fix, self._mend) for found in findings for fix in found.fixes[:1]):
            return None
        return Outcome(task.found, task.settings, prompt, prompt.lines, findings, 0, stale, (), refers)

    def keep(self, outcome: Outcome) -> None:
        """Keep what was found, if nothing failed and the file and what it refers to are as they were."""
        if outcome.failures or outcome.lines is not outcome.prompt.lines:
            return
        path = _absolute(outcome.found.path)
        world = self._worlds.around(path) if outcome.refers else None
        if world is not None and world.changed >= self._began:
            return  # Nobody knows whether that was before or after the file was checked.
        key = self._key(path, outcome.settings, outcome.prompt)
        self._cache.keep(key, b"" if world is None else world.digest, _written(outcome))

    def close(self) -> None:
        self._cache.close()

    def _key(self, path: str, settings: Settings, prompt: PromptFile) -> bytes:
        key = sha256(self._start)
        for part in (path, repr(settings), prompt.text):
            data = part.encode("utf-8", "surrogateescape")
            key.update(len(data).to_bytes(8, "big") + data)
        return key.digest()


def _absolute(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 -- asked of every file of a run


def _written(outcome: Outcome) -> str:
    return json.dumps([[_finding(found) for found in outcome.findings], outcome.stale, outcome.refers])


def _finding(found: Finding) -> Json:
    return [
        found.rule,
        found.name,
        found.severity.value,
        found.span,
        found.message,
        [[fix.title, [[edit.span, edit.text] for edit in fix.edits], fix.safe] for fix in found.fixes],
        found.related,
        [tag.value for tag in found.tags],
    ]


def _read(data: str, length: int) -> tuple[tuple[Finding, ...], tuple[Accepted, ...], bool]:
    """Findings, what of the baseline is stale, and whether the file refers to others. Raises if it is anything else."""
    findings, stale, refers = json.loads(data)

    def span(pair: Json) -> Span:
        start, end = pair
        if not 0 <= start <= end <= length:
            raise ValueError("beyond the text")
        return Span(start, end)

    found = tuple(
        Finding(
            rule=str(rule),
            name=str(name),
            severity=Severity(severity),
            span=span(place),
            message=str(message),
            fixes=tuple(
                Fix(str(title), tuple(Edit(span(at), str(text)) for at, text in edits), bool(safe))
                for title, edits, safe in fixes
            ),
            related=tuple(Related(span(at), str(text), str(path)) for at, text, path in related),
            tags=tuple(Tag(tag) for tag in tags),
        )
        for rule, name, severity, place, message, fixes, related, tags in findings
    )
    return found, tuple(Accepted(str(rule), str(text), int(times)) for rule, text, times in stale), bool(refers)
