"""Parameters: the user's values, their limits, and errors that say what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.techniques.params import ParamError, answers, resolve

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Value


@pytest.mark.parametrize(
    ("technique", "given", "default_n", "values"),
    [
        ("cot", {}, None, {}),
        ("cot", {}, 5, {}),
        ("cot", {"task": "the puzzle"}, None, {}),
        ("bon", {}, None, {"n": 3}),
        ("bon", {"n": 7}, None, {"n": 7}),
        ("bon", {"n": "7"}, None, {"n": 7}),
        ("bon", {"n": "7"}, 4, {"n": 7}),
        ("bon", {}, 4, {"n": 4}),
        ("bon", {"n": 2}, None, {"n": 2}),
        ("bon", {"n": 10}, None, {"n": 10}),
        # The user's default is for all techniques, and each takes as much of it as it can.
        ("self-consistency", {}, 2, {"n": 3}),
        ("self-consistency", {}, 10, {"n": 7}),
        ("self-refine", {}, 9, {"rounds": 1}),
        ("tot", {"depth": "1"}, None, {"branches": 3, "depth": 1}),
        ("confidence", {}, 9, {"scale": "0-100"}),
        ("confidence", {"scale": "low-medium-high"}, None, {"scale": "low-medium-high"}),
    ],
)
def test_values(
    catalogue: Catalogue,
    technique: str,
    given: dict[str, str | int],
    default_n: int | None,
    values: dict[str, Value],
) -> None:
    assert resolve(catalogue.techniques[technique], given, default_n) == values


@pytest.mark.parametrize(
    ("technique", "given", "message"),
    [
        ("bon", {"n": "1"}, "bon: n = '1': must be a whole number from 2 to 10"),
        ("bon", {"n": 11}, "bon: n = 11: must be a whole number from 2 to 10"),
        ("bon", {"n": "three"}, "bon: n = 'three': must be a whole number from 2 to 10"),
        ("bon", {"n": "3.0"}, "bon: n = '3.0': must be a whole number from 2 to 10"),
        ("bon", {"n": ""}, "bon: n = '': must be a whole number from 2 to 10"),
        ("bon", {"m": "3"}, "bon: m = '3': no such parameter; there are: n, criteria, task"),
        ("decomposition", {"n": "3"}, "decomposition: n = '3': no such parameter; there are: task"),
        ("confidence", {"scale": "1-5"}, "confidence: scale = '1-5': must be one of 0-100, low-medium-high"),
    ],
)
def test_errors(catalogue: Catalogue, technique: str, given: dict[str, str | int], message: str) -> None:
    with pytest.raises(ParamError) as raised:
        resolve(catalogue.techniques[technique], given)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("expression", "result"),
    [("1", 1), ("n", 3), ("n + 1", 4), ("1 + 2 * n", 7), ("(1 + 2) * n", 9), ("n - 1", 2), ("n * depth", 12)],
)
def test_cost(expression: str, result: int) -> None:
    assert answers(expression, {"n": 3, "depth": 4, "scale": "0-100"}) == result


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "n +",
        "m",
        "scale",
        "n ** 99",
        "n / 2",
        "n // 2",
        "1.5",
        "len(n)",
        "n.real",
        "[n]",
        "'n'",
        "n if n else n",
        "__import__('os')",
        "n\x00",
        "n; n",
        "lambda: n",
    ],
)
def test_cost_takes_arithmetic_only(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        answers(expression, {"n": 3, "scale": "0-100"})
