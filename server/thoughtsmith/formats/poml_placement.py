"""Where a block may stand in POML: among components, inside one, as an item of a list; or in free text.

A file without any component is free text, which POML passes on as it is; blocks are written there as in Markdown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.formats import placement, poml_names
from thoughtsmith.formats.list_places import indentation
from thoughtsmith.formats.place import Around, Place, Style
from thoughtsmith.syntax.tree import Kind, Node, Placed, PromptTree, Section, enclosing
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = "  "
_LINES_LOOKED_AT = 200
"""For how a file is indented."""


def place(tree: PromptTree, at: Span, style: Style | None = None) -> Place | None:
    """As `placement.place`."""
    if _is_free_text(tree, at):
        return placement.place(tree, at, style)
    lines = tree.lines
    number = lines.line_at(at.start)
    before, after = lines.text[lines.start_of(number) : at.start], lines.text[at.end : lines.end_of(number)]
    if after.strip() or _is_silent(tree, at.start):
        return None
    root = _root(tree)
    if root is not None and not root.span.start < at.start < root.span.end:
        return None
    if not before.strip():
        return _on_own_line(tree, at, style)
    node = tree.at_line(number)
    if not before[-1].isspace() or node is None or node.node.kind is not Kind.PARAGRAPH or node.last_line != number + 1:
        return None
    blanks = Edit(Span(lines.start_of(number) + len(before.rstrip()), at.start), "")
    found = _below(tree, node, at, style)
    return replace(found, renumber=(blanks,))


def place_after(tree: PromptTree, offset: int, style: Style | None = None) -> Place:
    """As `placement.place_after`; from outside the root element into it."""
    lines = tree.lines
    offset = lines.clamp(offset)
    if _is_free_text(tree, Span(offset, offset)):
        return placement.place_after(tree, offset, style)
    root = _root(tree)
    if root is not None and offset <= root.span.start:
        offset = min(root.span.start + len(root.name) + 1, root.span.end)
    number = lines.line_at(offset)
    if root is not None and number >= lines.line_at(root.span.end):
        return _before_end(tree, root, style)
    if not lines.line(number).strip() and not _is_silent(tree, offset):
        end = lines.end_of(number)
        return _on_own_line(tree, Span(end, end), style)
    node = tree.at_line(number)
    if node is None:
        end = lines.end_of(number)
        return _new(tree, Span(end, end), style, indent="", lead_in=lines.newline)
    item = _item_ending(tree, node, number)
    if item is not None:
        start, end = item
        indent = indentation(lines.line(lines.line_at(start)))
        at = Span(end, end)
        return _place(tree, at, Style.LIST, indent, lines.newline + indent, "")
    last = node.last_line - 1
    end = lines.end_of(last)
    return _below(tree, node, Span(end, end), style)


def place_around(tree: PromptTree, selection: Span, task_title: str, style: Style | None = None) -> Around | None:
    """As `placement.place_around`; text among components becomes a `<task>`."""
    if _is_free_text(tree, selection):
        return placement.place_around(tree, selection, task_title, style)
    lines = tree.lines
    text = lines.at(selection)
    if not text.strip():
        return None
    visible = Span(selection.start + len(text) - len(text.lstrip()), selection.start + len(text.rstrip()))
    first, last = (tree.at_line(lines.line_at(offset)) for offset in visible)
    if first is None or last is None or not _nests(tree, first, last):
        return None
    root = _root(tree)
    task = Span(first.start, lines.end_of(last.last_line - 1))
    if root is not None and not (root.span.start < task.start and task.end < root.span.end):
        return None
    if _item_ending(tree, last, lines.line_at(visible.end)) is not None:
        return Around(task, "", "", place_after(tree, visible.end, style))
    found = _below(tree, last, Span(task.end, task.end), style)
    indent, newline = indentation(lines.line(first.first_line)), lines.newline
    only_text = all(part.node.kind is not Kind.TAG for placed in _between(tree, first, last) for part in placed.parts())
    if only_text and found.style is Style.XML:
        return Around(task, f"{indent}<task>{newline}", f"{newline}{indent}</task>", found)
    return Around(task, "", "", found)


def _is_free_text(tree: PromptTree, at: Span) -> bool:
    """Whether there is text and no component; the word at `at` is on its way to become a block."""
    text = False
    for placed in tree:
        for part in placed.parts():
            if part.node.kind in (Kind.TAG, Kind.DIRECTIVE) or _is_list(part.node):
                return False
            text = text or not (part.node.kind is Kind.COMMENT or part.node.span.shifted(part.start) == at)
    return text


def _root(tree: PromptTree) -> Section | None:
    return next((section for section in tree.sections if poml_names.key(section.name) == "poml"), None)


def _is_silent(tree: PromptTree, offset: int) -> bool:
    """Whether `offset` lies in a definition, data, a comment or a tag."""
    placed = tree.at(offset)
    nodes: tuple[Node, ...] = () if placed is None else (placed.node,)
    offset -= 0 if placed is None else placed.start
    while nodes:
        nodes = tuple(node for node in nodes if node.span.start < offset < node.span.end)
        if any(node.kind in (Kind.COMMENT, Kind.DIRECTIVE, Kind.TAG, Kind.FENCE) for node in nodes):
            return True
        nodes = tuple(child for node in nodes for child in node.children)
    return False


def _on_own_line(tree: PromptTree, at: Span, style: Style | None) -> Place:
    """The line holds nothing but `at`."""
    lines = tree.lines
    number = lines.line_at(at.start)
    before = lines.text[lines.start_of(number) : at.start]
    within = _list_around(tree, at.start)
    if within is not None:
        indent = before or indentation(lines.line(lines.line_at(within)))
        return _place(tree, at, Style.LIST, indent, indent.removeprefix(before), "")
    around = enclosing(tree, at.start)
    indent = before or (_inner_indentation(tree, around[-1]) if around else "")
    return _new(tree, at, style, indent=indent, lead_in=indent.removeprefix(before))


def _below(tree: PromptTree, node: Placed, at: Span, style: Style | None) -> Place:
    """Below the lines of a node, at the end of which `at` lies."""
    lines = tree.lines
    around = enclosing(tree, at.start)
    inside = bool(around) and lines.line_at(around[-1].span.start) >= node.first_line
    indent = _inner_indentation(tree, around[-1]) if inside else indentation(lines.line(node.first_line))
    index = tree.first_index_from(node.last_line)
    following = tree.placed(index) if index < len(tree.nodes) else None
    ends = following is None or next(following.parts()).node.closing
    # Components that stand apart by blank lines stay so.
    blank_above = node.first_line > 0 and not lines.line(node.first_line - 1).strip()
    blank_below = not ends and not lines.line(node.last_line).strip()
    gap = lines.newline if not inside and (blank_above or blank_below) else ""
    follow = "" if ends or blank_below else gap
    return _new(tree, at, style, indent=indent, lead_in=lines.newline + gap + indent, follow=follow)


def _before_end(tree: PromptTree, root: Section, style: Style | None) -> Place:
    """Behind everything in the root element."""
    lines = tree.lines
    number = lines.line_at(root.span.end)
    end = lines.text.rfind("</", root.span.start, root.span.end)
    if not lines.text[lines.start_of(number) : end].strip():
        number -= 1
        while number > 0 and not lines.line(number).strip():
            number -= 1
        last = lines.end_of(number)
        node = tree.at_line(number)
        if node is not None:
            return _below(tree, node, Span(last, last), style)
    indent = _inner_indentation(tree, root)
    return _new(tree, Span(end, end), style, indent=indent, lead_in=lines.newline + indent, follow=lines.newline)


def _new(tree: PromptTree, at: Span, style: Style | None, *, indent: str, lead_in: str, follow: str = "") -> Place:
    """A place outside lists: among components a component, inside one a paragraph."""
    around = enclosing(tree, at.start)
    contained = not around or poml_names.key(around[-1].name) in poml_names.CONTAINERS
    chosen = Style.PLAIN if style is Style.PLAIN or not contained else Style.XML
    if not _has_components(tree):
        newline, inner = tree.lines.newline, indent + _STEP
        return _place(tree, at, Style.XML, inner, f"{lead_in}<poml>{newline}{inner}", f"{newline}{indent}</poml>")
    return _place(tree, at, chosen, indent, lead_in, follow)


def _place(tree: PromptTree, at: Span, style: Style, indent: str, lead_in: str, follow: str) -> Place:
    return Place(
        style=style,
        at=at,
        lead_in=lead_in,
        indent=indent,
        marker="",
        content_indent=indent + _step(tree),
        bullet="",
        numbered=False,
        level=0,
        follow=follow,
        newline=tree.lines.newline,
        line_indent=indentation(tree.lines.line(tree.lines.line_at(at.start))),
        renumber=(),
    )


def _has_components(tree: PromptTree) -> bool:
    return any(
        part.node.kind in (Kind.TAG, Kind.DIRECTIVE) or _is_list(part.node)
        for placed in tree
        for part in placed.parts()
    )


def _is_list(node: Node) -> bool:
    """Whether it is a list of components; the one of Markdown has a marker."""
    return node.kind is Kind.LIST and not node.marker


def _list_around(tree: PromptTree, offset: int) -> int | None:
    """Where the items of the list begin that `offset` lies in; `None` inside an item and outside lists."""
    placed = tree.at(offset)
    if placed is None:
        return None
    nodes: tuple[Node, ...] = (placed.node,)
    while nodes:
        node = next((one for one in nodes if one.span.start < offset - placed.start < one.span.end), None)
        if node is None:
            return None
        item = next((one for one in node.children if one.span.start < offset - placed.start < one.span.end), None)
        if _is_list(node) and item is None:
            return placed.start + node.children[0].span.start
        nodes = node.children if node.kind is Kind.MIXED or item is None else item.children
    return None


def _item_ending(tree: PromptTree, placed: Placed, number: int) -> Span | None:
    """The innermost item on line `number` that begins a line and ends one."""
    lines = tree.lines
    end_of_line = lines.end_of(number) - placed.start
    found: Span | None = None
    nodes = placed.node.children if placed.node.kind is Kind.MIXED else (placed.node,)
    while True:
        items = [item for node in nodes if _is_list(node) for item in node.children if item.span.start <= end_of_line]
        if not items:
            return found
        span = items[-1].span.shifted(placed.start)
        first, last = lines.line_at(span.start), lines.line_at(span.end)
        own = not lines.text[lines.start_of(first) : span.start].strip()
        if own and number <= last and not lines.text[span.end : lines.end_of(last)].strip():
            found = span
        nodes = items[-1].children


def _inner_indentation(tree: PromptTree, section: Section) -> str:
    """How what stands in an element is indented."""
    lines = tree.lines
    first, last = lines.line_at(section.span.start), lines.line_at(section.span.end)
    node = tree.at_line(first)
    for number in range(first + 1 if node is None else node.last_line, last):
        if lines.line(number).strip():
            return indentation(lines.line(number))
    return indentation(lines.line(first)) + _step(tree)


def _step(tree: PromptTree) -> str:
    """By how much the file indents what stands in something else."""
    for number in range(min(tree.lines.count, _LINES_LOOKED_AT)):
        line = tree.lines.line(number)
        if line.strip() and line[0] in " \t":
            return "\t" if line[0] == "\t" else indentation(line)
    return _STEP


def _between(tree: PromptTree, first: Placed, last: Placed) -> Iterator[Placed]:
    for index in range(tree.first_index_from(first.first_line), len(tree.nodes)):
        placed = tree.placed(index)
        if placed.first_line > last.first_line:
            return
        yield placed


def _nests(tree: PromptTree, first: Placed, last: Placed) -> bool:
    """Whether every tag from `first` to `last` has its partner there, and the two are no comments or definitions."""
    depth = 0
    for placed in _between(tree, first, last):
        for part in placed.parts():
            if part.node.kind is Kind.TAG and part.node.marker != "/":
                depth += -1 if part.node.closing else 1
                if depth < 0:
                    return False
    return depth == 0 and not {first.node.kind, last.node.kind} & {Kind.COMMENT, Kind.DIRECTIVE}
