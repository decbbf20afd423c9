"""The block structure of Markdown as people write prompts in it, scanned in one pass and in linear time.

It follows CommonMark (a CommonMark library is the oracle in the tests) and departs from it where prompts do:

* a line that holds nothing but a tag, `<context>`, ends a paragraph and swallows nothing, so headings and lists between
  tags are seen;
* indented text is text, not code, since people indent what stands between tags;
* a list marker indented by two columns is nested even under `1.`, whose content starts at column three;
* one or two dashes under a paragraph are the beginning of a list or rule, not a heading.

A `Dialect` adds to it: the lines that begin messages, and those that hold nothing but statements of a template.
Statements end a paragraph but not a list: items may stand in a loop or a condition.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import front_matter_lines, incremental, template_lines
from thoughtsmith.formats.dialect import MARKDOWN, Dialect
from thoughtsmith.formats.rows import CutRows, ListedRows, MessageRows, Row, Rows, TextRows, blank
from thoughtsmith.syntax.tree import Kind, Node, PromptTree
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.text.lines import Lines

MAX_DEPTH = 10
"""Lists nested deeper than this are read as paragraphs, so that hostile input costs no more than friendly input."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r" {0,3}(={3,}|-{3,})[ \t]*$")
_FENCE = re.compile(r"([ \t]*)(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_MARKER = re.compile(r"([ \t]*)([-*+]|(\d{1,9})([.)]))([ \t]+|$)")
_QUOTE = re.compile(r" {0,3}>")
_TAG = re.compile(r"[ \t]*<(/?)([A-Za-z][\w.:-]*)(?:[ \t][^<>]*?)?(/?)>[ \t]*$")
_COMMENT = re.compile(r"[ \t]*<!--")
_TABLE_DELIMITER = re.compile(r":?-+:?")


def parse(lines: Lines, dialect: Dialect = MARKDOWN) -> PromptTree:
    """The tree of `lines`. Total: every text has one."""
    return incremental.parse(lines, TextRows(lines, dialect), _top_level)


def reparse(
    old: PromptTree, lines: Lines, first_changed: int, unchanged_tail: int, dialect: Dialect = MARKDOWN
) -> PromptTree:
    """The tree of `lines`, equal to `parse(lines, dialect)`, made from the tree of the text before an edit."""
    keep = partial(_kept, dialect)
    rows = TextRows(lines, dialect)
    return incremental.reparse(old, lines, rows, _top_level, keep, first_changed, unchanged_tail)


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


def _top_level(rows: TextRows, line: int) -> tuple[Node, int]:
    found = front_matter_lines.scan(rows, line) if line < front_matter_lines.MAX_PREAMBLE else None
    if found is not None:
        return found
    origin = rows.start_of(line)
    role = rows.dialect.role
    if role is None:
        return block(rows, line, origin, 0)
    text = rows.at(line)[1]
    message = MessageRows(rows, line, role)
    match = role.match(text)
    return block(message, line, origin, 0) if match is None else _role(message, line, origin, match)


def _kept(dialect: Dialect, tree: PromptTree, count: int) -> int:
    """How many of the first `count` nodes stay what they are, whatever follows.

    A list goes on below statements if there is another item; so what was a node of its own may become part of it.
    """
    while dialect.tags and count > 0 and tree.nodes[count].node.kind in (Kind.DIRECTIVE, Kind.COMMENT):
        count -= 1
    return count if front_matter_lines.is_settled(tree, count, dialect) else 0


def _role(rows: Rows, index: int, origin: int, match: re.Match[str]) -> tuple[Node, int]:
    """The line that begins a message, with the paragraph that begins behind it on the same line, if any."""
    offset, text = rows.at(index)
    name = match.lastgroup or 0
    end = len(text[: match.end()].rstrip())
    span = Span(len(text) - len(text.lstrip()), end).shifted(offset - origin)
    role = Node(Kind.ROLE, span, Span(*match.span(name)).shifted(offset - origin), info=match[name].lower())
    if blank(text[end:]):
        return role, index + 1
    return _with_text_behind(rows, index, end, origin, role, 0)


def _with_text_behind(rows: Rows, last: int, column: int, origin: int, node: Node, depth: int) -> tuple[Node, int]:
    """A node together with what begins behind it on its last line."""
    following, after = block(CutRows(rows, last, column), last, origin, depth)
    span = Span(node.span.start, following.span.end)
    return Node(Kind.MIXED, span, span, (node, following), closed=following.closed), after


def block(rows: Rows, index: int, origin: int, depth: int) -> tuple[Node, int]:
    """The node that starts at the non-blank row `index`, and the index of the row after it."""
    offset, text = rows.at(index)
    first = text.lstrip(" \t")[0]
    if first.isalpha():
        return _paragraph(rows, index, origin, offset, text)
    if first == "{" and rows.dialect.tags and (found := template_lines.read(rows, index)) is not None:
        return _template(rows, index, origin, depth, found)
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
    return _paragraph(rows, index, origin, offset, text)


def _template(rows: Rows, index: int, origin: int, depth: int, found: template_lines.TemplateLines) -> tuple[Node, int]:
    start = _row_span(*rows.at(index)).start - origin
    span = Span(start, rows.at(found.last)[0] - origin + found.end)
    node = Node(Kind.COMMENT if found.comment else Kind.DIRECTIVE, span, span, closed=found.closed)
    if found.text is None:
        return node, found.last + 1
    return _with_text_behind(rows, found.last, found.text, origin, node, depth)


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


def _fence(rows: Rows, index: int, origin: int, match: re.Match[str]) -> tuple[Node, int]:
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
        if run in row[1] and end_of_fence.match(row[1]):
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
    return _end_of_run(run)


@lru_cache(maxsize=64)
def _end_of_run(run: str) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*{re.escape(run[0])}{{{len(run)},}}[ \t]*$")


def _comment(rows: Rows, index: int, origin: int) -> tuple[Node, int]:
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


def _quote(rows: Rows, index: int, origin: int) -> tuple[Node, int]:
    start: int | None = None
    end = 0
    while (row := rows.get(index)) is not None and not blank(row[1]):
        if start is not None and not _QUOTE.match(row[1]) and _interrupts(rows, row[1]):
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


def _interrupts(rows: Rows, text: str) -> bool:
    """As `interrupts_paragraph`, in the dialect of the rows."""
    return interrupts_paragraph(text) or (bool(rows.dialect.tags) and template_lines.opens(text, rows.dialect.tags))


def _paragraph(rows: Rows, index: int, origin: int, offset: int, text: str) -> tuple[Node, int]:
    span = _row_span(offset - origin, text)
    if (
        "|" in text
        and (following := rows.get(index + 1)) is not None
        and ("|" in following[1] or ":" in following[1])
        and _delimits_table(following[1])
    ):
        return _table(rows, index, origin)
    index += 1
    start, end = span
    while (row := rows.get(index)) is not None:
        text = row[1].rstrip()
        if not text:
            break
        # A line that begins with a letter is a line of words.
        if not text.lstrip()[0].isalpha():
            if match := _SETEXT.match(row[1]):
                span = Span(start, row[0] - origin + len(text))
                return Node(Kind.HEADING, span, Span(start, end), level=1 if match[1][0] == "=" else 2), index + 1
            if _interrupts(rows, row[1]):
                break
        end = row[0] - origin + len(text)
        index += 1
    span = Span(start, end)
    return Node(Kind.PARAGRAPH, span, span), index


def _delimits_table(text: str) -> bool:
    """Whether a row is the line of dashes below the head of a table."""
    cells = text.strip(" \t").removeprefix("|").removesuffix("|").split("|")
    return all(_TABLE_DELIMITER.fullmatch(cell.strip(" \t")) for cell in cells)


def _table(rows: Rows, index: int, origin: int) -> tuple[Node, int]:
    offset, text = rows.at(index)
    span = _row_span(offset - origin, text)
    index += 1
    while (row := rows.get(index)) is not None and not blank(row[1]) and not _interrupts(rows, row[1]):
        span = Span(span.start, row[0] - origin + len(row[1].rstrip()))
        index += 1
    return Node(Kind.TABLE, span, span), index


def _columns(text: str) -> int:
    """The width of the indentation, with tab stops every four columns."""
    columns = len(text) - len(text.lstrip(" \t"))
    return len(text[:columns].expandtabs(4)) if columns and "\t" in text else columns


def _dedented(row: Row, columns: int) -> Row:
    """The row without up to `columns` columns of indentation."""
    offset, text = row
    if text.startswith(" " * columns):
        return offset + columns, text[columns:]
    width = index = 0
    while index < len(text) and width < columns and text[index] in " \t":
        width += 1 if text[index] == " " else 4 - width % 4
        index += 1
    return offset + index, text[index:]


def _list(rows: Rows, index: int, origin: int, depth: int, marker: re.Match[str]) -> tuple[Node, int]:
    items: list[Node] = []
    kind = marker[4] or marker[2]
    match: re.Match[str] | None = marker
    while match is not None:
        item, index = _item(rows, index, origin, depth, match)
        items.append(item)
        # Blank lines and statements may stand between two items; they belong to the list only if another item follows.
        following = index
        while (row := rows.get(following)) is not None:
            silent = 1 if blank(row[1]) else template_lines.count(rows, following)
            if not silent:
                break
            following += silent
        match = None if row is None else _MARKER.match(row[1])
        if match is not None:
            if (match[4] or match[2]) != kind or (kind in "-*" and _RULE.match(match.string)):
                break
            index = following
    span = Span(items[0].span.start, items[-1].span.end)
    return Node(Kind.LIST, span, span, tuple(items), marker=kind, number=items[0].number), index


def _item(rows: Rows, index: int, origin: int, depth: int, match: re.Match[str]) -> tuple[Node, int]:
    offset, text = rows.at(index)
    lead, sign, blanks = match.group(1, 2, 5)
    marker_column = _columns(lead) if lead else 0
    spaces = 1 if blanks == " " else len(blanks.expandtabs(4))
    empty = match.end() >= len(text.rstrip())
    content_column = marker_column + len(sign) + (spaces if 1 <= spaces <= 4 and not empty else 1)
    content_start = match.end() if spaces <= 4 else match.end(2) + 1
    inner: list[Row] = [(offset + content_start, text[content_start:])]
    index += 1
    fence = _FENCE.match(inner[0][1]) if "``" in text or "~~" in text else None
    silent: list[Row] = []
    """Blank lines and statements, which belong to the item only if more of it follows."""
    while (row := rows.get(index + len(silent))) is not None:
        body = row[1].lstrip()
        columns = len(row[1]) - len(body)
        if "\t" in row[1] or (columns and row[1][:columns].strip(" ")):
            columns = _columns(row[1])
        following = _MARKER.match(row[1]) if body and (body[0] in "-*+" or body[0].isdigit()) else None
        if following is not None and columns < marker_column + 2:
            break  # The next item, as it mostly is.
        if not body:
            count = 1
        else:
            count = template_lines.count(rows, index + len(silent)) if columns < content_column and not fence else 0
        if count:
            if empty and len(inner) == 1:
                break
            first = index + len(silent)
            silent += [rows.at(number) for number in range(first, first + count)]
            continue
        if columns >= content_column or following is not None:
            line = _dedented(row, content_column)
        elif silent or fence or _interrupts(rows, row[1]) or blank(inner[-1][1]) or not _continues(rows, inner[-1][1]):
            break
        else:
            line = _dedented(row, content_column)
        inner += [_dedented(line_between, content_column) for line_between in silent]
        index += len(silent) + 1
        silent = []
        inner.append(line)
        if fence is None:
            fence = _FENCE.match(line[1]) if line[1].lstrip(" \t")[:1] in ("`", "~") else None
        elif _fence_end(fence).match(line[1]):
            fence = None
    children = _inside(inner, rows.dialect, origin, depth + 1)
    last_offset, last_text = inner[-1]
    start = offset - origin + len(lead)
    visible = len(last_text.rstrip())
    end = last_offset - origin + visible if visible else start + len(sign)
    if children:
        # The content of a fence counts to the end of its line.
        end = max(end, children[-1].span.end)
    content = Span(min(offset - origin + match.end(), end), end)
    number = int(match[3]) if match[3] else -1
    return Node(Kind.ITEM, Span(start, end), content, children, marker=match[4] or sign, number=number), index


def _inside(rows: list[Row], dialect: Dialect, origin: int, depth: int) -> tuple[Node, ...]:
    """The nodes in an item."""
    offset, text = rows[0]
    if len(rows) == 1 and text[:1].isalpha():
        span = _row_span(offset - origin, text)
        return (Node(Kind.PARAGRAPH, span, span),)
    return _children(ListedRows(rows, dialect), len(rows), origin, depth)


def _continues(rows: Rows, previous: str) -> bool:
    """Whether text that is not indented may continue the paragraph that the row `previous` belongs to."""
    if rows.dialect.tags and template_lines.opens(previous, rows.dialect.tags):
        return False
    return _HEADING.match(previous) is None and _TAG.match(previous) is None and _RULE.match(previous) is None


def _children(rows: Rows, count: int, origin: int, depth: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    index = 0
    while index < count:
        if blank(rows.at(index)[1]):
            index += 1
            continue
        node, index = block(rows, index, origin, depth)
        nodes.append(node)
    return tuple(nodes)


def blocks(rows: list[Row], origin: int, dialect: Dialect = MARKDOWN) -> tuple[Node, ...]:
    """The nodes of a prompt inside something else, of which `rows` are the lines; spans count from `origin`."""
    return _children(ListedRows(rows, dialect), len(rows), origin, 0)
