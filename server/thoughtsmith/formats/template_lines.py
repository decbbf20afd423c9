"""Lines that hold nothing but statements and comments of a template language, be they on one line or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats.rows import blank

if TYPE_CHECKING:
    from thoughtsmith.formats.dialect import LineTag
    from thoughtsmith.formats.rows import Rows


class TemplateLines(NamedTuple):
    comment: bool
    """Whether there are only comments."""
    last: int
    """The last row."""
    end: int
    """The column behind the last tag on that row."""
    text: int | None
    """The column at which other text begins there; only behind a tag that began on a row above."""
    closed: bool


def opens(text: str, tags: tuple[LineTag, ...]) -> bool:
    """Whether a row begins such lines: it holds tags only, of which the last may go on below."""
    if text.lstrip(" \t")[:1] != "{":
        return False
    seen, _, column, _ = _along(text, 0, tags)
    return bool(seen) and column == len(text)


def read(rows: Rows, index: int) -> TemplateLines | None:
    """The lines from row `index` on; `None` if it does not begin any.

    A comment without its end goes on to the last row, a statement without its end up to a blank row or the next tag.
    """
    tags = rows.dialect.tags
    text = rows.at(index)[1]
    if not opens(text, tags):
        return None
    seen, end, column, unclosed = _along(text, 0, tags)
    comment = all(tag.comment for tag in seen)
    while unclosed is not None:
        row = rows.get(index + 1)
        if row is None:
            return TemplateLines(comment, index, end, None, closed=False)
        text = row[1]
        closing = unclosed.closing.search(text)
        if not unclosed.comment:
            head = text if closing is None else text[: closing.start()]
            if blank(text) or any(tag.opening.search(head) for tag in tags):
                return TemplateLines(comment, index, end, None, closed=False)
        index += 1
        end = len(text.rstrip())
        if closing is None:
            continue
        seen, end, column, unclosed = _along(text, closing.end(), tags)
        comment = comment and all(tag.comment for tag in seen)
    return TemplateLines(comment, index, end, column if column < len(text) else None, closed=True)


def count(rows: Rows, index: int) -> int:
    """How many rows such lines cover from row `index` on; 0 if it begins none, or if other text follows on the last."""
    found = read(rows, index) if rows.dialect.tags else None
    return found.last + 1 - index if found is not None and found.text is None else 0


def _along(text: str, column: int, tags: tuple[LineTag, ...]) -> tuple[list[LineTag], int, int, LineTag | None]:
    """Go along the tags and white space from `column` on.

    Gives the tags, where the last of them ends, where other text begins, and the tag that has no end on this row.
    """
    seen: list[LineTag] = []
    end = column
    while True:
        while column < len(text) and text[column].isspace():
            column += 1
        for tag in tags:
            if opening := tag.opening.match(text, column):
                break
        else:
            return seen, end, column, None
        seen.append(tag)
        closing = tag.closing.search(text, opening.end())
        if closing is None:
            return seen, len(text.rstrip()), len(text), tag
        column = end = closing.end()
