"""`thoughtsmith check`: what is wrong with prompt files, and mending it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from thoughtsmith.cli.check_run import Run, tasks_of, use
from thoughtsmith.cli.options import folders_of, lang_option, load, locale_language, unknown
from thoughtsmith.cli.renderers import FORMATS
from thoughtsmith.cli.terminal import error_bar
from thoughtsmith.config.options import SEVERITIES
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from thoughtsmith.cli.check_cache import KnownResults
    from thoughtsmith.cli.checking import Mend, Outcome, Task
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.cli.renderers.report import FileFindings
    from thoughtsmith.techniques.model import Language


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
@click.option("--watch", is_flag=True, help="Go on and check again what changes, until Ctrl-C.")
@click.option("--no-cache", is_flag=True, help="Check every file, whatever is known from earlier runs.")
@click.option(
    "--cache-dir",
    metavar="FOLDER",
    envvar="THOUGHTSMITH_CACHE_DIR",
    type=click.Path(file_okay=False),
    help="Where results are kept between runs; a folder of the system by default.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="At most so many processes check files; 0 is one for each processor. A few hundred files need one only.",
)
@lang_option("Language of messages; that of your environment by default.")
def check(**given: Any) -> None:
    """Check the prompts in PATHS: files whatever they are called, of folders those that are prompts by name or place.

    Without PATHS the current folder is checked. - is standard input. Settings come from the nearest thoughtsmith.toml,
    .thoughtsmith.toml or [tool.thoughtsmith] in pyproject.toml. Exits with 1 if something is found, with 2 if something
    is wrong with the call, the settings or a file.
    """
    import gc

    from thoughtsmith.cli.checking import GARBAGE_THRESHOLD
    from thoughtsmith.cli.configuration import Configuration

    call = _Call(**given)
    _refuse_nonsense(call)
    gc.set_threshold(GARBAGE_THRESHOLD)
    values = {"select": call.select, "ignore": call.ignore, **({"locale": call.lang} if call.lang else {})}
    configuration = Configuration(values, call.language, baseline=call.baseline)
    run = _watched(call, configuration) if call.watch else _run(call, configuration)
    sys.exit(_exit_code(call, run))


@dataclass(frozen=True)
class _Call:
    """What the command line says; the options by their names."""

    paths: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    output_format: str
    output_file: str | None
    stdin_filename: str | None
    force_exclude: bool
    statistics: bool
    baseline: str | None
    write_baseline: bool
    fail_on: str
    exit_zero: bool
    watch: bool
    no_cache: bool
    cache_dir: str | None
    jobs: int
    lang: Language | None

    @property
    def language(self) -> Language:
        return self.lang or locale_language()

    @property
    def mend(self) -> Mend:
        return "unsafe" if self.unsafe_fixes else "safe" if self.fix or self.diff else ""

    @property
    def from_stdin(self) -> bool:
        return self.stdin_filename is not None or "-" in self.paths


def _refuse_nonsense(call: _Call) -> None:
    """Raises a usage error for options that do not go together, and for rules that there are not."""
    from thoughtsmith.rules import selection

    if call.watch:
        _refuse_watching(call)
    if call.unsafe_fixes and not (call.fix or call.diff):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")
    if call.fix and call.diff:
        raise click.UsageError("--diff writes nothing; leave out --fix")
    if call.stdin_filename is not None and call.paths not in ((), ("-",)):
        raise click.UsageError("--stdin-filename is for a prompt on standard input: write - instead of PATHS")
    for word in selection.unknown((*call.select, *call.ignore)):
        raise unknown(word, selection.known_words(), call.language)


def _refuse_watching(call: _Call) -> None:
    """Refuse what makes no sense beside `--watch`, which prints on and on."""
    beside = {
        "-": "-" in call.paths,
        "--stdin-filename": call.stdin_filename is not None,
        "--diff": call.diff,
        "--output-file": call.output_file is not None,
        "--statistics": call.statistics,
        "--write-baseline": call.write_baseline,
        f"--output-format {call.output_format}": call.output_format not in ("text", "concise"),
        "--jobs": call.jobs > 1,
    }
    for option, given in beside.items():
        if given:
            raise click.UsageError(f"--watch does not go with {option}")


def _watched(call: _Call, configuration: Configuration) -> Run:
    """The last state of everything that was checked until Ctrl-C."""
    from thoughtsmith.cli.check_watch import Watch

    def is_excluded(path: str) -> bool:
        return call.force_exclude and not configuration.is_not_excluded(path)

    return Watch(call.paths, configuration, call.language, call.mend, call.output_format).run(is_excluded)


def _run(call: _Call, configuration: Configuration) -> Run:
    """Check everything once, mend what is to be mended, and report the rest."""
    run = Run(call.language, error_bar())
    tasks = [
        task
        for task in tasks_of(call.paths, call.stdin_filename, configuration, run, accept=not call.write_baseline)
        if not call.force_exclude or configuration.is_not_excluded(task.found.path)
    ]
    configuration.refuse_mistakes()
    if not tasks and not call.paths and not run.trouble:
        run.tell(messages(call.language).no_prompts_here)
    done = _done(call, tasks, run)
    if call.write_baseline:
        _let_pass(configuration, done, run)
        return run
    for text in configuration.stale(done):
        run.tell(text)
    if not call.diff:
        _report(call, run)
    return run


def _done(call: _Call, tasks: Sequence[Task], run: Run) -> list[Outcome]:
    """What has become of the files that could be checked."""
    from thoughtsmith.cli.check_processes import outcomes
    from thoughtsmith.cli.checking import Outcome
    from thoughtsmith.cli.terminal import with_progress
    from thoughtsmith.project.content import Content

    folders = folders_of(*call.paths)
    known = None if call.no_cache else _known(call.cache_dir, folders, call.language, call.mend)
    results = outcomes(tasks, lambda: Content(load(*call.paths)), folders, call.language, call.mend, call.jobs, known)
    done: list[Outcome] = []
    for result in with_progress(results, len(tasks), messages(call.language).checking, run.bar):
        if isinstance(result, Outcome):
            done.append(result)
            stdin = call.stdin_filename is not None or result.found.path == "-"
            use(result, run, fix=call.fix, diff=call.diff, stdin=stdin)
        elif result is not None:
            run.skip(result)
    return done


def _exit_code(call: _Call, run: Run) -> int:
    """2 for what went wrong, 1 for what was found or would be changed."""
    if run.trouble and not call.watch:
        return 2
    worst = SEVERITIES[: SEVERITIES.index(call.fail_on) + 1]
    found = any(finding.severity.value in worst for file in run.files for finding in file.findings)
    failed = (found and not call.write_baseline) or (call.diff and run.fixed > 0)
    return int(failed and not call.exit_zero)


def _known(cache_dir: str | None, folders: Sequence[Path], language: Language, mend: Mend) -> KnownResults | None:
    """The results of earlier runs; `None` if there is nowhere to keep them."""
    from thoughtsmith.cli.check_cache import KnownResults
    from thoughtsmith.host.environment import user_cache
    from thoughtsmith.host.result_cache import ResultCache, program_stamp

    folder = cache_dir or user_cache()
    if not folder:
        return None
    return KnownResults(ResultCache(folder), program_stamp(folders), language, mend)


def _let_pass(configuration: Configuration, done: list[Outcome], run: Run) -> None:
    """Write the baselines."""
    if not all(configuration.of(one.found.path).baseline for one in done):
        raise click.UsageError("--write-baseline needs --baseline FILE, or baseline in a config file")
    try:
        configuration.write_baselines(done, run.tell)
    except OSError as error:
        reason = error.strerror or str(error)
        run.warn(messages(run.language).not_written.format(path=error.filename or "", reason=reason))


def _report(call: _Call, run: Run) -> None:
    from thoughtsmith.cli.renderers import render
    from thoughtsmith.cli.renderers.report import Report
    from thoughtsmith.host.writing import write_bytes

    report = Report(tuple(run.files), run.checked, run.fixed, run.language)
    text = _statistics(report.files) if call.statistics else render(report, call.output_format)
    if call.output_file is None:
        # On standard output is the prompt that was mended, if it came from standard input.
        click.echo(text, nl=False, err=call.fix and call.from_stdin, color=False if "NO_COLOR" in os.environ else None)
        return
    try:
        write_bytes(call.output_file, click.unstyle(text).encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = error.strerror or str(error)
        run.warn(messages(run.language).not_written.format(path=call.output_file, reason=reason))


def _statistics(files: tuple[FileFindings, ...]) -> str:
    """How often each rule found something, the most frequent first."""
    counts = Counter((found.rule, found.name) for file in files for found in file.findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:6}  {rule}  {name}\n" for (rule, name), count in rows)
