"""Dotprompt, the `.prompt` files of Genkit: front matter, and a Handlebars template with helpers that begin messages.

Other programs call their prompts `.prompt` as well; what is in the file says whether it is one of these.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from thoughtsmith.formats import declarations, escaping, front_matter, markdown_scanner, placement, writing
from thoughtsmith.formats.dialect import HANDLEBARS, Dialect
from thoughtsmith.formats.format import Format
from thoughtsmith.formats.role_messages import RoleMessages
from thoughtsmith.formats.schema import Schema, known, mapping, number, text, texts
from thoughtsmith.formats.schema import front_matter as schema_of
from thoughtsmith.formats.templates.handlebars import scan
from thoughtsmith.formats.templates.joining import merged
from thoughtsmith.syntax.data import Mapping
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.place import Place
    from thoughtsmith.syntax.block import Block
    from thoughtsmith.syntax.data import Entry
    from thoughtsmith.syntax.template import Name, Template
    from thoughtsmith.syntax.tree import PromptTree

_DIALECT = Dialect(
    preamble=True,
    role=re.compile(r"[ \t]*\{\{~?[ \t]*(?:role[ \t]+[\"'](?P<role>\w+)[\"']|(?P<history>history))[ \t]*~?\}\}"),
    tags=HANDLEBARS,
)
_MESSAGES = RoleMessages('{{role "system"}}')

_FORM: Schema = {
    "type": ["object", "string"],
    "description": "The fields, as Picoschema (`name: string, what it is`) or JSON Schema, or the name of a schema.",
    "x-ru": "Поля в записи Picoschema (`имя: string, описание`) или JSON Schema либо имя схемы.",
}
SCHEMA = schema_of(
    {
        "name": text(
            "What the prompt is called; by default the name of the file.",
            "Имя промпта; по умолчанию — имя файла.",
        ),
        "variant": text(
            "Which variant of the prompt this is; by default the part of the file name before `.prompt`.",
            "Вариант промпта; по умолчанию — часть имени файла перед `.prompt`.",
        ),
        "description": text("What the prompt does.", "Что делает промпт."),
        "model": {
            "type": ["string", "object"],
            "description": "The model with its provider, such as `googleai/gemini-2.5-flash`.",
            "x-ru": "Модель вместе с поставщиком, например `googleai/gemini-2.5-flash`.",
        },
        "tools": texts("The names of the tools that the model may call.", "Имена инструментов, доступных модели."),
        "config": mapping(
            "How the model answers. Which keys count depends on the model.",
            "Параметры генерации. Какие из них действуют, зависит от модели.",
            {
                "version": text("The version of the model.", "Версия модели."),
                "temperature": number(
                    "How freely words are chosen; 0 is the most predictable.",
                    "Свобода выбора слов; 0 — самый предсказуемый ответ.",
                ),
                "maxOutputTokens": number(
                    "How long the answer may be, in tokens.", "Наибольшая длина ответа в токенах.", whole=True
                ),
                "topK": number(
                    "Choose among this many of the likeliest words.",
                    "Выбирать из стольких самых вероятных слов.",
                    whole=True,
                ),
                "topP": number(
                    "Choose among the likeliest words that have this share together.",
                    "Выбирать из самых вероятных слов с такой общей долей.",
                ),
                "stopSequences": texts(
                    "The answer ends before any of these texts.", "Тексты, перед которыми ответ обрывается."
                ),
            },
        ),
        "input": mapping(
            "The variables of the template.",
            "Переменные шаблона.",
            {
                "default": mapping("Values for variables that are not given.", "Значения переменных по умолчанию."),
                "schema": _FORM,
            },
        ),
        "output": mapping(
            "The form of the answer.",
            "Форма ответа.",
            {
                "format": text(
                    "How the answer is written.",
                    "Вид ответа.",
                    **known(
                        {
                            "json": ("As data.", "Данные JSON."),
                            "media": ("As an image, sound or video.", "Изображение, звук или видео."),
                            "text": ("As text.", "Текст."),
                        }
                    ),
                ),
                "schema": _FORM,
            },
        ),
        "metadata": mapping("Facts that programs may use.", "Сведения для программ."),
    }
)
_KEY = re.compile(
    r"^(?:(?:model|tools|variant|[A-Za-z][\w-]*\.[\w.-]+)[ \t]*:(?:[ \t]|$)"
    r"|(?:config|input|output)[ \t]*:[ \t]*(?:[{#]|$))",
    re.MULTILINE,
)
_HANDLEBARS = re.compile(r"\{\{~?[ \t]*(?:(?:role|media|section)[ \t]|history[ \t]*~?\}\}|[#/>][ \t]*[A-Za-z])")
_PICOSCHEMA_NAME = re.compile(r"[^\s?(]+")
_PICOSCHEMA_FORM = re.compile(r"\(([^()]*)")


def _claims(text: str) -> bool:
    """Whether a `.prompt` file is of this format: by the keys of its front matter, else by what its template uses.

    One with nothing in it is about to become one.
    """
    if not text.strip():
        return True
    tree = markdown_scanner.parse(Lines.of(text), _DIALECT)
    span = front_matter.content(tree)
    if span is not None:
        return _KEY.search(tree.lines.at(span)) is not None
    return "{%" not in text and _HANDLEBARS.search(text) is not None


def _template(tree: PromptTree) -> Template:
    """The variables of the messages; the schema and the defaults of the input declare them."""
    span = tree.front_matter
    text = tree.lines.text
    found = scan(text, 0 if span is None else span.end)
    data = front_matter.data(tree)
    if data is None:
        return found
    schema = data.root.at("input", "schema")
    fields = schema.at("properties") if isinstance(schema, Mapping) and _is_json_schema(schema) else schema
    declared = list(_declared(text, fields)) if isinstance(fields, Mapping) else []
    default = data.root.at("input", "default")
    if isinstance(default, Mapping):
        declared += (
            declarations.of_key(text, entry, entry.key, default=declarations.written(text, entry.value))
            for entry in default.entries
        )
    # A schema with a wild card allows other names as well, and one that is only named may have any.
    listed = (
        isinstance(fields, Mapping)
        and bool(fields.entries)
        and not any(entry.key.startswith("(") for entry in fields.entries)
    )
    return replace(merged(declared, found), declares=listed)


def _is_json_schema(schema: Mapping) -> bool:
    return isinstance(schema.at("properties"), Mapping)


def _declared(text: str, fields: Mapping) -> Iterator[Name]:
    for entry in fields.entries:
        name = _PICOSCHEMA_NAME.match(entry.key)
        if name is not None:
            yield _field(text, entry, name[0])


def _field(text: str, entry: Entry, name: str) -> Name:
    """A field as Picoschema has it, `name?: type, description` or `name?(array, description): type`, or JSON Schema."""
    value = declarations.written(text, entry.value)
    form, _, description = value.partition(",")
    if said := _PICOSCHEMA_FORM.search(entry.key):
        form, _, description = said[1].partition(",")
    return declarations.of_key(
        text,
        entry,
        name,
        kind=form.strip() or declarations.said(text, entry.value, "type"),
        description=description.strip() or declarations.said(text, entry.value, "description"),
    )


def write(block: Block, place: Place) -> writing.Written:
    """As `writing.write`, with `{{` in the block as text."""
    return writing.write(escaping.escaped(block, escaping.handlebars), place)


FORMAT = Format(
    id="dotprompt",
    title="Dotprompt (.prompt)",
    patterns=("*.prompt",),
    language_ids=("dotprompt",),
    parse=partial(markdown_scanner.parse, dialect=_DIALECT),
    reparse=partial(markdown_scanner.reparse, dialect=_DIALECT),
    place=_MESSAGES.place,
    place_after=_MESSAGES.place_after,
    place_around=placement.place_around,
    write=write,
    data=front_matter.data,
    schema=SCHEMA,
    template=_template,
    claims=_claims,
    comment=("{{!--", "--}}"),
)
