"""Lines about tricks with characters, whose examples are meant."""

from __future__ import annotations

import re

_TRICKS = re.compile(
    r"homogly|homograph|look-?alike|confusable|zero[- ]?width|invisible (?:character|unicode)|\bcyrillic\b|同形|零宽"
    r"|гомогл|омогл|нулевой ширин|невидим\w+ символ|кириллическ|латинск",
    re.IGNORECASE,
)


def speaks_of_tricks(line: str) -> bool:
    """Whether a line is about letters that look alike or characters that nobody sees."""
    return _TRICKS.search(line) is not None
