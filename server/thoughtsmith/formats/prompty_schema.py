"""What the front matter of a Prompty file may say: the keys of version 2, and those that only version 1 knows.

Version 2 lets a file have keys of its own, so nothing is forbidden here; which version a file is for shows in its keys.
"""

from __future__ import annotations

from thoughtsmith.formats.schema import Schema, choice, flag, front_matter, known, mapping, number, text, texts

_ANY: Schema = {}

_KINDS = known(
    {
        "string": ("A text.", "Текст."),
        "integer": ("A whole number.", "Целое число."),
        "float": ("A number.", "Число."),
        "boolean": ("`true` or `false`.", "`true` или `false`."),
        "array": ("A list.", "Список."),
        "object": ("A mapping.", "Набор полей."),
        "union": ("One of several kinds.", "Одно из нескольких."),
        "thread": ("Messages of a conversation so far.", "Сообщения предыдущего разговора."),
        "image": ("A picture.", "Изображение."),
        "audio": ("A recording.", "Звукозапись."),
        "file": ("A file.", "Файл."),
    }
)
_PROPERTY = {
    "kind": text("What kind of value it is.", "Вид значения.", **_KINDS),
    "description": text("What it is for.", "Для чего служит значение."),
    "required": flag("Whether it must be given; by default not.", "Обязательно ли значение; по умолчанию нет."),
    "nullable": flag("Whether it may be `null`.", "Может ли значение быть `null`."),
    "default": {"description": "The value if none is given.", "x-ru": "Значение, если другого не дали."},
    "example": {"description": "A value to try the prompt with.", "x-ru": "Значение для пробного запуска."},
    "enumValues": {
        "type": "array",
        "description": "The only values it may have.",
        "x-ru": "Перечень допустимых значений.",
    },
    "type": text("Version 1: the kind of value; `kind` in version 2.", "Версия 1: вид значения; в версии 2 — `kind`."),
    "sample": {
        "description": "Version 1: a value to try the prompt with; `default` in version 2.",
        "x-ru": "Версия 1: значение для пробного запуска; в версии 2 — `default`.",
    },
}


def _properties(en: str, ru: str) -> Schema:
    """Named values: a mapping by their names, where a plain value is a default, or a list."""
    named = {"name": text("The name, as the template uses it.", "Имя, под которым значение стоит в шаблоне.")}
    return {
        "type": ["object", "array"],
        "description": en,
        "x-ru": ru,
        "additionalProperties": {"properties": _PROPERTY},
        "items": {"type": "object", "required": ["name"], "properties": {**named, **_PROPERTY}},
    }


_OPTIONS = mapping(
    "How the model answers.",
    "Параметры генерации.",
    {
        "temperature": number(
            "How freely words are chosen; 0 is the most predictable.",
            "Свобода выбора слов; 0 — самый предсказуемый ответ.",
        ),
        "maxOutputTokens": number(
            "How long the answer may be, in tokens.", "Наибольшая длина ответа в токенах.", whole=True
        ),
        "topP": number(
            "Choose among the likeliest words that have this share together.",
            "Выбирать из самых вероятных слов с такой общей долей.",
        ),
        "topK": number(
            "Choose among this many of the likeliest words.", "Выбирать из стольких самых вероятных слов.", whole=True
        ),
        "frequencyPenalty": number("Against words that have come often.", "Штраф за слова, которые уже повторялись."),
        "presencePenalty": number("Against words that have come at all.", "Штраф за слова, которые уже встречались."),
        "seed": number("For answers that can be repeated.", "Число для воспроизводимых ответов.", whole=True),
        "stopSequences": texts(
            "The answer ends before any of these texts.", "Тексты, перед которыми ответ обрывается."
        ),
        "allowMultipleToolCalls": flag(
            "Whether several tools may be called at once.", "Можно ли вызывать несколько инструментов сразу."
        ),
        "additionalProperties": mapping(
            "Parameters that only this provider knows.", "Параметры, известные только этому поставщику."
        ),
    },
)

_CONNECTION = mapping(
    "How the model is reached.",
    "Подключение к модели.",
    {
        "kind": text(
            "How the program proves who it is.",
            "Способ подключения и проверки доступа.",
            **known(
                {
                    "key": ("With a key.", "По ключу."),
                    "reference": (
                        "As a connection that the program knows by name.",
                        "Подключение, известное программе по имени.",
                    ),
                    "remote": ("Through a service that knows the key.", "Через службу, которая знает ключ."),
                    "anonymous": ("Without proof.", "Без проверки."),
                    "foundry": ("As a project of Microsoft Foundry.", "Проект Microsoft Foundry."),
                    "oauth": ("With OAuth.", "По OAuth."),
                }
            ),
        ),
        "name": text("The name of the connection.", "Имя подключения."),
        "endpoint": text("The address.", "Адрес."),
        "apiKey": text(
            "The key; best taken from the environment: `${env:NAME}`.",
            "Ключ; лучше брать его из окружения: `${env:ИМЯ}`.",
        ),
    },
)

_PARAMETERS = mapping(
    "Version 1: how the model answers; `options` in version 2.",
    "Версия 1: параметры генерации; в версии 2 — `options`.",
    {
        "max_tokens": number(
            "How long the answer may be, in tokens.", "Наибольшая длина ответа в токенах.", whole=True
        ),
        "temperature": number("How freely words are chosen.", "Свобода выбора слов."),
        "top_p": number(
            "Choose among the likeliest words that have this share together.",
            "Выбирать из самых вероятных слов с такой общей долей.",
        ),
        "frequency_penalty": number("Against words that have come often.", "Штраф за слова, которые уже повторялись."),
        "presence_penalty": number("Against words that have come at all.", "Штраф за слова, которые уже встречались."),
        "seed": number("For answers that can be repeated.", "Число для воспроизводимых ответов.", whole=True),
        "stop": {
            "type": ["string", "array"],
            "description": "The answer ends before these texts.",
            "x-ru": "Тексты, перед которыми ответ обрывается.",
        },
        "response_format": mapping("The form of the answer, such as JSON.", "Форма ответа, например JSON."),
        "tools": {
            "type": "array",
            "description": "The functions that may be called.",
            "x-ru": "Функции, которые можно вызывать.",
        },
        "tools_choice": {"description": "Which function is called.", "x-ru": "Какую функцию вызывать."},
    },
)

_MODEL: Schema = {
    "type": ["string", "object"],
    "description": "The model: its id, or how to reach and call it.",
    "x-ru": "Модель: её идентификатор либо способ обращения к ней.",
    "properties": {
        "id": text("The id of the model.", "Идентификатор модели."),
        "provider": text(
            "Who serves it.",
            "Поставщик.",
            **known(
                {
                    "openai": ("Models of OpenAI.", "Модели OpenAI."),
                    "foundry": (
                        "Models at Microsoft Foundry, with Azure OpenAI.",
                        "Модели в Microsoft Foundry, включая Azure OpenAI.",
                    ),
                    "anthropic": ("Models of Anthropic.", "Модели Anthropic."),
                }
            ),
        ),
        "apiType": text(
            "What the model is asked for.",
            "Что требуется от модели.",
            **known(
                {
                    "chat": ("An answer in a conversation.", "Ответ в разговоре."),
                    "responses": ("An answer, through the Responses API.", "Ответ через Responses API."),
                    "embedding": ("A vector for a text.", "Вектор для текста."),
                    "image": ("A picture.", "Изображение."),
                }
            ),
        ),
        "connection": _CONNECTION,
        "options": _OPTIONS,
        "api": choice(
            "Version 1: what the model is asked for; `apiType` in version 2.",
            "Версия 1: что требуется от модели; в версии 2 — `apiType`.",
            {
                "chat": ("An answer in a conversation.", "Ответ в разговоре."),
                "completion": ("A continuation of a text.", "Продолжение текста."),
            },
        ),
        "configuration": mapping(
            "Version 1: how the model is reached; `connection` in version 2.",
            "Версия 1: подключение к модели; в версии 2 — `connection`.",
            {
                "type": text(
                    "Who serves the model; `provider` in version 2.",
                    "Поставщик модели; в версии 2 — `provider`.",
                    **known(
                        {
                            "openai": ("Models of OpenAI.", "Модели OpenAI."),
                            "azure_openai": ("Models of OpenAI at Azure.", "Модели OpenAI в Azure."),
                            "azure_serverless": (
                                "A model of Azure without a server of its own.",
                                "Модель Azure без выделенного сервера.",
                            ),
                        }
                    ),
                ),
                "name": text("The name of the model.", "Имя модели."),
                "azure_endpoint": text("The address at Azure.", "Адрес в Azure."),
                "azure_deployment": text("The deployment at Azure.", "Развёртывание в Azure."),
                "api_version": text("The version of the interface.", "Версия интерфейса."),
            },
        ),
        "parameters": _PARAMETERS,
        "response": choice(
            "Version 1: how much of the answer is returned.",
            "Версия 1: какую часть ответа вернуть.",
            {
                "first": ("The text of the first choice.", "Текст первого варианта."),
                "all": ("Everything that came.", "Всё, что пришло."),
            },
        ),
    },
}

_TOOL: Schema = {
    "type": "object",
    "required": ["name", "kind"],
    "properties": {
        "name": text("The name, as the model calls it.", "Имя, под которым модель вызывает инструмент."),
        "kind": text(
            "What kind of tool it is.",
            "Вид инструмента.",
            **known(
                {
                    "function": ("A function of the program.", "Функция программы."),
                    "mcp": ("A tool of an MCP server.", "Инструмент сервера MCP."),
                    "openapi": ("An interface described in OpenAPI.", "Интерфейс, описанный в OpenAPI."),
                }
            ),
        ),
        "description": text("What the tool does; the model reads it.", "Что делает инструмент; это читает модель."),
        "parameters": _properties("What the tool is given.", "Что передаётся инструменту."),
        "strict": flag(
            "Whether arguments must follow the description exactly.", "Должны ли аргументы точно следовать описанию."
        ),
        "bindings": {
            "description": "Which inputs fill which parameters.",
            "x-ru": "Какие входные значения подставляются в параметры.",
        },
    },
}

_ENGINE = known(
    {
        "jinja2": ("With `{{ name }}` and `{% if %}`.", "С записью `{{ name }}` и `{% if %}`."),
        "nunjucks": ("As Jinja2, for JavaScript.", "Как Jinja2, для JavaScript."),
        "mustache": ("With `{{name}}` and `{{#name}}`.", "С записью `{{name}}` и `{{#name}}`."),
    }
)

SCHEMA = front_matter(
    {
        "name": text("What the prompt is called.", "Имя промпта."),
        "displayName": text("The name that people see.", "Имя для показа."),
        "description": text("What the prompt does.", "Что делает промпт."),
        "metadata": mapping(
            "Facts about the file, such as authors, tags and version.",
            "Сведения о файле: авторы, метки, версия и другие.",
        ),
        "model": _MODEL,
        "inputs": _properties("The variables of the template.", "Переменные шаблона."),
        "outputs": _properties("The form of the answer.", "Форма ответа."),
        "tools": {
            "type": "array",
            "description": "The tools that the model may call.",
            "x-ru": "Инструменты, которые может вызывать модель.",
            "items": _TOOL,
        },
        "template": {
            "type": ["string", "object"],
            "description": "The language of the template.",
            "x-ru": "Язык шаблона.",
            **_ENGINE,
            "properties": {
                "format": {
                    "type": ["string", "object"],
                    "description": "How variables are filled in.",
                    "x-ru": "Как подставляются переменные.",
                    **_ENGINE,
                    "properties": {
                        "kind": text("The language.", "Язык.", **_ENGINE),
                        "strict": flag(
                            "Whether a variable without a value is an error.",
                            "Считать ли ошибкой переменную без значения.",
                        ),
                    },
                },
                "parser": {
                    "type": ["string", "object"],
                    "description": "How the text is divided into messages.",
                    "x-ru": "Как текст делится на сообщения.",
                    "properties": {
                        "kind": text(
                            "The parser; `prompty` by default.",
                            "Способ разбора; по умолчанию `prompty`.",
                            **known({"prompty": ("By lines such as `system:`.", "По строкам вида `system:`.")}),
                        )
                    },
                },
            },
        },
        "version": text("Version 1: the version of the prompt.", "Версия 1: версия промпта."),
        "authors": texts("Version 1: who wrote it.", "Версия 1: авторы."),
        "tags": texts("Version 1: words to find it by.", "Версия 1: метки для поиска."),
        "sample": {
            "type": ["object", "string"],
            "description": "Version 1: values of the variables to try the prompt with, or the file they are in.",
            "x-ru": "Версия 1: значения переменных для пробного запуска или файл с ними.",
        },
    }
)
