"""Where a block may stand in a Markdown-like prompt, and in which style: `place` and `place_around`.

The style follows what surrounds the place: the next item of a list, a section under a heading of the right level, a
tag where the file is written in tags, otherwise a plain paragraph with its list.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from thoughtsmith.formats import markdown_scanner
from thoughtsmith.formats.list_places import (
    first_bullet,
    gap_below_item,
    indentation,
    is_statement,
    item_to_follow,
    items_at,
    list_to_continue,
    next_without_taking_over,
    renumbered,
    sibling,
)
from thoughtsmith.formats.place import Around, Place, Style
from thoughtsmith.syntax.tree import Kind, Node, Placed, PromptTree, enclosing
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_HEADING = 6
_QUOTED = frozenset(
    {
        Kind.FRONT_MATTER,
        Kind.FENCE,
        Kind.QUOTE,
        Kind.TABLE,
        Kind.COMMENT,
        Kind.ROLE,
        Kind.DIRECTIVE,
        Kind.DATA,
    }
)


def place(tree: PromptTree, at: Span, style: Style | None = None) -> Place | None:
    """Where a block goes if the user typed `at` (a word, or nothing) and wants a block there.

    `None` where no block may stand: in front matter, in quoted text, on a line that begins a message, or in the middle
    of a line. `style` overrides the one that the surroundings suggest.
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
        chain = items_at(tree, node, number)
        if chain and style in (None, Style.LIST):
            end_line = tree.lines.line_at(node.start + chain[-1].item.span.end)
            if is_statement(tree, number):
                end_line = max(end_line, number)
            return sibling(tree, chain[-1], _end_of(tree, end_line))
    last = number if node is None else node.last_line - 1
    while last > 0 and not tree.lines.line(last).strip():
        last -= 1
    return _free(tree, _end_of(tree, last), style, new_line=True, indent=indentation(tree.lines.line(last)))


def place_around(tree: PromptTree, selection: Span, task_title: str, style: Style | None = None) -> Around | None:
    """How to wrap the blocks of text that `selection` touches.

    `None` if nothing but white space is selected, if the selection begins or ends in front matter or code, or if it
    goes over more than one message.
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
        if node is not None and node.node.kind in (Kind.FRONT_MATTER, Kind.FENCE, Kind.ROLE):
            return None
    if first_node is not None and first_node.node.kind is Kind.LIST and style in (None, Style.LIST):
        found_place = place_after(tree, visible.end, Style.LIST)
        return Around(Span(lines.start_of(first), lines.end_of(last)), "", "", found_place)
    first = first if first_node is None else first_node.first_line
    last = last if last_node is None else last_node.last_line - 1
    if not _nests(tree, first, last):
        return None
    task = Span(lines.start_of(first), lines.end_of(last))
    found_place = _free(tree, Span(task.end, task.end), style, new_line=True, indent=indentation(lines.line(first)))
    newline, indent = lines.newline, found_place.indent
    gap = newline if first > 0 and lines.line(first - 1).strip() and not _opens(tree, first - 1) else ""
    if found_place.style is Style.XML:
        return Around(task, f"{indent}<task>{newline}", f"{newline}{indent}</task>", found_place)
    if first_node is not None and first_node.node.kind is Kind.HEADING:
        return Around(task, "", "", found_place)  # It says itself what it is.
    if found_place.style is Style.HEADING:
        above = tree.at_line(first - 1) or (tree.at_line(first - 2) if not gap else None)
        if above is not None and above.node.kind is Kind.HEADING:
            return Around(task, "", "", found_place)
        return Around(task, f"{gap}{'#' * found_place.level} {task_title}{newline}{newline}", "", found_place)
    return Around(task, f"{gap}{indent}{task_title}:{newline}", "", found_place)


def _nests(tree: PromptTree, first: int, last: int) -> bool:
    """Whether a tag around the lines `first` to `last` nests: tags have their partners there, and no message begins."""
    depth = 0
    for placed in _nodes_from(tree, first):
        if placed.first_line > last:
            break
        if any(part.node.kind is Kind.ROLE for part in placed.parts()):
            return False
        if placed.node.kind is Kind.TAG and placed.node.marker != "/":
            depth += -1 if placed.node.closing else 1
            if depth < 0:
                return False
    return depth == 0


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
    return _parsed(tree.lines.at(content), tree.lines.newline), content.start


@lru_cache(maxsize=4)
def _parsed(text: str, newline: str) -> PromptTree:
    """The tree of the prompt in a fence; one request asks for it several times."""
    return markdown_scanner.parse(Lines.of(text, newline))


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


def _end_of(tree: PromptTree, line: int) -> Span:
    end = tree.lines.end_of(line)
    return Span(end, end)


def _on_own_line(tree: PromptTree, number: int, at: Span, before: str, style: Style | None) -> Place | None:
    """The line holds nothing but `at`. `None` if a new item here would take over the text of another."""
    if style in (None, Style.LIST):
        chain = list_to_continue(tree, number)
        if chain:
            entry = item_to_follow(tree, chain, number, before)
            return None if entry is None else sibling(tree, entry, at, lead_in=entry.indent.removeprefix(before))
    gap = number > 0 and bool(tree.lines.line(number - 1).strip()) and not _opens(tree, number - 1)
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
        chain = items_at(tree, node, number)
        if chain:
            entry = next_without_taking_over(tree, chain, len(chain) - 1, number)
            if entry is None:
                return None
            found = sibling(tree, entry, at)
    if found is None:
        found = _free(tree, at, style, new_line=True, indent=indentation(line))
    return replace(found, renumber=(blanks, *found.renumber))


def _in_new_item(tree: PromptTree, at: Span, before: str, marker: markdown_scanner.ListMarker) -> Place:
    """The user has written the marker of a new item already, which says more than any style that was asked for."""
    indent = marker.indent
    found = _free(tree, at, Style.LIST, new_line=False, indent=indent)
    number = tree.lines.line_at(at.start)
    node = tree.at_line(number)
    renumber: tuple[Edit, ...] = ()
    if node is not None and marker.number >= 0:
        chain = items_at(tree, node, number)
        if chain:
            renumber = renumbered(tree, chain[-1], at.start, marker.number + 1)
    return replace(
        found,
        marker="",
        content_indent=indent + " " * (len(before) - len(indent)),
        numbered=marker.number >= 0,
        bullet=marker.bullet or found.bullet,
        follow=gap_below_item(tree, number),
        renumber=renumber,
    )


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
        lead_in = newline + ("" if _opens(tree, number) else newline) + indent
        if not lines.line(number).strip():
            lead_in = indent
    following = lines.line(number + 1)
    follow = newline if following.strip() and not _closes(tree, number + 1) else ""
    return Place(
        style=chosen,
        at=at,
        lead_in=lead_in,
        indent=indent,
        marker="- " if chosen is Style.LIST else "",
        content_indent=indent + "  ",
        bullet=first_bullet(tree),
        numbered=False,
        level=level,
        follow=follow,
        newline=newline,
        line_indent=indentation(lines.line(number)),
        renumber=(),
    )


def _section_style(tree: PromptTree, offset: int) -> tuple[Style, int]:
    """The style of the file around `offset`, and the level that a heading there would have."""
    sections, around = enclosing(tree, offset), tree.sections
    if sections and sections[0].kind is Kind.ROLE:
        # Every message has a style of its own.
        sections, around = sections[1:], sections[0].children
    around = tuple(section for section in around if section.kind is not Kind.ROLE)
    top = [section for section in around if section.level == 1]
    if not sections:
        headings = any(section.level for section in around)
        return (Style.XML if around and not headings else Style.PLAIN), 2
    innermost = sections[-1]
    if innermost.kind is Kind.TAG:
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
            first = next(following.parts()).node
            return first.kind in (Kind.HEADING, Kind.ROLE) or _is_tag(first, closing=True)
    return True


def _nodes_from(tree: PromptTree, line: int) -> Iterator[Placed]:
    for index in range(tree.first_index_from(line), len(tree.nodes)):
        yield tree.placed(index)


def _opens(tree: PromptTree, number: int) -> bool:
    """Whether a block may follow line `number` without a blank line: a start tag, a statement, or a message begins."""
    node = tree.at_line(number)
    if node is None:
        return False
    return is_statement(tree, number) or node.node.kind is Kind.ROLE or _is_tag(node.node, closing=False)


def _closes(tree: PromptTree, number: int) -> bool:
    """Whether line `number` may follow a block without a blank line: an end tag or a statement."""
    node = tree.at_line(number)
    return node is not None and (is_statement(tree, number) or _is_tag(node.node, closing=True))


def _is_tag(node: Node, *, closing: bool) -> bool:
    return node.kind is Kind.TAG and node.closing == closing
