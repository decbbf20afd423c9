"""Blocks in their places: what a file looks like after a technique was inserted at the cursor.

The block is always the same: the title `Title`, the sentence `Do so:` and the items `a` and `b`.
"""

from __future__ import annotations

import pytest

from thoughtsmith.formats import markdown, placement
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.syntax.block import Block, Item
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

BLOCK = Block(title=("Title",), lead=("Do so:",), items=(Item(("a",)), Item(("b",))), close=(), ordered=False, tag="do")
PLAIN = "Do so:\n- a\n- b"
ITEM = "Do so:\n  - a\n  - b"
NUMBERED = "Do so:\n   - a\n   - b"
HEADING = "Title\n\nDo so:\n\n- a\n- b"
XML = "<do>\nDo so:\n- a\n- b\n</do>"


def marked(text: str) -> tuple[str, Span]:
    """The text without its markup: the cursor `<|>`, or a word or selection in `⟦⟧`."""
    if "<|>" in text:
        offset = text.index("<|>")
        return text.replace("<|>", ""), Span(offset, offset)
    start = text.index("⟦")
    end = text.index("⟧") - 1
    return text.replace("⟦", "").replace("⟧", ""), Span(start, end)


def completed(before: str, style: Style | None = None) -> str | None:
    """The text after a completion of the word in `⟦⟧`, or at the cursor; `None` if there is none to offer."""
    text, at = marked(before)
    place = markdown.FORMAT.place(markdown.FORMAT.parse(Lines.of(text)), at, style)
    if place is None:
        return None
    return apply_edits(text, [Edit(place.at, to_plain(markdown.FORMAT.write(BLOCK, place))), *place.renumber])


def inserted(before: str, style: Style | None = None) -> str:
    """The text after a block was inserted by command at the cursor."""
    text, at = marked(before)
    place = markdown.FORMAT.place_after(markdown.FORMAT.parse(Lines.of(text)), at.start, style)
    assert place is not None
    return apply_edits(text, [Edit(place.at, to_plain(markdown.FORMAT.write(BLOCK, place))), *place.renumber])


def wrapped(before: str, style: Style | None = None) -> str | None:
    """The text after the selection was made the task of a block."""
    text, selection = marked(before)
    around = markdown.FORMAT.place_around(markdown.FORMAT.parse(Lines.of(text)), selection, "Task", style)
    if around is None:
        return None
    block = around.after + to_plain(markdown.FORMAT.write(BLOCK, around.place))
    start = Span(around.task.start, around.task.start)
    return apply_edits(text, [Edit(start, around.before), Edit(around.place.at, block), *around.place.renumber])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A marker that is there already gets its content, a line below an item gets the next marker.
        ("1. one\n2. ⟦bo⟧", f"1. one\n2. {NUMBERED}"),
        ("1. one\n2. two\n⟦bo⟧", f"1. one\n2. two\n3. {NUMBERED}"),
        ("1. one\n2. two\n<|>", f"1. one\n2. two\n3. {NUMBERED}"),
        ("1. one ⟦bo⟧", f"1. one\n2. {NUMBERED}"),
        ("4. four\n5. five\n⟦bo⟧\n", f"4. four\n5. five\n6. {NUMBERED}\n"),
        # Numbers that follow are counted up, as far as they counted before.
        ("1. one\n⟦bo⟧\n2. two\n3. three\n", f"1. one\n2. {NUMBERED}\n3. two\n4. three\n"),
        ("1. one\n2. ⟦bo⟧\n2. two\n3. three\n", f"1. one\n2. {NUMBERED}\n3. two\n4. three\n"),
        ("1. one ⟦bo⟧\n2. two\n3. three\n7. seven\n", f"1. one\n2. {NUMBERED}\n3. two\n4. three\n7. seven\n"),
        ("8. a\n⟦bo⟧\n9. b\n", f"8. a\n9. {NUMBERED}\n10. b\n"),
        # Leading zeros stay.
        ("01. a\n⟦bo⟧\n02. b\n03. c\n", "01. a\n02. Do so:\n    - a\n    - b\n03. b\n04. c\n"),
        ("9) a\n⟦bo⟧\n10) b\n", "9) a\n10) Do so:\n    - a\n    - b\n11) b\n"),
        # Numbers that are all the same stay so.
        ("1. one\n1. two\n⟦bo⟧\n1. three\n", f"1. one\n1. two\n1. {NUMBERED}\n1. three\n"),
        ("1. one ⟦bo⟧\n1. two\n", f"1. one\n1. {NUMBERED}\n1. two\n"),
        # The marker is kept, whatever it is.
        ("1) one\n2) two\n⟦bo⟧", f"1) one\n2) two\n3) {NUMBERED}"),
        ("- one\n- ⟦bo⟧", f"- one\n- {ITEM}"),
        ("- one ⟦bo⟧\n- two\n", f"- one\n- {ITEM}\n- two\n"),
        ("* one\n⟦bo⟧\n", "* one\n* Do so:\n  * a\n  * b\n"),
        ("+ one\n⟦bo⟧\n", "+ one\n+ Do so:\n  + a\n  + b\n"),
        ("- other\n\n* ⟦bo⟧", "- other\n\n* Do so:\n  * a\n  * b"),
        ("* other\n\n1. one\n⟦bo⟧", "* other\n\n1. one\n2. Do so:\n   * a\n   * b"),
        ("9. nine\n10. ⟦bo⟧", "9. nine\n10. Do so:\n    - a\n    - b"),
        # Loose lists go on after a blank line, tight ones end there.
        ("1. one\n\n2. two\n\n⟦bo⟧", f"1. one\n\n2. two\n\n3. {NUMBERED}"),
        ("1. one ⟦bo⟧\n\n2. two\n", f"1. one\n\n2. {NUMBERED}\n\n3. two\n"),
        ("1. one\n2. two\n\n⟦bo⟧", f"1. one\n2. two\n\n{PLAIN}"),
    ],
)
def test_a_list_goes_on(before: str, after: str) -> None:
    assert completed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. one\n   - x\n   ⟦bo⟧\n2. two\n", "1. one\n   - x\n   - Do so:\n     - a\n     - b\n2. two\n"),
        ("1. one\n   - x\n⟦bo⟧\n2. two\n", f"1. one\n   - x\n2. {NUMBERED}\n3. two\n"),
        ("- a\n  - b\n    ⟦bo⟧\n", "- a\n  - b\n    - Do so:\n      - a\n      - b\n"),
        ("- a\n  - b\n  ⟦bo⟧\n", "- a\n  - b\n  - Do so:\n    - a\n    - b\n"),
        ("\t- a\n\t⟦bo⟧\n", "\t- a\n\t- Do so:\n\t  - a\n\t  - b\n"),
        ("  - a\n⟦bo⟧\n", "  - a\n  - Do so:\n    - a\n    - b\n"),
        # Below the text of a numbered item it is nested; it does not count on from that item.
        ("1. a\n   ⟦bo⟧\n2. b\n", "1. a\n   - Do so:\n     - a\n     - b\n2. b\n"),
        # An item with a list of its own keeps it.
        ("- a ⟦bo⟧\n  - in\n- b\n", "- a\n  - Do so:\n    - a\n    - b\n  - in\n- b\n"),
        (
            "1. a ⟦bo⟧\n   1. in\n   2. in\n2. b\n",
            "1. a\n   1. Do so:\n      - a\n      - b\n   2. in\n   3. in\n2. b\n",
        ),
        ("- a ⟦bo⟧\n  1. in\n  1. in\n", "- a\n  1. Do so:\n     - a\n     - b\n  1. in\n  1. in\n"),
        ("1. a\n   ⟦bo⟧\n   1. in\n", "1. a\n   1. Do so:\n      - a\n      - b\n   2. in\n"),
        ("- a\n⟦bo⟧\n  - in\n", "- a\n  - Do so:\n    - a\n    - b\n  - in\n"),
        ("- a\n  - in\n<|>\n  - in\n", "- a\n  - in\n  - Do so:\n    - a\n    - b\n  - in\n"),
        # Text right below does not become part of the new item.
        ("- a\n<|>\ntext", f"- a\n- {ITEM}\n\ntext"),
        ("- a\n⟦bo⟧\ntext", f"- a\n- {ITEM}\n\ntext"),
        ("- a ⟦bo⟧\ntext", f"- a\n- {ITEM}\n\ntext"),
        ("- ⟦bo⟧\ntext", f"- {ITEM}\n\ntext"),
        ("- a\n<|>\n| x |\n|---|\n", f"- a\n- {ITEM}\n\n| x |\n|---|\n"),
        ("- a\n<|>\n# B\n", f"- a\n- {ITEM}\n# B\n"),
    ],
)
def test_lists_within_lists(before: str, after: str) -> None:
    assert completed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A\n\n## B\n\ntext\n\n⟦bo⟧", f"# A\n\n## B\n\ntext\n\n## {HEADING}"),
        ("# A\n\n## B\n\ntext ⟦bo⟧\n\n## C\n", f"# A\n\n## B\n\ntext\n\n## {HEADING}\n\n## C\n"),
        ("# A\n\n### B\n\n<|>\n\n# C\n", f"# A\n\n### B\n\n### {HEADING}\n\n# C\n"),
        # The only heading of the first level is the title of the file.
        ("# A\n\ntext\n\n<|>", f"# A\n\ntext\n\n## {HEADING}"),
        ("# A\n\ntext\n\n<|>\n\n# B\n", f"# A\n\ntext\n\n# {HEADING}\n\n# B\n"),
        ("###### A\n\ntext\n\n<|>", f"###### A\n\ntext\n\n###### {HEADING}"),
        # A heading would make the rest of the section its own.
        ("# A\n\n## B\n\n<|>\n\nmore\n", f"# A\n\n## B\n\n{PLAIN}\n\nmore\n"),
        ("# A\n\n  ⟦bo⟧", f"# A\n\n  ## {HEADING}"),
        ("# A ⟦bo⟧\n\ntext\n", f"# A\n\n{PLAIN}\n\ntext\n"),
        ("intro\n\n<|>\n\n# A\n", f"intro\n\n{PLAIN}\n\n# A\n"),
    ],
)
def test_a_file_with_headings_gets_a_section(before: str, after: str) -> None:
    assert completed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a>\n<|>\n</a>\n", f"<a>\n{XML}\n</a>\n"),
        ("<a>\ntext\n⟦bo⟧\n</a>\n", f"<a>\ntext\n\n{XML}\n</a>\n"),
        ("<a>\ntext ⟦bo⟧\n</a>\n", f"<a>\ntext\n\n{XML}\n</a>\n"),
        ("<a>\ntext\n</a>\n<|>\n", f"<a>\ntext\n</a>\n\n{XML}\n"),
        ("<a>\ntext\n</a>\n\n<|>", f"<a>\ntext\n</a>\n\n{XML}"),
        ("<a>\n  ⟦bo⟧\n</a>\n", "<a>\n  <do>\n  Do so:\n  - a\n  - b\n  </do>\n</a>\n"),
        ("<a>\n\t⟦bo⟧\n</a>\n", "<a>\n\t<do>\n\tDo so:\n\t- a\n\t- b\n\t</do>\n</a>\n"),
        ("# A\n\n<a>\n<|>\n</a>\n", f"# A\n\n<a>\n{XML}\n</a>\n"),
        ("<a>\n1. one\n⟦bo⟧\n</a>\n", f"<a>\n1. one\n2. {NUMBERED}\n</a>\n"),
        # A tag that nothing closes makes no section.
        ("<a>\n<|>\n", f"<a>\n{PLAIN}\n"),
    ],
)
def test_a_file_with_tags_gets_a_tag(before: str, after: str) -> None:
    assert completed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<|>", PLAIN),
        ("⟦bo⟧", PLAIN),
        ("⟦bo⟧\n", f"{PLAIN}\n"),
        ("text\n<|>", f"text\n\n{PLAIN}"),
        ("text ⟦bo⟧\n", f"text\n\n{PLAIN}\n"),
        ("text \t ⟦bo⟧\n", f"text\n\n{PLAIN}\n"),
        ("text ⟦bo⟧\nmore\n", f"text\n\n{PLAIN}\n\nmore\n"),
        ("text\n\n⟦bo⟧\n---\n", f"text\n\n{PLAIN}\n\n---\n"),
        ("text\n\n<|>\n\nmore", f"text\n\n{PLAIN}\n\nmore"),
        ("text\n⟦bo⟧\nmore", f"text\n\n{PLAIN}\n\nmore"),
        ("  ⟦bo⟧", "  Do so:\n  - a\n  - b"),
        ("---\nx: 1\n---\n<|>", f"---\nx: 1\n---\n\n{PLAIN}"),
        ("---\nx: 1\n---\n\n⟦bo⟧\n\ntext\n", f"---\nx: 1\n---\n\n{PLAIN}\n\ntext\n"),
        ("> said\n\n⟦bo⟧\n", f"> said\n\n{PLAIN}\n"),
        ("```py\nx\n```\n⟦bo⟧\n", f"```py\nx\n```\n\n{PLAIN}\n"),
    ],
)
def test_other_text_gets_a_paragraph(before: str, after: str) -> None:
    assert completed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```\nYou are.\n\n<|>\n```\n", f"```\nYou are.\n\n{PLAIN}\n```\n"),
        (
            "# X\n\n```\nYou are good.\n1. one\n2. ⟦bo⟧\n```\n",
            f"# X\n\n```\nYou are good.\n1. one\n2. {NUMBERED}\n```\n",
        ),
        ("# X\n\n```\n# System\n\nYou are.\n⟦bo⟧\n```\n", f"# X\n\n```\n# System\n\nYou are.\n\n## {HEADING}\n```\n"),
        ("# X\n\n```\n1. you\n⟦bo⟧\n2. are\n```\n", f"# X\n\n```\n1. you\n2. {NUMBERED}\n3. are\n```\n"),
        ("```\r\n⟦bo⟧", "```\r\nDo so:\r\n- a\r\n- b"),
    ],
)
def test_a_fence_that_is_the_prompt_is_written_in(before: str, after: str) -> None:
    assert completed(before) == after


@pytest.mark.parametrize(
    "before",
    [
        "text <|>more",
        "text ⟦bo⟧ more",
        "tex<|>",
        "---\nx: <|>1\n---\n",
        "---\nx: 1\n<|>\n---\n",
        "---<|>\nx: 1\n---\n",
        "---\nx: 1\ny ⟦bo⟧:",
        "```py\n<|>\n```\n",
        "```py\n⟦bo⟧",
        "text longer than the fence\n\n```\n⟦bo⟧\n```\n",
        "> said\n> <|>",
        "> said ⟦bo⟧",
        "| a |\n|---|\n| b | ⟦bo⟧",
        "<!--\n<|>\n-->\n",
        "- a\n  ```py\n  ⟦bo⟧\n  ```\n",
        "- a\n  ```py\n\n<|>\n\n  ```\n",
        "- a\n\n  > said ⟦bo⟧\n",
        # The new item would take over the rest of the text of the old.
        "- a ⟦bo⟧\n  more\n",
        "- a\n\n<|>\n\n  more\n",
        "- a ⟦bo⟧\n\n  ```py\n  ```\n",
        # It would part the heading from its underline.
        "Title ⟦bo⟧\n---\n",
    ],
)
def test_nothing_is_offered_where_no_block_may_stand(before: str) -> None:
    assert completed(before) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<|>", PLAIN),
        ("te<|>xt\nmore\n\nend\n", f"text\nmore\n\n{PLAIN}\n\nend\n"),
        ("text\n\n<|>\n\nmore\n", f"text\n\n{PLAIN}\n\nmore\n"),
        ("text\n\n\n\n<|>", f"text\n\n\n\n{PLAIN}"),
        ("1. o<|>ne\n2. two\n", f"1. one\n2. {NUMBERED}\n3. two\n"),
        ("1. one\n2. two<|>", f"1. one\n2. two\n3. {NUMBERED}"),
        ("1. o<|>ne\n\n2. two\n", f"1. one\n\n2. {NUMBERED}\n\n3. two\n"),
        ("- a<|>\n  - b\n- c\n", f"- a\n  - b\n- {ITEM}\n- c\n"),
        ("- a\n  - b<|>\n- c\n", "- a\n  - b\n  - Do so:\n    - a\n    - b\n- c\n"),
        ("- a\n\n  mo<|>re\n- c\n", f"- a\n\n  more\n- {ITEM}\n- c\n"),
        ("- a\n\n<|>\n\n  more\n- c\n", f"- a\n\n\n\n  more\n- {ITEM}\n- c\n"),
        ("- # A<|>\ntext\n", f"- # A\n- {ITEM}\n\ntext\n"),
        ("# A<|>\n\ntext\n", f"# A\n\n{PLAIN}\n\ntext\n"),
        ("# A\n\nte<|>xt\n\n## B\n", f"# A\n\ntext\n\n## {HEADING}\n\n## B\n"),
        ("<a<|>>\ntext\n</a>\n", f"<a>\n{XML}\n\ntext\n</a>\n"),
        ("<a>\nte<|>xt\n</a>\n", f"<a>\ntext\n\n{XML}\n</a>\n"),
        ("<a>\ntext\n</a<|>>\n", f"<a>\ntext\n</a>\n\n{XML}\n"),
        # It goes behind what must not be torn apart.
        ("---\nx: <|>1\n---\ntext\n", f"---\nx: 1\n---\n\n{PLAIN}\n\ntext\n"),
        ("<|>---\nx: 1\n---\n", f"---\nx: 1\n---\n\n{PLAIN}\n"),
        ("---\nx: 1\n<|>\n---\n", f"---\nx: 1\n\n---\n\n{PLAIN}\n"),
        ("---\nx: <|>1\n\ntext\n", f"---\nx: 1\n\n{PLAIN}\n\ntext\n"),
        ("```py\nx<|>\n```\ntext", f"```py\nx\n```\n\n{PLAIN}\n\ntext"),
        ("- a\n  ```py\n\n<|>\n\n  ```\n", f"- a\n  ```py\n\n\n\n  ```\n- {ITEM}\n"),
        ("> said<|>\n> more\n", f"> said\n> more\n\n{PLAIN}\n"),
        ("| a |\n|-<|>-|\n| b |\n", f"| a |\n|--|\n| b |\n\n{PLAIN}\n"),
        ("<!-- a\n<|>\nb -->\n", f"<!-- a\n\nb -->\n\n{PLAIN}\n"),
        ("# X\n\n```\nYou a<|>re good.\n```\n", f"# X\n\n```\nYou are good.\n\n{PLAIN}\n```\n"),
        ("```\nYou are.\n``<|>`\ntext", f"```\nYou are.\n```\n\n{PLAIN}\n\ntext"),
        ("# X\n\n```<|>\nYou are good.\n```\n", f"# X\n\n```\nYou are good.\n```\n\n## {HEADING}\n"),
    ],
)
def test_a_command_always_finds_a_place(before: str, after: str) -> None:
    assert inserted(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("⟦Solve it.⟧", f"Task:\nSolve it.\n\n{PLAIN}"),
        ("text ⟦word⟧ text\nmore\n\nend\n", f"Task:\ntext word text\nmore\n\n{PLAIN}\n\nend\n"),
        ("intro\n\n⟦Solve it.\nSecond.⟧\n\nend\n", f"intro\n\nTask:\nSolve it.\nSecond.\n\n{PLAIN}\n\nend\n"),
        ("⟦\n\nSolve it.\n\n⟧end\n", f"\n\nTask:\nSolve it.\n\n{PLAIN}\n\nend\n"),
        ("# A\n\n⟦Solve it.⟧\n", f"# A\n\nSolve it.\n\n## {HEADING}\n"),
        ("# A\n\nintro\n\n⟦Solve it.⟧\n", f"# A\n\nintro\n\n## Task\n\nSolve it.\n\n## {HEADING}\n"),
        ("# A\n\nintro\n\n⟦Solve it.⟧\n\nmore\n", f"# A\n\nintro\n\nTask:\nSolve it.\n\n{PLAIN}\n\nmore\n"),
        ("<a>\n⟦Solve it.⟧\n</a>\n", f"<a>\n<task>\nSolve it.\n</task>\n\n{XML}\n</a>\n"),
        ("1. ⟦one⟧\n2. two\n", f"1. one\n2. {NUMBERED}\n3. two\n"),
        ("- ⟦a\n- b⟧\n\ntext\n", f"- a\n- b\n- {ITEM}\n\ntext\n"),
        # What is selected in part is wrapped as a whole.
        ("⟦Solve\n\n- x⟧\n- y\n\nend\n", f"Task:\nSolve\n\n- x\n- y\n\n{PLAIN}\n\nend\n"),
        ("⟦Solve\n\n| x |\n|--⟧-|\n| y |\n", f"Task:\nSolve\n\n| x |\n|---|\n| y |\n\n{PLAIN}\n"),
        ("```\n⟦Solve it.⟧\n```\n", f"```\nTask:\nSolve it.\n\n{PLAIN}\n```\n"),
        ("Solve\r\n⟦it.⟧\r\n", "Task:\r\nSolve\r\nit.\r\n\r\nDo so:\r\n- a\r\n- b\r\n"),
    ],
)
def test_a_selection_becomes_the_task(before: str, after: str) -> None:
    assert wrapped(before) == after


@pytest.mark.parametrize(
    "before",
    ["⟦  ⟧", "text\n⟦\n\n⟧", "---\nx: ⟦1⟧\n---\n", "text\n```py\n⟦x⟧\n```\n", "⟦text\n```py\nx⟧\n```\n"],
)
def test_code_and_front_matter_cannot_be_wrapped(before: str) -> None:
    assert wrapped(before) is None


@pytest.mark.parametrize(
    ("style", "before", "after"),
    [
        (Style.LIST, "text\n\n⟦bo⟧\n", f"text\n\n- {ITEM}\n"),
        (Style.LIST, "# A\n\n⟦bo⟧\n", f"# A\n\n- {ITEM}\n"),
        (Style.LIST, "1. one\n⟦bo⟧\n", f"1. one\n2. {NUMBERED}\n"),
        (Style.HEADING, "text\n\n⟦bo⟧\n", f"text\n\n## {HEADING}\n"),
        (Style.HEADING, "# A\n\n## B\n\n⟦bo⟧\n\nmore\n", f"# A\n\n## B\n\n## {HEADING}\n\nmore\n"),
        (Style.HEADING, "- a\n⟦bo⟧\n", f"- a\n\n## {HEADING}\n"),
        (Style.XML, "text\n\n⟦bo⟧\n", f"text\n\n{XML}\n"),
        (Style.XML, "# A\n\n⟦bo⟧\n", f"# A\n\n{XML}\n"),
        # A marker that the user has written says more than the style.
        (Style.XML, "- one\n- ⟦bo⟧\n", f"- one\n- {ITEM}\n"),
        (Style.PLAIN, "# A\n\n⟦bo⟧\n", f"# A\n\n{PLAIN}\n"),
        (Style.PLAIN, "<a>\n⟦bo⟧\n</a>\n", f"<a>\n{PLAIN}\n</a>\n"),
        (Style.PLAIN, "1. one\n⟦bo⟧\n", f"1. one\n\n{PLAIN}\n"),
    ],
)
def test_a_style_can_be_asked_for(style: Style, before: str, after: str) -> None:
    assert completed(before, style) == after


@pytest.mark.parametrize(
    ("style", "before", "after"),
    [
        (Style.LIST, "text<|>\n", f"text\n\n- {ITEM}\n"),
        (Style.HEADING, "- a<|>\n- b\n", f"- a\n- b\n\n## {HEADING}\n"),
        (Style.XML, "1. a<|>\n", f"1. a\n\n{XML}\n"),
        (Style.PLAIN, "# A<|>\n", f"# A\n\n{PLAIN}\n"),
    ],
)
def test_a_style_can_be_asked_for_by_command(style: Style, before: str, after: str) -> None:
    assert inserted(before, style) == after


@pytest.mark.parametrize(
    ("style", "after"),
    [
        (Style.PLAIN, "Task:\nSolve it.\n\nDo so:\n- a\n- b"),
        (Style.HEADING, "## Task\n\nSolve it.\n\n## Title\n\nDo so:\n\n- a\n- b"),
        (Style.XML, f"<task>\nSolve it.\n</task>\n\n{XML}"),
    ],
)
def test_a_style_can_be_asked_for_around_a_selection(style: Style, after: str) -> None:
    assert wrapped("⟦Solve it.⟧", style) == after


def test_lines_end_as_the_document_has_them() -> None:
    assert completed("text\r\n\r\n⟦bo⟧\r\n\r\nmore\r\n") == "text\r\n\r\nDo so:\r\n- a\r\n- b\r\n\r\nmore\r\n"
    assert completed("1. a\r\n⟦bo⟧\r\n2. b\r\n") == "1. a\r\n2. Do so:\r\n   - a\r\n   - b\r\n3. b\r\n"


@pytest.mark.parametrize(
    ("style", "after"),
    [
        (Style.LIST, f"Task\n\n1. {NUMBERED}\n2. {NUMBERED}\n"),
        (Style.HEADING, f"Task\n\n## {HEADING}\n\n## {HEADING}\n"),
        (Style.XML, f"Task\n\n{XML}\n\n{XML}\n"),
        (Style.PLAIN, f"Task\n\n{PLAIN}\n\n{PLAIN}\n"),
    ],
)
def test_a_prompt_is_written_block_by_block(style: Style, after: str) -> None:
    text = "Task\n"
    for number in (1, 2):
        place = placement.place_at_end(markdown.FORMAT.parse(Lines.of(text)), style, number)
        text = apply_edits(text, [Edit(place.at, to_plain(markdown.FORMAT.write(BLOCK, place)))])
    assert text == after


@pytest.mark.parametrize(
    "before",
    ["<a>\n⟦first⟧\n\nsecond\n</a>\n".replace("⟦first", "first").replace("<a>\n", "⟦<a>\n"), "x\n\n⟦y\n</a>⟧\n"],
)
def test_no_tag_is_written_across_another(before: str) -> None:
    assert wrapped(before, Style.XML) is None


def test_a_section_that_has_a_heading_needs_no_other() -> None:
    assert (
        wrapped("# Top\n\ntext\n\n⟦## My task\n\nbody⟧\n") == f"# Top\n\ntext\n\n## My task\n\nbody\n\n## {HEADING}\n"
    )
