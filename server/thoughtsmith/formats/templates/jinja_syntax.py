"""Whether the tokens of a Jinja expression can follow each other.

It knows what Jinja's parser knows about neighbours, without recursion and without building anything; what only a whole
expression shows, such as a mapping without values, it lets pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.formats.templates.tokens import Token
    from thoughtsmith.text.span import Span

_BINARY = frozenset(
    {"+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", ">", "<=", ">=", "and", "or", "in"},
)
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_NO_ARGUMENT = frozenset({"and", "or", "else"})
_BEFORE_NOT = frozenset({"", "and", "or", "not", "if", "else", "(", "[", "{", ",", ":", "="})
_CALL, _SUBSCRIPT = "call", "subscript"
_AFTER_VALUE = {"(": _CALL, "[": _SUBSCRIPT}


def error(tokens: Sequence[Token]) -> Span | None:
    """The first token that cannot stand where it does, or the last one if something is missing after it."""
    brackets: list[str] = []
    conditions = [0]
    """How many `if` still may have an `else`, for each bracket that is open."""
    operand = True
    """Whether a value must come next."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        text = token.text
        before = tokens[index - 1].text if index else ""
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if text in _CLOSING:
            if operand and before not in ("(", "[", "{", ",", ":"):
                return token.span
            brackets.pop()
            conditions.pop()
            operand = False
        elif text in _OPENING:
            if text == "{" and not operand:
                return token.span
            brackets.append(text if operand else _AFTER_VALUE[text])
            conditions.append(0)
            operand = True
        elif operand:
            if token.kind != "op":
                # Behind other operators Jinja takes it for a name.
                operand = text == "not" and before in _BEFORE_NOT
            elif text in ("*", "**"):
                if not brackets or brackets[-1] != _CALL or before not in ("(", ","):
                    return token.span
            elif text == ":":
                if not brackets or brackets[-1] != _SUBSCRIPT or before not in ("[", ":", ","):
                    return token.span
            elif text not in ("+", "-"):
                return token.span
        elif text in (".", "|"):
            if following is None or not (following.kind == "name" or (text == "." and following.kind == "number")):
                return token.span
            index += 1
        elif token.kind == "name" and text == "is":
            index += following is not None and following.text == "not"
            if index + 1 >= len(tokens) or tokens[index + 1].kind != "name":
                return token.span
            index += 1
            argument = tokens[index + 1] if index + 1 < len(tokens) else None
            if argument is not None and argument.kind != "op" and argument.text not in _NO_ARGUMENT:
                index += 1
            elif argument is not None and argument.text in ("[", "{"):
                operand = True
        elif token.kind == "name" and text == "not":
            if following is None or following.text != "in":
                return token.span
        elif token.kind == "name" and text == "if":
            conditions[-1] += 1
            operand = True
        elif token.kind == "name" and text == "else":
            if not conditions[-1]:
                return token.span
            conditions[-1] -= 1
            operand = True
        elif text == "=":
            if not brackets or brackets[-1] != _CALL or index < 2 or tokens[index - 2].text not in ("(", ","):
                return token.span
            operand = True
        elif text == ":":
            if not brackets or brackets[-1] not in (_SUBSCRIPT, "{"):
                return token.span
            operand = True
        elif text in _BINARY and token.kind != "string":
            operand = True
        elif text == ",":
            conditions[-1] = 0
            operand = True
        elif not (token.kind == "string" and tokens[index - 1].kind == "string"):
            return token.span
        index += 1
    if brackets or (operand and not (len(tokens) > 1 and tokens[-1].text == ",")):
        return tokens[-1].span if tokens else None
    return None
