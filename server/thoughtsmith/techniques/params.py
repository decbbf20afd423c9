"""Parameters of techniques: defaults, user values, and what is wrong with them; and the cost that follows."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thoughtsmith.techniques.model import Param, Recipe, Technique, Value


class ParamError(Exception):
    """A value that the user gave and that does not fit; says which parameter and what it takes."""

    def __init__(self, owner: str, name: str, value: object, takes: str) -> None:
        super().__init__(f"{owner}: {name} = {value!r}: {takes}")
        self.owner = owner
        self.name = name
        self.value = value
        self.takes = takes


def resolve(
    owner: Technique | Recipe, given: Mapping[str, str | int], default_n: int | None = None
) -> dict[str, Value]:
    """A value for every parameter of `owner`: the given one, else the default. Raises `ParamError`.

    `default_n` is the user's own default for parameters called `n`, moved into the range of each.
    """
    values: dict[str, Value] = {}
    for param in owner.params:
        if param.name in given:
            values[param.name] = _checked(owner.id, param, given[param.name])
        elif param.name == "n" and default_n is not None and not param.values:
            values["n"] = min(max(default_n, param.minimum), param.maximum)
        else:
            values[param.name] = param.default
    slots = {name for name, _ in owner.slots}
    for name in given:
        if name not in values and name not in slots:
            known = ", ".join([*values, *sorted(slots)]) or "none"
            raise ParamError(owner.id, name, given[name], f"no such parameter; there are: {known}")
    return values


def _checked(owner: str, param: Param, value: str | int) -> Value:
    if param.values:
        if value in param.values:
            return str(value)
        raise ParamError(owner, param.name, value, f"must be one of {', '.join(param.values)}")
    takes = f"must be a whole number from {param.minimum} to {param.maximum}"
    try:
        number = int(value)
    except ValueError:
        raise ParamError(owner, param.name, value, takes) from None
    if not param.minimum <= number <= param.maximum:
        raise ParamError(owner, param.name, value, takes)
    return number


_OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def answers(expression: str, values: Mapping[str, Value]) -> int:
    """The cost of the single-prompt form, in units of one reasoned answer. Raises `ValueError` with the reason."""

    def evaluate(node: ast.expr) -> int:
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.Name):
            value = values.get(node.id)
            if isinstance(value, int):
                return value
            raise ValueError(f"{node.id!r} is not a number among the parameters")
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            return _OPERATORS[type(node.op)](evaluate(node.left), evaluate(node.right))
        raise ValueError("only numbers, parameters, +, - and * are allowed")

    try:
        return evaluate(ast.parse(expression, mode="eval").body)
    except SyntaxError as error:
        raise ValueError(f"not an expression: {error.msg}") from error
