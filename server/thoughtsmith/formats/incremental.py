"""Trees that are made anew after each edit at the price of the edit.

It works for every scanner whose top-level nodes can be scanned knowing only the line on which they start, save that
the first one may be something special.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeAlias

from thoughtsmith.formats.rows import blank
from thoughtsmith.syntax.tree import PromptTree, TopNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoughtsmith.formats.rows import TextRows
    from thoughtsmith.syntax.tree import Node
    from thoughtsmith.text.lines import Lines

Scan: TypeAlias = "Callable[[TextRows, int], tuple[Node, int]]"
"""Gives the node that starts on a line that is not blank, and the line after it."""
Keep: TypeAlias = "Callable[[PromptTree, int], int]"
"""How many of the first nodes of a tree, which no edit touches, do not change with what comes later either."""


def parse(lines: Lines, rows: TextRows, scan: Scan) -> PromptTree:
    """The tree of `lines`."""
    first_lines: list[int] = []
    nodes: list[TopNode] = []
    for first, top in _nodes(rows, 0, scan):
        first_lines.append(first)
        nodes.append(top)
    return PromptTree(lines, tuple(nodes), tuple(first_lines))


def reparse(
    old: PromptTree, lines: Lines, rows: TextRows, scan: Scan, keep: Keep, first_changed: int, unchanged_tail: int
) -> PromptTree:
    """The tree of `lines`, equal to that which `parse` makes, from the tree of the text before an edit.

    The first `first_changed` lines and the last `unchanged_tail` lines of the text are what they were. One node before
    the change is scanned again, since what follows it may now belong to it; scanning stops at the first node that
    starts where an old one did.
    """
    kept = max(bisect_right(old.first_lines, first_changed) - 1, 0)
    if kept > 0 and old.first_lines[kept] + old.nodes[kept].lines > first_changed:
        kept -= 1
    if old.nodes:
        kept = keep(old, kept)
    shift = len(lines.lines) - len(old.lines.lines)
    changed_end = len(lines.lines) - unchanged_tail
    first_lines = list(old.first_lines[:kept])
    nodes = list(old.nodes[:kept])
    # Between nodes there are only blank lines, so scanning may start right behind the last kept one.
    start = first_lines[-1] + nodes[-1].lines if nodes else 0

    def reached_old_node(line: int) -> bool:
        if line < changed_end or not nodes:
            return False
        index = bisect_left(old.first_lines, line - shift)
        # The first node, now or before, is no node like the others.
        if index == 0 or index == len(old.first_lines) or old.first_lines[index] != line - shift:
            return False
        nodes.extend(old.nodes[index:])
        first_lines.extend(first + shift for first in old.first_lines[index:])
        return True

    for first, top in _nodes(rows, start, scan, reached_old_node):
        first_lines.append(first)
        nodes.append(top)
    return PromptTree(lines, tuple(nodes), tuple(first_lines))


def _nodes(
    rows: TextRows, start: int, scan: Scan, stop: Callable[[int], bool] | None = None
) -> Iterator[tuple[int, TopNode]]:
    """The top-level nodes from line `start` on, until `stop(line)` at the start of one."""
    line, total = start, len(rows.lines)
    while line < total:
        if rows.lines[line].isspace() or blank(rows.at(line)[1]):
            line += 1
            continue
        if stop is not None and stop(line):
            return
        node, after = scan(rows, line)
        yield line, TopNode(node, after - line)
        line = after
