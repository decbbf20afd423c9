"""Standing instructions for coding assistants: `*.instructions.md` and Copilot's instructions for a repository."""

from __future__ import annotations

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import choice, front_matter, text

_EXCLUDED = choice(
    "",
    "",
    {
        "code-review": ("Copilot's code review does not read the file.", "Файл не читает проверка кода Copilot."),
        "cloud-agent": (
            "Copilot's agent in the cloud does not read the file.",
            "Файл не читает облачный агент Copilot.",
        ),
    },
)

# Assistants ignore keys that they do not know.
SCHEMA = front_matter(
    {
        "name": text(
            "What the instructions are called in lists. By default the name of the file.",
            "Имя инструкций в списках. По умолчанию — имя файла.",
        ),
        "description": text(
            "What the instructions are about; assistants may decide by it whether they apply.",
            "О чём инструкции; по описанию ассистент может решить, применять ли их.",
        ),
        "applyTo": text(
            "Globs of the files that the instructions are for, separated by commas: `**/*.ts,**/*.tsx`; `**` for "
            "every file. Without it they are never added by themselves. One text, no list; quote it, since it "
            "mostly begins with `*`.",
            "Шаблоны файлов, к которым относятся инструкции, через запятую: `**/*.ts,**/*.tsx`; `**` — любой файл. "
            "Без этого ключа инструкции сами не подключаются. Одна строка, а не список; возьмите её в кавычки, "
            "потому что обычно она начинается с `*`.",
            minLength=1,
            **{"x-known": ["**"], "x-separator": ","},
        ),
        "excludeAgent": {
            "anyOf": [_EXCLUDED, {"type": "array", "items": _EXCLUDED}],
            "description": "Which of Copilot's agents on GitHub.com does not read the file.",
            "x-ru": "Какой из агентов Copilot на GitHub.com не читает этот файл.",
            "x-tools": ["github"],
        },
    }
)

FORMAT = markdown_format(
    "instructions",
    "Instructions (.instructions.md)",
    ("*.instructions.md", ".github/copilot-instructions.md"),
    ("instructions",),
    schema=SCHEMA,
    template=markdown_templates.with_references,
)
