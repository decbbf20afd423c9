"""The options: one declaration, from which settings are read and editor settings, schemas and tables are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from thoughtsmith.formats.ids import FORMAT_IDS, SKILL_PROFILES

OptionValue: TypeAlias = "str | int | tuple[str, ...] | tuple[tuple[str, str], ...] | None"

SEVERITIES = ("error", "warning", "info", "hint")
"""From worst to least."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something a user can set: `thoughtsmith.<name>` in an editor, `<name>` in a config file."""

    name: str
    default: OptionValue
    choices: tuple[str, ...] = ()
    """The allowed words, also of a list or table; empty for a free text or a number."""
    minimum: int = 0
    maximum: int = 0
    """The range of a number; `maximum` 0 for a text."""
    many: bool = False
    """Whether it is a list of texts."""
    table: bool = False
    """Whether it is a table whose values are what the rest says."""
    file_only: bool = False
    """Whether it makes sense in a config file only, mostly because it speaks of paths around that file."""
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
        "select",
        (),
        many=True,
        en="Rules that are on besides the default ones: ids, names, groups, beginnings of ids, or all.",
        ru="Правила, включённые сверх обычных: номера, имена, группы, начала номеров или all.",
    ),
    Option(
        "ignore",
        (),
        many=True,
        en="Rules that are off; wins over select.",
        ru="Выключенные правила; важнее, чем select.",
    ),
    Option(
        "severity",
        (),
        SEVERITIES,
        table=True,
        en="How bad the findings of rules are, by id, name or group of the rule.",
        ru="Насколько серьёзны замечания правил: по номеру, имени или группе правила.",
    ),
    Option(
        "locale",
        "auto",
        ("auto", "en", "ru"),
        en="Language of messages and explanations; auto follows the editor.",
        ru="Язык сообщений и пояснений; auto — как в редакторе.",
    ),
    Option(
        "formats",
        (),
        FORMAT_IDS,
        table=True,
        en="Formats of files whose names do not tell, by pattern as in .gitignore; the last that matches counts. "
        "Such files are prompts.",
        ru="Форматы файлов, по имени которых формат не виден: по образцу, как в .gitignore; действует последний "
        "подошедший. Такие файлы считаются промптами.",
    ),
    Option(
        "skill-profiles",
        (),
        SKILL_PROFILES,
        many=True,
        en="Tools that the skills (SKILL.md) are for: only their keys are offered, and spec allows no others. "
        "Empty for all tools.",
        ru="Для каких программ написаны навыки (SKILL.md): подсказываются только их ключи, а spec других не допускает. "
        "Пусто — для всех.",
    ),
    Option(
        "diagnostics",
        "workspace",
        ("workspace", "open-files"),
        en="Which files an editor that asks for it is told of: all prompts of the workspace, or open ones only.",
        ru="О каких файлах сообщать редактору, который об этом спрашивает: обо всех промптах или только об открытых.",
    ),
    Option(
        "docs",
        "",
        en="Address of a rule's page, for editors and reports to link to; {id}, {name} and {lang} are filled in.",
        ru="Адрес страницы правила, на который ссылаются редакторы и отчёты; {id}, {name} и {lang} подставляются.",
    ),
    Option(
        "per-file-ignores",
        (),
        many=True,
        table=True,
        file_only=True,
        en="Rules that are off for some files, by pattern as in .gitignore.",
        ru="Правила, выключенные для некоторых файлов: по образцу, как в .gitignore.",
    ),
    Option(
        "include",
        (),
        many=True,
        file_only=True,
        en="Patterns of files that are prompts, whatever they are called.",
        ru="Образцы файлов, которые считаются промптами, как бы они ни назывались.",
    ),
    Option(
        "exclude",
        (),
        many=True,
        file_only=True,
        en="Patterns of files that are not checked unless somebody names them.",
        ru="Образцы файлов, которые не проверяются, если их не назвать прямо.",
    ),
    Option(
        "baseline",
        "",
        file_only=True,
        en="File with findings that are let pass, as --write-baseline makes it.",
        ru="Файл с замечаниями, которые пропускаются; его создаёт --write-baseline.",
    ),
    Option(
        "extend",
        "",
        file_only=True,
        en="Another config file that this one builds upon; tables and rules are merged, other keys of this file win.",
        ru="Другой файл настроек, на котором этот основан: таблицы и правила объединяются, прочие ключи важнее здесь.",
    ),
)
