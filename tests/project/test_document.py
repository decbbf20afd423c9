"""Documents and snapshots: what was worked out once is kept while it is true, and nothing is kept that is not."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats import markdown
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.catalogue import Catalogue


@cache
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def content() -> Content:
    return Content(shipped())


def document(text: str) -> Document:
    return Document("file:///a.md", "a.md", 1, text, markdown.FORMAT)


def snap(doc: Document, content: Content, settings: Settings | None = None) -> Snapshot:
    return doc.snapshot(settings or Settings(), content, "en")


def check_tree(tree: PromptTree, text: str) -> None:
    """The tree is the one that a parse from scratch gives."""
    scratch = markdown.FORMAT.parse(Lines.of(text))
    assert tree.lines.text == text
    assert (tree.first_lines, tree.nodes) == (scratch.first_lines, scratch.nodes)
    assert tree.sections == scratch.sections


def test_a_snapshot_is_the_same_object_while_nothing_changes(content: Content) -> None:
    doc = document("# Task\n")
    first = snap(doc, content)
    assert snap(doc, content) is first
    doc.edit((0, 2), (0, 6), "Role")
    second = snap(doc, content)
    assert second is not first
    assert (first.lines.text, second.lines.text) == ("# Task\n", "# Role\n")


def test_a_snapshot_does_not_change_when_the_document_does(content: Content) -> None:
    doc = document("one\n\ntwo\n")
    before = snap(doc, content)
    doc.edit((0, 0), (2, 3), "# three")
    assert before.lines.text == "one\n\ntwo\n"
    check_tree(before.tree, "one\n\ntwo\n")
    check_tree(snap(doc, content).tree, "# three\n")


def test_other_settings_content_or_locale_make_another_snapshot_and_keep_the_nodes(content: Content) -> None:
    doc = document("# Task\n\nDo it.\n")
    first = snap(doc, content)
    nodes = first.tree.nodes
    others = [
        snap(doc, content, Settings(n=4)),
        snap(doc, Content(shipped())),
        doc.snapshot(Settings(), content, "ru"),
    ]
    assert all(other is not first for other in others)
    assert all(new is old for other in others for new, old in zip(other.tree.nodes, nodes, strict=True))


def test_replacing_the_whole_text_forgets_the_old_tree(content: Content) -> None:
    doc = document("# A\n\n# B\n\n# C\n\n- a\n")
    assert snap(doc, content).tree.nodes
    doc.edit((6, 0), (6, 0), "- b\n")
    assert snap(doc, content).parsed is None
    doc.replace("plain\n\ntext\n\nmore\n\n- b\n- a\n")
    check_tree(snap(doc, content).tree, "plain\n\ntext\n\nmore\n\n- b\n- a\n")


def test_edits_before_the_first_snapshot(content: Content) -> None:
    doc = document("a\n")
    doc.edit((1, 0), (1, 0), "# b\n")
    doc.edit((0, 0), (0, 1), "- a")
    check_tree(snap(doc, content).tree, "- a\n# b\n")


def test_several_edits_between_two_snapshots(content: Content) -> None:
    doc = document("one\n\ntwo\n\nthree\n\nfour\n")
    _ = snap(doc, content).tree
    doc.edit((6, 0), (6, 4), "- 4")
    doc.edit((0, 0), (0, 0), "# ")
    check_tree(snap(doc, content).tree, "# one\n\ntwo\n\nthree\n\n- 4\n")


def test_a_snapshot_that_nobody_looked_at_costs_the_next_one_nothing(content: Content) -> None:
    doc = document("one\n\ntwo\n\nthree\n")
    nodes = snap(doc, content).tree.nodes
    doc.edit((0, 3), (0, 3), "!")
    assert snap(doc, content).parsed is None
    doc.edit((0, 4), (0, 4), "!")
    after = snap(doc, content).tree
    check_tree(after, "one!!\n\ntwo\n\nthree\n")
    assert after.nodes[-1] is nodes[-1]


PIECES = [
    "",
    "x",
    "\n",
    "\n\n",
    "- a\n",
    "  - b\n",
    "1. one\n2. two\n",
    "# H\n",
    "===\n",
    "---\n",
    "---\nmodel: o3\n---\n",
    "```\n",
    "```text\ncode\n```\n",
    "> q\n",
    "<task>\n",
    "</task>\n",
    "<!-- c\n",
    "-->\n",
    "| a | b |\n|---|---|\n",
    "\r\n",
    "\r",
    "Шаг за шагом.\n",
    "    indented\n",
]


@pytest.mark.parametrize("seed", range(40))
def test_after_any_edits_the_tree_is_the_one_from_scratch(content: Content, seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choices(PIECES, k=20))
    doc = document(text)
    for _ in range(30):
        lines = doc.lines
        start, end = sorted(chance.randint(0, len(lines)) for _ in range(2))
        if chance.random() < 0.7:
            end = min(end, start + chance.randint(0, 6))
        new = "".join(chance.choices(PIECES, k=chance.randint(0, 3)))
        # Columns inside a line only: a place between `\r` and `\n` cannot be named by line and column.
        places = [
            (line, min(at - lines.start_of(line), len(lines.line(line))))
            for at in (start, end)
            for line in [lines.line_at(at)]
        ]
        start, end = (lines.start_of(line) + column for line, column in places)
        expected = lines.text[:start] + new + lines.text[end:]
        doc.edit(places[0], places[1], new)
        assert doc.lines.text == expected
        assert doc.lines.lines == Lines.of(expected).lines
        if chance.random() < 0.6:
            check_tree(snap(doc, content).tree, expected)


def looked_at(content: Content) -> tuple[int, int]:
    """How many pieces of text have been searched for words of tasks, and how many for signs of techniques."""
    return content.names.searched, content.detector.searched


def look(snapshot: Snapshot) -> None:
    _ = snapshot.suits
    _ = snapshot.detections


@pytest.mark.parametrize(
    ("text", "edit", "pieces"),
    [
        ("# Task\n\n" + "Do something.\n\n".join(f"Paragraph {i}. " for i in range(200)), (60, 3, "!"), 1),
        ("\n".join(f"- item {i}" for i in range(200)), (60, 3, "!"), 1),
        ("\n".join(f"- item {i}" for i in range(200)), (60, 0, "- new\n"), 1),
        ("\n".join(f"# Heading {i}\n\n- item {i}\n" for i in range(100)), (0, 2, "first "), 1),
        ("\n".join(f"Paragraph {i}.\n" for i in range(100)), (0, 0, "\n\n"), 0),
    ],
)
def test_an_edit_costs_only_what_it_touched(
    content: Content, text: str, edit: tuple[int, int, str], pieces: int
) -> None:
    doc = document(text)
    look(snap(doc, content))
    before = looked_at(content)
    assert min(before) > 90
    line, column, new = edit
    doc.edit((line, column), (line, column), new)
    look(snap(doc, content))
    assert [now - then for now, then in zip(looked_at(content), before, strict=True)] == [pieces, pieces]


def test_going_back_to_an_earlier_text_costs_nothing(content: Content) -> None:
    doc = document("\n".join(f"- item {i}" for i in range(50)))
    look(snap(doc, content))
    doc.edit((3, 0), (3, 0), "x")
    look(snap(doc, content))
    before = looked_at(content)
    doc.edit((3, 0), (3, 1), "")
    look(snap(doc, content))
    assert looked_at(content) == before


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("Think step by step.", {"cot"}),
        ("- a\n- Think step by step.\n- Write three names, then pick the best.", {"cot", "bon"}),
        ("# Tree of Thoughts\n", {"tot"}),
        ("---\ndescription: Think step by step.\n---\n\nHello.", set()),
        ("<!-- Think step by step. -->\n\nHello.", set()),
        ("Some longer text about a function:\n\n```python\n# Think step by step.\n```\n", set()),
        ("Prompt:\n\n```\nThink step by step about the whole of the task.\n```\n", {"cot"}),
        ("Prompt:\n\n```python\nThink step by step about the whole of the task.\n```\n", set()),
        ("", set()),
    ],
)
def test_what_a_prompt_asks_for(content: Content, text: str, present: set[str]) -> None:
    detections = snap(document(text), content).detections
    assert {detection.id for detection in detections} == present
