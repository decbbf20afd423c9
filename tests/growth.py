"""How the work on a text grows with the text."""

from __future__ import annotations

import gc
import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES = 5
"""The best of several counts, as something else may keep the machine busy."""
START = 0.05
"""Seconds that any text may take."""


def is_linear(work: Callable[[str], object], piece: str, length: int) -> bool:
    """Whether `work` takes about four times as long for four times `length` characters of `piece` after `piece`.

    What is quadratic takes sixteen times as long.
    """

    def seconds(times: int) -> float:
        text = piece * (times * length // len(piece))
        begin = time.process_time()
        work(text)
        return time.process_time() - begin

    short = long = math.inf
    # The collector's work grows with everything that the other tests have left behind.
    gc.disable()
    try:
        for _ in range(TRIES):
            short, long = min(short, seconds(1)), min(long, seconds(4))
            if long < START + 10 * short:
                return True
    finally:
        gc.enable()
    return False
