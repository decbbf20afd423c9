"""`thoughtsmith list`: what there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from thoughtsmith.cli.options import lang_option, load, locale_language
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language, Recipe, Technique

Row = dict[str, Any]


def _insertable(entries: Iterable[Technique | Recipe], language: Language) -> list[Row]:
    return [
        {
            "id": entry.id,
            "name": entry.name.of(language),
            "params": {param.name: param.default for param in entry.params},
            "summary": entry.summary.of(language),
        }
        for entry in entries
    ]


def _techniques(catalogue: Catalogue, language: Language) -> list[Row]:
    return _insertable(catalogue.techniques.values(), language)


def _recipes(catalogue: Catalogue, language: Language) -> list[Row]:
    return _insertable(catalogue.recipes.values(), language)


def _knowledge(catalogue: Catalogue, language: Language) -> list[Row]:
    return [
        {"id": entry.id, "name": entry.name.of(language), "summary": entry.summary.of(language)}
        for entry in catalogue.knowledge.values()
    ]


def _formats(_catalogue: Catalogue, _language: Language) -> list[Row]:
    from thoughtsmith.formats.registry import FORMATS

    return [{"id": entry.id, "name": entry.title, "files": list(entry.patterns)} for entry in FORMATS]


def _models(catalogue: Catalogue, _language: Language) -> list[Row]:
    return [{"name": family.name, "reasons": family.reasons} for family in catalogue.models]


def _rules(_catalogue: Catalogue, language: Language) -> list[Row]:
    from thoughtsmith.rules.documentation import summary_of
    from thoughtsmith.rules.registry import RULES

    return [
        {
            "id": rule.id,
            "name": rule.name,
            "group": rule.group,
            "severity": rule.severity.value,
            "default": rule.default,
            "summary": summary_of(rule, language),
        }
        for rule in RULES
    ]


_KINDS: dict[str, Callable[[Catalogue, Language], list[Row]]] = {
    "techniques": _techniques,
    "rules": _rules,
    "recipes": _recipes,
    "knowledge": _knowledge,
    "formats": _formats,
    "models": _models,
}


@click.command("list", short_help="List techniques, rules, recipes, formats and more.")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@lang_option("Language of names and summaries; that of your environment by default.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
def list_command(kind: str, lang: Language | None, output_format: str) -> None:
    """List what there is of KIND."""
    from thoughtsmith.cli.terminal import show_table

    language = lang or locale_language()
    catalogue = load()
    rows = _KINDS[kind](catalogue, language)
    if output_format == "json":
        data = {"version": 1, kind: rows}
        if kind == "models":
            data["checked"] = catalogue.models_checked
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if kind == "rules":
        rows = [_narrow(row) for row in rows]
    columns = [column for column in rows[0] if column != "params"] if rows else []
    titles = messages(language).columns
    words = messages(language).reasons
    show_table(
        [titles[column] for column in columns],
        [[words.get(str(row[column]), _cell(row[column])) for column in columns] for row in rows],
    )


def _narrow(row: Row) -> Row:
    """A rule for a terminal of 80 columns: what it is called and what it reports stand one below the other."""
    about = f"{row['name']} · {row['group']}\n{row['summary']}"
    return {"id": row["id"], "severity": row["severity"], "default": row["default"], "summary": about}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
