"""Where the front matter of a text begins and ends, also while it is being typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.rows import blank, unmarked
from thoughtsmith.syntax.tree import Kind, Node
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.formats.dialect import Dialect
    from thoughtsmith.formats.rows import TextRows
    from thoughtsmith.syntax.tree import PromptTree

MAX_PREAMBLE = 100
"""Lines; whoever writes more before the front matter has none."""
_YAML_LINE = re.compile(r"[ \t]+\S|[\w.\"'-]+[ \t]*:|-(?:[ \t]|$)|#|[\]}]")
_YAML_KEY = re.compile(r"[ \t]*[\w.\"'-]+[ \t]*:")


def scan(rows: TextRows, line: int) -> tuple[Node, int] | None:
    """The front matter, if the text begins with it and `line` is its first that is not blank, and the row after it.

    Without its end it covers the lines that look like YAML. It begins with a key: a document may as well begin with a
    rule and a heading, which YAML would take for a comment.
    """
    opening = _opening(rows.lines, rows.dialect, line)
    if opening is None:
        return None
    origin = rows.start_of(line)
    start, text = rows.at(opening)
    ends = ("---", "...") if text.startswith("---") else (text.rstrip(),)
    index, yaml = opening + 1, False
    while (row := rows.get(index)) is not None:
        if row[1].rstrip(" \t") in ends:
            if not yaml and index > opening + 1:
                return None
            content = Span(rows.at(opening + 1)[0] - origin, row[0] - origin)
            return Node(Kind.FRONT_MATTER, Span(0, row[0] - origin + len(row[1])), content), index + 1
        if not yaml and not blank(row[1]) and row[1][0] != "#":
            if not _YAML_KEY.match(row[1]):
                return None
            yaml = True
        index += 1
    index, end, yaml = opening + 1, start - origin + len(text.rstrip()), False
    while (row := rows.get(index)) is not None and _YAML_LINE.match(row[1]) and not _begins_message(row[1], rows):
        index, end, yaml = index + 1, row[0] - origin + len(row[1]), yaml or _YAML_KEY.match(row[1]) is not None
    if not yaml:
        return None
    return Node(Kind.FRONT_MATTER, Span(0, end), Span(rows.at(opening + 1)[0] - origin, end), closed=False), index


def is_settled(tree: PromptTree, count: int, dialect: Dialect) -> bool:
    """Whether the first `count` nodes alone tell whether the text begins with front matter, and where that ends."""
    lines = tree.lines.lines
    line = tree.first_lines[0]
    first = _first_after_preamble(lines, dialect)
    if first >= tree.first_lines[count]:
        return first >= _limit(dialect)
    if _opening(lines, dialect, line) is None:
        return True
    if count == 0 or tree.nodes[0].node.kind is Kind.FRONT_MATTER:
        return count > 0 and tree.nodes[0].node.closed
    seen = lines[first + 1 : tree.first_lines[count]]
    said = next((text for text in seen if not blank(text) and text[0] != "#"), None)
    return said is not None and not _YAML_KEY.match(said)


def _begins_message(text: str, rows: TextRows) -> bool:
    """Whether an unclosed front matter ends here: what looks like a key begins a message of the prompt."""
    role = rows.dialect.role
    return role is not None and text[0] not in " \t" and role.match(text) is not None


def _limit(dialect: Dialect) -> int:
    return (MAX_PREAMBLE if dialect.preamble else 1) if dialect.front_matter else 0


def _first_after_preamble(lines: tuple[str, ...], dialect: Dialect) -> int:
    """The first line that is not part of a preamble; the number of lines looked at if there is none."""
    number = 0
    for text in (unmarked(lines, number) for number in range(min(_limit(dialect), len(lines)))):
        if not dialect.preamble or not (text.startswith("#") or blank(text)):
            break
        number += 1
    return number


def _opening(lines: tuple[str, ...], dialect: Dialect, line: int) -> int | None:
    """The line that opens the front matter of a text whose first line that is not blank is `line`."""
    if line >= _limit(dialect):
        return None
    first = _first_after_preamble(lines, dialect)
    if first < line or first >= min(_limit(dialect), len(lines)):
        return None
    if not all(blank(unmarked(lines, number)) for number in range(line)):
        return None
    return first if unmarked(lines, first).rstrip() in dialect.front_matter else None
