"""`thoughtsmith check`: what is wrong with prompt files, and mending it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import folders_of, lang_option, load, locale_language, unknown
from thoughtsmith.cli.renderers import FORMATS
from thoughtsmith.cli.terminal import error_bar, tell
from thoughtsmith.config.options import SEVERITIES
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from thoughtsmith.cli.checking import Mend, Outcome, Task
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.cli.renderers.report import FileFindings
    from thoughtsmith.config.settings import Settings
    from thoughtsmith.host.walk import Skipped
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.text.lines import Lines


@dataclass(slots=True)
class _Run:
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


@click.command(short_help="Find what is wrong with prompt files, and fix it.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True))
@click.option("--fix", is_flag=True, help="Fix what can be fixed without changing what the prompt means.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff, also fix what may change it.")
@click.option("--diff", is_flag=True, help="Show what --fix would change instead of findings; write nothing.")
@click.option("--select", metavar="RULE", multiple=True, help="Also this rule or group, or all; repeatable.")
@click.option("--ignore", metavar="RULE", multiple=True, help="Not this rule or group; repeatable.")
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print findings."
)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write them there.")
@click.option(
    "--stdin-filename", metavar="FILE", help="What the prompt on standard input is called; FILE decides its format."
)
@click.option("--force-exclude", is_flag=True, help="Leave out what a config file excludes even if it is in PATHS.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Let the findings in FILE pass; only new ones count.",
)
@click.option("--write-baseline", is_flag=True, help="Let all findings of this run pass from now on.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help="Exit with 1 if there is a finding of this severity or a worse one.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that check files.")
@lang_option("Language of messages; that of your environment by default.")
def check(
    paths: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    stdin_filename: str | None,
    force_exclude: bool,
    statistics: bool,
    baseline: str | None,
    write_baseline: bool,
    fail_on: str,
    exit_zero: bool,
    jobs: int,
    lang: Language | None,
) -> None:
    """Check the prompts in PATHS: files whatever they are called, of folders those that are prompts by name or place.

    Without PATHS the current folder is checked. - is standard input. Settings come from the nearest thoughtsmith.toml,
    .thoughtsmith.toml or [tool.thoughtsmith] in pyproject.toml. Exits with 1 if something is found, with 2 if something
    is wrong with the call, the settings or a file.
    """
    import gc

    from thoughtsmith.cli.checking import GARBAGE_THRESHOLD, Outcome, outcomes
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.cli.terminal import with_progress
    from thoughtsmith.project.content import Content
    from thoughtsmith.rules import selection

    language = lang or locale_language()
    say = messages(language)
    _refuse_nonsense(paths, fix=fix, unsafe_fixes=unsafe_fixes, diff=diff, stdin_filename=stdin_filename)
    for word in selection.unknown((*select, *ignore)):
        raise unknown(word, selection.known_words(), language)
    gc.set_threshold(GARBAGE_THRESHOLD)
    run = _Run(language, error_bar())
    configuration = Configuration({"select": select, "ignore": ignore}, language, baseline=baseline)
    tasks = [
        task
        for task in _tasks(paths, stdin_filename, configuration, run, accept=not write_baseline)
        if not force_exclude or configuration.is_not_excluded(task.found.path)
    ]
    configuration.refuse_mistakes()
    if not tasks and not paths and not run.trouble:
        run.tell(say.no_prompts_here)
    mend: Mend = "unsafe" if unsafe_fixes else "safe" if fix or diff else ""
    catalogue = load(*paths)
    results = outcomes(tasks, lambda: Content(catalogue), folders_of(*paths), language, mend, jobs)
    stdin = stdin_filename is not None or "-" in paths
    done: list[Outcome] = []
    for result in with_progress(results, len(tasks), say.checking, run.bar):
        if isinstance(result, Outcome):
            done.append(result)
            _use(result, run, fix=fix, diff=diff, stdin=stdin_filename is not None or result.found.path == "-")
        elif result is not None:
            run.skip(result)
    if write_baseline:
        _let_pass(configuration, done, run)
    else:
        for text in configuration.stale(done):
            run.tell(text)
        if not diff:
            # On standard output is the prompt that was mended, if it came from standard input.
            _report(run, output_format, output_file, statistics=statistics, err=fix and stdin)
    worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    failed = any(found.severity.value in worst for file in run.files for found in file.findings) and not write_baseline
    if run.trouble:
        sys.exit(2)
    if (failed or (diff and run.fixed)) and not exit_zero:
        sys.exit(1)


def _refuse_nonsense(
    paths: tuple[str, ...], *, fix: bool, unsafe_fixes: bool, diff: bool, stdin_filename: str | None
) -> None:
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")
    if fix and diff:
        raise click.UsageError("--diff writes nothing; leave out --fix")
    if stdin_filename is not None and paths not in ((), ("-",)):
        raise click.UsageError("--stdin-filename is for a prompt on standard input: write - instead of PATHS")


def _tasks(
    paths: tuple[str, ...], stdin_filename: str | None, configuration: Configuration, run: _Run, *, accept: bool
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


def _use(result: Outcome, run: _Run, *, fix: bool, diff: bool, stdin: bool) -> None:
    """Show or write what has become of a file, and keep what is to be reported of it."""
    from thoughtsmith.cli.renderers.report import FileFindings

    path = click.format_filename(result.found.path)
    say = messages(run.language)
    for what, why in result.failures:
        run.warn(say.failed.format(what=what, error=why))
    mended = result.prompt.with_text(result.lines.text)
    if diff:
        click.echo(_diff(path, result.prompt.lines, result.lines), nl=False)
    elif fix and stdin:
        click.echo(mended.text, nl=False)
    elif result.lines is not result.prompt.lines:
        try:
            result.prompt.write(result.lines.text)
        except OSError as error:
            run.warn(say.not_written.format(path=path, reason=error.strerror or error))
            return
    run.checked += 1
    run.fixed += result.fixed
    if result.findings:
        run.files.append(FileFindings(path, result.lines, result.findings))


def _let_pass(configuration: Configuration, done: list[Outcome], run: _Run) -> None:
    """Write the baselines."""
    if not all(configuration.of(one.found.path).baseline for one in done):
        raise click.UsageError("--write-baseline needs --baseline FILE, or baseline in a config file")
    try:
        configuration.write_baselines(done, run.tell)
    except OSError as error:
        reason = error.strerror or str(error)
        run.warn(messages(run.language).not_written.format(path=error.filename or "", reason=reason))


def _report(run: _Run, output_format: str, output_file: str | None, *, statistics: bool, err: bool) -> None:
    from thoughtsmith.cli.renderers import render
    from thoughtsmith.cli.renderers.report import Report
    from thoughtsmith.host.writing import write_bytes

    report = Report(tuple(run.files), run.checked, run.fixed, run.language)
    text = _statistics(report.files) if statistics else render(report, output_format)
    if output_file is None:
        click.echo(text, nl=False, err=err, color=False if "NO_COLOR" in os.environ else None)
        return
    try:
        write_bytes(output_file, click.unstyle(text).encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = error.strerror or str(error)
        run.warn(messages(run.language).not_written.format(path=output_file, reason=reason))


def _diff(path: str, before: Lines, after: Lines) -> str:
    return "".join(
        line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(before.lines, after.lines, path, path)
    )


def _statistics(files: tuple[FileFindings, ...]) -> str:
    """How often each rule found something, the most frequent first."""
    counts = Counter((found.rule, found.name) for file in files for found in file.findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:6}  {rule}  {name}\n" for (rule, name), count in rows)
