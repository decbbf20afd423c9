"""Applying several fixes at once."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.rules.finding import Fix
    from thoughtsmith.text.edits import Edit
    from thoughtsmith.text.span import Span


def compatible(fixes: Iterable[Fix]) -> list[Edit]:
    """The edits of those fixes that get along, in order."""
    return sorted((edit for fix in agreeing(fixes) for edit in fix.edits), key=lambda edit: edit.span)


def agreeing(fixes: Iterable[Fix]) -> list[Fix]:
    """Those fixes that can be done at once: one that touches an earlier one is left for the next round."""
    chosen: list[Fix] = []
    taken: list[Span] = []
    for fix in fixes:
        spans = sorted(edit.span for edit in fix.edits)
        if all(one.end <= other.start for one, other in pairwise(spans)) and not any(
            _touches(span, taken) for span in spans
        ):
            chosen.append(fix)
            for span in spans:
                insort(taken, span)
    return chosen


def _touches(span: Span, taken: list[Span]) -> bool:
    """Whether a span overlaps or meets one of those that are taken, which are in order and apart from each other.

    Of two insertions at one place the order would be a guess.
    """
    at = bisect_left(taken, span)
    return any(span.start <= other.end and other.start <= span.end for other in taken[max(0, at - 1) : at + 1])
