"""Prompts in YAML or JSON files: `.prompt.yml` of GitHub Models, and what LangChain, Semantic Kernel and others keep
in a `prompts` folder.

Nothing but the names of keys says what is a prompt, so only texts under keys that mean nothing else count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.dialect import JINJA, MUSTACHE, Dialect
from thoughtsmith.formats.embedded import DataTree, Holder, Prompt
from thoughtsmith.formats.embedded_format import embedded_format
from thoughtsmith.formats.embedded_names import declared, loosened, span_of, without_escapes
from thoughtsmith.formats.schema import Schema, choice, front_matter, mapping, number, text
from thoughtsmith.formats.templates import handlebars, jinja, python_format
from thoughtsmith.formats.templates.joining import joined
from thoughtsmith.syntax.template import DECLARATION, NOTHING, Name, Tag, Template
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.yaml_outline import Outline, Path, Text
    from thoughtsmith.syntax.tree import PromptTree

_KEYS = frozenset(
    {
        "content", "instruction", "instructions", "prefix", "prompt", "prompttemplate", "suffix", "system",
        "systemmessage", "systemprompt", "template", "text", "user", "usermessage", "userprompt",
    }
)  # fmt: skip
"""In small letters and without `_` and `-`."""
_GRADED = frozenset({"completion", "expected", "input", "output", "query", "context"})
"""What an evaluator fills into its prompt."""
_LISTS = frozenset({"input_variables", "inputVariables", "template_variables"})
_KERNEL_MARK = re.compile(r"\{\{\s*\$")
_KERNEL = re.compile(r"\{\{(?P<inside>[^{}\r\n]*)\}\}")
_KERNEL_NAME = re.compile(r"\$(\w+)")
_KERNEL_LANGUAGE = "semantic-kernel"
_LANGUAGES = {
    "f-string": "python-format",
    "jinja2": "jinja",
    "jinja": "jinja",
    "mustache": "mustache",
    "handlebars": "handlebars",
    _KERNEL_LANGUAGE: _KERNEL_LANGUAGE,
}
"""By what `template_format` says."""


def prompts(outline: Outline, text: str) -> Iterator[Prompt]:
    """The texts under keys that hold prompts."""
    values = {value.path: value for value in outline.texts}
    for value in outline.texts:
        if value.style == "*" or (name := _key(value.path)) not in _KEYS:
            continue
        role = _role(value.path, values, text)
        if not role and (name == "text" or (name == "content" and len(value.path) > 1)):
            continue  # Anything may be called so; only in a message it is a prompt.
        written = text[value.span.start : value.span.end].strip("\"' ")
        if value.body is None and not any(char.isspace() for char in written):
            continue  # The name of a file or of another prompt.
        yield Prompt(value, role or str(value.path[-1]))


def _key(path: Path) -> str:
    last = path[-1] if path else ""
    return last.lower().replace("_", "").replace("-", "") if isinstance(last, str) else ""


def _role(path: Path, values: dict[Path, Text], text: str) -> str:
    """The role of the message around a value; empty if there is none."""
    # The content of a message may be a list of parts: `content: [{type: text, text: …}]`.
    message = path[:-3] if path[-3:-2] == ("content",) else path[:-1]
    role = values.get((*message, "role"))
    if role is None or role.body is not None or role.style == "*":
        return ""
    return text[role.span.start : role.span.end].strip("\"'").lower()


def template(tree: PromptTree) -> Template:
    """The variables of the prompts, and the keys that declare them."""
    return _Reading(tree).template() if isinstance(tree, DataTree) else NOTHING


class _Reading:
    def __init__(self, tree: DataTree) -> None:
        self._tree = tree
        self._lines = tree.lines
        # With a character more, so that no prompt ends where the file does: what it defines means nothing elsewhere.
        self._text = without_escapes(tree.lines.text, tree.outline) + "\n"
        self._values = {value.path: value for value in tree.outline.texts}
        self._language = self._told() or self._guessed()

    def template(self) -> Template:
        declared = tuple(self._declared())
        found: list[Template] = []
        for prompt in self._tree.prompts:
            one = self._scan(span_of(prompt.text, self._lines))
            found.append(loosened(one, builtins=_GRADED) if prompt.text.path[0] == "evaluators" else one)
        language = next((one.language for one in found if one.language), "")
        declares = self._lists_all_variables() and any(name.defines for name in declared)
        return joined(Template(language, declared, declares=declares), *found)

    def _told(self) -> str:
        """The language that the file says its template is in."""
        for key in ("template_format", "templateFormat", "template_type"):
            value = self._values.get((key,))
            if value is not None and value.body is None:
                written = self._lines.at(span_of(value, self._lines)).strip().lower()
                return _LANGUAGES.get(written, "")
        if self._values.get(("_type",)) is not None or ("input_variables", 0) in self._values:
            return "python-format"
        return ""

    def _guessed(self) -> str:
        spans = [span_of(prompt.text, self._lines) for prompt in self._tree.prompts]
        if any(self._text.find("{%", *span) >= 0 for span in spans):
            return "jinja"
        if any(_KERNEL_MARK.search(self._text, *span) for span in spans):
            return _KERNEL_LANGUAGE
        return "mustache"

    def _scan(self, span: Span) -> Template:
        if self._text.find("{", *span) < 0:
            return NOTHING
        if self._language == "jinja":
            return jinja.scan(self._text, *span)
        if self._language == "python-format":
            return python_format.scan(self._text, *span)
        if self._language == _KERNEL_LANGUAGE:
            return self._kernel(span)
        return handlebars.scan(self._text, *span, flavour=self._language)

    def _kernel(self, span: Span) -> Template:
        """The variables of Semantic Kernel, which have a dollar sign; other names are functions."""
        names: list[Name] = []
        tags: list[Tag] = []
        for match in _KERNEL.finditer(self._text, *span):
            tags.append(Tag(Span(*match.span()), "expression"))
            inside = _KERNEL_NAME.finditer(self._text, *match.span("inside"))
            names += [Name(name[1], Span(*name.span(1))) for name in inside]
        return Template("jinja", tuple(names), tags=tuple(tags))

    def _declared(self) -> Iterator[Name]:
        """The variables by the keys of test data, or as the items of a list of variables."""
        for key in self._tree.outline.keys:
            path = key.path
            if (len(path) == 3 and path[0] == "testData" and path[2] != "expected") or (
                len(path) == 2 and path[0] in ("partial_variables", "partialVariables")
            ):
                found = declared(key, self._values, self._lines)
                if found is not None:
                    yield found
        for value in self._tree.outline.texts:
            path = value.path
            if not path or path[0] not in _LISTS:
                continue
            if value.body is None and value.style != "*" and (len(path) == 2 or (len(path) == 3 and path[2] == "name")):
                span = span_of(value, self._lines)
                name = self._lines.at(span)
                if name.isidentifier():
                    yield Name(
                        name,
                        span,
                        defines=DECLARATION,
                        default=self._beside(path, "default"),
                        description=self._beside(path, "description"),
                        quote=value.style or "yaml",
                    )

    def _beside(self, path: Path, key: str) -> str:
        value = self._values.get((*path[:2], key)) if len(path) == 3 else None
        return "" if value is None or value.body is not None else self._lines.at(span_of(value, self._lines))

    def _lists_all_variables(self) -> bool:
        """Whether a variable that is not declared here is a mistake.

        GitHub Models runs the prompt with the test data, LangChain refuses others; Semantic Kernel takes any.
        """
        lists = {key.path[0] for key in self._tree.outline.keys} & {"testData", *_LISTS}
        aliases = (value for value in self._tree.outline.texts if value.style == "*" and value.path)
        elsewhere = any(value.path[0] in lists and len(value.path) < 3 for value in aliases)
        merged = any(key.path[0] in lists and key.path[-1] == "<<" for key in self._tree.outline.keys)
        in_file = ("testData",) in self._values
        return bool(lists) and not (elsewhere or merged or in_file or self._language == _KERNEL_LANGUAGE)


_TESTED: Schema = mapping("Values for the variables of one run.", "Значения переменных для одного прогона.")
_MESSAGE: Schema = mapping(
    "One message.",
    "Одно сообщение.",
    {
        "role": choice(
            "Who speaks.",
            "Кто говорит.",
            {
                "system": ("Instructions that hold for the whole conversation.", "Указания для всей беседы."),
                "user": ("What is asked of the model.", "Что спрашивают у модели."),
                "assistant": ("What the model answered; an example.", "Что ответила модель; пример."),
                "developer": ("Instructions of the program's author.", "Указания автора программы."),
            },
        ),
        "content": {
            "type": ["string", "array"],
            "description": "The text of the message, with `{{variables}}`.",
            "x-ru": "Текст сообщения с переменными `{{имя}}`.",
        },
    },
)
_EVALUATOR: Schema = mapping(
    "One check of the answers.",
    "Одна проверка ответов.",
    {
        "name": text("What it is called.", "Как она называется."),
        "string": mapping(
            "A check of the wording.",
            "Проверка текста ответа.",
            {
                "equals": text("The answer is exactly this.", "Ответ в точности такой."),
                "contains": text("The answer contains this.", "Ответ содержит это."),
                "startsWith": text("The answer begins with this.", "Ответ начинается с этого."),
                "endsWith": text("The answer ends with this.", "Ответ заканчивается этим."),
            },
        ),
        "llm": mapping(
            "A model that grades the answer.",
            "Модель, которая оценивает ответ.",
            {
                "modelId": text("The model.", "Модель."),
                "systemPrompt": text("Its instructions.", "Её указания."),
                "prompt": text(
                    "What it is asked, with `{{completion}}` and `{{expected}}`.",
                    "Что у неё спрашивают; доступны `{{completion}}` и `{{expected}}`.",
                ),
                "choices": {
                    "type": "array",
                    "items": mapping(
                        "One verdict.",
                        "Один из вариантов оценки.",
                        {
                            "choice": {"description": "What the model may say.", "x-ru": "Что может сказать модель."},
                            "score": number("What it counts, from 0 to 1.", "Сколько это стоит, от 0 до 1."),
                        },
                    ),
                    "description": "The verdicts and their scores.",
                    "x-ru": "Варианты оценки и их значения.",
                },
            },
        ),
        "uses": text(
            "A ready-made check, such as `github/similarity`.", "Готовая проверка, например `github/similarity`."
        ),
    },
)
SCHEMA = front_matter(
    {
        "name": text("What the prompt is called.", "Как называется промпт."),
        "description": text("What the prompt is for.", "Для чего нужен промпт."),
        "model": {
            "type": ["string", "object"],
            "description": "The model that it is written for, such as `openai/gpt-4o-mini`.",
            "x-ru": "Модель, для которой он написан, например `openai/gpt-4o-mini`.",
        },
        "modelParameters": mapping(
            "Settings of the model.",
            "Настройки модели.",
            {
                "temperature": number("How varied the answers are.", "Насколько разнообразны ответы."),
                "topP": number(
                    "The share of probability that words are chosen from.",
                    "Доля вероятности, из которой выбираются слова.",
                ),
                "maxTokens": number("The longest answer, in tokens.", "Наибольшая длина ответа в токенах.", whole=True),
                "maxCompletionTokens": number(
                    "The longest answer together with the reasoning, in tokens.",
                    "Наибольшая длина ответа вместе с рассуждением в токенах.",
                    whole=True,
                ),
            },
        ),
        "messages": {
            "type": "array",
            "items": _MESSAGE,
            "description": "The messages that make the prompt.",
            "x-ru": "Сообщения, из которых состоит промпт.",
        },
        "responseFormat": choice(
            "The form of the answer.",
            "Вид ответа.",
            {
                "text": ("Plain text.", "Обычный текст."),
                "json_object": ("Any JSON.", "Любой JSON."),
                "json_schema": ("JSON by `jsonSchema`.", "JSON по схеме из `jsonSchema`."),
            },
        ),
        "jsonSchema": {
            "type": ["string", "object"],
            "description": "The schema of the answer.",
            "x-ru": "Схема ответа.",
        },
        "testData": {
            "type": "array",
            "items": _TESTED,
            "description": "Values for the variables, one set for each run of the evaluation.",
            "x-ru": "Значения переменных, по набору на каждый прогон проверки.",
        },
        "evaluators": {
            "type": "array",
            "items": _EVALUATOR,
            "description": "How the answers are checked.",
            "x-ru": "Как проверяются ответы.",
        },
    }
)

_DIALECT = Dialect(front_matter=(), tags=(*JINJA, *MUSTACHE))

FORMAT = embedded_format(
    "prompt-yaml",
    "Prompt file (.prompt.yml)",
    ("*.prompt.yml", "*.prompt.yaml"),
    Holder(prompts, ("messages:", "  - role: user", "    content: |"), _DIALECT),
    schema=SCHEMA,
    template=template,
)

FOLDER = embedded_format(
    "prompt-data",
    "Prompts in YAML and JSON",
    ("prompts/*.yaml", "prompts/*.yml", "*.prompt.json"),
    Holder(prompts, ("prompt: |",), _DIALECT),
    template=template,
)
"""Whatever tool they are for: only the names of their keys are known."""
