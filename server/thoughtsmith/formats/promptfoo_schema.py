"""What a configuration of promptfoo may say, in the keys that people write by hand."""

from __future__ import annotations

from thoughtsmith.formats.schema import Schema, flag, front_matter, known, mapping, number, text, texts

_ANYTHING: Schema = {"type": ["string", "number", "boolean", "array", "object", "null"]}

_ASSERTION_TYPES = {
    "equals": ("The output is exactly the value.", "Ответ в точности равен значению."),
    "contains": ("The output contains the value.", "Ответ содержит значение."),
    "icontains": ("The output contains the value, in capitals or not.", "Ответ содержит значение в любом регистре."),
    "contains-all": ("The output contains every value of a list.", "Ответ содержит все значения списка."),
    "contains-any": ("The output contains one of the values of a list.", "Ответ содержит одно из значений списка."),
    "regex": ("The output matches a regular expression.", "Ответ подходит под регулярное выражение."),
    "starts-with": ("The output begins with the value.", "Ответ начинается со значения."),
    "is-json": (
        "The output is JSON, valid by a schema if one is given.",
        "Ответ — JSON, верный по схеме, если она дана.",
    ),
    "contains-json": ("There is JSON somewhere in the output.", "Где-то в ответе есть JSON."),
    "javascript": ("A JavaScript expression or function decides.", "Решает выражение или функция на JavaScript."),
    "python": ("A Python expression or function decides.", "Решает выражение или функция на Python."),
    "llm-rubric": ("A model grades the output by a rubric.", "Модель оценивает ответ по критериям."),
    "factuality": ("A model compares the facts with a reference.", "Модель сверяет факты с образцом."),
    "similar": ("The output means nearly the same as the value.", "Ответ близок к значению по смыслу."),
    "cost": ("The request costs no more than the threshold.", "Запрос стоит не больше порога."),
    "latency": ("The answer comes within so many milliseconds.", "Ответ приходит за указанное число миллисекунд."),
}

_ASSERTION: Schema = mapping(
    "One check of an output.",
    "Одна проверка ответа.",
    {
        "type": text(
            "How the output is checked; `not-` before it turns it round.",
            "Как проверяется ответ; приставка `not-` обращает проверку.",
            **known(_ASSERTION_TYPES),
        ),
        "value": {
            **_ANYTHING,
            "description": "What the output is checked against: a text, a list, code, a rubric or a `file://`.",
            "x-ru": "С чем сравнивается ответ: текст, список, код, критерии или `file://`.",
        },
        "threshold": number(
            "The score from which on the check passes.", "Оценка, начиная с которой проверка пройдена."
        ),
        "weight": number("How much the check counts; 1 by default.", "Вес проверки; по умолчанию 1."),
        "metric": text("The name under which scores are added up.", "Имя, под которым суммируются оценки."),
        "provider": {
            "type": ["string", "object"],
            "description": "The model that grades, where one does.",
            "x-ru": "Модель, которая оценивает, если оценивает модель.",
        },
        "transform": text("Code that changes the output before the check.", "Код, изменяющий ответ перед проверкой."),
    },
)

_ASSERTIONS: Schema = {
    "type": "array",
    "items": _ASSERTION,
    "description": "What every output must fulfil.",
    "x-ru": "Чему должен соответствовать каждый ответ.",
}

_VARS: Schema = {
    "type": ["object", "string", "array"],
    "description": "Values for the variables of the prompts; a list of values makes a test of each. Or a `file://`.",
    "x-ru": "Значения переменных в промптах; для списка значений создаётся по тесту на каждое. Или `file://`.",
}

_TEST: dict[str, Schema] = {
    "description": text("What the test is about.", "О чём этот тест."),
    "vars": _VARS,
    "assert": _ASSERTIONS,
    "options": mapping(
        "Settings for this test: how to grade, what to add to the prompt.",
        "Настройки теста: как оценивать, что добавить к промпту.",
        {
            "prefix": text("Text before the prompt.", "Текст перед промптом."),
            "suffix": text("Text after the prompt.", "Текст после промпта."),
            "provider": {
                "type": ["string", "object"],
                "description": "The model that grades.",
                "x-ru": "Модель, которая оценивает.",
            },
            "rubricPrompt": {
                "type": ["string", "array"],
                "description": "The prompt for the model that grades.",
                "x-ru": "Промпт для модели, которая оценивает.",
            },
            "transform": text("Code that changes every output.", "Код, изменяющий каждый ответ."),
            "transformVars": text("Code that changes the variables.", "Код, изменяющий переменные."),
        },
    ),
    "threshold": number(
        "The total score from which on the test passes.", "Общая оценка, начиная с которой тест пройден."
    ),
    "metadata": mapping("Notes to filter results by.", "Пометки для отбора результатов."),
}

_PROMPT: Schema = mapping(
    "A prompt with a name.",
    "Промпт с именем.",
    {
        "id": text("Its id, or the file that it stands in.", "Идентификатор или файл, в котором он находится."),
        "label": text("What it is called in the results.", "Как он называется в результатах."),
        "raw": text("Its text.", "Его текст."),
        "function": {"description": "A function that makes the prompt.", "x-ru": "Функция, создающая промпт."},
        "config": mapping(
            "Settings for the model with this prompt only.", "Настройки модели только для этого промпта."
        ),
    },
)

_PROVIDERS: Schema = {
    "type": ["string", "array", "object"],
    "description": "The models or programs to try the prompts on, such as `openai:gpt-4.1` or `file://provider.py`.",
    "x-ru": "Модели или программы, на которых проверяются промпты, например `openai:gpt-4.1` или `file://provider.py`.",
}

SCHEMA = front_matter(
    {
        "description": text(
            "What is evaluated here; shown with the results.", "Что здесь проверяется; видно в результатах."
        ),
        "tags": mapping("Names and values to find the evaluation by.", "Имена и значения, по которым ищут проверку."),
        "prompts": {
            "type": ["string", "array", "object"],
            "items": {"anyOf": [{"type": "string"}, _PROMPT]},
            "description": "The prompts to compare: texts with `{{variables}}`, or files as `file://prompt.txt`.",
            "x-ru": "Сравниваемые промпты: тексты с переменными `{{имя}}` или файлы, например `file://prompt.txt`.",
        },
        "providers": _PROVIDERS,
        "targets": {**_PROVIDERS, "x-ru": _PROVIDERS["x-ru"] + " То же, что `providers`."},
        "tests": {
            "type": ["string", "array", "object"],
            "items": {"anyOf": [{"type": "string"}, mapping("One test.", "Один тест.", _TEST)]},
            "description": "The tests: values for the variables and what the outputs must fulfil; or a file with them.",
            "x-ru": "Тесты: значения переменных и требования к ответам; или файл с ними.",
        },
        "defaultTest": {
            "anyOf": [{"type": "string"}, mapping("What holds for every test.", "Общее для всех тестов.", _TEST)],
            "description": "What holds for every test: variables, checks and settings.",
            "x-ru": "Общее для всех тестов: переменные, проверки и настройки.",
        },
        "scenarios": {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "string"},
                    mapping(
                        "Sets of values with tests for each of them.",
                        "Наборы значений и тесты для каждого из них.",
                        {
                            "description": text("What the scenario is about.", "О чём этот сценарий."),
                            "config": {
                                "type": ["array", "string"],
                                "items": mapping("One set of values.", "Один набор значений.", {"vars": _VARS}),
                                "description": "The sets of values.",
                                "x-ru": "Наборы значений.",
                            },
                            "tests": {
                                "type": ["array", "string"],
                                "items": {"anyOf": [{"type": "string"}, mapping("One test.", "Один тест.", _TEST)]},
                                "description": "The tests, each done with each set.",
                                "x-ru": "Тесты; каждый выполняется с каждым набором.",
                            },
                        },
                    ),
                ]
            },
            "description": "Tests that are done with several sets of values.",
            "x-ru": "Тесты, которые выполняются с несколькими наборами значений.",
        },
        "outputPath": {
            "type": ["string", "array"],
            "items": {"type": "string"},
            "description": "The files that results are written to; their endings say how, such as csv, json or html.",
            "x-ru": "Файлы для результатов; вид определяется расширением, например csv, json или html.",
        },
        "evaluateOptions": mapping(
            "How the evaluation runs.",
            "Как выполняется проверка.",
            {
                "maxConcurrency": number("Requests at the same time.", "Число одновременных запросов.", whole=True),
                "repeat": number("How often each test is done.", "Сколько раз выполняется каждый тест.", whole=True),
                "delay": number("Milliseconds between requests.", "Пауза между запросами в миллисекундах."),
                "cache": flag("Whether answers are remembered.", "Запоминать ли ответы."),
                "showProgressBar": flag("Whether progress is shown.", "Показывать ли ход выполнения."),
            },
        ),
        "commandLineOptions": mapping(
            "Options of the command line that this file sets.", "Параметры командной строки, заданные этим файлом."
        ),
        "derivedMetrics": {
            "type": "array",
            "items": mapping(
                "A measure worked out from others.",
                "Показатель, вычисленный из других.",
                {
                    "name": text("What it is called.", "Как он называется."),
                    "value": text("The formula.", "Формула."),
                },
            ),
            "description": "Measures that are worked out from the `metric` of checks.",
            "x-ru": "Показатели, вычисляемые из `metric` проверок.",
        },
        "env": mapping("Environment variables for the run.", "Переменные окружения на время выполнения."),
        "extensions": texts(
            "Programs that run before and after tests.", "Программы, которые выполняются до и после тестов."
        ),
        "nunjucksFilters": mapping("Files with filters for the prompts.", "Файлы с фильтрами для промптов."),
        "redteam": mapping(
            "Attacks that are made up and tried on the target.",
            "Атаки, которые создаются и пробуются на проверяемой системе.",
            {
                "purpose": text("What the system is for and must not do.", "Для чего система и чего ей нельзя."),
                "plugins": {"type": "array", "description": "What is attacked.", "x-ru": "Что атакуется."},
                "strategies": {"type": "array", "description": "How it is attacked.", "x-ru": "Как атакуется."},
                "numTests": number("Tests for each plugin.", "Число тестов на плагин.", whole=True),
                "language": {
                    "type": ["string", "array"],
                    "description": "The languages of the attacks.",
                    "x-ru": "Языки атак.",
                },
            },
        ),
        "sharing": {
            "type": ["boolean", "object"],
            "description": "Whether and where results may be shared.",
            "x-ru": "Можно ли и где публиковать результаты.",
        },
        "writeLatestResults": flag(
            "Whether results are kept for the viewer.", "Сохранять ли результаты для просмотра."
        ),
        "tracing": mapping("Recording of what happens inside a provider.", "Запись происходящего внутри провайдера."),
        "metadata": mapping("Notes on the evaluation.", "Пометки о проверке."),
        "$schema": text(
            "Where the schema of this file lies, for editors.", "Где лежит схема этого файла; для редакторов."
        ),
    },
    # promptfoo checks its configuration against a schema that knows no other keys, and complains of them.
    closed=True,
)
