"""The variables of a JavaScript expression, as POML has them."""

from __future__ import annotations

import re
from typing import NamedTuple

from thoughtsmith.text.span import Span

KEYWORDS = frozenset(
    {
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "import",
        "in",
        "instanceof",
        "let",
        "new",
        "null",
        "of",
        "return",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
    }
)
GLOBALS = frozenset(
    {
        "Array",
        "BigInt",
        "Boolean",
        "Date",
        "Error",
        "Infinity",
        "Intl",
        "JSON",
        "Map",
        "Math",
        "NaN",
        "Number",
        "Object",
        "RegExp",
        "Set",
        "String",
        "console",
        "decodeURIComponent",
        "encodeURIComponent",
        "isFinite",
        "isNaN",
        "parseFloat",
        "parseInt",
    }
)
_TOKEN = re.compile(
    r"""
    (?P<string>'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")
  | (?P<template>`[^`\\]*(?:\\.[^`\\]*)*`)
  | (?P<name>(?:[^\W\d]|\$)[\w$]*)
  | (?P<number>\d[\w.]*)
  | (?P<op>=>|\.\.\.|\?\.|[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_TEMPLATE = re.compile(r"\$\{([^{}`]*)\}")
_ENTITY = re.compile(r"&(quot|apos|lt|gt|amp);")
_CHARACTERS = {"quot": '"', "apos": "'", "lt": "<", "gt": ">", "amp": "&"}


class Use(NamedTuple):
    name: str
    span: Span
    optional: bool
    """Whether nothing is wrong if it is not defined: `typeof name`."""


def uses(text: str, start: int, end: int) -> list[Use]:
    """The variables in the expression at `start`, without properties, keys, keywords and parameters of functions."""
    # What a character reference stands for takes its place, and white space the rest, so that offsets stay.
    source = _ENTITY.sub(lambda match: _CHARACTERS[match[1]].ljust(len(match[0])), text[start:end])
    tokens = [match for match in _TOKEN.finditer(source) if match.lastgroup != "number"]
    parameters = _parameters(tokens)
    found: list[Use] = []
    for index, token in enumerate(tokens):
        if token.lastgroup == "template":
            for inner in _IN_TEMPLATE.finditer(token[0]):
                base = start + token.start()
                found += uses(text, base + inner.start(1), base + inner.end(1))
        if token.lastgroup != "name" or token[0] in KEYWORDS or token[0] in GLOBALS or token[0] in parameters:
            continue
        before = tokens[index - 1][0] if index else ""
        after = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if before in (".", "?.") or (after == ":" and before in ("{", ",")):
            continue
        span = Span(start + token.start(), start + token.end())
        found.append(Use(token[0], span, before == "typeof"))
    return found


def _parameters(tokens: list[re.Match[str]]) -> set[str]:
    """The names before `=>`."""
    found: set[str] = set()
    for index, token in enumerate(tokens):
        if token[0] != "=>" or not index:
            continue
        position = index - 1
        if tokens[position].lastgroup == "name":
            found.add(tokens[position][0])
        while position >= 0 and tokens[position][0] != "(" and tokens[index - 1][0] == ")":
            if tokens[position].lastgroup == "name":
                found.add(tokens[position][0])
            position -= 1
    return found
