"""The block structure of Markdown as people write prompts in it, scanned in one pass and in linear time.

It follows CommonMark (a CommonMark library is the oracle in the tests) and departs from it where prompts do:

* a line that holds nothing but a tag, `<context>`, ends a paragraph and swallows nothing, so headings and lists between
  tags are seen;
* indented text is text, not code, since people indent what stands between tags;
* a list marker indented by two columns is nested even under `1.`, whose content starts at column three;
* one or two dashes under a paragraph are the beginning of a list or rule, not a heading.

Every top-level node can be scanned knowing only the line on which it starts, which is what makes `reparse` possible.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from thoughtsmith.syntax.tree import Kind, Node, PromptTree, TopNode
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoughtsmith.text.lines import Lines

MAX_DEPTH = 10
"""Lists nested deeper than this are read as paragraphs, so that hostile input costs no more than friendly input."""

Row: TypeAlias = "tuple[int, str]"
"""The offset of a line's content in the text, and that content without terminator and container indentation."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r" {0,3}(={3,}|-{3,})[ \t]*$")
_FENCE = re.compile(r"([ \t]*)(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_MARKER = re.compile(r"([ \t]*)([-*+]|(\d{1,9})([.)]))([ \t]+|$)")
_QUOTE = re.compile(r" {0,3}>")
_TAG = re.compile(r"[ \t]*<(/?)([A-Za-z][\w.:-]*)(?:[ \t][^<>]*?)?(/?)>[ \t]*$")
_COMMENT = re.compile(r"[ \t]*<!--")
_TABLE_DELIMITER = re.compile(r":?-+:?")
_YAML_LINE = re.compile(r"[ \t]+\S|[\w.\"'-]+[ \t]*:|-(?:[ \t]|$)|#|[\]}]")
_YAML_KEY = re.compile(r"[ \t]*[\w.\"'-]+[ \t]*:")
_FRONT_MATTER_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_TABS = re.compile(r"[ \t]*")


def parse(lines: Lines) -> PromptTree:
    """The tree of `lines`. Total: every text has one."""
    first_lines: list[int] = []
    nodes: list[TopNode] = []
    for first, top in _scan(lines, 0):
        first_lines.append(first)
        nodes.append(top)
    return PromptTree(lines, tuple(nodes), tuple(first_lines))


def reparse(old: PromptTree, lines: Lines, first_changed: int, unchanged_tail: int) -> PromptTree:
    """The tree of `lines`, equal to `parse(lines)`, made from the tree of the text before an edit.

    The first `first_changed` lines and the last `unchanged_tail` lines of the text are what they were. One node before
    the change is scanned again, since what follows it may now belong to it; scanning stops at the first node that
    starts where an old one did.
    """
    keep = max(bisect_right(old.first_lines, first_changed) - 1, 0)
    if keep > 0 and old.first_lines[keep] + old.nodes[keep].lines > first_changed:
        keep -= 1
    if old.nodes and not _first_node_is_settled(old, keep):
        keep = 0
    shift = len(lines.lines) - len(old.lines.lines)
    changed_end = len(lines.lines) - unchanged_tail
    first_lines = list(old.first_lines[:keep])
    nodes = list(old.nodes[:keep])
    # Between nodes there are only blank lines, so scanning may start right behind the last kept one.
    start = first_lines[-1] + nodes[-1].lines if nodes else 0

    def reached_old_node(line: int) -> bool:
        if line < changed_end or (line == 0) != (line == shift):
            return False
        index = bisect_left(old.first_lines, line - shift)
        if index == len(old.first_lines) or old.first_lines[index] != line - shift:
            return False
        nodes.extend(old.nodes[index:])
        first_lines.extend(first + shift for first in old.first_lines[index:])
        return True

    for first, top in _scan(lines, start, reached_old_node):
        first_lines.append(first)
        nodes.append(top)
    return PromptTree(lines, tuple(nodes), tuple(first_lines))


class ListMarker(NamedTuple):
    """The marker at the start of a line of a list."""

    indent: str
    bullet: str
    """`-`, `*` or `+`; empty if the item is numbered."""
    number: int
    """-1 if the item has a bullet."""
    end: int
    """The column behind the marker and the white space after it."""


def list_marker(line: str) -> ListMarker | None:
    """The list marker that `line` starts with."""
    match = _MARKER.match(line)
    if match is None:
        return None
    number = int(match[3]) if match[3] else -1
    return ListMarker(match[1], "" if match[3] else match[2], number, match.end())


def _scan(lines: Lines, start: int, stop: Callable[[int], bool] | None = None) -> Iterator[tuple[int, TopNode]]:
    """The top-level nodes from line `start` on, until `stop(line)` at the start of one."""
    rows = _TextRows(lines)
    line, total = start, len(lines.lines)
    while line < total:
        row = rows.get(line)
        if row is None or _blank(row[1]):
            line += 1
            continue
        if stop is not None and stop(line):
            return
        node, after = None, line
        if line == 0 and _opens_front_matter(row[1]):
            node, after = _front_matter(rows)
        if node is None:
            node, after = _block(rows, line, row[0], 0)
        yield line, TopNode(node, after - line)
        line = after


class _Rows:
    """Lines to scan, one after the other."""

    def get(self, index: int) -> Row | None:
        """Row `index`; `None` past the last."""
        raise IndexError(index)

    def at(self, index: int) -> Row:
        """Row `index`, which is known to exist."""
        row = self.get(index)
        if row is None:
            raise IndexError(index)
        return row


class _TextRows(_Rows):
    """The lines of the whole text."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines.lines
        self._starts = lines.starts

    def get(self, index: int) -> Row | None:
        if index >= len(self._lines):
            return None
        return self._starts[index], self._lines[index].rstrip("\r\n")


class _ItemRows(_Rows):
    """The lines inside a list item."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def get(self, index: int) -> Row | None:
        return self._rows[index] if index < len(self._rows) else None


def _blank(text: str) -> bool:
    return not text or text.isspace()


def _opens_front_matter(line: str) -> bool:
    return line.startswith("---") and line.rstrip() == "---"


def _first_node_is_settled(tree: PromptTree, count: int) -> bool:
    """Whether the first `count` nodes alone tell whether the text begins with front matter, and where that ends."""
    if not _opens_front_matter(tree.lines.lines[0]):
        return True
    if count == 0 or tree.nodes[0].node.kind is Kind.FRONT_MATTER:
        return count > 0 and tree.nodes[0].node.closed
    seen = tree.lines.lines[1 : tree.first_lines[count]]
    first = next((line for line in seen if not _blank(line) and line[0] != "#"), None)
    return first is not None and not _YAML_KEY.match(first)


def _front_matter(rows: _Rows) -> tuple[Node | None, int]:
    """Front matter from the first line on. Without its end it covers the lines that look like YAML.

    It begins with a key: a document may as well begin with a rule and a heading, which YAML would take for a comment.
    """
    index, yaml = 1, False
    while (row := rows.get(index)) is not None:
        if _FRONT_MATTER_END.match(row[1]):
            if not yaml and index > 1:
                return None, 0
            end = row[0] + len(row[1])
            content_start = (rows.get(1) or row)[0]
            return Node(Kind.FRONT_MATTER, Span(0, end), Span(content_start, row[0])), index + 1
        if not yaml and not _blank(row[1]) and row[1][0] != "#":
            if not _YAML_KEY.match(row[1]):
                return None, 0
            yaml = True
        index += 1
    index, end, yaml = 1, 3, False
    while (row := rows.get(index)) is not None and _YAML_LINE.match(row[1]):
        index, end, yaml = index + 1, row[0] + len(row[1]), yaml or _YAML_KEY.match(row[1]) is not None
    if not yaml:
        return None, 0
    content_start = (rows.get(1) or (end, ""))[0]
    return Node(Kind.FRONT_MATTER, Span(0, end), Span(min(content_start, end), end), closed=False), index


def _block(rows: _Rows, index: int, origin: int, depth: int) -> tuple[Node, int]:
    """The node that starts at the non-blank row `index`, and the index of the row after it."""
    offset, text = rows.at(index)
    stripped = text.lstrip(" \t")
    first = stripped[0]
    if first == "#" and (match := _HEADING.match(text)):
        return _heading(offset - origin, text, match), index + 1
    if first in "`~" and (match := _FENCE.match(text)):
        return _fence(rows, index, origin, match)
    if first == "<":
        if _COMMENT.match(text):
            return _comment(rows, index, origin)
        if match := _TAG.match(text):
            return _tag(offset - origin, text, match), index + 1
    if first == ">" and _QUOTE.match(text):
        return _quote(rows, index, origin)
    if first in "-*_" and _RULE.match(text):
        span = _row_span(offset - origin, text)
        return Node(Kind.RULE, span, span), index + 1
    if depth < MAX_DEPTH and (first in "-*+" or first.isdigit()) and (match := _MARKER.match(text)):
        return _list(rows, index, origin, depth, match)
    return _paragraph(rows, index, origin)


def _row_span(start: int, text: str) -> Span:
    """From the first to the last visible character of a row."""
    return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _heading(start: int, text: str, match: re.Match[str]) -> Node:
    span = _row_span(start, text)
    hashes = match.end(1)
    content = text[hashes : span.end - start]
    without_closing = content.rstrip("#")
    if not without_closing or without_closing[-1] in " \t":
        content = without_closing.rstrip(" \t")
    content_span = Span(start + min(match.end(), hashes + len(content)), start + hashes + len(content))
    return Node(Kind.HEADING, span, content_span, level=len(match[1]))


def _tag(start: int, text: str, match: re.Match[str]) -> Node:
    name = Span(start + match.start(2), start + match.end(2))
    return Node(Kind.TAG, _row_span(start, text), name, info=match[2], closing=bool(match[1]), marker=match[3])


def _fence(rows: _Rows, index: int, origin: int, match: re.Match[str]) -> tuple[Node, int]:
    opening = rows.at(index)
    start = opening[0] - origin + len(match[1])
    run = match[2] or match[4]
    info = (match[3] or match[5] or "").strip().split(maxsplit=1)
    end_of_fence = _fence_end(match)
    index += 1
    first_content = rows.get(index)
    end = opening[0] - origin + len(opening[1])
    content_start = end if first_content is None else first_content[0] - origin
    closed = False
    content_end = content_start
    while (row := rows.get(index)) is not None:
        index += 1
        end = row[0] - origin + len(row[1])
        if end_of_fence.match(row[1]):
            closed = True
            content_end = row[0] - origin
            break
        content_end = end
    content = Span(content_start, max(content_start, content_end))
    language = info[0].lower() if info else ""
    return Node(Kind.FENCE, Span(start, end), content, marker=run, info=language, closed=closed), index


def _fence_end(opening: re.Match[str]) -> re.Pattern[str]:
    """What the line looks like that ends the fence: at least as many of the same characters."""
    run = opening[2] or opening[4]
    return re.compile(rf"[ \t]*{re.escape(run[0])}{{{len(run)},}}[ \t]*$")


def _comment(rows: _Rows, index: int, origin: int) -> tuple[Node, int]:
    offset, text = rows.at(index)
    start = offset - origin + len(text) - len(text.lstrip())
    search_from = text.index("<!--") + 4
    end, closed = start, False
    while not closed and (row := rows.get(index)) is not None:
        index += 1
        end = row[0] - origin + len(row[1].rstrip())
        closed = row[1].find("-->", search_from) >= 0
        search_from = 0
    span = Span(start, max(start, end))
    return Node(Kind.COMMENT, span, span, closed=closed), index


def _quote(rows: _Rows, index: int, origin: int) -> tuple[Node, int]:
    start: int | None = None
    end = 0
    while (row := rows.get(index)) is not None and not _blank(row[1]):
        if start is not None and not _QUOTE.match(row[1]) and interrupts_paragraph(row[1]):
            break
        span = _row_span(row[0] - origin, row[1])
        start = span.start if start is None else start
        end = span.end
        index += 1
    span = Span(start or 0, end)
    return Node(Kind.QUOTE, span, span), index


def interrupts_paragraph(text: str) -> bool:
    """Whether a row ends the paragraph before it."""
    first = text.lstrip(" \t")[:1]
    if first.isalpha():
        return False
    if first == "#":
        return _HEADING.match(text) is not None
    if first in ("`", "~"):
        return _FENCE.match(text) is not None
    if first == "<":
        return _COMMENT.match(text) is not None or _TAG.match(text) is not None
    if first == ">":
        return _QUOTE.match(text) is not None
    if first in ("-", "*", "_", "+") or first.isdigit():
        if first in "-*_" and _RULE.match(text):
            return True
        # Only a list that starts at 1 may interrupt, or every sentence that wraps at a number would be a list.
        match = _MARKER.match(text)
        return match is not None and match.end() < len(text.rstrip()) and match[3] in (None, "1")
    return False


def _paragraph(rows: _Rows, index: int, origin: int) -> tuple[Node, int]:
    offset, text = rows.at(index)
    span = _row_span(offset - origin, text)
    following = rows.get(index + 1)
    if (
        "|" in text
        and following is not None
        and ("|" in following[1] or ":" in following[1])
        and _delimits_table(following[1])
    ):
        return _table(rows, index, origin)
    index += 1
    while (row := rows.get(index)) is not None and not _blank(row[1]):
        if match := _SETEXT.match(row[1]):
            end = row[0] - origin + len(row[1].rstrip())
            return Node(Kind.HEADING, Span(span.start, end), span, level=1 if match[1][0] == "=" else 2), index + 1
        if interrupts_paragraph(row[1]):
            break
        span = Span(span.start, row[0] - origin + len(row[1].rstrip()))
        index += 1
    return Node(Kind.PARAGRAPH, span, span), index


def _delimits_table(text: str) -> bool:
    """Whether a row is the line of dashes below the head of a table."""
    cells = text.strip(" \t").removeprefix("|").removesuffix("|").split("|")
    return all(_TABLE_DELIMITER.fullmatch(cell.strip(" \t")) for cell in cells)


def _table(rows: _Rows, index: int, origin: int) -> tuple[Node, int]:
    offset, text = rows.at(index)
    span = _row_span(offset - origin, text)
    index += 1
    while (row := rows.get(index)) is not None and not _blank(row[1]) and not interrupts_paragraph(row[1]):
        span = Span(span.start, row[0] - origin + len(row[1].rstrip()))
        index += 1
    return Node(Kind.TABLE, span, span), index


def _columns(text: str) -> int:
    """The width of the indentation, with tab stops every four columns."""
    match = _TABS.match(text)
    indentation = match[0] if match else ""
    return len(indentation.expandtabs(4)) if "\t" in indentation else len(indentation)


def _dedented(row: Row, columns: int) -> Row:
    """The row without up to `columns` columns of indentation."""
    offset, text = row
    width = index = 0
    while index < len(text) and width < columns and text[index] in " \t":
        width += 1 if text[index] == " " else 4 - width % 4
        index += 1
    return offset + index, text[index:]


def _list(rows: _Rows, index: int, origin: int, depth: int, match: re.Match[str] | None) -> tuple[Node, int]:
    items: list[Node] = []
    kind = ""
    while match is not None:
        item_kind = match[4] or match[2]
        if items and item_kind != kind:
            break
        kind = item_kind
        item, index = _item(rows, index, origin, depth, match)
        items.append(item)
        # A blank line may stand between two items; it belongs to the list only if another item follows.
        following = index
        while (row := rows.get(following)) is not None and _blank(row[1]):
            following += 1
        match = _MARKER.match(row[1]) if row is not None and not _RULE.match(row[1]) else None
        if match is not None and (match[4] or match[2]) == kind:
            index = following
    span = Span(items[0].span.start, items[-1].span.end)
    return Node(Kind.LIST, span, span, tuple(items), marker=kind, number=items[0].number), index


def _item(rows: _Rows, index: int, origin: int, depth: int, match: re.Match[str]) -> tuple[Node, int]:
    offset, text = rows.at(index)
    marker_column = _columns(match[1])
    spaces = len(match[5].expandtabs(4))
    empty = match.end() >= len(text.rstrip())
    content_column = marker_column + len(match[2]) + (spaces if 1 <= spaces <= 4 and not empty else 1)
    content_start = match.end() if spaces <= 4 else match.end(2) + 1
    inner: list[Row] = [(offset + content_start, text[content_start:])]
    index += 1
    fence = _FENCE.match(inner[0][1])
    blanks: list[Row] = []
    while (row := rows.get(index + len(blanks))) is not None:
        if _blank(row[1]):
            if empty and len(inner) == 1:
                break
            blanks.append(row)
            continue
        columns = _columns(row[1])
        nested = columns >= marker_column + 2 and _MARKER.match(row[1]) is not None
        if columns >= content_column or nested:
            line = _dedented(row, content_column)
        elif (
            blanks
            or fence
            or _MARKER.match(row[1])
            or interrupts_paragraph(row[1])
            or _blank(inner[-1][1])
            or not _continues(inner[-1][1])
        ):
            break
        else:
            line = _dedented(row, content_column)
        inner += [_dedented(blank, content_column) for blank in blanks]
        index += len(blanks) + 1
        blanks = []
        inner.append(line)
        if fence is None:
            fence = _FENCE.match(line[1])
        elif _fence_end(fence).match(line[1]):
            fence = None
    children = _children(_ItemRows(inner), len(inner), origin, depth + 1)
    last_offset, last_text = inner[-1]
    start = offset - origin + len(match[1])
    visible = len(last_text.rstrip())
    end = last_offset - origin + visible if visible else start + len(match[2])
    if children:
        # The content of a fence counts to the end of its line.
        end = max(end, children[-1].span.end)
    content = Span(min(offset - origin + match.end(), end), end)
    number = int(match[3]) if match[3] else -1
    return Node(Kind.ITEM, Span(start, end), content, children, marker=match[4] or match[2], number=number), index


def _continues(previous: str) -> bool:
    """Whether text that is not indented may continue the paragraph that the row `previous` belongs to."""
    return _HEADING.match(previous) is None and _TAG.match(previous) is None and _RULE.match(previous) is None


def _children(rows: _ItemRows, count: int, origin: int, depth: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    index = 0
    while index < count:
        row = rows.get(index)
        if row is None or _blank(row[1]):
            index += 1
            continue
        node, index = _block(rows, index, origin, depth)
        nodes.append(node)
    return tuple(nodes)
