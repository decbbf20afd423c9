"""Subagents of Claude Code: the Markdown files in `.claude/agents/`."""

from __future__ import annotations

from thoughtsmith.formats import claude_keys, markdown_templates
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import choice, flag, front_matter, mapping, number, text, text_or_texts

# Claude Code ignores keys that it does not know, and VS Code reads the same files with keys of its own.
SCHEMA = front_matter(
    {
        "name": text(
            "What the subagent is called: lower-case letters and hyphens, not used by another.",
            "Имя субагента: строчные буквы и дефисы, не занятое другим.",
            minLength=1,
        ),
        "description": text(
            "When to hand work to this subagent: the model decides by it. Say for which tasks, and when of its own "
            "accord.",
            "Когда поручать работу этому субагенту: по описанию решает модель. Скажите, для каких задач и когда — "
            "по собственному почину.",
            minLength=1,
        ),
        "tools": text_or_texts(
            "The only tools that the subagent has, such as `Read, Grep, Glob`. Without it, all of the conversation.",
            "Единственные инструменты субагента, например `Read, Grep, Glob`. Без этого ключа — все, что есть "
            "в разговоре.",
            **{"x-separator": ", "},
        ),
        "disallowedTools": claude_keys.DISALLOWED_TOOLS,
        "model": claude_keys.MODEL,
        "effort": claude_keys.EFFORT,
        "permissionMode": choice(
            "How the subagent asks for permission.",
            "Как субагент спрашивает разрешения.",
            {
                "default": ("Asks at the first use of each tool.", "Спрашивает при первом применении инструмента."),
                "manual": ("Asks every time.", "Спрашивает каждый раз."),
                "acceptEdits": ("Edits files without asking.", "Правит файлы без вопросов."),
                "plan": ("Reads only; changes nothing.", "Только читает, ничего не меняет."),
                "auto": ("Judges by itself what is harmless.", "Сам оценивает, что безопасно."),
                "dontAsk": (
                    "Never asks: what is not allowed already is refused.",
                    "Не спрашивает: что не разрешено заранее, то отклоняется.",
                ),
                "bypassPermissions": (
                    "Does everything without asking. Only in a sandbox.",
                    "Делает всё без вопросов. Только в песочнице.",
                ),
            },
        ),
        "skills": text_or_texts(
            "Skills whose whole text the subagent has from the start.",
            "Навыки, полный текст которых есть у субагента с самого начала.",
            **{"x-separator": ", "},
        ),
        "mcpServers": {
            "type": ["object", "array"],
            "description": "The MCP servers that the subagent has: names of known ones, or definitions.",
            "x-ru": "Серверы MCP, доступные субагенту: имена известных или их описания.",
        },
        "hooks": claude_keys.HOOKS,
        "memory": choice(
            "Where the subagent keeps what it has learnt from one conversation to the next.",
            "Где субагент хранит то, что узнал, между разговорами.",
            {
                "user": ("For all projects of the user.", "Для всех проектов пользователя."),
                "project": ("In the project, shared with the team.", "В проекте, вместе с командой."),
                "local": ("In the project, for this user only.", "В проекте, только для этого пользователя."),
            },
        ),
        "background": claude_keys.BACKGROUND,
        "isolation": choice(
            "Where the subagent works.",
            "Где работает субагент.",
            {"worktree": ("In a copy of its own of the repository.", "В собственной копии репозитория.")},
        ),
        "color": text(
            "The colour of the subagent in the terminal.",
            "Цвет субагента в терминале.",
            **{"x-known": ["red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"]},
        ),
        "maxTurns": number(
            "After how many turns the subagent stops.",
            "Через сколько ходов субагент останавливается.",
            whole=True,
            minimum=1,
        ),
        "initialPrompt": text(
            "What is sent first when the agent leads the conversation itself.",
            "Что отправляется первым, если агент сам ведёт разговор.",
        ),
        "omitClaudeMd": flag(
            "Whether the subagent works without the `CLAUDE.md` files.",
            "Работает ли субагент без файлов `CLAUDE.md`.",
        ),
        "experimental": mapping(
            "Settings that are still being tried out.",
            "Настройки, которые ещё проверяются.",
        ),
    },
    required=("name", "description"),
)

FORMAT = markdown_format(
    "claude-agent",
    "Claude subagent (.claude/agents)",
    (".claude/agents/*.md",),
    (),
    schema=SCHEMA,
    template=markdown_templates.linked,
)
