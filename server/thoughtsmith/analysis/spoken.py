"""What of a file reaches the model: its text without the comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from thoughtsmith.syntax.template import Template

_MAYBE = re.compile(r"<!--|\{#|\{\{~?!")
_OPEN, _CLOSE = "<!--", "-->"


def spoken(text: str, template: Callable[[], Template]) -> str:
    """`text` with blanks for its comments, so that every word stays where it is.

    Comments are those of its template language and those of HTML. One in code marks is shown, not made. `template` is
    asked only if there may be comments.
    """
    if _MAYBE.search(text) is None:
        return text
    # The template is filled in first: what it leaves out opens and closes nothing.
    filled = _without(text, (tag.span for tag in template().tags if tag.kind == "comment"))
    return _without(filled, _of_html(filled))


def _without(text: str, comments: Iterable[Span]) -> str:
    """The text with blanks for `comments`, which stand in the order of the text."""
    parts: list[str] = []
    end = 0
    for comment in comments:
        parts += (text[end : comment.start], " " * len(comment))
        end = comment.end
    return "".join((*parts, text[end:])) if parts else text


def _of_html(text: str) -> Iterator[Span]:
    start = text.find(_OPEN)
    while start >= 0:
        end = text.find(_CLOSE, start + len(_OPEN))
        if end < 0:
            return
        if text[start - 1 : start] == "`":
            end = start + len(_OPEN)
        else:
            end += len(_CLOSE)
            yield Span(start, end)
        start = text.find(_OPEN, end)
