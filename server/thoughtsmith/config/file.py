"""Reading the text of a config file: `thoughtsmith.toml`, or `[tool.thoughtsmith]` in `pyproject.toml`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.config.misfit import Misfit, misfit, normal
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PYPROJECT = "pyproject.toml"
FILE_NAMES = ("thoughtsmith.toml", ".thoughtsmith.toml", PYPROJECT)
"""In one folder the first of them counts."""

_WITH_RULES = frozenset({"select", "ignore", "severity", "per-file-ignores"})
_PART = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_KEY = re.compile(rf"[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=")
_TABLE = re.compile(rf"[ \t]*\[\[?[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*\]")
_ONE = re.compile(_PART)
_AT_LINE = re.compile(r"[ (]at line (\d+)")


class ConfigProblem(NamedTuple):
    """Something that is wrong in a config file."""

    path: str
    line: int
    """From 1."""
    key: str
    """The option; empty if no key can be blamed."""
    wrong: Misfit

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
    loads, syntax_error = _toml()
    table: tuple[str, ...] = ("tool", "thoughtsmith") if path.replace("\\", "/").endswith(f"/{PYPROJECT}") else ()
    try:
        data = loads(text)
    except syntax_error as error:
        if table and "thoughtsmith" not in text:
            return None
        return Parsed({}, (_syntax_problem(text, path, str(error)),), {})
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    if data is None:
        return None
    if not isinstance(data, dict):
        return Parsed({}, (ConfigProblem(path, _line(text, table), ".".join(table), Misfit("table")),), {})
    values: dict[str, Any] = {}
    problems: list[ConfigProblem] = []
    options = {option.name: option for option in OPTIONS}
    for name, value in data.items():
        option = options.get(name)
        if option is None:
            wrong: Misfit | None = _unknown_key(name, options)
        else:
            wrong = misfit(option, value) or (_unknown_rule(value, unknown_rules) if name in _WITH_RULES else None)
            if wrong is None:
                values[name] = normal(option, value)
        if wrong is not None:
            problems.append(ConfigProblem(path, _line(text, (*table, name, *wrong.key)), name, wrong))
    return Parsed(values, tuple(problems), {name: _line(text, (*table, name)) for name in data})


def _toml() -> tuple[Callable[[str], Any], type[Exception]]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads, tomllib.TOMLDecodeError


def _syntax_problem(text: str, path: str, error: str) -> ConfigProblem:
    at = _AT_LINE.search(error)
    line = int(at[1]) if at else text.count("\n") + 1
    return ConfigProblem(path, line, "", Misfit("syntax", (("detail", error.partition(" (at ")[0]),)))


def _unknown_key(name: str, options: Mapping[str, object]) -> Misfit:
    from difflib import get_close_matches

    near = get_close_matches(name, options, n=1, cutoff=0.6)
    return Misfit("near-key", (("near", near[0]),)) if near else Misfit("key")


def _unknown_rule(value: Any, unknown_rules: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Misfit | None:
    """What is wrong with the rules in a value that fits otherwise."""
    for key, words in _rules_in(value):
        for word in unknown_rules(words):
            return Misfit("rule", (("rule", word),), key)
    return None


def _rules_in(value: Any) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words for rules, each time with where in a table they stand."""
    if not isinstance(value, dict):
        yield (), tuple(value)
        return
    for key, inner in value.items():
        yield (key,), (key,) if isinstance(inner, str) else tuple(inner)


def _line(text: str, path: tuple[str, ...]) -> int:
    """The line of the key at `path`, or of the innermost table around it that has one of its own."""
    table: tuple[str, ...] = ()
    best, found = 0, 1
    quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        inside = quotes
        quotes = _quotes_after(line, quotes)
        if inside:
            continue
        header, key = _TABLE.match(line), _KEY.match(line)
        if header:
            table = _parts(header[1])
            whole = table
        elif key:
            whole = (*table, *_parts(key[1]))
        else:
            continue
        same = len(whole)
        if best < same <= len(path) and whole == path[:same]:
            best, found = same, number
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _ONE.findall(dotted))


def _quotes_after(line: str, quotes: str) -> str:
    """The marks of the text over several lines that is open at the end of a line; empty if none is."""
    for mark in re.findall(r'"""|' + "'''", line):
        if not quotes:
            quotes = mark
        elif mark == quotes:
            quotes = ""
    return quotes
