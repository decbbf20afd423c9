"""`thoughtsmith insert`: a technique rendered for a place in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import (
    entry_of,
    lang_option,
    load,
    locale_language,
    pairs,
    param_option,
    style_option,
)

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Language


@click.command(short_help="Render a technique for a place in a file.")
@click.argument("spec", metavar="ID[:N]")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--line", type=click.IntRange(min=1), help="Line of FILE to insert after; its last by default.")
@click.option("--in-place", is_flag=True, help="Write the block into FILE instead of printing it.")
@lang_option("Language of the block; that of FILE by default.")
@style_option
@param_option
def insert(
    spec: str,
    file: str | None,
    line: int | None,
    in_place: bool,
    lang: Language | None,
    style: str,
    params: tuple[str, ...],
) -> None:
    """Render the technique or recipe ID for FILE: in its language, as a list item, section or tag as fits the place.

    N sets its main parameter, `bon:5`. What is left to fill in stands in [brackets].
    """
    from thoughtsmith.cli.configuration import Configuration
    from thoughtsmith.formats.writing import to_plain
    from thoughtsmith.host.prompt_file import PromptFile, ReadError
    from thoughtsmith.ide.insert_technique import NoPlaceError, insertion
    from thoughtsmith.project.content import Content
    from thoughtsmith.techniques.params import ParamError
    from thoughtsmith.techniques.template import TemplateError
    from thoughtsmith.text.edits import Edit, apply_edits

    if in_place and file in (None, "-"):
        raise click.UsageError("--in-place needs a FILE to write to")
    if line is not None and file is None:
        raise click.UsageError("--line needs a FILE")
    catalogue = load(file)
    entry, given = entry_of(catalogue, spec)
    given |= pairs(params)
    try:
        prompt = PromptFile.read(file)
    except ReadError as error:
        raise click.UsageError(str(error)) from error
    if line is not None and line > prompt.lines.count:
        raise click.UsageError(f"--line {line}: {file} has {prompt.lines.count} lines")
    values = {name: value for name, value in (("language", lang), ("style", style)) if value not in (None, "auto")}
    configuration = Configuration(values, locale_language())
    settings = configuration.of(file or "-").settings
    configuration.refuse_mistakes()
    snapshot = prompt.snapshot(Content(catalogue), settings=settings, locale=locale_language())
    # Before the line ends that the file closes with, which then close the block.
    offset = prompt.lines.end_of(line - 1) if line is not None else len(prompt.lines.text.rstrip())
    try:
        edits = insertion(snapshot, entry, offset, given=given)
    except (NoPlaceError, ParamError, TemplateError) as error:
        raise click.UsageError(str(error)) from error
    if in_place:
        try:
            prompt.write(apply_edits(prompt.lines.text, [Edit(edit.span, to_plain(edit.written)) for edit in edits]))
        except OSError as error:
            raise click.UsageError(f"{file}: {error.strerror}") from error
    else:
        click.echo(to_plain(edits[0].written).strip("\r\n"))
