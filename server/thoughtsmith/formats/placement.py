"""Where a block may stand in a Markdown-like prompt, and in which style: `place` and `place_around`.

The style follows what surrounds the place: the next item of a list, a section under a heading of the right level, a
tag where the file is written in tags, otherwise a plain paragraph with its list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import markdown_scanner
from thoughtsmith.syntax.tree import Kind, Node, Placed, PromptTree, enclosing
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class Style(Enum):
    LIST = "list"
    HEADING = "heading"
    XML = "xml"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that `writing.write` needs to know about where a block goes."""

    style: Style
    at: Span
    """The text that the block replaces; empty to insert."""
    lead_in: str
    """What is written before the block: line ends and indentation that are not there yet."""
    indent: str
    """The indentation of every line of the block but the first."""
    marker: str
    """In a list, the marker of the new item with the space after it; empty if it stands there already."""
    content_indent: str
    """In a list, the indentation of what belongs to the new item."""
    bullet: str
    """The bullet that the file uses: `-`, `*` or `+`."""
    numbered: bool
    """In a list, whether the new item is numbered."""
    level: int
    """The level of a heading, 1 to 6."""
    follow: str
    """What is written after the block."""
    newline: str
    line_indent: str
    """The white space at the start of the line of `at`; editors that indent snippets themselves add it to each line."""
    renumber: tuple[Edit, ...]
    """Edits that number the following items of the list anew."""


class Around(NamedTuple):
    """How to wrap the text of a task: what to write before it, and where the block goes after it."""

    task: Span
    """The lines of the task, without the last terminator."""
    before: str
    after: str
    """What is written between the task and the block."""
    place: Place


MAX_HEADING = 6
_QUOTED = frozenset({Kind.FRONT_MATTER, Kind.FENCE, Kind.QUOTE, Kind.TABLE, Kind.COMMENT})


def place(tree: PromptTree, at: Span, style: Style | None = None) -> Place | None:
    """Where a block goes if the user typed `at` (a word, or nothing) and wants a block there.

    `None` where no block may stand: in front matter, in quoted text, or in the middle of a line. `style` overrides the
    one that the surroundings suggest.
    """
    inner = _inside_prompt_fence(tree, at)
    if inner is not None:
        fence_tree, shift = inner
        found = place(fence_tree, at.shifted(-shift), style)
        return None if found is None else _shifted(found, shift)
    lines = tree.lines
    number = lines.line_at(at.start)
    start, line = lines.start_of(number), lines.line(number)
    before, after = line[: at.start - start], line[at.end - start :]
    node = tree.at_line(number)
    if after.strip() or (node is not None and _is_quoted(tree, node, number)):
        return None
    if not before.strip():
        return _on_own_line(tree, number, at, before, style)
    marker = markdown_scanner.list_marker(before)
    if marker is not None and marker.end == len(before):
        return _in_new_item(tree, at, before, marker)
    if before and not before[-1].isspace():
        return None
    return _after_line(tree, number, at, style)


def place_after(tree: PromptTree, offset: int, style: Style | None = None) -> Place:
    """Where a block goes that is inserted at `offset` by command: there on an empty line, else after what stands there.

    Always finds a place: after the front matter, the fence or the paragraph around `offset`.
    """
    offset = tree.lines.clamp(offset)
    inner = _inside_prompt_fence(tree, Span(offset, offset))
    if inner is not None:
        fence_tree, shift = inner
        return _shifted(place_after(fence_tree, offset - shift, style), shift)
    number = tree.lines.line_at(offset)
    line = tree.lines.line(number)
    node = tree.at_line(number)
    if not line.strip() and (node is None or not _is_quoted(tree, node, number)):
        end = tree.lines.end_of(number)
        found = _on_own_line(tree, number, Span(end, end), line, style)
        if found is not None:
            return found
    if node is not None and node.node.kind is Kind.LIST:
        chain = _items_at(tree, node, number)
        if chain and style in (None, Style.LIST):
            end_line = tree.lines.line_at(node.start + chain[-1].item.span.end)
            return _sibling(tree, chain[-1], _end_of(tree, end_line))
    last = number if node is None else node.last_line - 1
    while last > 0 and not tree.lines.line(last).strip():
        last -= 1
    return _free(tree, _end_of(tree, last), style, new_line=True, indent=_indentation(tree.lines.line(last)))


def place_around(tree: PromptTree, selection: Span, task_title: str, style: Style | None = None) -> Around | None:
    """How to wrap the blocks of text that `selection` touches.

    `None` if nothing but white space is selected, or if the selection begins or ends in front matter or code.
    """
    inner = _inside_prompt_fence(tree, selection)
    if inner is not None:
        fence_tree, shift = inner
        found = place_around(fence_tree, selection.shifted(-shift), task_title, style)
        return (
            None
            if found is None
            else found._replace(task=found.task.shifted(shift), place=_shifted(found.place, shift))
        )
    lines = tree.lines
    text = lines.at(selection)
    if not text.strip():
        return None
    visible = Span(selection.start + len(text) - len(text.lstrip()), selection.start + len(text.rstrip()))
    first, last = lines.line_at(visible.start), lines.line_at(visible.end)
    first_node, last_node = tree.at_line(first), tree.at_line(last)
    for node in (first_node, last_node):
        if node is not None and node.node.kind in (Kind.FRONT_MATTER, Kind.FENCE):
            return None
    if first_node is not None and first_node.node.kind is Kind.LIST and style in (None, Style.LIST):
        found_place = place_after(tree, visible.end, Style.LIST)
        return Around(Span(lines.start_of(first), lines.end_of(last)), "", "", found_place)
    first = first if first_node is None else first_node.first_line
    last = last if last_node is None else last_node.last_line - 1
    task = Span(lines.start_of(first), lines.end_of(last))
    found_place = _free(tree, Span(task.end, task.end), style, new_line=True, indent=_indentation(lines.line(first)))
    newline, indent = lines.newline, found_place.indent
    gap = newline if first > 0 and lines.line(first - 1).strip() else ""
    if found_place.style is Style.XML:
        return Around(task, f"{indent}<task>{newline}", f"{newline}{indent}</task>", found_place)
    if found_place.style is Style.HEADING:
        above = tree.at_line(first - 1) or (tree.at_line(first - 2) if not gap else None)
        if above is not None and above.node.kind is Kind.HEADING:
            return Around(task, "", "", found_place)
        return Around(task, f"{gap}{'#' * found_place.level} {task_title}{newline}{newline}", "", found_place)
    return Around(task, f"{gap}{indent}{task_title}:{newline}", "", found_place)


def place_at_end(tree: PromptTree, style: Style, number: int) -> Place:
    """Where the `number`th block (from 1) of a prompt that is being written goes; in a list it gets that number."""
    end = len(tree.lines)
    found = _free(tree, Span(end, end), style, new_line=False, indent="")
    newline = tree.lines.newline
    gap = newline if end else ""
    if style is not Style.LIST:
        return replace(found, lead_in=gap, level=2, follow=newline)
    marker = f"{number}. "
    lead_in = gap if number == 1 else ""
    return replace(
        found, lead_in=lead_in, marker=marker, content_indent=" " * len(marker), numbered=True, follow=newline
    )


def _inside_prompt_fence(tree: PromptTree, at: Span) -> tuple[PromptTree, int] | None:
    """The tree of the fence that is the prompt, and its offset, if `at` lies in its content."""
    fence = tree.prompt_fence
    if fence is None:
        return None
    content = fence.node.content.shifted(fence.start)
    last_line = tree.lines.line_at(content.end) - fence.node.closed
    if not content.start <= at.start <= at.end <= max(content.start, tree.lines.end_of(last_line)):
        return None
    return markdown_scanner.parse(Lines.of(tree.lines.at(content), tree.lines.newline)), content.start


def _shifted(found: Place, by: int) -> Place:
    renumber = tuple(Edit(edit.span.shifted(by), edit.text) for edit in found.renumber)
    return replace(found, at=found.at.shifted(by), renumber=renumber)


def _is_quoted(tree: PromptTree, placed: Placed, number: int) -> bool:
    """Whether line `number` of a top-level node is front matter, code or other quoted text, be it inside a list."""
    start, end = tree.lines.start_of(number) - placed.start, tree.lines.end_of(number) - placed.start
    nodes: tuple[Node, ...] = (placed.node,)
    while nodes:
        nodes = tuple(node for node in nodes if node.span.start <= end and start <= node.span.end)
        if any(node.kind in _QUOTED for node in nodes):
            return True
        nodes = tuple(child for node in nodes for child in node.children)
    return False


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _end_of(tree: PromptTree, line: int) -> Span:
    end = tree.lines.end_of(line)
    return Span(end, end)


def _on_own_line(tree: PromptTree, number: int, at: Span, before: str, style: Style | None) -> Place | None:
    """The line holds nothing but `at`. `None` if a new item here would take over the text of another."""
    if style in (None, Style.LIST):
        chain = _list_to_continue(tree, number)
        if chain:
            entry = _item_to_follow(tree, chain, number, before)
            return None if entry is None else _sibling(tree, entry, at, lead_in=entry.indent.removeprefix(before))
    gap = number > 0 and bool(tree.lines.line(number - 1).strip()) and not _is_tag(tree, number - 1, closing=False)
    found = _free(tree, at, style, new_line=False, indent=before)
    return replace(found, lead_in=tree.lines.newline + before) if gap else found


def _after_line(tree: PromptTree, number: int, at: Span, style: Style | None) -> Place | None:
    """`at` is the last word of a line of text: the block goes below the line or becomes the next item.

    `None` if the item has more text, which would become part of the next, or if the line below underlines this one.
    """
    line = tree.lines.line(number)
    white_space = len(line[: at.start - tree.lines.start_of(number)].rstrip())
    blanks = Edit(Span(tree.lines.start_of(number) + white_space, at.start), "")
    node = tree.at_line(number)
    if node is not None and node.node.kind is Kind.HEADING and number < node.last_line - 1:
        return None
    found: Place | None = None
    if node is not None and node.node.kind is Kind.LIST and style in (None, Style.LIST):
        chain = _items_at(tree, node, number)
        if chain:
            entry = _next_without_taking_over(tree, chain, len(chain) - 1, number)
            if entry is None:
                return None
            found = _sibling(tree, entry, at)
    if found is None:
        found = _free(tree, at, style, new_line=True, indent=_indentation(line))
    return replace(found, renumber=(blanks, *found.renumber))


def _in_new_item(tree: PromptTree, at: Span, before: str, marker: markdown_scanner.ListMarker) -> Place:
    """The user has written the marker of a new item already, which says more than any style that was asked for."""
    indent = marker.indent
    found = _free(tree, at, Style.LIST, new_line=False, indent=indent)
    number = tree.lines.line_at(at.start)
    node = tree.at_line(number)
    renumber: tuple[Edit, ...] = ()
    if node is not None and marker.number >= 0:
        chain = _items_at(tree, node, number)
        if chain:
            renumber = _renumbered(chain[-1], at.start, marker.number + 1)
    return replace(
        found,
        marker="",
        content_indent=indent + " " * (len(before) - len(indent)),
        numbered=marker.number >= 0,
        bullet=marker.bullet or found.bullet,
        follow=_gap_below_item(tree, number),
        renumber=renumber,
    )


class _Entry(NamedTuple):
    """An item of a list, with the list."""

    list: Node
    item: Node
    indent: str
    """The white space before the item's marker."""
    top: Placed
    """The top-level node that the list is, or is part of."""


def _items_at(tree: PromptTree, placed: Placed, number: int) -> list[_Entry]:
    """The items that line `number` belongs to, outermost first."""
    start = tree.lines.start_of(number) - placed.start
    end = tree.lines.end_of(number) - placed.start
    chain: list[_Entry] = []
    nodes: tuple[Node, ...] = (placed.node,)
    while True:
        for node in nodes:
            if node.kind is Kind.LIST and node.span.start <= end and start <= node.span.end:
                item = next((i for i in reversed(node.children) if i.span.start <= end), None)
                if item is None:
                    return chain
                line_start = tree.lines.start_of(tree.lines.line_at(placed.start + item.span.start))
                text = tree.lines.text[line_start : placed.start + item.span.start]
                chain.append(_Entry(node, item, text if not text.strip() else "", placed))
                nodes = item.children
                break
        else:
            return chain


def _list_to_continue(tree: PromptTree, number: int) -> list[_Entry]:
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
    return [] if placed is None else _items_at(tree, placed, above)


def _item_to_follow(tree: PromptTree, chain: list[_Entry], number: int, before: str) -> _Entry | None:
    """The item after which a new one goes on line `number`, whose indentation is `before`."""
    column = len(before.expandtabs(4))
    index = len(chain) - 1
    while index > 0 and len(chain[index].indent.expandtabs(4)) > column:
        index -= 1
    entry = chain[index]
    if column < len(entry.indent.expandtabs(4)) + 2:
        found = _next_without_taking_over(tree, chain, index, number)
        return found if found is None or found.indent.startswith(before) else found._replace(indent=before)
    # So far to the right a new item is nested below this one, and does not count on from it.
    nested = _list_below(tree, entry, number)
    if nested is not None:
        return nested
    bullet = entry.item.marker if entry.item.number < 0 else _bullet(tree)
    return entry._replace(indent=before, item=replace(entry.item, number=-1, marker=bullet))


def _next_without_taking_over(tree: PromptTree, chain: list[_Entry], index: int, number: int) -> _Entry | None:
    """The item that a new one below line `number` can follow without making the rest of `chain[index]` its own."""
    entry = chain[index]
    if tree.lines.line_at(entry.top.start + entry.item.span.end) <= number:
        return entry
    following = tree.lines.line(number + 1)
    if following.strip() and not markdown_scanner.list_marker(following) and _is_left_of(following, entry.indent):
        # Text after a list that lacks a blank line before it. It gets one.
        return entry
    if index + 1 < len(chain):
        return _next_without_taking_over(tree, chain, index + 1, number)
    return _list_below(tree, entry, number)


def _is_left_of(line: str, indent: str) -> bool:
    """Whether `line` is indented no further than `indent`."""
    return len(_indentation(line).expandtabs(4)) <= len(indent.expandtabs(4))


def _list_below(tree: PromptTree, entry: _Entry, number: int) -> _Entry | None:
    """The place before the first item of the list that comes next in the item `entry`, below line `number`."""
    for child in entry.item.children:
        start = entry.top.start + child.span.start
        line = tree.lines.line_at(start)
        if line > number:
            if child.kind is not Kind.LIST:
                return None
            first = child.children[0]
            first = replace(first, number=first.number - (first.number > 0 and not _is_constant(child)))
            return _Entry(child, first, tree.lines.text[tree.lines.start_of(line) : start], entry.top)
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


def _sibling(tree: PromptTree, entry: _Entry, at: Span, *, lead_in: str | None = None) -> Place:
    """A new item after `entry`; on a new line unless a `lead_in` is given, since `at` has a line of its own."""
    number, marker = -1, f"{entry.item.marker} "
    renumber: tuple[Edit, ...] = ()
    if entry.item.number >= 0:
        constant = _is_constant(entry.list)
        number = entry.item.number + (not constant)
        marker = f"{number}{entry.item.marker} "
        if not constant:
            renumber = _renumbered(entry, at.start, number + 1)
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
        bullet=_bullet(tree) if number >= 0 else entry.item.marker,
        numbered=number >= 0,
        level=0,
        follow=_gap_below_item(tree, line_number),
        newline=newline,
        line_indent=_indentation(line),
        renumber=renumber,
    )


def _gap_below_item(tree: PromptTree, number: int) -> str:
    """What keeps the text below line `number` from becoming part of an item that ends on that line."""
    following = tree.lines.line(number + 1)
    ends_item = markdown_scanner.list_marker(following) or markdown_scanner.interrupts_paragraph(following)
    return "" if ends_item or not following.strip() else tree.lines.newline


def _renumbered(entry: _Entry, after: int, expected: int) -> tuple[Edit, ...]:
    """Edits that count up the items of the list that start behind `after`, as long as they counted up before."""
    edits: list[Edit] = []
    for item in entry.list.children:
        start = entry.top.start + item.span.start
        if start < after:
            continue
        if item.number != expected - 1:
            break
        edits.append(Edit(Span(start, start + len(str(item.number))), str(expected)))
        expected += 1
    return tuple(edits)


def _free(tree: PromptTree, at: Span, style: Style | None, *, new_line: bool, indent: str) -> Place:
    """A place outside lists. With `new_line`, the block goes below the line of `at`, after a blank line."""
    lines = tree.lines
    number = lines.line_at(at.start)
    chosen, level = _section_style(tree, at.start)
    if style is not None:
        chosen = style
    elif chosen is Style.HEADING and not _ends_section(tree, number):
        # A heading here would make the rest of the section its own.
        chosen = Style.PLAIN
    if chosen is Style.HEADING:
        indent = ""
    newline = lines.newline
    lead_in = ""
    if new_line:
        inside_tag = _is_tag(tree, number, closing=False)
        lead_in = newline + ("" if inside_tag else newline) + indent
        if not lines.line(number).strip():
            lead_in = indent
    following = lines.line(number + 1)
    follow = newline if following.strip() and not _is_tag(tree, number + 1, closing=True) else ""
    return Place(
        style=chosen,
        at=at,
        lead_in=lead_in,
        indent=indent,
        marker="- " if chosen is Style.LIST else "",
        content_indent=indent + "  ",
        bullet=_bullet(tree),
        numbered=False,
        level=level,
        follow=follow,
        newline=newline,
        line_indent=_indentation(lines.line(number)),
        renumber=(),
    )


def _section_style(tree: PromptTree, offset: int) -> tuple[Style, int]:
    """The style of the file around `offset`, and the level that a heading there would have."""
    sections = enclosing(tree, offset)
    top = [section for section in tree.sections if section.level == 1]
    if not sections:
        headings = any(section.level for section in tree.sections)
        return (Style.XML if tree.sections and not headings else Style.PLAIN), 2
    innermost = sections[-1]
    if not innermost.level:
        return Style.XML, 2
    level = innermost.level
    if level == 1 and len(top) == 1:
        level = 2
    return Style.HEADING, min(level, MAX_HEADING)


def _ends_section(tree: PromptTree, number: int) -> bool:
    """Whether nothing but blank lines stands between line `number` and the end of its section."""
    node = tree.at_line(number)
    if node is not None and node.node.kind is Kind.HEADING:
        return False
    for following in _nodes_from(tree, number + 1):
        if following.first_line > number:
            return following.node.kind is Kind.HEADING or (following.node.kind is Kind.TAG and following.node.closing)
    return True


def _nodes_from(tree: PromptTree, line: int) -> Iterator[Placed]:
    for index in range(tree.first_index_from(line), len(tree.nodes)):
        yield tree.placed(index)


def _is_tag(tree: PromptTree, number: int, *, closing: bool) -> bool:
    node = tree.at_line(number)
    return node is not None and node.node.kind is Kind.TAG and node.node.closing == closing


def _bullet(tree: PromptTree) -> str:
    """The bullet of the first bulleted list of the file, at any depth; a dash if there is none."""

    def first(nodes: tuple[Node, ...]) -> str | None:
        for node in nodes:
            if node.kind is Kind.LIST and node.number < 0:
                return node.marker
            if node.children and (found := first(node.children)):
                return found
        return None

    return first(tuple(top.node for top in tree.nodes)) or "-"
