"""Agent skills: `SKILL.md`, as Claude, Copilot, Codex and others read them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from thoughtsmith.formats import claude_keys, markdown_templates
from thoughtsmith.formats.ids import SKILL_PROFILES
from thoughtsmith.formats.markdown import markdown_format
from thoughtsmith.formats.schema import choice, front_matter, mapping, text, text_or_texts

if TYPE_CHECKING:
    from thoughtsmith.formats.schema import Schema

_SPEC_AND_COPILOT: Schema = {"x-tools": ["spec", "copilot"]}
_ALL_BUT_CLAUDE: Schema = {"x-tools": ["spec", "copilot", "codex"]}
_CLAUDE: Schema = {"x-tools": ["claude"]}

# The specification knows six keys and its validator refuses others, but Claude Code and VS Code define more, and
# skills are written for them: what else there is, is for the tools to say.
SCHEMA = front_matter(
    {
        "name": text(
            "What the skill is called: lower-case letters, digits and single hyphens, at most 64 characters. "
            "The same as the folder that it lies in.",
            "Имя навыка: строчные буквы, цифры и одиночные дефисы, не больше 64 символов. "
            "Совпадает с именем папки, в которой он лежит.",
            minLength=1,
            maxLength=64,
            pattern=r"^(?:(?![A-ZА-ЯЁ])[^\W_])+(?:-(?:(?![A-ZА-ЯЁ])[^\W_])+)*$",
        ),
        "description": text(
            "What the skill does and when to use it, at most 1,024 characters. The model decides by it alone "
            "whether to read the skill: name the words that users will say. "
            "If it contains a colon and a space, quote it.",
            "Что делает навык и когда его применять, не больше 1024 символов. Только по описанию модель решает, читать "
            "ли навык: назовите слова, которые скажет пользователь. Если внутри есть двоеточие с пробелом, возьмите "
            "описание в кавычки.",
            minLength=1,
            maxLength=1024,
        ),
        "license": text(
            "The licence: its name, or the file in the folder that has its text.",
            "Лицензия: её название или файл в папке с её текстом.",
            **_SPEC_AND_COPILOT,
        ),
        "compatibility": text(
            "What the skill needs to work: products, packages, the network. At most 500 characters.",
            "Что нужно навыку для работы: продукты, пакеты, сеть. Не больше 500 символов.",
            minLength=1,
            maxLength=500,
            **_SPEC_AND_COPILOT,
        ),
        "metadata": mapping(
            "Keys and values of your own, such as author and version.",
            "Собственные ключи и значения, например автор и версия.",
            **_ALL_BUT_CLAUDE,
        ),
        "allowed-tools": claude_keys.ALLOWED_TOOLS,
        "when_to_use": text(
            "More about when to use the skill; added to the description in the list that the model sees.",
            "Дополнительно о том, когда применять навык; добавляется к описанию в списке, который видит модель.",
            **_CLAUDE,
        ),
        "argument-hint": claude_keys.ARGUMENT_HINT,
        "arguments": text_or_texts(
            "Names for the arguments, in order; `$name` in the text then stands for each.",
            "Имена аргументов по порядку; в тексте их обозначает `$имя`.",
            **_CLAUDE,
        ),
        "disable-model-invocation": claude_keys.DISABLE_MODEL_INVOCATION,
        "user-invocable": claude_keys.USER_INVOCABLE,
        "disallowed-tools": claude_keys.DISALLOWED_TOOLS,
        "model": claude_keys.MODEL,
        "effort": claude_keys.EFFORT,
        "context": choice(
            "Where the skill runs. Without it, in the conversation.",
            "Где выполняется навык. Без этого ключа — в самом разговоре.",
            {
                "fork": (
                    "In a subagent of its own that does not see the conversation.",
                    "В отдельном субагенте, который не видит разговора.",
                )
            },
            **{"x-tools": ["claude", "copilot"]},
        ),
        "agent": text(
            "The kind of subagent that runs the skill; goes with `context: fork`.",
            "Вид субагента, который выполняет навык; вместе с `context: fork`.",
            **_CLAUDE,
        ),
        "hooks": claude_keys.HOOKS,
        "paths": text_or_texts(
            "Globs of the files for which the skill is offered. Without it, for all.",
            "Шаблоны файлов, при работе с которыми предлагается навык. Без этого ключа — при любых.",
            **{"x-separator": ", ", **_CLAUDE},
        ),
        "shell": choice(
            "The shell for the commands in the text.",
            "Оболочка для команд в тексте.",
            {
                "bash": ("The default.", "По умолчанию."),
                "powershell": ("PowerShell, on Windows.", "PowerShell в Windows."),
            },
            **_CLAUDE,
        ),
        "background": claude_keys.BACKGROUND,
    },
    required=("name", "description"),
)


@lru_cache(maxsize=16)
def profile(tools: tuple[str, ...]) -> Schema:
    """What a skill may say that is for those of `ids.SKILL_PROFILES`; all that any tool reads if there are none.

    The keys that one of them reads, and no others if one of them allows no others.
    """
    if not tools:
        return SCHEMA
    closed = "spec" in tools
    # Claude Code reads whatever the specification knows.
    readers = {"spec"} if closed else {*tools, *(("spec",) if "claude" in tools else ())}
    properties = {
        key: said for key, said in SCHEMA["properties"].items() if readers & set(said.get("x-tools", SKILL_PROFILES))
    }
    # Claude Code takes the folder for the name, and the first paragraph for the description.
    required = () if tools == ("claude",) else SCHEMA["required"]
    return front_matter(properties, required=tuple(required), closed=closed)


FORMAT = markdown_format(
    "skill",
    "Agent skill (SKILL.md)",
    ("skill.md",),
    ("skill",),
    schema=SCHEMA,
    profile=profile,
    template=markdown_templates.with_arguments,
)
