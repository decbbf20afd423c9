"""Rules of the Cursor editor: `*.mdc`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.formats import front_matter as yaml_front_matter
from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import flag, front_matter, text, text_or_texts

if TYPE_CHECKING:
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.tree import PromptTree

# The editor itself writes `description:` and `globs:` with nothing behind them, and ignores keys that it does not know.
SCHEMA = front_matter(
    {
        "description": text(
            "When the rule is useful: the agent decides by it whether to read the rule. "
            "Needed where neither `globs` nor `alwaysApply` says so.",
            "Когда правило полезно: по описанию агент решает, читать ли его. "
            "Нужно, если это не задано через `globs` или `alwaysApply`.",
            type=["string", "null"],
        ),
        "globs": text_or_texts(
            "The files for which the rule is read: a list, or globs separated by commas. Read only while "
            "`alwaysApply` is not `true`.",
            "Файлы, при работе с которыми читается правило: список или шаблоны через запятую. Учитывается, только если "
            "`alwaysApply` не `true`.",
            type=["string", "array", "null"],
            **{"x-separator": ","},
        ),
        "alwaysApply": flag(
            "Whether the rule is part of every conversation. Written without quotes: in quotes it is a text and has "
            "no effect.",
            "Входит ли правило в каждый разговор. Пишется без кавычек: в кавычках это строка, и она не действует.",
        ),
    }
)


def _data(tree: PromptTree) -> Data | None:
    """The front matter; globs without quotes are no problem, since the editor itself writes and reads them so."""
    read = yaml_front_matter.data(tree)
    globs = read.root.get("globs") if read is not None else None
    if read is None or globs is None:
        return read
    problems = tuple(
        problem
        for problem in read.problems
        if not problem.id.startswith("unquoted-") or not globs.value.span.covers(problem.span)
    )
    return replace(read, problems=problems)


FORMAT = markdown_format(
    "cursor-rule",
    "Cursor rule (.mdc)",
    ("*.mdc",),
    ("mdc",),
    schema=SCHEMA,
    data=_data,
    template=markdown_templates.linked,
)
