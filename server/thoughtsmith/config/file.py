"""Reading the text of a config file: `thoughtsmith.toml`, or `[tool.thoughtsmith]` in `pyproject.toml`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.config.misfit import Misfit, misfit, normal
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.config.toml_outline import outline
from thoughtsmith.messages import messages
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PYPROJECT = "pyproject.toml"
FILE_NAMES = ("thoughtsmith.toml", ".thoughtsmith.toml", PYPROJECT)
"""In one folder the first of them counts."""

_WITH_RULES = frozenset({"select", "ignore", "severity", "per-file-ignores"})
_AT_LINE = re.compile(r"[ (]at line (\d+)(?:, column (\d+))?")


_OPTIONS = {option.name: option for option in OPTIONS}


class ConfigProblem(NamedTuple):
    """Something that is wrong in a config file."""

    path: str
    line: int
    """From 1."""
    key: str
    """The option; empty if no key can be blamed."""
    wrong: Misfit
    span: Span = Span(0, 0)
    """What in the file is wrong."""

    def message(self, language: str) -> str:
        """What is wrong with the key."""
        text = messages(language).config_problems[self.wrong.id].format(**dict(self.wrong.values))
        return f"{self.key}: {text}" if self.key else text

    def line_of_text(self, language: str) -> str:
        """The same with the file and line."""
        return f"{self.path}:{self.line}: {self.message(language)}"


class Parsed(NamedTuple):
    values: Mapping[str, Any]
    """What fits, by the names of options."""
    problems: tuple[ConfigProblem, ...]
    lines: Mapping[str, int]
    """The lines of the keys, from 1."""


def parse(text: str, path: str, unknown_rules: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Parsed | None:
    """What a config file says; `None` for a `pyproject.toml` that says nothing of us.

    `unknown_rules` tells which of some words mean no rule.
    """
    read, syntax_error = _toml()
    table = table_of(path)
    try:
        data = read(text)
    except syntax_error as error:
        if table and "thoughtsmith" not in text:
            return None
        return Parsed({}, (_syntax_problem(text, path, str(error)),), {})
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    if data is None:
        return None
    places = _Places(text)
    if not isinstance(data, dict):
        span = places.of(table)
        return Parsed({}, (ConfigProblem(path, places.line(span), ".".join(table), Misfit("table"), span),), {})
    values: dict[str, Any] = {}
    problems: list[ConfigProblem] = []
    for name, value in data.items():
        found = list(_misfits(name, value, unknown_rules))
        if not found:
            values[name] = normal(_OPTIONS[name], value)
        for wrong in found:
            span = places.of_misfit((*table, name), wrong)
            problems.append(ConfigProblem(path, places.line(span), name, wrong, span))
    return Parsed(values, tuple(problems), {name: places.line(places.of((*table, name))) for name in data})


def table_of(path: str) -> tuple[str, ...]:
    """The table of a config file that is ours; empty if all of it is."""
    return ("tool", "thoughtsmith") if path.replace("\\", "/").endswith(f"/{PYPROJECT}") else ()


def is_config(path: str) -> bool:
    """Whether a file has the name of a config file."""
    return path.replace("\\", "/").rpartition("/")[2] in FILE_NAMES


def loads(text: str) -> dict[str, Any] | None:
    """What a TOML text says; `None` if it is none."""
    read, syntax_error = _toml()
    try:
        found: dict[str, Any] = read(text)
    except syntax_error:
        return None
    return found


def _toml() -> tuple[Callable[[str], Any], type[Exception]]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads, tomllib.TOMLDecodeError


def _syntax_problem(text: str, path: str, error: str) -> ConfigProblem:
    at = _AT_LINE.search(error)
    line = int(at[1]) if at else text.count("\n") + 1
    lines = text.split("\n")
    start = sum(len(before) + 1 for before in lines[: line - 1])
    length = len(lines[line - 1].rstrip())
    column = min(int(at[2]) - 1 if at and at[2] else 0, length)
    wrong = Misfit("syntax", (("detail", error.partition(" (at ")[0]),))
    return ConfigProblem(path, line, "", wrong, Span(start + column, start + max(length, column)))


def _misfits(name: str, value: Any, unknown_rules: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Iterator[Misfit]:
    """What is wrong with a key or its value; nothing if it fits."""
    option = _OPTIONS.get(name)
    if option is None:
        yield _unknown_key(name)
    elif (wrong := misfit(option, value)) is not None:
        yield wrong
    elif name in _WITH_RULES:
        for key, words in _rules_in(value):
            for word in unknown_rules(words):
                yield Misfit("rule", (("rule", word),), key)


def _unknown_key(name: str) -> Misfit:
    from difflib import get_close_matches

    near = get_close_matches(name, _OPTIONS, n=1, cutoff=0.6)
    return Misfit("near-key", (("near", near[0]),)) if near else Misfit("key")


def _rules_in(value: Any) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words for rules, each time with where in a table they stand."""
    if not isinstance(value, dict):
        yield (), tuple(value)
        return
    for key, inner in value.items():
        yield (key,), (key,) if isinstance(inner, str) else tuple(inner)


class _Places:
    """Where in a text something stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._outline = outline(text)

    def line(self, span: Span) -> int:
        """From 1."""
        return self._text.count("\n", 0, span.start) + 1

    def of_misfit(self, path: tuple[str, ...], wrong: Misfit) -> Span:
        """What does not fit: a key, or the value or item behind it."""
        path = (*path, *wrong.key)
        entry = self._outline.entry(path)
        if entry is None or entry.value is None or wrong.id in ("key", "near-key"):
            return self.of(path)
        said = dict(wrong.values).get("rule")
        if said is None:
            return entry.value.span
        return next((item.span for item in entry.value.items if item.text == said), entry.key)

    def of(self, path: tuple[str, ...]) -> Span:
        """The key at `path`, or the innermost table around it that has a place of its own."""
        for length in range(len(path), 0, -1):
            whole = path[:length]
            if (entry := self._outline.entry(whole)) is not None:
                return entry.key
            for table in self._outline.tables:
                if table.path == whole:
                    return table.header
                for entry in table.entries:
                    if entry.path[:length] == whole:  # A key with dots.
                        return entry.key
        return Span(0, 0)
