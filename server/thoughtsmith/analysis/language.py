"""The language of a prompt, by its letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.syntax.tree import PROSE, Kind, enclosing
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import Placed, PromptTree

WINDOW = 2_000
"""Characters on either side of a place that decide on its language."""
ENOUGH = 20
"""Letters; with fewer around the place the whole prompt is asked."""
ENOUGH_CYRILLIC = 5
"""Letters: a single Russian word says as much as a line of Latin letters, which may be names and ids."""
WHOLE = 40_000
"""Characters of a prompt that are read at most."""

_CYRILLIC = re.compile(r"[А-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
_RUSSIAN_SHARE = 0.3
"""Russian prompts are full of English names and ids; English ones hardly ever hold Cyrillic letters."""


def language_at(tree: PromptTree, offset: int, default: str, text: str | None = None) -> str:
    """`en` or `ru`: the language of the section around `offset`, else of the text there, else of the whole prompt.

    `default` if there is hardly any text at all. `text` is what to read instead of the text of the tree, place by
    place: `spoken.spoken` of it.
    """
    text = tree.lines.text if text is None else text
    offset = tree.lines.clamp(offset)
    window = Span(max(0, offset - WINDOW), offset + WINDOW)
    for section in reversed(enclosing(tree, offset)):
        near = _prose(tree, text, max(window.start, section.span.start), min(window.end, section.span.end))
        if found := _by_letters(near):
            return found
    return _by_letters(_prose(tree, text, *window)) or _by_letters(_prose(tree, text, 0, WHOLE)) or default


def _prose(tree: PromptTree, text: str, start: int, end: int) -> str:
    """The text between two offsets without front matter, code and comments."""
    first = tree.first_index_from(tree.lines.line_at(start))
    parts: list[str] = []
    for index in range(max(first - 1, 0), len(tree.nodes)):
        placed = tree.placed(index)
        if placed.start > end:
            break
        for part in placed.parts():
            if _speaks(tree, part):
                low = max(start, part.start + part.node.span.start)
                parts.append(text[low : min(end, part.start + part.node.span.end)])
    return "\n".join(parts)


def _speaks(tree: PromptTree, placed: Placed) -> bool:
    kind = placed.node.kind
    if kind is Kind.FENCE:
        return tree.prompt_fence is not None and tree.prompt_fence.start == placed.start
    return kind in PROSE or kind in (Kind.QUOTE, Kind.TABLE)


def _by_letters(text: str) -> str | None:
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic >= ENOUGH_CYRILLIC and cyrillic >= _RUSSIAN_SHARE * (cyrillic + latin):
        return "ru"
    return "en" if cyrillic + latin >= ENOUGH else None
