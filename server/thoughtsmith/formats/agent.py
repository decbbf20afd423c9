"""Custom agents of VS Code and Copilot: `*.agent.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats import markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import choice, flag, front_matter, mapping, text, text_or_texts, texts

if TYPE_CHECKING:
    from thoughtsmith.formats.schema import Schema

_VSCODE: Schema = {"x-tools": ["vscode"]}
_GITHUB: Schema = {"x-tools": ["github"]}

_HANDOFF = mapping(
    "A button that is offered after an answer and takes the conversation to another agent.",
    "Кнопка, которая предлагается после ответа и передаёт разговор другому агенту.",
    {
        "label": text("The text on the button.", "Надпись на кнопке."),
        "agent": text("The name of the agent to go on with.", "Имя агента, который продолжит."),
        "prompt": text("What is put into the chat field for it.", "Что подставляется для него в поле чата."),
        "send": flag(
            "Whether the prompt is sent at once. By default the user sends it.",
            "Отправляется ли промпт сразу. По умолчанию его отправляет пользователь.",
            default=False,
        ),
        "model": text("The model to go on with.", "Модель, с которой продолжать."),
    },
    required=["label", "agent"],
)

# VS Code and GitHub.com read the same files, each with keys of its own, and ignore those of the other.
SCHEMA = front_matter(
    {
        "name": text(
            "What the agent is called in the list of agents. By default the name of the file.",
            "Имя агента в списке агентов. По умолчанию — имя файла.",
            minLength=1,
        ),
        "description": text(
            "What the agent is for; shown in the chat field, and read by models that look for a subagent.",
            "Для чего агент; видно в поле чата, и по этому описанию модели выбирают субагента.",
            minLength=1,
        ),
        "argument-hint": text(
            "A hint in the chat field about what to type. Quote it if it begins with `[`.",
            "Подсказка в поле чата, что ввести. Если начинается с `[`, возьмите её в кавычки.",
            minLength=1,
            **_VSCODE,
        ),
        "tools": text_or_texts(
            "The tools that the agent has: built-in ones, tool sets, or `server/*` for all of an MCP server. "
            "Without it, all; `[]` for none.",
            "Инструменты агента: встроенные, наборы или `сервер/*` — все инструменты сервера MCP. "
            "Без этого ключа — все; `[]` — ни одного.",
            **{"x-separator": ", "},
        ),
        "agents": texts(
            "The agents that may be called as subagents: names, `['*']` for all, `[]` for none.",
            "Агенты, которых можно вызывать как субагентов: имена, `['*']` — все, `[]` — ни одного.",
            type=["array", "string"],
            **_VSCODE,
        ),
        "model": text_or_texts(
            "The language model, as the model picker calls it; of a list the first that is available.",
            "Языковая модель под тем именем, под которым она стоит в списке моделей; из перечня — первая доступная.",
        ),
        "reasoning-effort": choice(
            "How much a reasoning model thinks.",
            "Сколько думает рассуждающая модель.",
            {
                "low": ("Little: fast.", "Мало: быстро."),
                "medium": ("Balanced.", "Сбалансированно."),
                "high": ("A lot.", "Много."),
                "xhigh": ("Very much.", "Очень много."),
                "max": ("As much as the model can.", "На пределе возможностей модели."),
            },
        ),
        "user-invocable": flag(
            "`false` if the agent is not to be listed: a subagent that only other agents call.",
            "`false`, если показывать агента в списке не нужно: субагент, которого вызывают только другие агенты.",
            default=True,
        ),
        "disable-model-invocation": flag(
            "`true` if no other agent may call this one as a subagent.",
            "`true`, если другие агенты не могут вызывать этого как субагента.",
            default=False,
        ),
        # No `x-instead`: two keys share its work, and one of them says the opposite.
        "infer": flag(
            "An old switch. Now `user-invocable` says whether users see the agent, and `disable-model-invocation` "
            "whether other agents may call it.",
            "Прежний переключатель. Теперь `user-invocable` задаёт, видят ли агента пользователи, "
            "а `disable-model-invocation` — могут ли его вызывать другие агенты.",
            deprecated=True,
        ),
        "target": choice(
            "Where the agent is offered. Without it, everywhere.",
            "Где предлагается агент. Без этого ключа — везде.",
            {
                "vscode": ("In VS Code only.", "Только в VS Code."),
                "github-copilot": ("On GitHub.com only.", "Только на GitHub.com."),
            },
        ),
        "mcp-servers": mapping(
            "The MCP servers of this agent, by name.",
            "Серверы MCP этого агента по именам.",
        ),
        "handoffs": {
            "type": "array",
            "items": _HANDOFF,
            "description": "Buttons offered after an answer that take the conversation to another agent.",
            "x-ru": "Кнопки после ответа, которые передают разговор другому агенту.",
            **_VSCODE,
        },
        "hooks": mapping(
            "Commands to run at events while the agent is active. Still being tried out.",
            "Команды, которые выполняются при событиях, пока агент активен. Пока это проба.",
            **_VSCODE,
        ),
        "github": mapping("Settings for GitHub.com.", "Настройки для GitHub.com.", **_GITHUB),
        "metadata": mapping(
            "Keys and values of your own.",
            "Собственные ключи и значения.",
            **_GITHUB,
        ),
        "advancedOptions": mapping(
            "Settings for the developers of VS Code.",
            "Настройки для разработчиков VS Code.",
            **_VSCODE,
        ),
    },
    required=("description",),
)

FORMAT = markdown_format(
    "agent",
    "Agent (.agent.md)",
    ("*.agent.md",),
    ("chatagent",),
    schema=SCHEMA,
    template=markdown_templates.with_references,
)
