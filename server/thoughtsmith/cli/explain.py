"""`thoughtsmith explain`: the page of a technique, recipe, term or rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import lang_option, load, locale_language, unknown

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Language


@click.command(short_help="Explain a technique, term or rule.")
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
    """Explain ID: what it does, when (not) to use it, what it costs and what is known about it.

    ID may also be a rule, by its number or its name.
    """
    from thoughtsmith.cli.terminal import show_markdown
    from thoughtsmith.rules.documentation import page_of
    from thoughtsmith.rules.registry import RULES
    from thoughtsmith.techniques.explain import page

    catalogue = load()
    language = lang or locale_language()
    name = id.lower()
    rules = {key: rule for rule in RULES for key in (rule.id.lower(), rule.name)}
    if name in rules:
        name, text = rules[name].id, page_of(rules[name], language)
    elif name in catalogue.ids:
        text = page(catalogue, name, language)
    else:
        raise unknown(id, [*catalogue.ids, *(name for rule in RULES for name in (rule.id, rule.name))], language)
    if output_format == "json":
        kinds = {"technique": catalogue.techniques, "recipe": catalogue.recipes, "knowledge": catalogue.knowledge}
        kind = next((kind for kind, entries in kinds.items() if name in entries), "rule")
        data = {"version": 1, "id": name, "kind": kind, "language": language, "markdown": text}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif output_format == "markdown":
        click.echo(text, nl=False)
    else:
        show_markdown(text)
