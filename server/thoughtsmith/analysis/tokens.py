"""How many tokens a text has, estimated without a tokenizer.

The weights were fitted by non-negative least squares to the counts of OpenAI's `o200k_base` on half of 5,071 public
prompt files. On the other half the estimate is off by 2 % at the median for English and 4 % for Russian, in nine of ten
files by less than 10 %. Other tokenizers differ from that one by more: an older one of Anthropic's counts 10 % more for
English and half as much again for Russian. So it is to be shown with `≈`, and two digits of it are worth something.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"(?P<latin>[A-Za-z]+)|(?P<cyrillic>[\u0400-\u04ff]+)|(?P<number>[0-9]+)|(?P<space>[ \t]{2,})|(?P<line>[\r\n]+)"
    r"|(?P<sign>[!-/:-@\[-`{-~]+)|(?P<other>[^\x00-\x7f\u0400-\u04ff]+)"
)
_WEIGHTS = {
    # What a run costs, from which length on it costs more, and what each further character costs.
    "latin": (0.932, 6, 0.073),
    "cyrillic": (0.885, 4, 0.338),
    "number": (1.0, 3, 0.5),
    "space": (0.651, 0, 0.0),
    "line": (0.528, 0, 0.0),
    "sign": (0.768, 0, 0.235),
    "other": (0.0, 0, 0.811),
}


def estimated(text: str) -> int:
    """The tokens of `text`, to two digits."""
    total = 0.0
    for match in _PIECE.finditer(text):
        run, free, further = _WEIGHTS[match.lastgroup or "other"]
        total += run + further * max(0, match.end() - match.start() - free)
    digits = len(str(int(total)))
    return round(round(total), min(0, 2 - digits))
