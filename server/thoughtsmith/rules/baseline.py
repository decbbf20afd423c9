"""Findings that are let pass because they were there when checking began: only new ones count.

A finding is known by its rule and by the text that it is about, so that it stays known when lines move.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.config.settings import Accepted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.rules.finding import Finding
    from thoughtsmith.text.lines import Lines

LONGEST = 120
"""Characters of a text that are kept as they are; a longer one is cut and told apart by its digest."""


class Compared(NamedTuple):
    new: tuple[Finding, ...]
    stale: tuple[Accepted, ...]
    """What the baseline lets pass and is there no longer, with how much of it."""


def accepted_of(findings: Iterable[Finding], lines: Lines) -> tuple[Accepted, ...]:
    """What lets exactly these findings pass, in order."""
    counts = Counter((found.rule, _text(found, lines)) for found in findings)
    return tuple(sorted(Accepted(rule, text, count) for (rule, text), count in counts.items()))


def compare(findings: Iterable[Finding], lines: Lines, accepted: Iterable[Accepted]) -> Compared:
    """The findings that a baseline does not let pass. Of several equal ones the first are those that it knows."""
    left: Counter[tuple[str, str]] = Counter()
    for one in accepted:
        left[one.rule, one.text] += one.times
    new: list[Finding] = []
    for found in findings:
        key = found.rule, _text(found, lines)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(found)
    stale = (Accepted(rule, text, count) for (rule, text), count in left.items() if count > 0)
    return Compared(tuple(new), tuple(sorted(stale)))


def _text(found: Finding, lines: Lines) -> str:
    """What a finding is about: its text, or the line of one that is about no text, with even spaces."""
    text = lines.at(found.span) or lines.line(lines.line_at(found.span.start))
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{text[: LONGEST // 2]}… {digest}"
