"""The words that template languages bring along, each with what it means, for completion and hover."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Word(NamedTuple):
    written: str
    """As it stands in a template, with `@` and the like."""
    en: str
    ru: str

    def meaning(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


def _words(entries: Mapping[str, tuple[str, str]], prefix: str = "") -> dict[str, Word]:
    return {name: Word(f"{prefix}{name}", en, ru) for name, (en, ru) in entries.items()}


_LOOP = (
    "The state of the loop: `loop.index`, `loop.first`, `loop.last` …",
    "Состояние цикла: `loop.index`, `loop.first`, `loop.last` …",
)

BUILTINS: dict[str, dict[str, Word]] = {
    "jinja": _words(
        {
            "loop": _LOOP,
            "range": ("The whole numbers up to a limit.", "Целые числа до заданного предела."),
            "dict": ("A mapping from its named arguments.", "Словарь из именованных аргументов."),
            "namespace": (
                "A place for values that a loop changes.",
                "Хранилище значений, которые меняются внутри цикла.",
            ),
            "cycler": ("Goes through its arguments in turn.", "Перебирает свои аргументы по кругу."),
            "joiner": (
                "Writes a separator, except the first time.",
                "Пишет разделитель каждый раз, кроме первого.",
            ),
        }
    ),
    "handlebars": _words(
        {
            "index": ("The number of the item in the loop, from 0.", "Номер элемента в цикле, с 0."),
            "key": ("The key of the item in the loop.", "Ключ элемента в цикле."),
            "first": ("Whether it is the first item.", "Первый ли это элемент."),
            "last": ("Whether it is the last item.", "Последний ли это элемент."),
            "root": ("All inputs, also inside of blocks.", "Все входные данные, в том числе внутри блоков."),
            "metadata": ("What the front matter says of the prompt.", "Что говорит о промпте его шапка."),
        },
        "@",
    ),
    "inputs": _words(
        {
            "selection": ("What is selected in the editor.", "Что выделено в редакторе."),
            "selectedText": ("The text that is selected in the editor.", "Текст, выделенный в редакторе."),
            "file": ("The path of the open file.", "Путь открытого файла."),
            "fileBasename": ("The name of the open file.", "Имя открытого файла."),
            "fileBasenameNoExtension": (
                "The name of the open file without its ending.",
                "Имя открытого файла без расширения.",
            ),
            "fileDirname": ("The folder of the open file.", "Папка открытого файла."),
            "workspaceFolder": ("The path of the workspace folder.", "Путь папки рабочей области."),
            "workspaceFolderBasename": ("The name of the workspace folder.", "Имя папки рабочей области."),
        }
    ),
    "arguments": {
        "ARGUMENTS": Word(
            "ARGUMENTS", "Everything that was typed after the command.", "Всё, что введено после команды."
        ),
        **_words(
            {
                str(number): (f"The argument with the number {number}.", f"Аргумент номер {number}.")
                for number in range(1, 4)
            }
        ),
        **{
            name: Word(f"{{{name}}}", en, ru)
            for name, (en, ru) in {
                "CLAUDE_SESSION_ID": ("The id of the session.", "Идентификатор сеанса."),
                "CLAUDE_SKILL_DIR": ("The folder of the skill.", "Папка навыка."),
                "CLAUDE_PLUGIN_ROOT": ("The folder of the plugin.", "Папка плагина."),
            }.items()
        },
    },
    "poml": _words({"loop": _LOOP}),
}
"""By language, by the name that the scanners give them."""

IN_LOOPS = frozenset({"loop", "index", "key", "first", "last"})
"""Those that mean something inside of loops only."""

FILTERS: dict[str, dict[str, Word]] = {
    "jinja": _words(
        {
            "abs": ("The absolute value.", "Модуль числа."),
            "batch": ("Cuts a list into lists of a size.", "Делит список на списки заданного размера."),
            "capitalize": ("A capital letter first, the others small.", "Первая буква заглавная, остальные строчные."),
            "default": ("Another value if this one is not defined.", "Другое значение, если этого нет."),
            "escape": ("Replaces the characters that HTML reserves.", "Заменяет особые символы HTML."),
            "first": ("The first item.", "Первый элемент."),
            "float": ("As a number with a fraction.", "Как дробное число."),
            "groupby": ("Groups a list by an attribute.", "Группирует список по атрибуту."),
            "indent": ("Indents all lines but the first.", "Сдвигает все строки, кроме первой."),
            "int": ("As a whole number.", "Как целое число."),
            "items": ("The pairs of keys and values.", "Пары «ключ — значение»."),
            "join": ("The items as one text, with a separator.", "Элементы одним текстом через разделитель."),
            "last": ("The last item.", "Последний элемент."),
            "length": ("How many items or characters there are.", "Сколько в нём элементов или символов."),
            "list": ("As a list.", "Как список."),
            "lower": ("In small letters.", "Строчными буквами."),
            "map": ("An attribute or filter of every item.", "Атрибут или фильтр каждого элемента."),
            "max": ("The greatest item.", "Наибольший элемент."),
            "min": ("The least item.", "Наименьший элемент."),
            "reject": ("The items that fail a test.", "Элементы, которые не проходят проверку."),
            "rejectattr": ("The items whose attribute fails a test.", "Элементы, чей атрибут не проходит проверку."),
            "replace": ("Replaces one text by another.", "Заменяет один текст другим."),
            "reverse": ("In the opposite order.", "В обратном порядке."),
            "round": ("Rounded.", "Округлённое число."),
            "safe": ("Not to be escaped.", "Не экранировать."),
            "select": ("The items that pass a test.", "Элементы, которые проходят проверку."),
            "selectattr": ("The items whose attribute passes a test.", "Элементы, чей атрибут проходит проверку."),
            "slice": ("Cuts a list into a number of lists.", "Делит список на заданное число списков."),
            "sort": ("In order.", "По порядку."),
            "string": ("As a text.", "Как текст."),
            "sum": ("The sum of the items.", "Сумма элементов."),
            "title": ("Every word with a capital letter.", "Каждое слово с заглавной буквы."),
            "tojson": ("As JSON.", "В виде JSON."),
            "trim": ("Without white space at the ends.", "Без пробелов по краям."),
            "truncate": ("Cut off at a length.", "Обрезанный до заданной длины."),
            "unique": ("Every item once.", "Каждый элемент один раз."),
            "upper": ("In capital letters.", "Заглавными буквами."),
            "urlencode": ("Fit for an address.", "В виде, пригодном для адреса."),
            "wordcount": ("How many words there are.", "Сколько слов."),
            "wordwrap": ("Broken into lines of a width.", "Разбитый на строки заданной ширины."),
        }
    )
}

STATEMENTS: dict[str, dict[str, Word]] = {
    "jinja": _words(
        {
            "if": ("What follows only under a condition.", "Следующее — только при условии."),
            "elif": ("Otherwise, under another condition.", "Иначе, при другом условии."),
            "else": ("Otherwise.", "Иначе."),
            "endif": ("The end of `if`.", "Конец `if`."),
            "for": ("What follows for every item.", "Следующее — для каждого элемента."),
            "endfor": ("The end of `for`.", "Конец `for`."),
            "set": ("Gives a value to a variable.", "Задаёт значение переменной."),
            "include": ("The text of another file.", "Текст другого файла."),
            "import": ("The macros of another file.", "Макросы другого файла."),
            "from": ("Some macros of another file.", "Отдельные макросы другого файла."),
            "extends": ("The file that this one fills in.", "Файл, который дополняется этим."),
            "block": ("A part that another file may replace.", "Часть, которую может заменить другой файл."),
            "endblock": ("The end of `block`.", "Конец `block`."),
            "macro": ("A text with parameters, to be used again.", "Текст с параметрами для повторного использования."),
            "endmacro": ("The end of `macro`.", "Конец `macro`."),
            "filter": ("Passes what follows through a filter.", "Пропускает следующее через фильтр."),
            "endfilter": ("The end of `filter`.", "Конец `filter`."),
            "raw": ("Text that is left as it is.", "Текст, который остаётся как есть."),
            "endraw": ("The end of `raw`.", "Конец `raw`."),
        }
    )
}
"""What may stand first in `{% … %}`."""

BLOCK_HELPERS: dict[str, dict[str, Word]] = {
    "handlebars": _words(
        {
            "if": ("What follows only if there is a value.", "Следующее — только если значение есть."),
            "unless": ("What follows only if there is no value.", "Следующее — только если значения нет."),
            "each": ("What follows for every item.", "Следующее — для каждого элемента."),
            "with": ("What follows, seen from a value.", "Следующее — относительно значения."),
            "ifEquals": ("What follows only if two values are equal.", "Следующее — только если два значения равны."),
            "unlessEquals": (
                "What follows only if two values differ.",
                "Следующее — только если два значения различаются.",
            ),
        }
    )
}
"""What may stand behind `{{#`."""

HELPERS: dict[str, dict[str, Word]] = {
    "handlebars": _words(
        {
            "role": ("Begins the message of a role.", "Начинает сообщение роли."),
            "history": ("The conversation so far.", "Предыдущая переписка."),
            "media": ("A picture or other file, by its `url`.", "Картинка или другой файл по его `url`."),
            "json": ("A value as JSON.", "Значение в виде JSON."),
            "section": ("A place that the program fills in.", "Место, которое заполняет программа."),
            "lookup": ("A property whose name is a value.", "Свойство, имя которого — значение."),
            "else": ("Otherwise.", "Иначе."),
            "this": ("The current item.", "Текущий элемент."),
        }
    )
}
"""What may stand first in `{{ … }}` besides variables."""
