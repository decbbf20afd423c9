"""Reusable prompts of VS Code and Copilot: `*.prompt.md`."""

from __future__ import annotations

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import front_matter, known, text, text_or_texts

_AGENTS = known(
    {
        "ask": ("Answers questions and changes nothing.", "Отвечает на вопросы и ничего не меняет."),
        "agent": ("Works on its own with tools.", "Работает самостоятельно с помощью инструментов."),
        "plan": ("Writes a plan first, before any code.", "Сначала составляет план и не пишет код."),
    }
)

# VS Code warns of keys that it does not know, but reads the file; people keep keys of their own there.
SCHEMA = front_matter(
    {
        "name": text(
            "What the prompt is called after `/` in the chat. By default the name of the file.",
            "Имя промпта после `/` в чате. По умолчанию — имя файла.",
            minLength=1,
        ),
        "description": text(
            "A short sentence about what the prompt does; shown in the list of prompts.",
            "Короткая фраза о том, что делает промпт; видна в списке промптов.",
            minLength=1,
        ),
        "argument-hint": text(
            "A hint in the chat field about what to type after the name. Quote it if it begins with `[`.",
            "Подсказка в поле чата: что ввести после имени. Если начинается с `[`, возьмите её в кавычки.",
            minLength=1,
        ),
        "agent": text(
            "The agent that runs the prompt: a built-in one, or a custom one by its name. "
            "If `tools` are given, the default is `agent`.",
            "Агент, который выполняет промпт: встроенный или собственный, по имени. "
            "Если указаны `tools`, по умолчанию `agent`.",
            minLength=1,
            **_AGENTS,
        ),
        "model": text_or_texts(
            "The language model, as the model picker calls it; of a list the first that is available.",
            "Языковая модель под тем именем, под которым она стоит в списке моделей; из перечня — первая доступная.",
        ),
        "tools": text_or_texts(
            "The tools that may be used: built-in ones, tool sets, or `server/*` for all tools of an MCP server. "
            "Names that do not exist are ignored.",
            "Доступные инструменты: встроенные, наборы или `сервер/*` — все инструменты сервера MCP. "
            "Несуществующие имена пропускаются.",
            **{"x-separator": ", "},
        ),
        "mode": text(
            "The old name of `agent`.",
            "Прежнее имя ключа `agent`.",
            deprecated=True,
            **{"x-instead": "agent", **_AGENTS},
        ),
    }
)

FORMAT = markdown_format(
    "prompt-md",
    "Prompt file (.prompt.md)",
    ("*.prompt.md",),
    ("prompt",),
    schema=SCHEMA,
    template=markdown_templates.with_inputs,
)
