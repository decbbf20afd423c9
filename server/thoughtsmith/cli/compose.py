"""`thoughtsmith compose`: one prompt out of several techniques, or from a recipe."""

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
    style_of,
    style_option,
    unknown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from thoughtsmith.techniques.model import Language, Recipe, Technique


@click.command(short_help="Make one prompt out of several techniques.")
@click.argument("specs", metavar="[ID[:N]]...", nargs=-1)
@click.option("--recipe", metavar="NAME", help="Use a recipe instead of single techniques.")
@click.option(
    "--task-file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), help="A file with the task, or -."
)
@lang_option("Language of the prompt; that of the task by default.")
@style_option
@param_option
def compose(
    specs: tuple[str, ...],
    recipe: str | None,
    task_file: str | None,
    lang: Language | None,
    style: str,
    params: tuple[str, ...],
) -> None:
    """Make one prompt out of techniques, in the order in which they work: `compose cot bon:3 self-refine`.

    --param ID.KEY=VALUE sets a parameter of one technique, KEY=VALUE of all that have it.
    """
    from thoughtsmith.analysis.language import language_at
    from thoughtsmith.formats import markdown
    from thoughtsmith.host.prompt_file import PromptFile, ReadError
    from thoughtsmith.techniques.compose import compose as compose_prompt
    from thoughtsmith.techniques.params import ParamError, resolve
    from thoughtsmith.techniques.template import TemplateError

    if bool(specs) == bool(recipe):
        raise click.UsageError("name either techniques or a --recipe")
    catalogue = load()
    try:
        task = PromptFile.read(task_file).lines
    except ReadError as error:
        raise click.UsageError(str(error)) from error
    language: Language = lang or locale_language()
    if lang is None and task_file is not None:
        language = "ru" if language_at(markdown.FORMAT.parse(task), 0, language) == "ru" else "en"
    chosen: list[tuple[Technique | Recipe, dict[str, str | int]]]
    if recipe is not None:
        name, _, _ = recipe.partition(":")
        if name.lower() not in catalogue.recipes:
            raise unknown(name, catalogue.recipes, locale_language())
        chosen = [entry_of(catalogue, recipe)]
    else:
        chosen = [entry_of(catalogue, spec, recipes=False) for spec in specs]
    given = pairs(params)
    _check_names(chosen, given)
    try:
        parts = [
            (entry, resolve(entry, own | _pairs_for(entry.id, [param.name for param in entry.params], given)))
            for entry, own in chosen
        ]
    except ParamError as error:
        raise click.UsageError(str(error)) from error
    fills = {entry.id: _pairs_for(entry.id, [name for name, _ in entry.slots], given) for entry, _ in chosen}
    try:
        text = compose_prompt(parts, language, task=task.text, style=style_of(style), fills=fills)
    except TemplateError as error:
        raise click.UsageError(str(error)) from error
    click.echo(text, nl=False)


def _pairs_for(id: str, names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Those of the given pairs that are meant for the entry `id`: `KEY=VALUE`, and before those `ID.KEY=VALUE`."""
    found = {name: given.get(f"{id}.{name}", given.get(name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _check_names(chosen: list[tuple[Technique | Recipe, dict[str, str | int]]], given: dict[str, str]) -> None:
    """Raises a usage error for a pair that nothing takes."""
    taken = {entry.id: {param.name for param in entry.params} | dict(entry.slots).keys() for entry, _ in chosen}
    anything = set().union(*taken.values())
    for key, value in given.items():
        owner, dot, name = key.rpartition(".")
        if dot and owner in taken and name not in taken[owner]:
            known = ", ".join(sorted(taken[owner])) or "none"
            raise click.UsageError(f"{owner}: {name} = {value!r}: no such parameter; there are: {known}")
        if name not in anything or (dot and owner not in taken):
            raise click.UsageError(f"--param {key}: nothing here takes it; there are: {', '.join(sorted(anything))}")
