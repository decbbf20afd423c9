"""Semantic tokens: names of techniques, numbers that are parameters, variables, roles and tags. Never whole sentences.

Nothing in code fences, comments or front matter is marked: that is not the prompt speaking.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.detected import asked_for
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.tree import Node, Placed

NAME, NUMBER, VARIABLE, ROLE, TAG = "name", "number", "variable", "role", "tag"

_SILENT = frozenset({Kind.FRONT_MATTER, Kind.FENCE, Kind.COMMENT, Kind.RULE, Kind.DATA, Kind.EMBEDDED, Kind.ROLE})
_FEW_WORDS = r"[\w.$@:\[\]|-]{1,80}(?:[ \t]{1,9}[^\s{}]{1,80}){0,3}"
"""What stands between braces: a name, perhaps with a filter or an argument. A sentence there is a note."""
_SYNTAX = re.compile(
    rf"(?P<{ROLE}>\{{\{{~?[ \t]{{0,9}}role[ \t]{{1,9}}[\"']\w{{1,20}}[\"'][ \t]{{0,9}}~?\}}\}})"
    rf"|(?P<{VARIABLE}>\{{\{{\{{?~?[#/^&>]?[ \t]{{0,9}}{_FEW_WORDS}[ \t]{{0,9}}~?\}}?\}}\}}"
    rf"|\$\{{{_FEW_WORDS}\}}|\$ARGUMENTS\b)"
    rf"|(?:(?<!\w)<|</)(?P<{TAG}>[A-Za-z][\w.:-]{{0,60}})(?:[ \t][^<>\n]{{0,200}})?/?>"
    # A role speaks from the start of its line; the words of a sentence that ends in a colon do not.
    r"|^[ \t]*(?:\*\*|__)?(?P<turn>(?i:system|user|assistant|developer))(?=(?:\*\*|__)?:)",
    re.MULTILINE,
)
_READ = frozenset({"jinja", "handlebars", "mustache", "python-format", "poml"})
"""The template languages that are read for their variables; in others those count that look like one."""
_WORD = re.compile(r"(?<![\d.,])\d+(?![.,]?\d)|[^\W\d_]+")
_LINE_PIECE = re.compile(r"[^\s>][^\r\n]*")


class Token(NamedTuple):
    """A few words or less on one line. Tokens do not overlap."""

    span: Span
    kind: str


def semantic_tokens(snapshot: Snapshot, within: Span | None = None) -> list[Token]:
    """The tokens in order; of those on other lines than `within` it may leave out any."""
    nodes = list(_nodes(snapshot, within))
    text = snapshot.lines.text
    spoken = [span.shifted(placed.start) for placed in nodes for span in _stretches(placed.node, text, placed.start)]
    found = [
        Token(placed.node.content.shifted(placed.start), ROLE) for placed in nodes if placed.node.kind is Kind.ROLE
    ]
    taken: list[Span] = []
    # What is written in signs is certain and comes first, then the longest name.
    tags = _tags(snapshot)
    for span in spoken:
        for match in _SYNTAX.finditer(text, span.start, span.end):
            kind = match.lastgroup or ROLE
            if kind == VARIABLE and tags is not None and match.start() not in tags:
                continue
            token = Token(Span(*match.span(kind)), ROLE if kind == "turn" else kind)
            found.append(token)
            taken.append(token.span)
    if tags is not None:
        names = [name.span for name in snapshot.template.names if _covered(spoken, name.span)]
        variables = _disjoint(names, sorted(taken))
        found += [Token(span, VARIABLE) for span in variables]
        taken = sorted([*taken, *variables])
    techniques = snapshot.content.catalogue.techniques
    names = [name.span for name in snapshot.names if name.id in techniques and _covered(spoken, name.span)]
    for kind, spans in ((NAME, names), (NUMBER, list(_numbers(snapshot, spoken)))):
        for span in _disjoint(spans, taken):
            found += [Token(piece, kind) for piece in _on_lines(text, span)]
            taken.append(span)
        taken.sort()
    return sorted(found)


def _tags(snapshot: Snapshot) -> set[int] | None:
    """Where the tags of the template begin whose inside is filled in; `None` if it is not known what is a tag."""
    template = snapshot.template
    if template.language not in _READ:
        return None
    return {tag.span.start for tag in template.tags if tag.kind not in ("comment", "raw")}


def _nodes(snapshot: Snapshot, within: Span | None) -> Iterator[Placed]:
    """What may have tokens, in order."""
    tree = snapshot.tree
    first, last = 0, len(tree.nodes)
    if within is not None:
        line = tree.lines.line_at(within.start)
        covering = tree.index_at_line(line)
        first = tree.first_index_from(line) if covering is None else covering
        last = tree.first_index_from(tree.lines.line_at(within.end) + 1)
    for index in range(first, last):
        yield from tree.placed(index).parts()


def _stretches(node: Node, text: str, start: int) -> Iterator[Span]:
    """The stretches of a node that are the prompt speaking."""
    if node.kind is Kind.LIST and not node.marker:
        yield node.span  # It is written in tags.
    elif node.kind in (Kind.LIST, Kind.ITEM):
        for child in node.children:
            yield from _stretches(child, text, start)
    elif node.kind is Kind.QUOTE:
        quoted = text[node.span.start + start : node.span.end + start]
        if "```" not in quoted and "~~~" not in quoted:
            yield node.span
    elif node.kind not in _SILENT:
        yield node.span


def _behind(spans: list[Span], position: int) -> int:
    """The index of the first of `spans`, which are sorted, that starts behind a position."""
    return bisect_right(spans, (position, sys.maxsize))  # Compared as pairs: a key would be asked at every step.


def _covered(spoken: list[Span], span: Span) -> bool:
    index = _behind(spoken, span.start) - 1
    return index >= 0 and spoken[index].covers(span)


def _numbers(snapshot: Snapshot, spoken: list[Span]) -> Iterator[Span]:
    """Where the words that ask for a technique give its parameters, in digits or in words."""
    text, value_of = snapshot.spoken, snapshot.content.number_of
    for detection in asked_for(snapshot):
        wanted = {value for _, value in detection.params if isinstance(value, int)}
        if not wanted:
            continue
        for place in detection.places:
            if not _covered(spoken, place):
                continue
            for match in _WORD.finditer(text, place.start, place.end):
                if value_of(match[0]) in wanted:
                    yield Span(*match.span())
                    break


def _disjoint(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Those of `spans` that touch none of `taken`, which is sorted; of several that overlap the longest."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -len(span))):
        index = _behind(taken, span.start)
        if (index and taken[index - 1].end > span.start) or (index < len(taken) and taken[index].start < span.end):
            continue
        if kept and span.start < kept[-1].end:
            if len(span) > len(kept[-1]):
                kept[-1] = span
            continue
        kept.append(span)
    return kept


def _on_lines(text: str, span: Span) -> Iterator[Span]:
    """A span line by line, without the indentation and the quotation marks at the start of a line."""
    for match in _LINE_PIECE.finditer(text, span.start, span.end):
        yield Span(match.start(), match.start() + len(match[0].rstrip()))
