"""The Markdown scanner against a CommonMark library, on Markdown as careful people write it.

Where the scanner departs from CommonMark on purpose is tested case by case in `test_markdown_scanner`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from thoughtsmith.formats import markdown_scanner
from thoughtsmith.syntax.tree import Kind, Node
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
MARKDOWN = MarkdownIt("commonmark").enable("table")

sentences = st.sampled_from(
    ["Think.", "Compare 3 answers", "см. раздел 2.", "a - b", "x #1", "2024 was a year", "**bold** and `code`", "a<b>c"]
)
paragraphs = st.lists(sentences, min_size=1, max_size=3)
headings = st.builds(
    lambda level, text, end: ["#" * level + " " + text + end], st.integers(1, 6), sentences, st.sampled_from(["", " #"])
)
underlined = st.builds(lambda line: ["Title", line], st.sampled_from(["===", "-----"]))
fences = st.builds(
    lambda run, info, lines: [run + info, *lines, run],
    st.sampled_from(["```", "~~~", "````"]),
    st.sampled_from(["", "text", "python", " md x"]),
    st.lists(st.sampled_from(["# no heading", "- no item", "", "``", "<no-tag>", "  deep"]), max_size=4),
)
quotes = st.lists(st.sampled_from(["> said", "> - item", "> # said", ">"]), min_size=1, max_size=3)
rules = st.sampled_from([["---"], ["***"], ["- - -"], ["___"]])
tables = st.lists(st.sampled_from(["| 1 | 2 |", "| - | x |"]), max_size=3).map(
    lambda rows: ["| a | b |", "|---|---|", *rows]
)


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """A list whose items hold a paragraph, and perhaps more blocks, indented by the width of their marker."""
    marker = draw(st.sampled_from(["-", "*", "+", ".", ")"]))
    number = draw(st.sampled_from([0, 1, 1, 1, 7, 9, 99]))
    counting = draw(st.booleans())
    loose = draw(st.booleans())
    result: list[str] = []
    for index in range(draw(st.integers(1, 3))):
        start = (
            f"{number + index * counting}{marker} " if marker in ".)" else marker + draw(st.sampled_from([" ", "   "]))
        )
        body = [draw(sentences)]
        if depth < 3 and draw(st.booleans()):
            if draw(st.booleans()):
                body += ["", *draw(st.one_of(paragraphs, fences, lists(depth + 1)))]
            else:
                body += draw(st.one_of(fences, lists(depth + 1).filter(may_interrupt)))
        if index and loose:
            result.append("")
        result.append(start + body[0])
        result += [" " * len(start) + line if line else "" for line in body[1:]]
    return result


def may_interrupt(lines: list[str]) -> bool:
    """Whether the list may follow a paragraph without a blank line between them."""
    return not lines[0][0].isdigit() or lines[0].startswith(("1.", "1)"))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Blocks with blank lines between them, which may be missing where every reader does without."""
    stands_alone = st.one_of(headings, fences)
    needs_blanks = st.one_of(paragraphs, underlined, quotes, rules, tables, lists())
    result: list[str] = []
    blank_needed = False
    for alone in draw(st.lists(st.booleans(), max_size=7)):
        if (blank_needed and not alone) or draw(st.booleans()):
            result += [""] * draw(st.integers(1, 2))
        result += draw(stands_alone if alone else needs_blanks)
        blank_needed = not alone
    return "".join(f"{line}\n" for line in result)


class Seen(NamedTuple):
    """A block as both readers can describe it."""

    kind: str
    first: int
    last: int
    """Exclusive, without blank lines at the end."""
    detail: tuple[object, ...] = ()


def by_scanner(text: str) -> list[Seen]:
    lines = Lines.of(text)

    def walk(node: Node, start: int, depth: int) -> Iterator[Seen]:
        first = lines.line_at(start + node.span.start)
        last = lines.line_at(max(start + node.span.end - 1, start + node.span.start)) + 1
        if node.kind is Kind.ITEM:
            yield Seen("item", first, last, (depth, node.marker, node.number))
        elif node.kind is Kind.HEADING:
            yield Seen("heading", first, last, (node.level, lines.at(node.content.shifted(start))))
        elif node.kind is Kind.FENCE:
            yield Seen("fence", first, last, (node.marker, node.info, lines.at(node.content.shifted(start)).strip()))
        elif node.kind is not Kind.LIST:
            yield Seen(node.kind.value, first, last)
        for child in node.children:
            yield from walk(child, start, depth + (node.kind is Kind.LIST))

    return [seen for placed in markdown_scanner.parse(lines) for seen in walk(placed.node, placed.start, 0)]


def by_oracle(text: str) -> list[Seen]:
    lines = text.split("\n")
    depth = quoted = tabled = 0
    numbered: list[bool] = []
    found: list[Seen] = []
    tokens = MARKDOWN.parse(text)
    for position, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            depth += 1
            numbered.append(token.type == "ordered_list_open")
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            depth -= 1
            numbered.pop()
        elif token.type == "blockquote_close":
            quoted -= 1
        elif token.type == "table_close":
            tabled -= 1
        if token.map is None:
            continue
        first, last = token.map
        while last > first + 1 and not lines[last - 1].strip():
            last -= 1
        if token.type == "blockquote_open":
            if not quoted:
                found.append(Seen("quote", first, last))
            quoted += 1
        elif token.type == "table_open":
            if not quoted:
                found.append(Seen("table", first, last))
            tabled += 1
        elif quoted or tabled:
            continue
        elif token.type == "list_item_open":
            # `info` is the number as it is written.
            number = int(token.info) if numbered[-1] else -1
            found.append(Seen("item", first, last, (depth, token.markup, number)))
        elif token.type == "heading_open":
            found.append(Seen("heading", first, last, (int(token.tag[1]), tokens[position + 1].content)))
        elif token.type == "fence":
            info = token.info.split(maxsplit=1)
            content = token.content if not depth else None
            language = info[0] if info else ""
            found.append(Seen("fence", first, last, (token.markup, language, (content or "").strip())))
        elif token.type == "hr":
            found.append(Seen("rule", first, last))
        elif token.type == "paragraph_open":
            found.append(Seen("paragraph", first, last))
    return found


def check(text: str) -> None:
    """Both readers see the same blocks. The content of a fence in a list is compared by its lines alone."""

    def comparable(blocks: list[Seen]) -> list[Seen]:
        depth = 0
        result = []
        for block in blocks:
            if block.kind == "item":
                depth = block.last
            nested = block.kind == "fence" and block.first < depth
            result.append(block._replace(detail=block.detail[:2]) if nested else block)
        return result

    assert comparable(by_scanner(text)) == comparable(by_oracle(text))


@STABLE
@given(documents())
def test_ordinary_markdown_is_read_as_commonmark_has_it(text: str) -> None:
    check(text)
