"""The settings of files as commands see them: config files with the command line on top, and their baselines."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thoughtsmith.config.settings import Settings
from thoughtsmith.host.baseline_file import BaselineError, name_in_baseline, read_baseline, write_baseline
from thoughtsmith.host.config_files import ConfigFiles
from thoughtsmith.host.environment import user_config
from thoughtsmith.host.walk import is_prompt
from thoughtsmith.messages import messages
from thoughtsmith.rules.baseline import accepted_of
from thoughtsmith.rules.selection import layered
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from thoughtsmith.cli.checking import Outcome
    from thoughtsmith.config.settings import Accepted, FileSettings
    from thoughtsmith.techniques.model import Language


class MistakeError(click.ClickException):
    """Something is wrong in a file that settings come from; the call itself is right."""

    exit_code = 2


class Configuration:
    def __init__(self, values: Mapping[str, Any], language: Language, *, baseline: str | None = None) -> None:
        """`values` are the options that the command line sets; `baseline` is the one that it names."""
        self._values = values
        self._language = language
        self._baseline = "" if baseline is None else _absolute(baseline)
        self._files = ConfigFiles(user_config(), (_absolute("."),))
        self._base = self._files.user_settings(Settings())
        self._known: dict[str, FileSettings] = {}
        """What holds for the files that were asked about."""

    def of(self, path: str) -> FileSettings:
        """What holds for a file."""
        if path not in self._known:
            self._known[path] = self._of(_absolute(path))
        return self._known[path]

    def _of(self, path: str) -> FileSettings:
        found = self._files.of(path, self._base)
        settings = layered(found.settings, self._values)
        if not self._baseline:
            return found._replace(settings=settings)
        accepted = self._read(self._baseline).get(name_in_baseline(path, self._baseline), ())
        return found._replace(settings=replace(settings, accepted=accepted), baseline=self._baseline)

    def is_wanted(self, path: str) -> bool:
        """Whether a file that nobody named is a prompt, by name or place or by a config file, and not excluded."""
        found = self._files.of(_absolute(path), self._base)
        return not found.excluded and (found.included or is_prompt(path))

    def is_not_excluded(self, path: str) -> bool:
        return not self._files.of(_absolute(path), self._base).excluded

    def refresh(self) -> bool:
        """Look whether config files or baselines have changed; whether they have. One with mistakes stays as it was."""
        changed = self._files.refresh()
        self._known.clear()
        self._base = self._files.user_settings(Settings())
        return changed

    def refuse_mistakes(self) -> None:
        """Raises `MistakeError` if something is wrong in the config files that were read."""
        if self.mistakes:
            raise MistakeError("\n".join(self.mistakes))

    @property
    def mistakes(self) -> list[str]:
        """What is wrong in the config files that were read, a line for each."""
        problems = [problem._replace(path=shown(problem.path)) for problem in self._files.problems]
        return [problem.line_of_text(self._language) for problem in problems]

    def write_baselines(self, outcomes: Iterable[Outcome], say: Callable[[str], None]) -> None:
        """Let the findings of these files pass from now on. Files that were not checked keep what they have."""
        found: dict[str, dict[str, tuple[Accepted, ...]]] = {}
        for one in outcomes:
            path, baseline = _absolute(one.found.path), self.of(one.found.path).baseline
            found.setdefault(baseline, {})[name_in_baseline(path, baseline)] = accepted_of(one.findings, one.lines)
        for baseline, files in found.items():
            folder = Path(paths.parent(baseline))
            kept = {name: was for name, was in self._read(baseline).items() if (folder / name).exists()}
            merged = {**kept, **files}
            write_baseline(baseline, merged)
            count = sum(one.times for accepted in merged.values() for one in accepted)
            say(messages(self._language).baseline_written.format(path=shown(baseline), count=count))

    def stale(self, outcomes: Iterable[Outcome]) -> Iterable[str]:
        """What is to be said of baselines that let findings pass which are there no longer."""
        counts: dict[str, int] = {}
        for one in outcomes:
            baseline = self.of(one.found.path).baseline
            if baseline:
                counts.setdefault(baseline, self._of_files_that_are_gone(baseline))
                counts[baseline] += sum(accepted.times for accepted in one.stale)
        for baseline, count in counts.items():
            if count:
                yield messages(self._language).baseline_stale.format(path=shown(baseline), count=count)

    def _of_files_that_are_gone(self, baseline: str) -> int:
        folder = Path(paths.parent(baseline))
        return sum(
            one.times
            for name, accepted in self._read(baseline).items()
            if not (folder / name).exists()
            for one in accepted
        )

    def _read(self, baseline: str) -> Mapping[str, tuple[Accepted, ...]]:
        try:
            return read_baseline(baseline)
        except BaselineError as error:
            say = messages(self._language).baseline_bad
            raise MistakeError(say.format(path=shown(baseline))) from error


def shown(path: str) -> str:
    """A path as people know it: from the current folder, if it is below."""
    here = paths.normal(str(Path.cwd()))
    return paths.relative(path, here) if paths.is_below(path, here) and path != here else path


def _absolute(path: str) -> str:
    return paths.normal(os.path.abspath(path))  # noqa: PTH100 -- asked of every file of a run
