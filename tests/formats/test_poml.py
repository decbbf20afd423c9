"""POML: what is read of its components, with an XML parser as the oracle, and blocks that become components."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.formats import poml
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.syntax.block import Block, Item, Slot
from thoughtsmith.syntax.tree import Kind, enclosing
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

from .test_markdown_scanner import STABLE, outline
from .test_placement import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.place import Place
    from thoughtsmith.syntax.tree import Node, PromptTree, Section

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "poml").iterdir())
BLOCK = Block(("Title",), ("Do so:",), (Item(("a",)), Item(("b",))), (), ordered=True, tag="do")
STEPS = """\
<stepwise-instructions caption="Title">
  Do so:
  <list listStyle="decimal">
    <item>a</item>
    <item>b</item>
  </list>
</stepwise-instructions>"""
PARAGRAPH = """\
<p>Do so:</p>
<list listStyle="decimal">
  <item>a</item>
  <item>b</item>
</list>"""
ITEM = """\
<item>Do so:
  <list listStyle="decimal">
    <item>a</item>
    <item>b</item>
  </list>
</item>"""


def indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.split("\n"))


def tree_of(text: str) -> PromptTree:
    return poml.FORMAT.parse(Lines.of(text))


# Reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<poml>\n<task>Do it</task>\n</poml>", "<poml>\n<task>\nparagraph Do it\n</task>\n</poml>"),
        ("<task>Do\nit</task> now\n\n# T", "<task>\nparagraph Do⏎it\n</task>\nparagraph now\n# T"),
        ('<cp\n  caption="a > b"\n>\nText\n</cp>', "<cp>\nparagraph Text\n</cp>"),
        (
            "<img src='x'/>\nA <b>bold</b> word<br/>and more",
            "directive <img src='x'/>\nparagraph A <b>bold</b> word<br/>and more",
        ),
        ("<p>\n# T\n\n- a\n- b\n\nText\n</p>", "<p>\n# T\n-\n  paragraph a\n-\n  paragraph b\nparagraph Text\n</p>"),
        ("a < b & c", "paragraph a < b & c"),
        # Lists.
        ("<list>\n<item>a</item>\n<item>b</item>\n</list>", "\n  paragraph a\n\n  paragraph b"),
        ('<p>See:<list listStyle="decimal"><item>a</item></list></p>', "<p>\nparagraph See:\n1\n  paragraph a\n</p>"),
        (
            "<List>\n<ListItem>a\n<list>\n<item>b</item></list></ListItem>\n</List>",
            "\n  paragraph a\n  \n    paragraph b",
        ),
        ("<list>\n<item>a\n<item>b\n</task>", "\n  paragraph a\n\n  paragraph b\n</task>"),
        ("<list>\n<item><p>a</p></item>\n</list>", "\n  <p>\n  paragraph a\n  </p>"),
        ("<list>\n<task>a</task>", "<list>\n<task>\nparagraph a\n</task>"),
        # What says nothing.
        (
            "<!-- <task> -->\n<?xml?>\n<!DOCTYPE poml>",
            "comment <!-- <task> -->\ncomment <?xml?>\ncomment <!DOCTYPE poml>",
        ),
        ('<let name="x">\n{ "a": 1 }\n</let>\nText', 'directive <let name="x">⏎{ "a": 1 }⏎</let>\nparagraph Text'),
        ("<document src='a'/> Text", "directive <document src='a'/>\nparagraph Text"),
        # What has no end takes as little as possible with it.
        ("<task caption='a\n\n# T", "<task>\n# T"),
        ("<task <p>a</p>", "<task>\n<p>\nparagraph a\n</p>"),
        ("<let name='x'>\n1\n<task>a</task>", "directive <let name='x'>⏎1\n<task>\nparagraph a\n</task>"),
        ("</task>\nText", "</task>\nparagraph Text"),
    ],
)
def test_structure(text: str, expected: str) -> None:
    shown = [
        line for placed in tree_of(text) for part in placed.parts() for line in outline(part.node, text[placed.start :])
    ]
    assert "\n".join(shown) == expected


def sections(found: tuple[Section, ...]) -> str:
    return " ".join(f"{section.name}({sections(section.children)})" for section in found)


def test_components_on_one_line_are_sections() -> None:
    text = "<poml><role>A</role> <task>B <p>C</p></task>\n</poml>"
    tree = tree_of(text)
    assert sections(tree.sections) == "poml(role() task(p()))"
    assert [tree.lines.at(section.span) for section in tree.sections[0].children] == [
        "<role>A</role>",
        "<task>B <p>C</p></task>",
    ]
    assert [section.name for section in enclosing(tree, text.index("C"))] == ["poml", "task", "p"]


def starts(node: Node, text: str, start: int) -> Iterator[str]:
    """The components that begin in a node, in order. Of those that say nothing only the outermost."""
    if node.kind is Kind.TAG:
        if not node.closing:
            yield node.info
    elif node.kind is Kind.DIRECTIVE or (node.kind in (Kind.LIST, Kind.ITEM) and not node.marker):
        yield text[start + node.span.start + 1 :].split(">")[0].split()[0].rstrip("/")
    for child in node.children:
        yield from starts(child, text, start)


def check_against_oracle(text: str) -> None:
    inline = {"b", "i", "br", "code"}
    expected = [element.tag for element in ET.fromstring(text).iter() if element.tag not in inline]
    found = [name for placed in tree_of(text) for name in starts(placed.node, text, placed.start)]
    assert [name for name in found if name not in inline] == expected


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_all_components_of_a_file_are_seen(path: Path) -> None:
    check_against_oracle(path.read_text(encoding="utf-8"))


contents = st.recursive(
    st.sampled_from(
        ["text", "\n", "  ", "two\nlines", "<!-- c -->", "<br/>", "a &lt; b", "<b>x</b>", '<img src="a"/>']
    ),
    lambda inner: (
        st.builds(
            lambda name, attribute, parts, end: f"<{name}{attribute}>{''.join(parts)}{end}</{name}>",
            st.sampled_from(["task", "p", "cp", "hint"]),
            st.sampled_from(["", ' caption="x > y"', "\n  if='{{ a }}'"]),
            st.lists(inner, max_size=4),
            st.sampled_from(["", "\n"]),
        )
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda items: "<list>" + "".join(f"\n<item>{item}</item>" for item in items) + "\n</list>"
        )
    ),
    max_leaves=12,
)


@STABLE
@given(contents)
def test_the_components_are_those_that_an_xml_parser_sees(content: str) -> None:
    check_against_oracle(f"<poml>{content}</poml>")


# Writing


def written(place: Place | None, text: str, block: Block = BLOCK) -> str | None:
    if place is None:
        return None
    return apply_edits(text, [Edit(place.at, to_plain(poml.FORMAT.write(block, place))), *place.renumber])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<|>", f"<poml>\n{indented(STEPS, '  ')}\n</poml>"),
        ("<!-- x -->\n<|>", f"<!-- x -->\n<poml>\n{indented(STEPS, '  ')}\n</poml>"),
        ("<poml><|>\n</poml>\n", f"<poml>\n{indented(STEPS, '  ')}\n</poml>\n"),
        ("<poml>\n<|>\n</poml>\n", f"<poml>\n{indented(STEPS, '  ')}\n</poml>\n"),
        # Among components, as far apart as they are.
        (
            "<poml>\n<role>A</role><|>\n<task>B</task>\n</poml>",
            f"<poml>\n<role>A</role>\n{STEPS}\n<task>B</task>\n</poml>",
        ),
        (
            "<poml>\n<role>A</role><|>\n\n<task>B</task>\n</poml>",
            f"<poml>\n<role>A</role>\n\n{STEPS}\n\n<task>B</task>\n</poml>",
        ),
        (
            "<poml>\n<role>A</role>\n\n<task>B<|></task>\n</poml>",
            f"<poml>\n<role>A</role>\n\n<task>B</task>\n\n{STEPS}\n</poml>",
        ),
        # Inside one that is no place for others.
        (
            "<poml>\n<task>\n  Do it.<|>\n</task>\n</poml>",
            f"<poml>\n<task>\n  Do it.\n{indented(PARAGRAPH, '  ')}\n</task>\n</poml>",
        ),
        (
            "<poml>\n<task><|>\n  Do it.\n</task>\n</poml>",
            f"<poml>\n<task>\n{indented(PARAGRAPH, '  ')}\n  Do it.\n</task>\n</poml>",
        ),
        # As the next item.
        (
            "<list>\n  <item>a<|></item>\n  <item>b</item>\n</list>",
            f"<list>\n  <item>a</item>\n{indented(ITEM, '  ')}\n  <item>b</item>\n</list>",
        ),
        ("<list>\n  <item>a</item>\n<|>\n</list>", f"<list>\n  <item>a</item>\n{indented(ITEM, '  ')}\n</list>"),
        ("<list><item>a<|></item></list>\n", f"<list><item>a</item></list>\n{STEPS}\n"),
        # From outside the root, or from where nothing is said.
        ("<poml>\n<task>A</task>\n</poml>\n\n<|>", f"<poml>\n<task>A</task>\n{STEPS}\n</poml>\n\n"),
        ("<poml><task>A</task></poml><|>", f"<poml><task>A</task>\n{indented(STEPS, '  ')}\n</poml>"),
        ("<!-- c --><|>\n<poml>\n<task>A</task>\n</poml>", f"<!-- c -->\n<poml>\n{STEPS}\n<task>A</task>\n</poml>"),
        ("<poml>\n<let name='x'>\n1<|>\n</let>\n</poml>", f"<poml>\n<let name='x'>\n1\n</let>\n{STEPS}\n</poml>"),
        # Free text stays free text.
        ("Translate it.<|>\n", "Translate it.\n\nDo so:\n1. a\n2. b\n"),
    ],
)
def test_insertion(before: str, after: str) -> None:
    text, at = marked(before)
    assert written(poml.FORMAT.place_after(tree_of(text), at.start, None), text) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<poml>\n  ⟦bo⟧\n</poml>", f"<poml>\n{indented(STEPS, '  ')}\n</poml>"),
        ("<task>\n  Do it.\n  ⟦bo⟧\n</task>", f"<task>\n  Do it.\n{indented(PARAGRAPH, '  ')}\n</task>"),
        ("<task>\n  Do it. ⟦bo⟧\n</task>", f"<task>\n  Do it.\n{indented(PARAGRAPH, '  ')}\n</task>"),
        ("<list>\n  <item>a</item>\n  ⟦bo⟧\n</list>", f"<list>\n  <item>a</item>\n{indented(ITEM, '  ')}\n</list>"),
        ("<let name='x'>\n⟦bo⟧\n</let>", None),
        ("<!--\n⟦bo⟧\n-->\n<p>", None),
        ("<task ⟦bo⟧\n", None),
        ("<task>⟦bo⟧</task>", None),
        ("<poml>\n</poml>\n⟦bo⟧", None),
    ],
)
def test_completion(before: str, after: str | None) -> None:
    text, at = marked(before)
    assert written(poml.FORMAT.place(tree_of(text), at, None), text) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<poml>\n  ⟦Do it.⟧\n</poml>", f"<poml>\n  <task>\n  Do it.\n  </task>\n{indented(STEPS, '  ')}\n</poml>"),
        ("<poml>\n<task>⟦Do⟧ it.</task>\n</poml>", f"<poml>\n<task>Do it.</task>\n{STEPS}\n</poml>"),
        ("<list>\n<item>⟦Do⟧ it.</item>\n</list>", f"<list>\n<item>Do it.</item>\n{ITEM}\n</list>"),
        ("<poml>\n<task>\n⟦a\n</task>\n<p>⟧\nb</p>\n</poml>", None),
        ("⟦<poml>\n<task>a</task>\n</poml>⟧", None),
        ("<!-- ⟦a⟧ -->\n<p>b</p>", None),
    ],
)
def test_wrapping(before: str, after: str | None) -> None:
    text, selection = marked(before)
    around = poml.FORMAT.place_around(tree_of(text), selection, "Task", None)
    if around is None:
        assert after is None
        return
    block = around.after + to_plain(poml.FORMAT.write(BLOCK, around.place))
    start = Span(around.task.start, around.task.start)
    assert apply_edits(text, [Edit(start, around.before), Edit(around.place.at, block)]) == after


def test_a_block_without_steps_is_a_hint() -> None:
    block = Block(("Title",), ("Do so.",), (), (), ordered=False, tag="do")
    text = "<poml>\n</poml>"
    place = poml.FORMAT.place_after(tree_of(text), 6, None)
    assert place is not None
    assert written(place, text, block) == '<poml>\n  <hint caption="Title">\n    Do so.\n  </hint>\n</poml>'


def test_what_is_asked_for_is_a_paragraph_if_it_is_to_be_plain() -> None:
    text = "<poml>\n</poml>"
    place = poml.FORMAT.place_after(tree_of(text), 6, Style.PLAIN)
    assert place is not None
    assert written(place, text) == f"<poml>\n{indented(PARAGRAPH, '  ')}\n</poml>"


def test_the_text_of_a_block_is_text_in_poml_too() -> None:
    block = Block(
        ('"A" & <B>',),
        ("Write <answer> & {{ x }} in #lt;:",),
        (Item((Slot("s", "a < b"),), (Item(("c & d",)),)),),
        ("End.",),
        ordered=False,
        tag="do",
    )
    place = poml.FORMAT.place_after(tree_of("<poml>\n</poml>"), 6, None)
    assert place is not None
    text = to_plain(poml.FORMAT.write(block, place))
    assert "{{" not in text
    hint = ET.fromstring(text.strip())
    assert hint.attrib == {"caption": '"A" & <B>'}
    assert (hint.text or "").strip() == "Write <answer> & #lbrace;#lbrace; x }} in #hash;lt;:"
    assert "".join(hint.itertext()).split()[-5:] == ["b]", "c", "&", "d", "End."]


@STABLE
@given(contents, st.floats(0, 1))
def test_a_block_leaves_the_document_well_formed(content: str, where: float) -> None:
    text = f"<poml>{content}\n</poml>\n"
    place = poml.FORMAT.place_after(tree_of(text), round(where * len(text)), None)
    assert place is not None
    after = written(place, text)
    assert after is not None
    inserted = [element.tag for element in ET.fromstring(after).iter()]
    existing = [element.tag for element in ET.fromstring(text).iter()]
    assert len(inserted) >= len(existing) + 4
