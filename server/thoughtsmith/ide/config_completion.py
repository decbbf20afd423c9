"""Completion in our own config files: options, their values, names of rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.config.options import OPTIONS
from thoughtsmith.ide.config_place import place_at
from thoughtsmith.ide.config_words import keys_at, option_of, option_page, type_of, values_of
from thoughtsmith.ide.suggestion import Suggestion
from thoughtsmith.syntax.block import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.config.options import Option
    from thoughtsmith.config.toml_outline import Path
    from thoughtsmith.formats.writing import Written
    from thoughtsmith.ide.config_place import ConfigPlace
    from thoughtsmith.ide.config_words import Word
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def complete_config(text: str, offset: int, ours: Path, catalogue: Catalogue, language: Language) -> list[Suggestion]:
    """What may stand at `offset` of a config file in which the table `ours` is ours."""
    place = place_at(text, offset, ours)
    if place is None:
        return []
    if place.kind == "table":
        return list(_tables(place, ours, language))
    if place.kind == "key":
        return list(_keys(text, place, ours, language))
    return list(_values(place, catalogue, language))


def _tables(place: ConfigPlace, ours: Path, language: Language) -> Iterator[Suggestion]:
    names = [ours] if ours else []
    for path in (*names, *((*ours, option.name) for option in OPTIONS if option.table)):
        option = option_of(path[-1])
        page = "" if option is None else option_page(option, language)
        name = ".".join(path)
        yield Suggestion(name, "key", place.span, (name,), name, documentation=page)


def _keys(text: str, place: ConfigPlace, ours: Path, language: Language) -> Iterator[Suggestion]:
    around = place.path[:-1]
    has_value = text[place.span.end + len(place.quote) :].lstrip(" \t")[:1] == "="
    if around:
        for word in keys_at(around, language):
            if word.text not in place.present:
                key = word.text if place.quote or _BARE.fullmatch(word.text) else f'"{word.text}"'
                written: Written = (key,) if has_value or place.quote else (f'{key} = "', Slot("value", ""), '"')
                yield _suggestion(word, "key", place, written)
        return
    for option in OPTIONS:
        if option.name in place.present:
            continue
        if not (option.table and place.alone and not place.quote):
            written = (option.name,) if has_value or place.quote else _with_value(option)
        else:
            # What stands below a table belongs to it; nothing does yet.
            header = ".".join((*ours, option.name))
            written = (f"[{header}]\n", Slot("value", ""))
        page = option_page(option, language)
        yield Suggestion(
            option.name, "key", place.span, written, option.name, type_of(option, language), documentation=page
        )


def _with_value(option: Option) -> Written:
    if option.table:
        return (f"{option.name} = {{", Slot("value", ""), "}")
    if option.many:
        return (f"{option.name} = [", Slot("value", ""), "]")
    if option.choices:
        return (f'{option.name} = "', Slot("value", option.choices[0], option.choices), '"')
    quote = "" if option.maximum else '"'
    return (f"{option.name} = {quote}", Slot("value", ""), quote) if quote else (f"{option.name} = ", Slot("value", ""))


def _values(place: ConfigPlace, catalogue: Catalogue, language: Language) -> Iterator[Suggestion]:
    option = option_of(place.path[0])
    for word in values_of(place.path, catalogue, language):
        if word.text in place.present:
            continue
        if place.quote:
            written = word.text if place.closed else f"{word.text}{place.quote}"
        elif option is not None and option.many and not place.listed:
            written = f'["{word.text}"]'
        else:
            written = f'"{word.text}"'
        yield _suggestion(word, "value", place, (written,))


def _suggestion(word: Word, kind: str, place: ConfigPlace, written: Written) -> Suggestion:
    return Suggestion(
        word.text,
        "key" if kind == "key" else "value",
        place.span,
        written,
        word.text,
        word.detail,
        documentation=word.page,
    )
