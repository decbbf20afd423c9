"""`thoughtsmith scan`: which techniques stand where."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import lang_option, load, locale_language, unknown
from thoughtsmith.cli.terminal import tell
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console
    from rich.text import Text

    from thoughtsmith.cli.report import FileReport
    from thoughtsmith.config.settings import Settings
    from thoughtsmith.host.walk import Found, Skipped
    from thoughtsmith.project.content import Content
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.detection import Detection
    from thoughtsmith.techniques.model import Language

GARBAGE_THRESHOLD = 200_000
"""New objects after which cycles among them are looked for; Python's own limit is 700."""
EXCERPT = 72
"""Characters of a file that are shown for each technique."""


@dataclass(slots=True)
class _Run:
    """What a run has come across."""

    files: int = 0
    found: int = 0
    """Files with something in them."""
    asked: int = 0
    named: int = 0
    ruled_out: int = 0
    skipped: int = 0

    def count(self, file: FileReport) -> None:
        self.files += 1
        self.found += bool(file.detections)
        for found in file.detections:
            if found.form == "mention":
                self.named += 1
            elif found.negated:
                self.ruled_out += 1
            else:
                self.asked += 1


@click.command(short_help="Show which techniques stand where.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True))
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="How to print it; jsonl is one file a line, as they are read.",
)
@click.option("--technique", "only", metavar="ID", multiple=True, help="Only this technique; repeatable.")
@click.option(
    "--mentions/--no-mentions",
    default=True,
    show_default=True,
    help="Whether to show techniques that are only named, taught or quoted.",
)
@lang_option("Language of names and sentences; that of your environment by default.")
def scan(
    paths: tuple[str, ...], output_format: str, only: tuple[str, ...], mentions: bool, lang: Language | None
) -> None:
    """Show which techniques the prompts in PATHS ask for, where, and what they lack.

    A file is read whatever it is called, of a folder every text that .gitignore does not rule out. Without PATHS the
    prompt files of the current folder are read: those that are prompts by name or place. - is standard input.
    """
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.cli.report import as_json
    from thoughtsmith.host.walk import Found, find
    from thoughtsmith.project.content import Content

    # Trees and passages are very many small objects and hold no cycles: looking for some costs a fifth of the time.
    gc.set_threshold(GARBAGE_THRESHOLD)
    language = lang or locale_language()
    configuration = Configuration({}, language)
    catalogue = load(*paths)
    for id in only:
        if id.lower() not in catalogue.techniques:
            raise unknown(id, catalogue.techniques, language)
    wanted = {id.lower() for id in only} or set(catalogue.techniques)
    run = _Run()
    out, bar = _consoles(output_format)
    found = list(find(paths, configuration.is_not_excluded if paths else configuration.is_wanted))
    settings = {item.path: configuration.of(item.path).settings for item in found if isinstance(item, Found)}
    configuration.refuse_mistakes()
    if not found and not paths:
        click.echo(f"thoughtsmith: {messages(language).no_prompts_here}", err=True)
    reports = _reports(found, settings, Content(catalogue), run, bar, language)
    chosen = (_without(file, wanted, mentions=mentions) for file in reports)
    if output_format == "json":
        data = {"version": 1, "files": [as_json(file) for file in chosen]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif output_format == "jsonl":
        for file in chosen:
            click.echo(json.dumps(as_json(file), ensure_ascii=False))
    elif out is not None:
        for file in chosen:
            run.count(file)
            if file.detections:
                _show(out, file, catalogue, language)
        _show_summary(out, run, language)


def _consoles(output_format: str) -> tuple[Console | None, Console | None]:
    """Where text goes and where a progress bar may go: the same if both are on the terminal."""
    if output_format != "text" and not sys.stderr.isatty():
        return None, None
    from rich.console import Console

    from thoughtsmith.cli.terminal import console

    out = console() if output_format == "text" else None
    if not sys.stderr.isatty():
        return out, None
    if out is not None and out.is_terminal:
        return out, out
    # Lines of JSON that run over the terminal are progress enough, and a bar would be torn by them.
    return out, None if output_format == "jsonl" and sys.stdout.isatty() else Console(stderr=True, highlight=False)


def _reports(
    found: Sequence[Found | Skipped],
    settings: Mapping[str, Settings],
    content: Content,
    run: _Run,
    bar: Console | None,
    language: Language,
) -> Iterator[FileReport]:
    """What there is in each file, and a warning for each that cannot be read."""
    from thoughtsmith.cli.report import report
    from thoughtsmith.cli.terminal import with_progress
    from thoughtsmith.host.walk import Skipped, read

    for problem in content.detector.problems:
        click.echo(f"thoughtsmith: {problem}", err=True)
    for item in with_progress(found, len(found), messages(language).scanning, bar):
        text = item if isinstance(item, Skipped) else read(item)
        if isinstance(text, Skipped):
            run.skipped += 1
            _warn(text, language, bar)
        elif text is not None:
            # A name that is not UTF-8 must not end the run when it is printed.
            snapshot = text.snapshot(content, locale=language, settings=settings[item.path])
            yield report(snapshot, click.format_filename(item.path))


def _warn(skipped: Skipped, language: Language, bar: Console | None) -> None:
    text = (
        messages(language)
        .skipped[skipped.reason]
        .format(path=click.format_filename(skipped.path), detail=skipped.detail)
    )
    tell(text, bar)


def _without(file: FileReport, wanted: set[str], *, mentions: bool) -> FileReport:
    """The file with those detections that were asked for."""
    kept = (found for found in file.detections if found.id in wanted and (mentions or found.form != "mention"))
    return file._replace(detections=tuple(kept))


def _show(out: Console, file: FileReport, catalogue: Catalogue, language: Language) -> None:
    from rich.text import Text

    from thoughtsmith.cli.report import place_of
    from thoughtsmith.cli.terminal import one_line

    out.print(Text(one_line(file.path), style="bold underline"), soft_wrap=True)
    places = [place_of(file.lines, found.span.start) for found in file.detections]
    columns = [f"{place.line}:{place.column}" for place in places]
    names = [_name(found, catalogue, language) for found in file.detections]
    for found, column, name in zip(file.detections, columns, names, strict=True):
        line = Text("  ")
        line.append(column.ljust(max(map(len, columns))))
        line.append("  ").append(name.ljust(max(map(len, names))), style="bold")
        line.append(f"  {found.confidence:.2f}  ")
        line.append_text(_excerpt(file, found))
        for note in _notes(found, catalogue, language):
            line.append(f"  [{note}]")
        if found.form == "mention" or found.negated:
            line.stylize("dim")
        out.print(line, soft_wrap=True)
    out.print()


def _name(found: Detection, catalogue: Catalogue, language: Language) -> str:
    name = catalogue.techniques[found.id].name.of(language)
    params = ", ".join(f"{key} = {value}" for key, value in found.params)
    return f"{name} ({params})" if params else name


def _excerpt(file: FileReport, found: Detection) -> Text:
    from rich.text import Text

    from thoughtsmith.cli.report import excerpt

    piece = excerpt(file, found, EXCERPT)
    text = Text(piece.text)
    for start, end in piece.marked:
        text.stylize("bold yellow", start, end)
    return text


def _notes(found: Detection, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """What is to be said of a technique besides where it stands."""
    say = messages(language)
    if found.form == "mention":
        yield say.only_named
    if found.negated:
        yield say.ruled_out
    elif found.missing and found.form != "mention":
        parts = {part.id: part.text.of(language) for part in catalogue.techniques[found.id].parts}
        yield say.lacks.format(parts="; ".join(parts[part] for part in found.missing))


def _show_summary(out: Console, run: _Run, language: Language) -> None:
    say = messages(language)
    text = say.summary.format(
        files=run.files, found=run.found, asked=run.asked, named=run.named, ruled_out=run.ruled_out
    )
    if run.skipped:
        text += " " + say.skipped_files.format(count=run.skipped)
    out.print(text, markup=False, soft_wrap=True)
