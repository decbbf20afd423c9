"""`thoughtsmith check`: what is wrong with prompt files, and mending it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

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
    from thoughtsmith.cli.checking import Mend, Outcome
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
    watch: bool,
    no_cache: bool,
    cache_dir: str | None,
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
    if watch:
        _refuse_watching(
            {
                "-": "-" in paths,
                "--stdin-filename": stdin_filename is not None,
                "--diff": diff,
                "--output-file": output_file is not None,
                "--statistics": statistics,
                "--write-baseline": write_baseline,
                f"--output-format {output_format}": output_format not in ("text", "concise"),
                "--jobs": jobs > 1,
            }
        )
    _refuse_nonsense(paths, fix=fix, unsafe_fixes=unsafe_fixes, diff=diff, stdin_filename=stdin_filename)
    for word in selection.unknown((*select, *ignore)):
        raise unknown(word, selection.known_words(), language)
    gc.set_threshold(GARBAGE_THRESHOLD)
    run = Run(language, error_bar())
    values = {"select": select, "ignore": ignore, **({"locale": lang} if lang else {})}
    configuration = Configuration(values, language, baseline=baseline)
    mend: Mend = "unsafe" if unsafe_fixes else "safe" if fix or diff else ""
    worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if watch:
        from thoughtsmith.cli.check_watch import Watch

        def is_excluded(path: str) -> bool:
            return force_exclude and not configuration.is_not_excluded(path)

        run = Watch(paths, configuration, language, mend, output_format).run(is_excluded)
        sys.exit(int(_fails(run, worst) and not exit_zero))
    tasks = [
        task
        for task in tasks_of(paths, stdin_filename, configuration, run, accept=not write_baseline)
        if not force_exclude or configuration.is_not_excluded(task.found.path)
    ]
    configuration.refuse_mistakes()
    if not tasks and not paths and not run.trouble:
        run.tell(say.no_prompts_here)
    folders = folders_of(*paths)
    known = None if no_cache else _known(cache_dir, folders, language, mend)
    results = outcomes(tasks, lambda: Content(load(*paths)), folders, language, mend, jobs, known)
    stdin = stdin_filename is not None or "-" in paths
    done: list[Outcome] = []
    for result in with_progress(results, len(tasks), say.checking, run.bar):
        if isinstance(result, Outcome):
            done.append(result)
            use(result, run, fix=fix, diff=diff, stdin=stdin_filename is not None or result.found.path == "-")
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
    if run.trouble:
        sys.exit(2)
    if ((_fails(run, worst) and not write_baseline) or (diff and run.fixed)) and not exit_zero:
        sys.exit(1)


def _known(cache_dir: str | None, folders: Sequence[Path], language: Language, mend: Mend) -> KnownResults | None:
    """The results of earlier runs; `None` if there is nowhere to keep them."""
    from thoughtsmith.cli.check_cache import KnownResults
    from thoughtsmith.host.environment import user_cache
    from thoughtsmith.host.result_cache import ResultCache, program_stamp

    folder = cache_dir or user_cache()
    if not folder:
        return None
    return KnownResults(ResultCache(folder), program_stamp(folders), language, mend)


def _fails(run: Run, severities: tuple[str, ...]) -> bool:
    """Whether something of these severities was found."""
    return any(found.severity.value in severities for file in run.files for found in file.findings)


def _refuse_watching(beside: dict[str, bool]) -> None:
    """Refuse what makes no sense beside `--watch`, which prints on and on; `beside` says what is there."""
    for option, given in beside.items():
        if given:
            raise click.UsageError(f"--watch does not go with {option}")


def _refuse_nonsense(
    paths: tuple[str, ...], *, fix: bool, unsafe_fixes: bool, diff: bool, stdin_filename: str | None
) -> None:
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")
    if fix and diff:
        raise click.UsageError("--diff writes nothing; leave out --fix")
    if stdin_filename is not None and paths not in ((), ("-",)):
        raise click.UsageError("--stdin-filename is for a prompt on standard input: write - instead of PATHS")


def _let_pass(configuration: Configuration, done: list[Outcome], run: Run) -> None:
    """Write the baselines."""
    if not all(configuration.of(one.found.path).baseline for one in done):
        raise click.UsageError("--write-baseline needs --baseline FILE, or baseline in a config file")
    try:
        configuration.write_baselines(done, run.tell)
    except OSError as error:
        reason = error.strerror or str(error)
        run.warn(messages(run.language).not_written.format(path=error.filename or "", reason=reason))


def _report(run: Run, output_format: str, output_file: str | None, *, statistics: bool, err: bool) -> None:
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


def _statistics(files: tuple[FileFindings, ...]) -> str:
    """How often each rule found something, the most frequent first."""
    counts = Counter((found.rule, found.name) for file in files for found in file.findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:6}  {rule}  {name}\n" for (rule, name), count in rows)
