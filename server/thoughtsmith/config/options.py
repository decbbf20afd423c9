"""The options: one declaration, from which settings are read and editor settings, schemas and tables are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

OptionValue: TypeAlias = "str | int | None"


@dataclass(frozen=True, slots=True)
class Option:
    """Something a user can set under `thoughtsmith.<name>`."""

    name: str
    default: OptionValue
    choices: tuple[str, ...] = ()
    """The allowed words; empty for a free text or a number."""
    minimum: int = 0
    maximum: int = 0
    """The range of a number; `maximum` 0 for a text."""
    en: str = ""
    ru: str = ""
    """What it does."""


OPTIONS: tuple[Option, ...] = (
    Option(
        "language",
        "auto",
        ("auto", "en", "ru"),
        en="Language of inserted text; auto follows the prompt around the cursor.",
        ru="Язык вставляемого текста; auto — как в промпте вокруг курсора.",
    ),
    Option(
        "style",
        "auto",
        ("auto", "list", "heading", "xml", "plain"),
        en="How blocks are written; auto follows the prompt around the cursor.",
        ru="Как записывать блоки; auto — как в промпте вокруг курсора.",
    ),
    Option(
        "n",
        None,
        minimum=2,
        maximum=10,
        en="Number of candidates or samples in inserted blocks; each technique has its own default.",
        ru="Число вариантов во вставляемых блоках; у каждой техники есть своё значение по умолчанию.",
    ),
    Option(
        "model",
        "",
        en="Id of the model that the prompts are for; it shows whether that model reasons by itself.",
        ru="Идентификатор модели, для которой пишутся промпты: по нему видно, рассуждает ли она сама.",
    ),
    Option(
        "locale",
        "auto",
        ("auto", "en", "ru"),
        en="Language of messages and explanations; auto follows the editor.",
        ru="Язык сообщений и пояснений; auto — как в редакторе.",
    ),
)
