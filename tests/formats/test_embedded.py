"""The outline and the tree of a file of data with prompts in it, and what holds for any text at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thoughtsmith.formats import prompt_yaml, promptfoo
from thoughtsmith.formats.embedded import DataTree, inner_span, rows_of
from thoughtsmith.formats.yaml_outline import MAX_DEPTH, outline
from thoughtsmith.syntax.tree import Kind, Node, PromptTree
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.format import Format

STABLE = settings(max_examples=200, deadline=None, derandomize=True)

PIECES = [
    "prompts:", "tests:", "vars:", "raw:", "content:", "role: user", "x: 1", " |", " >-", " |+2", "|", ">", "- ", "-",
    "  ", "    ", " ", "\n", "\n", "\n", "\n  ", "\n    ", "\n      ", "\r\n", "\r", "\t", "# T", "1. a", "```", "<a>",
    "</a>", '"', "'", "''", "\\", "\\n", "[", "]", "{", "}", ",", ": ", ":", "{{x}}", "{% if x %}", "&a", "*a",
    "<<: *a",
    "!t", "---\n", "...\n", "%YAML", "#", "?", "\ufeff", "\u2028", "\f", "word", "слово", "😀", "two words", "file://a.txt",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
formats = st.sampled_from([promptfoo.FORMAT, prompt_yaml.FORMAT])


def tree_of(text: str, format: str = "promptfoo") -> PromptTree:
    chosen = promptfoo.FORMAT if format == "promptfoo" else prompt_yaml.FORMAT
    return chosen.parse(Lines.of(text))


def shown(tree: PromptTree) -> list[str]:
    """The nodes on the top level with the prompts in them and what these are made of."""
    out: list[str] = []
    for placed in tree:
        for part in placed.parts():
            text = tree.lines.at(part.node.content.shifted(part.start)).replace("\n", "⏎")
            out.append(
                "data"
                if part.node.kind is Kind.DATA
                else f"{part.node.kind.value} {part.node.info}".strip() + f": {text}"
            )
    return out


def test_block_scalars_at_any_depth_are_prompts_with_blocks_in_them() -> None:
    tree = tree_of(
        "a: 1\nprompts:\n- |\n  # T\n\n  Text\n   more\n-   label: two\n    raw: >-\n        - x\n        - y\n\nb: 2\n"
    )
    assert shown(tree) == [
        "data",
        "embedded prompts[0]: # T⏎⏎  Text⏎   more",
        "heading: T",
        "paragraph: Text⏎   more",
        "data",
        "embedded two: - x⏎        - y",
        "list: - x⏎        - y",
        "data",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("prompts: Say it twice", ["Say it twice"]),
        ("prompts: ['Say it', \"Say more\"]", ["Say it", "Say more"]),
        ("prompts:\n  - Say it # aloud\n  - 'Say it''s'\n  - \"Say\\nit\"", ["Say it"]),
        ('{"prompts": ["Say it", {"raw": "Say more", "label": "a b"}]}', ["Say it", "Say more"]),
        ('{\n\t"prompts": [\n\t\t"Say it"\n\t]\n}', ["Say it"]),
        ("prompts:\n  - file://a b.txt\n  - one.txt\n  - exec:python x.py y", []),
        ("prompts:\n  - Say it\n    in two lines", ["Say it\n    in two lines"]),
        ("description: Say it\nproviders:\n  - Say it", []),
        ("prompts:\n  - &a Say it\n  - *a", ["Say it"]),
        # A scalar that ends with the file, lines left of the text, a prompt that has no text yet.
        ("prompts:\n  - |\n    Say", ["Say"]),
        ("prompts:\n  - |\n    Say\n   it", ["Say"]),
        ("prompts:\n  - |\n  - |\n\n", ["", ""]),
        ("prompts:\n  - |2\n      Say\n    it", ["  Say\n    it"]),
    ],
)
def test_which_texts_are_prompts(text: str, found: list[str]) -> None:
    tree = tree_of(text)
    prompts = [part for placed in tree for part in placed.parts() if part.node.kind is Kind.EMBEDDED]
    assert [tree.lines.at(part.node.content.shifted(part.start)) for part in prompts] == found


def test_roles_name_messages() -> None:
    tree = tree_of("messages:\n- content: |\n    Say it\n  role: System\n- role: user\n  content: Say more\n", "yaml")
    assert [line for line in shown(tree) if line.startswith("embedded")] == [
        "embedded system: Say it",
        "embedded user: Say more",
    ]


def test_no_section_reaches_into_the_next_prompt() -> None:
    tree = tree_of("prompts:\n  - |\n    # A\n    <t>\n  - |\n    Text\n    </t>\n  - One line\n")
    assert [(s.name, [c.name for c in s.children]) for s in tree.sections] == [
        ("prompts[0]", ["A"]),
        ("prompts[1]", []),
        ("prompts[2]", []),
    ]


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


@STABLE
@given(texts, formats)
@example("prompts:\n- |\n  \f\n", promptfoo.FORMAT)
@example("prompts: 'a b", promptfoo.FORMAT)
def test_every_text_has_a_tree_whose_spans_nest(text: str, format: Format) -> None:
    tree = format.parse(Lines.of(text))
    line = 0
    for placed in tree:
        assert placed.first_line >= line
        line = placed.last_line
        limit = len(tree.lines.slice(placed.first_line, placed.last_line))
        for node in walk(placed.node):
            assert 0 <= node.span.start <= node.content.start <= node.content.end <= node.span.end <= limit
            assert all(node.span.covers(child.span) for child in node.children)
    covered = {number for p in tree for number in range(p.first_line, p.last_line)}
    assert all(number in covered for number in range(len(tree.lines.lines)) if tree.lines.line(number).strip())
    for name in format.template(tree).names:
        assert 0 <= name.span.start < name.span.end <= len(text)


@STABLE
@given(texts, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), texts), max_size=3))
def test_a_tree_after_edits_equals_one_made_anew(text: str, edits: list[tuple[float, float, str]]) -> None:
    lines = Lines.of(text)
    tree = promptfoo.FORMAT.parse(lines)
    for one, other, new in edits:
        first, last = sorted((int(one * lines.count), int(other * lines.count)))
        lines, head, tail = lines.replaced((first, 1), (last, 2), new)
        tree = promptfoo.FORMAT.reparse(tree, lines, head, tail)
        fresh = promptfoo.FORMAT.parse(Lines.of(lines.text))
        assert (tree.nodes, tree.first_lines) == (fresh.nodes, fresh.first_lines)


def test_what_an_edit_does_not_touch_stays_the_same_object() -> None:
    before = Lines.of("prompts:\n  - |\n    One\n  - |\n    Two\nx: 1\n")
    old = promptfoo.FORMAT.parse(before)
    after, head, tail = before.replaced((2, 7), (2, 7), " more")
    new = promptfoo.FORMAT.reparse(old, after, head, tail)
    assert [a is b for a, b in zip(old.nodes, new.nodes, strict=True)] == [True, False, True, True]


def test_a_prompt_whose_name_changes_is_another_one() -> None:
    before = Lines.of("prompts:\n  - |\n    One\n")
    after, head, tail = before.replaced((1, 0), (1, 0), "  - say it\n")
    new = promptfoo.FORMAT.reparse(promptfoo.FORMAT.parse(before), after, head, tail)
    assert [section.name for section in new.sections] == ["prompts[0]", "prompts[1]"]


def plain(
    value: yaml.Node, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], yaml.ScalarNode]]:
    """The scalars of a document as the library reads it."""
    if isinstance(value, yaml.ScalarNode):
        yield path, value
    elif isinstance(value, yaml.SequenceNode):
        for index, item in enumerate(value.value):
            yield from plain(item, (*path, index))
    elif isinstance(value, yaml.MappingNode):
        for key, item in value.value:
            yield from plain(item, (*path, key.value))


leaves = st.sampled_from(
    ["one", "two words", "it's", 'say "x"', "a # b", "a: b", "x\ny", "  x\n y\n", "- a", "{{x}}", "# T\n\nText\n", ""]
)
documents = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["prompts", "raw", "a b", "x"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
).filter(lambda value: not isinstance(value, str))


class _Block(yaml.SafeDumper):
    """Writes texts with line ends as block scalars, as people do."""


_Block.add_representer(
    str,
    lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None),
)


@STABLE
@given(documents, st.sampled_from([None, True, False]), st.sampled_from([2, 4]), st.sampled_from(["\n", "\r\n"]))
def test_the_outline_has_what_the_library_reads(value: object, flow: bool | None, indent: int, newline: str) -> None:
    text = yaml.dump(value, Dumper=_Block, default_flow_style=flow, indent=indent, allow_unicode=True, width=1000)
    text = text.replace("\n", newline)
    lines = Lines.of(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    expected = [(path, node) for path, node in plain(root) if node.start_mark.index < node.end_mark.index]
    found = outline(lines)
    assert [one.path for one in found.texts] == [path for path, _ in expected]
    for one, (_, node) in zip(found.texts, expected, strict=True):
        assert (one.span.start, one.style) == (node.start_mark.index, node.style or "")
        if one.body is not None:
            rows = [row for _, row in rows_of(lines, one.body, one.body.last)]
            assert "\n".join(rows).rstrip("\n") == node.value.rstrip("\n")
        elif (span := inner_span(one, text)) is not None and newline not in text[slice(*span)]:
            assert text[slice(*span)] == node.value


@pytest.mark.parametrize(
    "piece",
    [
        "- ",
        "[",
        "{",
        "{{",
        '["',
        '"\\"',
        "a: [\n",
        'a: "\n',
        "a: |\n",
        "  - |\n    x\n",
        "a: b: ",
        " ",
        "\n",
        "&a *a\n",
        "? ",
        "x #",
        "'",
        '{"a":',
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """What is quadratic would take minutes."""
    tree = promptfoo.FORMAT.parse(Lines.of("prompts:\n" + piece * (300_000 // len(piece))))
    assert isinstance(tree, DataTree)
    assert all(len(text.path) <= 2 * MAX_DEPTH for text in tree.outline.texts)
