"""The names in a Jinja expression: which tokens are variables, and which belong to something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thoughtsmith.formats.templates.tokens import Token

KEYWORDS = frozenset({"and", "or", "not", "is", "in", "if", "else"})
CONSTANTS = frozenset({"true", "false", "none", "True", "False", "None"})
_FALLBACKS = frozenset({"default", "d"})
_TESTS_OF_EXISTENCE = frozenset({"defined", "undefined"})


def names(tokens: Sequence[Token], *, condition: bool = False) -> Iterator[tuple[Token, bool]]:
    """The tokens of an expression that are variables, each with whether it may be undefined.

    Filters, tests, attributes, the names of arguments, keywords and constants are none. A `condition` asks whether
    its operands are there.
    """
    last = len(tokens) - 1
    for index, token in enumerate(tokens):
        if token.kind != "name" or token.text in KEYWORDS or token.text in CONSTANTS:
            continue
        before = tokens[index - 1].text if index else ""
        if before in (".", "|", "is") or (before == "not" and index > 1 and tokens[index - 2].text == "is"):
            continue
        after = tokens[index + 1].text if index < last else ""
        if after == "=" and token.depth:
            continue
        following = tokens[index + 2].text if index + 1 < last else ""
        if following == "not" and index + 2 < last:
            following = tokens[index + 3].text
        optional = (
            (after == "is" and following in _TESTS_OF_EXISTENCE)
            or (after == "|" and following in _FALLBACKS)
            or (condition and before in ("", "and", "or", "not") and after in ("", "and", "or"))
        )
        yield token, optional


def split(tokens: Sequence[Token], separator: str) -> tuple[Sequence[Token], Sequence[Token] | None]:
    """The tokens before and after the first `separator` outside of brackets; `None` if there is none."""
    for index, token in enumerate(tokens):
        if token.text == separator and token.depth == 0:
            return tokens[:index], tokens[index + 1 :]
    return tokens, None


def parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What the commas outside of brackets separate."""
    first = 0
    for index, token in enumerate(tokens):
        if token.text == "," and token.depth == 0:
            yield tokens[first:index]
            first = index + 1
    if first < len(tokens):
        yield tokens[first:]


def signature(tokens: Sequence[Token]) -> tuple[list[Token], Sequence[Token], Sequence[Token]]:
    """The parameters in the brackets at the start of `tokens`, the tokens of their defaults, and those behind."""
    if not tokens or tokens[0].text != "(":
        return [], (), tokens
    end = next((i for i, token in enumerate(tokens) if token.text == ")" and token.depth == 0), len(tokens))
    parameters: list[Token] = []
    defaults: list[Token] = []
    for index in range(1, end):
        token = tokens[index]
        if token.kind == "name" and token.depth == 1 and tokens[index - 1].text in ("(", ","):
            parameters.append(token)
        else:
            defaults.append(token)
    return parameters, defaults, tokens[end + 1 :]
