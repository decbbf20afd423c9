"""The prompt tree: what the parsers of all formats produce and everything else reads.

A tree is a sequence of top-level nodes that cover whole lines. Spans inside a node are relative to the start of its
top-level node, so a node that an edit did not touch is the same object in the next tree: what was found out about it
can be kept. `PromptTree` turns them into spans of the whole text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.text.lazy import lazy
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.text.lines import Lines


class Kind(Enum):
    FRONT_MATTER = "front matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    FENCE = "fence"
    QUOTE = "quote"
    TABLE = "table"
    RULE = "rule"
    COMMENT = "comment"
    TAG = "tag"
    """A line that holds nothing but one tag."""
    ROLE = "role"
    """A line that begins the message of a role, such as `system:`; `info` is the role."""
    DIRECTIVE = "directive"
    """Lines that hold nothing but statements of a template language, such as `{% if x %}`."""
    DATA = "data"
    """Lines of structured data around embedded prompts."""
    EMBEDDED = "embedded"
    """A prompt inside structured data, such as a block scalar; its blocks are `children`."""
    MIXED = "mixed"
    """Lines that several nodes share, such as `<task>Translate it.</task>`; they are its `children`."""

    # Members are compared by identity anyway; the hash that Enum defines is a call into Python for every look-up.
    __hash__ = object.__hash__


PROSE = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.LIST, Kind.ITEM})
"""The kinds whose text speaks to the model in its own words."""


_CONTAINERS = frozenset({Kind.MIXED, Kind.DATA, Kind.EMBEDDED})
"""The kinds whose children are blocks like those on the top level."""


class Node(NamedTuple):
    kind: Kind
    span: Span
    """Relative to the start of the top-level node. Without the terminator of the last line."""
    content: Span
    """The text of a heading, the content of a fence, the content of an item after its marker; else `span`."""
    children: tuple[Node, ...] = ()
    level: int = 0
    """Of a heading: 1 to 6."""
    marker: str = ""
    """Of an item or list: `-`, `*`, `+`, `.` or `)`; of a fence: its opening run; of a tag: `/` if it closes itself."""
    number: int = -1
    """Of an item of a numbered list: its number; otherwise -1."""
    info: str = ""
    """Of a fence: its language in lower case; of a tag: its name; of an embedded prompt: its role or name."""
    closed: bool = True
    """Whether a fence, comment or front matter has its end."""
    closing: bool = False
    """Of a tag: whether it is an end tag."""


class TopNode(NamedTuple):
    """A top-level node and the number of lines that it covers."""

    node: Node
    lines: int


class Placed(NamedTuple):
    """A top-level node at its place in the text."""

    node: Node
    start: int
    """The offset to which the node's spans are relative."""
    first_line: int
    last_line: int
    """Exclusive."""

    def parts(self) -> Iterator[Placed]:
        """The node, or those that share its lines; of data, the prompts in it with what they are made of."""
        if self.node.kind is not Kind.MIXED:
            yield self
        if self.node.kind in _CONTAINERS:
            for child in self.node.children:
                yield from self._replace(node=child).parts()


class Section(NamedTuple):
    """A heading, a pair of tags or the message of a role, with what belongs to it."""

    name: str
    span: Span
    """All of it: from the heading, start tag or role line to the end."""
    name_span: Span
    level: int
    """Of a heading: 1 to 6; else 0."""
    children: tuple[Section, ...]
    kind: Kind
    """HEADING, TAG, ROLE or EMBEDDED."""


class PromptTree:
    """One version of a prompt file. Immutable; everything beyond the nodes is computed when first asked for."""

    def __init__(self, lines: Lines, nodes: tuple[TopNode, ...], first_lines: tuple[int, ...]) -> None:
        self.lines = lines
        self.nodes = nodes
        self.first_lines = first_lines
        """The line on which each of `nodes` starts."""

    def __iter__(self) -> Iterator[Placed]:
        for index in range(len(self.nodes)):
            yield self.placed(index)

    def placed(self, index: int) -> Placed:
        top, first = self.nodes[index], self.first_lines[index]
        return Placed(top.node, self.lines.starts[first], first, first + top.lines)

    def index_at_line(self, line: int) -> int | None:
        """The index of the top-level node that covers `line`; `None` between nodes."""
        index = bisect_right(self.first_lines, line) - 1
        if index >= 0 and line < self.first_lines[index] + self.nodes[index].lines:
            return index
        return None

    def first_index_from(self, line: int) -> int:
        """The index of the first top-level node that starts on `line` or below."""
        return bisect_left(self.first_lines, line)

    def at_line(self, line: int) -> Placed | None:
        index = self.index_at_line(line)
        return None if index is None else self.placed(index)

    def at(self, offset: int) -> Placed | None:
        """The top-level node on whose lines `offset` lies."""
        return self.at_line(self.lines.line_at(offset))

    @property
    def front_matter(self) -> Span | None:
        """The front matter, if the file begins with one."""
        if not self.nodes or self.nodes[0].node.kind is not Kind.FRONT_MATTER:
            return None
        placed = self.placed(0)
        return placed.node.span.shifted(placed.start)

    @lazy
    def sections(self) -> tuple[Section, ...]:
        """Headings, matching tags and messages as a tree. An unmatched tag opens nothing."""
        return _sections(self)

    @lazy
    def prompt_fence(self) -> Placed | None:
        """The fence that *is* the prompt: unlabelled or labelled as text, and longer than all prose around it.

        People keep prompts in Markdown that way; every other fence is quoted text. A file with messages is the prompt
        itself.
        """
        prose = size = 0
        longest: int | None = None
        for index, top in enumerate(self.nodes):
            node = top.node
            if node.kind is Kind.ROLE or (node.kind is Kind.MIXED and node.children[0].kind is Kind.ROLE):
                return None
            if node.kind is Kind.FENCE:
                if node.info in PROMPT_FENCES and len(node.content) > size:
                    longest, size = index, len(node.content)
            elif node.kind in PROSE or node.kind in (Kind.QUOTE, Kind.MIXED):
                prose += len(node.span)
        return self.placed(longest) if longest is not None and size > prose else None


PROMPT_FENCES = frozenset({"", "text", "txt", "plaintext", "markdown", "md", "prompt"})


MAX_SECTION_DEPTH = 64
"""Tags nested deeper than this open no section of their own, so that whoever walks the sections may recurse."""


class _Open:
    """A section under construction."""

    def __init__(self, kind: Kind, name: str, start: int, name_span: Span, level: int = 0) -> None:
        self.kind = kind
        self.name = name
        self.start = start
        self.name_span = name_span
        self.level = level
        self.children: list[Section] = []

    def closed(self, end: int) -> Section:
        return Section(self.name, Span(self.start, end), self.name_span, self.level, tuple(self.children), self.kind)


_SEPARATE = frozenset({Kind.ROLE, Kind.EMBEDDED, Kind.DATA})
"""The kinds that end every section: no heading or tag reaches from one message or prompt into the next."""


_LANDMARKS = _SEPARATE | {Kind.HEADING, Kind.TAG}
"""The kinds that begin or end sections."""


class _Landmark(NamedTuple):
    node: Node
    start: int
    """The offset to which the node's spans are relative."""
    gap: int
    """Where what stands before it ends."""


def _landmarks(tree: PromptTree) -> tuple[list[_Landmark], int]:
    """What begins and ends sections, in order, and where the last node ends."""
    found: list[_Landmark] = []
    starts, end = tree.lines.starts, 0
    for index, top in enumerate(tree.nodes):
        start, node = starts[tree.first_lines[index]], top.node
        if node.kind in _CONTAINERS:
            for part in tree.placed(index).parts():
                if part.node.kind in _LANDMARKS:
                    found.append(_Landmark(part.node, start, end))
                end = start + part.node.span.end
        else:
            if node.kind in _LANDMARKS:
                found.append(_Landmark(node, start, end))
            end = start + node.span.end
    return found, end


def _sections(tree: PromptTree) -> tuple[Section, ...]:
    landmarks, last = _landmarks(tree)
    partners = _matching_tags(landmarks)
    root = _Open(Kind.MIXED, "", 0, Span(0, 0))
    stack = [root]

    def close_headings(end: int, level: int) -> None:
        while stack[-1].kind is Kind.HEADING and stack[-1].level >= level:
            close(end)

    def close(end: int) -> None:
        done = stack.pop()
        stack[-1].children.append(done.closed(end))

    too_deep = 0
    for index, (node, origin, end) in enumerate(landmarks):
        # The first node on a line takes the indentation with it.
        start = origin if end <= origin else origin + node.span.start
        name_span = node.content.shifted(origin)
        if node.kind is Kind.HEADING:
            close_headings(end, node.level)
            stack.append(_Open(Kind.HEADING, tree.lines.at(name_span), start, name_span, node.level))
        elif node.kind in _SEPARATE:
            # Tags pair up within a message only, so nothing but headings and the message before is open.
            while len(stack) > 1:
                close(end)
            if node.kind is Kind.EMBEDDED:
                # Its key, or the text itself, on the line where it begins.
                line_end = tree.lines.end_of(tree.lines.line_at(origin + node.span.start))
                name_span = Span(origin + node.span.start, min(line_end, origin + node.span.end))
            if node.kind is not Kind.DATA:
                stack.append(_Open(node.kind, node.info, start, name_span))
        elif node.kind is Kind.TAG and index in partners:
            if node.closing and too_deep:
                too_deep -= 1
            elif not node.closing and len(stack) >= MAX_SECTION_DEPTH:
                too_deep += 1
            elif node.closing:
                close_headings(end, 1)
                close(node.span.end + origin)
            else:
                stack.append(_Open(Kind.TAG, node.info, start, name_span))
    while len(stack) > 1:
        close(last)
    return tuple(root.children)


def _matching_tags(landmarks: list[_Landmark]) -> set[int]:
    """The indexes of the tags that have a partner in the same message, so that pairs nest and never cross."""
    matched: set[int] = set()
    open_tags: list[tuple[str, int]] = []
    names: dict[str, int] = {}
    for index, (node, _, _) in enumerate(landmarks):
        if node.kind in _SEPARATE:
            open_tags.clear()
            names.clear()
        if node.kind is not Kind.TAG or node.marker == "/":
            continue
        if not node.closing:
            open_tags.append((node.info, index))
            names[node.info] = names.get(node.info, 0) + 1
        elif names.get(node.info, 0):
            while True:
                name, start = open_tags.pop()
                names[name] -= 1
                if name == node.info:
                    matched |= {start, index}
                    break
    return matched


def enclosing(tree: PromptTree, offset: int) -> tuple[Section, ...]:
    """The sections around `offset`, outermost first.

    What stands below a heading or role belongs to it until the next one.
    """
    path: list[Section] = []
    sections, limit = tree.sections, len(tree.lines)
    while True:
        for index, section in enumerate(sections):
            if section.kind is Kind.EMBEDDED:
                end = section.span.end
            elif section.kind is not Kind.TAG:
                end = sections[index + 1].span.start - 1 if index + 1 < len(sections) else limit
            else:
                end = section.span.end - 1
            if section.span.start <= offset <= end:
                path.append(section)
                sections = section.children
                # Inside a tag a heading reaches as far as the line before the end tag.
                if section.kind is Kind.TAG:
                    end = tree.lines.start_of(tree.lines.line_at(section.span.end)) - 1
                limit = end
                break
        else:
            return tuple(path)
