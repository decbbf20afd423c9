"""Checking many files, by several processes where the work is worth it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from thoughtsmith.cli.checking import Checker, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from thoughtsmith.cli.check_cache import KnownResults
    from thoughtsmith.cli.checking import Mend, Result, Task
    from thoughtsmith.project.content import Content
    from thoughtsmith.techniques.model import Language

WORTH_IT = 150
"""Files for each process. Starting one takes as long as checking some hundred prompts."""
MOST = 60
"""Other processes; Windows cannot wait for more."""


def outcomes(
    tasks: Sequence[Task],
    content: Callable[[], Content],
    folders: Sequence[Path],
    language: Language,
    mend: Mend,
    jobs: int,
    known: KnownResults | None = None,
) -> Iterator[Result]:
    """The outcomes of the tasks in their order. `folders` are where other processes look for packs of techniques.

    `jobs` is how many processes there may be, 0 as many as this machine can run. What is `known` is not done again, and
    what is done is kept there.
    """
    if known is None:
        yield from _made(tasks, content, folders, language, mend, jobs)
        return
    found = [known.find(task) for task in tasks]
    missing = [task for task, outcome in zip(tasks, found, strict=True) if outcome is None]
    made = _made(missing, content, folders, language, mend, jobs)
    try:
        for outcome in found:
            result: Result = next(made) if outcome is None else outcome
            if outcome is None and isinstance(result, Outcome):
                known.keep(result)
            yield result
    finally:
        known.close()


def processes(jobs: int, files: int) -> int:
    """How many processes check so many files; 0 jobs are as many as this machine can run."""
    return max(1, min(jobs or _processors(), files // WORTH_IT, MOST + 1))


def _processors() -> int:
    # A process may have fewer than the machine.
    own: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return os.cpu_count() or 1 if own is None else len(own(0))


def _made(
    tasks: Sequence[Task],
    content: Callable[[], Content],
    folders: Sequence[Path],
    language: Language,
    mend: Mend,
    jobs: int,
) -> Iterator[Result]:
    if not tasks:
        return

    def own() -> Checker:
        return Checker(content(), language, mend)

    helpers = processes(jobs, len(tasks)) - 1
    if helpers:
        from thoughtsmith.cli.check_helpers import shared, started

        pool = started(helpers, folders, language, mend)
        if pool is not None:
            with pool:
                yield from shared(tasks, own, pool, helpers)
            return
    yield from map(own().check, tasks)
