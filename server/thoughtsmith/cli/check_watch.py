"""`check --watch`: what has changed is checked again, until somebody ends it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

import click

from thoughtsmith.cli.check_run import Run, reported, tasks_of, use
from thoughtsmith.cli.checking import Checker, Outcome
from thoughtsmith.cli.options import folders_of, load
from thoughtsmith.cli.renderers import concise_format, text_format
from thoughtsmith.cli.renderers.report import Report
from thoughtsmith.cli.terminal import tell
from thoughtsmith.host.surroundings import root_of
from thoughtsmith.host.walk import NEVER_ENTERED
from thoughtsmith.messages import messages
from thoughtsmith.project.content import Content
from thoughtsmith.text import paths as text_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from thoughtsmith.cli.checking import Mend, Result, Task
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.techniques.model import Language

    Changes: TypeAlias = frozenset[str] | Exception

TICK_MS = 1_000
"""Milliseconds after which the watching thread reports that nothing has happened; the first report says it is ready."""
PACKS = "/.thoughtsmith/snippets/"
FORMATS = ("text", "concise")
"""Those that make sense on and on; the others are one document."""


class _Kept(NamedTuple):
    task: Task
    result: Result


@dataclass(slots=True)
class _Held(Run):
    """A run whose messages wait until the screen is cleared."""

    messages: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.messages.append(text)


class Watch:
    """Files under watch, with what was found in each."""

    def __init__(
        self, paths: tuple[str, ...], configuration: Configuration, language: Language, mend: Mend, output_format: str
    ) -> None:
        self._paths = paths
        self._configuration = configuration
        self._language = language
        self._mend = mend
        self._format = output_format
        self._checker = self._new_checker()
        self._kept: dict[str, _Kept] = {}
        """By absolute path."""

    def run(self, excluded: Callable[[str], bool]) -> Run:
        """Check, and again whatever changes, until Ctrl-C. What was found last; `excluded` files are left out."""
        stop = Event()
        queue: SimpleQueue[Changes] = SimpleQueue()
        thread = Thread(target=_watch, args=(self._folders(), stop, queue), daemon=True)
        thread.start()
        try:
            # What changes while the first check runs is in the queue after it.
            _taken(queue.get(), self._language)
            self._check(None, excluded)
            while True:
                changed = _taken(queue.get(), self._language)
                if changed:
                    self._check(changed, excluded)
        except KeyboardInterrupt:
            click.echo()
            return self._total()
        finally:
            stop.set()
            thread.join(TICK_MS / 1_000)

    def _folders(self) -> tuple[str, ...]:
        """The repositories of the files: their config files and what they refer to lie there."""
        roots = sorted({root_of(folder) for folder in folders_of(*self._paths)}, key=len)
        return tuple(
            root for index, root in enumerate(roots) if not any(text_paths.is_below(root, o) for o in roots[:index])
        )

    def _new_checker(self) -> Checker:
        return Checker(Content(load(*self._paths)), self._language, self._mend)

    def _check(self, changed: frozenset[str] | None, excluded: Callable[[str], bool]) -> None:
        """Check what `changed` concerns, or everything, and say what was found."""
        run = _Held(self._language, None)
        everything = changed is None
        if changed is not None and (self._configuration.refresh() or any(PACKS in path for path in changed)):
            everything = True
            self._checker = self._new_checker()
        for mistake in self._configuration.mistakes:
            run.warn(mistake)
        around = everything or self._checker.have_changed(changed or ())
        before, self._kept = self._kept, {}
        again: list[_Kept] = []
        for task in tasks_of(self._paths, None, self._configuration, run, accept=True):
            path = _absolute(task.found.path)
            if excluded(task.found.path) or not Path(path).exists():
                continue
            kept = before.get(path)
            if kept is None or everything or path in (changed or ()) or self._depends(kept, around=around):
                kept = _Kept(task, self._checker.check(task))
                again.append(kept)
            self._kept[path] = kept
        if everything or again or before.keys() != self._kept.keys():
            self._show(run, again)

    @staticmethod
    def _depends(kept: _Kept, *, around: bool) -> bool:
        return around and isinstance(kept.result, Outcome) and kept.result.refers

    def _show(self, run: _Held, again: Iterable[_Kept]) -> None:
        """What was found in the files that were checked now, and how much there is in all."""
        _gather(run, again, fix=bool(self._mend))
        click.clear()
        for text in run.messages:
            tell(text, None)
        report = Report(tuple(run.files), run.checked, run.fixed, self._language)
        text = text_format.findings_of(report) if self._format == "text" else concise_format.render(report)
        click.echo(text, nl=False, color=False if "NO_COLOR" in os.environ else None)
        total = self._total()
        found = sum(len(file.findings) for file in total.files)
        now = time.strftime("%H:%M:%S")
        click.echo(messages(self._language).watch_summary.format(time=now, files=len(self._kept), found=found))

    def _total(self) -> Run:
        """What was found last in all files."""
        run = Run(self._language, None)
        results = (kept.result for kept in self._kept.values())
        run.files += [
            reported(result, self._language) for result in results if isinstance(result, Outcome) and result.findings
        ]
        return run


def _gather(run: Run, again: Iterable[_Kept], *, fix: bool) -> None:
    for kept in again:
        if isinstance(kept.result, Outcome):
            use(kept.result, run, fix=fix, diff=False, stdin=False)
        elif kept.result is not None:
            run.skip(kept.result)


def _absolute(path: str) -> str:
    return text_paths.normal(str(Path(path).absolute()))


def _taken(changes: Changes, language: Language) -> frozenset[str]:
    if isinstance(changes, ImportError):
        raise click.UsageError(messages(language).watch_missing)
    if isinstance(changes, Exception):
        raise click.UsageError(messages(language).watch_failed.format(error=changes))
    return changes


def _watch(folders: tuple[str, ...], stop: Event, queue: SimpleQueue[Changes]) -> None:
    """Put the paths that change into the queue, an empty set when nothing does, and the error that ends it."""
    try:
        from watchfiles import watch

        for changes in watch(
            *folders,
            watch_filter=lambda _, path: _counts(path),
            stop_event=stop,
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            queue.put(frozenset(text_paths.normal(path) for _, path in changes))
    except Exception as error:
        queue.put(error)


def _counts(path: str) -> bool:
    return NEVER_ENTERED.isdisjoint(Path(path).parts)
