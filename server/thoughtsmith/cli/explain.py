"""`thoughtsmith explain`: the page of a technique, recipe or term."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import lang_option, load, locale_language, unknown

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Language


@click.command(short_help="Explain a technique or term.")
@click.argument("id")
@lang_option("Language of the page; that of your environment by default.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def explain(id: str, lang: Language | None, output_format: str) -> None:
    """Explain ID: what it does, when (not) to use it, what it costs and what is known about it."""
    from thoughtsmith.cli.terminal import show_markdown
    from thoughtsmith.techniques.explain import page

    catalogue = load()
    language = lang or locale_language()
    name = id.lower()
    if name not in catalogue.ids:
        raise unknown(name, catalogue.ids, language)
    text = page(catalogue, name, language)
    if output_format == "json":
        kind = "technique" if name in catalogue.techniques else "recipe" if name in catalogue.recipes else "knowledge"
        data = {"version": 1, "id": name, "kind": kind, "language": language, "markdown": text}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif output_format == "markdown":
        click.echo(text, nl=False)
    else:
        show_markdown(text)
