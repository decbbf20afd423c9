"""The keys that skills, commands and subagents of Claude Code have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats.schema import choice, flag, known, mapping, text, text_or_texts

if TYPE_CHECKING:
    from thoughtsmith.formats.schema import Schema

_CLAUDE: Schema = {"x-tools": ["claude"]}
_CLAUDE_AND_COPILOT: Schema = {"x-tools": ["claude", "copilot"]}

MODEL = text(
    "The model to use: a short name for the newest of its kind, `inherit` for that of the conversation, or the full id "
    "of a model.",
    "Модель: короткое имя новейшей модели своего класса, `inherit` — модель разговора, или полный идентификатор.",
    minLength=1,
    **known(
        {
            "inherit": ("The model of the conversation.", "Модель текущего разговора."),
            "opus": ("The newest Opus.", "Новейшая модель Opus."),
            "sonnet": ("The newest Sonnet.", "Новейшая модель Sonnet."),
            "haiku": ("The newest Haiku: fast and cheap.", "Новейшая модель Haiku: быстрая и дешёвая."),
            "fable": ("The newest Fable.", "Новейшая модель Fable."),
        }
    ),
    **_CLAUDE,
)

EFFORT = choice(
    "How hard the model works on it; overrides the effort of the conversation.",
    "Сколько усилий модель вкладывает в работу; важнее настройки разговора.",
    {
        "low": ("Fast and brief.", "Быстро и коротко."),
        "medium": ("Balanced.", "Сбалансированно."),
        "high": ("Thorough.", "Тщательно."),
        "xhigh": ("Very thorough.", "Очень тщательно."),
        "max": ("As much as the model can.", "На пределе возможностей модели."),
    },
    **_CLAUDE,
)

ARGUMENT_HINT = text_or_texts(
    "A hint for what to type after the name, such as `[file] [format]`. Quote it: brackets are a list in YAML.",
    "Подсказка, что ввести после имени, например `[file] [format]`. Возьмите её в кавычки: скобки в YAML — это список.",
    **_CLAUDE_AND_COPILOT,
)

ALLOWED_TOOLS = text_or_texts(
    "The tools that may be used without asking, such as `Read, Grep, Bash(git diff:*)`. It grants; it does not take "
    "other tools away.",
    "Инструменты, которые можно применять без подтверждения, например `Read, Grep, Bash(git diff:*)`. Это разрешение; "
    "других инструментов оно не отнимает.",
    **{"x-separator": ", ", "x-tools": ["spec", "claude"]},
)

DISALLOWED_TOOLS = text_or_texts(
    "Tools that may not be used.",
    "Инструменты, которые применять нельзя.",
    **{"x-separator": ", ", **_CLAUDE},
)

DISABLE_MODEL_INVOCATION = flag(
    "`true` if only the user may call it, never the model by itself. Right for everything with consequences, such as "
    "deploying.",
    "`true`, если вызывать может только пользователь, а модель сама — никогда. Подходит для всего, что имеет "
    "последствия, например для выкладки.",
    default=False,
    **_CLAUDE_AND_COPILOT,
)

USER_INVOCABLE = flag(
    "`false` if it is not to be listed after `/`: background knowledge that only the model calls up.",
    "`false`, если показывать после `/` не нужно: фоновые сведения, к которым обращается только модель.",
    default=True,
    **_CLAUDE_AND_COPILOT,
)

HOOKS = mapping(
    "Commands to run at events while it is active, such as `PreToolUse`.",
    "Команды, которые выполняются при событиях, пока это активно, например при `PreToolUse`.",
    **_CLAUDE,
)

BACKGROUND = flag(
    "Whether it runs in the background, so that the conversation goes on meanwhile.",
    "Выполняется ли в фоне, чтобы разговор тем временем продолжался.",
    **_CLAUDE,
)
