"""Other processes that help to check files.

This process checks files like the others, so that nobody waits while they start. What one of them owes when it dies is
done here, and so are the files for which the whole repository has to be read, which is done once.
"""

from __future__ import annotations

import gc
import signal
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Literal

from thoughtsmith.cli.checking import GARBAGE_THRESHOLD, Checker, LeftError
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from thoughtsmith.cli.checking import Mend, Result, Task
    from thoughtsmith.techniques.model import Language

AT_ONCE = 8
"""Files that a process is given at once."""


def started(helpers: int, folders: Sequence[Path], language: Language, mend: Mend) -> ProcessPoolExecutor | None:
    """Other processes; `None` where there can be none, as in some sandboxes."""
    try:
        # Not by copying this process, which may have threads by now.
        return ProcessPoolExecutor(helpers, get_context("spawn"), _start, (tuple(folders), language, mend))
    except (ImportError, NotImplementedError, OSError):
        return None


def shared(
    tasks: Sequence[Task], make: Callable[[], Checker], pool: ProcessPoolExecutor, helpers: int
) -> Iterator[Result]:
    """The outcomes in the order of the tasks: the others have always something to do, the rest is done here."""
    own = cache(make)  # Made when the others have been started.
    left = deque(range(0, len(tasks), AT_ONCE))
    waiting: dict[Future[list[Result | Literal["left"]]], int] = {}
    done: dict[int, list[Result]] = {}
    following = 0

    def here(start: int) -> list[Result]:
        return [own().check(task) for task in tasks[start : start + AT_ONCE]]

    while following < len(tasks):
        while left and len(waiting) < 2 * helpers:
            start = left.popleft()
            try:
                waiting[pool.submit(_check, tasks[start : start + AT_ONCE])] = start
            except (BrokenExecutor, OSError):  # There may be no room for another process.
                left.appendleft(start)
                break
        if left:
            start = left.popleft()
            done[start] = here(start)
        elif following not in done:
            wait(waiting, return_when=FIRST_COMPLETED)
        for future in [future for future in waiting if future.done()]:
            start = waiting.pop(future)
            try:
                found = zip(future.result(), tasks[start:], strict=False)
                done[start] = [own().check(task) if result == "left" else result for result, task in found]
            except BrokenExecutor:
                done[start] = here(start)
        while following in done:
            yield from done.pop(following)
            following += AT_ONCE


_checkers: list[Checker] = []
"""The one of a process that was started to help."""


def _start(folders: tuple[Path, ...], language: Language, mend: Mend) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user sees.
    gc.set_threshold(GARBAGE_THRESHOLD)
    _checkers.append(Checker(Content(load_catalogue(folders)), language, mend, leaves=True))


def _check(tasks: Sequence[Task]) -> list[Result | Literal["left"]]:
    return [_checked(task) for task in tasks]


def _checked(task: Task) -> Result | Literal["left"]:
    try:
        return _checkers[0].check(task)
    except LeftError:
        return "left"
