"""New items in lists: which item one follows, what number it gets, and what must not become part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import markdown_scanner
from thoughtsmith.formats.place import Place, Style
from thoughtsmith.syntax.tree import Kind, Node, Placed
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import PromptTree


_NUMBER = re.compile(r"\d+")


class Entry(NamedTuple):
    """An item of a list, with the list."""

    list: Node
    item: Node
    indent: str
    """The white space before the item's marker."""
    top: Placed
    """The top-level node that the list is, or is part of."""


def items_at(tree: PromptTree, placed: Placed, number: int) -> list[Entry]:
    """The items that line `number` belongs to, outermost first."""
    start = tree.lines.start_of(number) - placed.start
    end = tree.lines.end_of(number) - placed.start
    chain: list[Entry] = []
    nodes: tuple[Node, ...] = (placed.node,)
    while True:
        for node in nodes:
            if node.kind is Kind.LIST and node.span.start <= end and start <= node.span.end:
                item = next((i for i in reversed(node.children) if i.span.start <= end), None)
                if item is None:
                    return chain
                line_start = tree.lines.start_of(tree.lines.line_at(placed.start + item.span.start))
                text = tree.lines.text[line_start : placed.start + item.span.start]
                chain.append(Entry(node, item, text if not text.strip() else "", placed))
                nodes = item.children
                break
        else:
            return chain


def list_to_continue(tree: PromptTree, number: int) -> list[Entry]:
    """The items, outermost first, that a new item on line `number` may follow."""
    above = number - 1
    if above < 0:
        return []
    placed = tree.at_line(above)
    if not tree.lines.line(above).strip():
        inside = tree.at_line(number)
        loose = tree.at_line(above - 1) if above > 0 else None
        if inside is not None and inside.node.kind is Kind.LIST:
            placed, above = inside, number
        elif loose is not None and loose.node.kind is Kind.LIST and _is_loose(tree, loose):
            placed, above = loose, above - 1
        else:
            return []
    return [] if placed is None else items_at(tree, placed, above)


def item_to_follow(tree: PromptTree, chain: list[Entry], number: int, before: str) -> Entry | None:
    """The item after which a new one goes on line `number`, whose indentation is `before`."""
    column = len(before.expandtabs(4))
    index = len(chain) - 1
    while index > 0 and len(chain[index].indent.expandtabs(4)) > column:
        index -= 1
    entry = chain[index]
    if column < len(entry.indent.expandtabs(4)) + 2:
        found = next_without_taking_over(tree, chain, index, number)
        return found if found is None or found.indent.startswith(before) else found._replace(indent=before)
    # So far to the right a new item is nested below this one, and does not count on from it.
    nested = _list_below(tree, entry, number)
    if nested is not None:
        return nested
    bullet = entry.item.marker if entry.item.number < 0 else first_bullet(tree)
    return entry._replace(indent=before, item=entry.item._replace(number=-1, marker=bullet))


def next_without_taking_over(tree: PromptTree, chain: list[Entry], index: int, number: int) -> Entry | None:
    """The item that a new one below line `number` can follow without making the rest of `chain[index]` its own."""
    entry = chain[index]
    if tree.lines.line_at(entry.top.start + entry.item.span.end) <= number:
        return entry
    following = tree.lines.line(number + 1)
    is_text = following.strip() and not markdown_scanner.list_marker(following) and not is_statement(tree, number + 1)
    if is_text and _is_left_of(following, entry.indent):
        # Text after a list that lacks a blank line before it. It gets one.
        return entry
    if index + 1 < len(chain):
        return next_without_taking_over(tree, chain, index + 1, number)
    return _list_below(tree, entry, number)


def _is_left_of(line: str, indent: str) -> bool:
    """Whether `line` is indented no further than `indent`."""
    return len(indentation(line).expandtabs(4)) <= len(indent.expandtabs(4))


def _list_below(tree: PromptTree, entry: Entry, number: int) -> Entry | None:
    """The place before the first item of the list that comes next in the item `entry`, below line `number`."""
    for child in entry.item.children:
        start = entry.top.start + child.span.start
        line = tree.lines.line_at(start)
        if line > number:
            if child.kind is not Kind.LIST:
                return None
            first = child.children[0]
            first = first._replace(number=first.number - (first.number > 0 and not _is_constant(child)))
            return Entry(child, first, tree.lines.text[tree.lines.start_of(line) : start], entry.top)
        if tree.lines.line_at(entry.top.start + child.span.end) > number:
            return None
    return None


def _is_constant(node: Node) -> bool:
    """Whether all items of a numbered list have the same number, as Markdown allows."""
    return len(node.children) > 1 and node.children[0].number == node.children[1].number


def _is_loose(tree: PromptTree, placed: Placed) -> bool:
    """Whether blank lines stand between the items of the list."""
    items = placed.node.children
    return any(
        not tree.lines.line(tree.lines.line_at(placed.start + item.span.start) - 1).strip() for item in items[1:]
    )


def sibling(tree: PromptTree, entry: Entry, at: Span, *, lead_in: str | None = None) -> Place:
    """A new item after `entry`; on a new line unless a `lead_in` is given, since `at` has a line of its own."""
    number, marker = -1, f"{entry.item.marker} "
    renumber: tuple[Edit, ...] = ()
    if entry.item.number >= 0:
        constant = _is_constant(entry.list)
        number = entry.item.number + (not constant)
        width = len(_digits(tree, entry.top.start + entry.item.span.start)) if entry.item.number else 1
        marker = f"{number:0{width}}{entry.item.marker} "
        if not constant:
            renumber = renumbered(tree, entry, at.start, number + 1)
    line_number = tree.lines.line_at(at.start)
    line = tree.lines.line(line_number)
    newline = tree.lines.newline
    if lead_in is None:
        lead_in = newline + (newline if _is_loose(tree, entry.top) else "") + entry.indent
    return Place(
        style=Style.LIST,
        at=at,
        lead_in=lead_in,
        indent=entry.indent,
        marker=marker,
        content_indent=entry.indent + " " * len(marker),
        bullet=first_bullet(tree) if number >= 0 else entry.item.marker,
        numbered=number >= 0,
        level=0,
        follow=gap_below_item(tree, line_number),
        newline=newline,
        line_indent=indentation(line),
        renumber=renumber,
    )


def gap_below_item(tree: PromptTree, number: int) -> str:
    """What keeps the text below line `number` from becoming part of an item that ends on that line."""
    following = tree.lines.line(number + 1)
    ends_item = markdown_scanner.list_marker(following) or markdown_scanner.interrupts_paragraph(following)
    return "" if ends_item or not following.strip() or is_statement(tree, number + 1) else tree.lines.newline


def is_statement(tree: PromptTree, number: int) -> bool:
    """Whether line `number` holds nothing but statements of a template, alone or among the items of a list."""
    placed = tree.at_line(number)
    if placed is None or not tree.lines.line(number).strip():
        return False
    start, end = tree.lines.start_of(number) - placed.start, tree.lines.end_of(number) - placed.start
    node = placed.node
    while node.kind in (Kind.LIST, Kind.ITEM):
        inner = next((child for child in node.children if child.span.start <= end and start <= child.span.end), None)
        if inner is None:
            # Between items nothing else can stand.
            return node.kind is Kind.LIST
        node = inner
    return node.kind is Kind.DIRECTIVE


def renumbered(tree: PromptTree, entry: Entry, after: int, expected: int) -> tuple[Edit, ...]:
    """Edits that count up the items of the list that start behind `after`, as long as they counted up before."""
    edits: list[Edit] = []
    for item in entry.list.children:
        start = entry.top.start + item.span.start
        if start < after:
            continue
        if item.number != expected - 1:
            break
        digits = _digits(tree, start)
        edits.append(Edit(Span(start, start + len(digits)), f"{expected:0{len(digits)}}"))
        expected += 1
    return tuple(edits)


def _digits(tree: PromptTree, start: int) -> str:
    """The number of the item that starts at `start`, as it is written: it may have leading zeros."""
    match = _NUMBER.match(tree.lines.text, start)
    return match[0] if match else ""


def first_bullet(tree: PromptTree) -> str:
    """The bullet of the first bulleted list of the file, at any depth; a dash if there is none."""

    def first(nodes: tuple[Node, ...]) -> str | None:
        for node in nodes:
            if node.kind is Kind.LIST and node.number < 0:
                return node.marker
            if node.children and (found := first(node.children)):
                return found
        return None

    return first(tuple(top.node for top in tree.nodes)) or "-"


def indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
