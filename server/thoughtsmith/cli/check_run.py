"""A run of `check`: the files that it is about, and what it has come across."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.terminal import tell
from thoughtsmith.config.settings import language_of
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from thoughtsmith.cli.checking import Outcome, Task
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.cli.renderers.report import FileFindings
    from thoughtsmith.config.settings import Settings
    from thoughtsmith.host.walk import Skipped
    from thoughtsmith.rules.finding import Finding
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.text.lines import Lines


@dataclass(slots=True)
class Run:
    """What a run has come across."""

    language: Language
    bar: Console | None
    files: list[FileFindings] = field(default_factory=list)
    """Those with findings."""
    checked: int = 0
    fixed: int = 0
    trouble: bool = False
    """Whether something could not be read, checked or written."""

    def tell(self, text: str) -> None:
        tell(text, self.bar)

    def warn(self, text: str) -> None:
        self.trouble = True
        self.tell(text)

    def skip(self, skipped: Skipped) -> None:
        path = click.format_filename(skipped.path)
        self.warn(messages(self.language).skipped[skipped.reason].format(path=path, detail=skipped.detail))


def tasks_of(
    paths: tuple[str, ...], stdin_filename: str | None, configuration: Configuration, run: Run, *, accept: bool
) -> Iterator[Task]:
    """The files to check, each with its settings; whether findings of its baseline pass says `accept`."""
    from thoughtsmith.cli.checking import Task
    from thoughtsmith.host.prompt_file import PromptFile
    from thoughtsmith.host.walk import Found, Skipped, find, read

    for found in (Found("-", named=True),) if stdin_filename is not None else find(paths, configuration.is_wanted):
        if isinstance(found, Skipped):
            run.skip(found)
            continue
        name = stdin_filename or found.path
        settings = configuration.of(name).settings
        prompt = None
        if found.path == "-":
            # Other processes have no standard input.
            text = read(found)
            if not isinstance(text, PromptFile):
                run.skip(text or Skipped("-", "binary"))
                continue
            prompt = text if stdin_filename is None else PromptFile(stdin_filename, text.text)
        yield Task(Found(name, named=True) if prompt else found, settings if accept else _strict(settings), prompt)


def _strict(settings: Settings) -> Settings:
    """The settings without what a baseline lets pass."""
    return replace(settings, accepted=())


def use(result: Outcome, run: Run, *, fix: bool, diff: bool, stdin: bool) -> None:
    """Show or write what has become of a file, and keep what is to be reported of it."""
    path = click.format_filename(result.found.path)
    say = messages(run.language)
    for what, why in result.failures:
        run.warn(say.failed.format(what=what, error=why))
    if diff:
        click.echo(_diff(path, result.prompt.lines, result.lines), nl=False)
    elif fix and stdin:
        click.echo(result.prompt.with_text(result.lines.text).text, nl=False)
    elif result.lines is not result.prompt.lines:
        try:
            result.prompt.write(result.lines.text)
        except OSError as error:
            run.warn(say.not_written.format(path=path, reason=error.strerror or error))
            return
    run.checked += 1
    run.fixed += result.fixed
    if result.findings:
        run.files.append(reported(result, run.language))


def reported(result: Outcome, language: Language) -> FileFindings:
    """What is printed of a file; `language` is that of messages where its settings name none."""
    from thoughtsmith.cli.renderers.report import FileFindings

    path, settings = click.format_filename(result.found.path), result.settings
    language = language_of(settings, language)
    return FileFindings(path, result.lines, result.findings, settings.docs, language, tuple(_others(result.findings)))


def _others(findings: Iterable[Finding]) -> Iterator[tuple[str, Lines]]:
    """The other files that findings speak of, as far as they can be read."""
    from thoughtsmith.host.disk import Disk
    from thoughtsmith.text.lines import Lines

    for path in sorted({related.path for found in findings for related in found.related if related.path}):
        text = Disk().read(path)
        if text is not None:
            yield path, Lines.of(text)


def _diff(path: str, before: Lines, after: Lines) -> str:
    return "".join(
        line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(before.lines, after.lines, path, path)
    )
