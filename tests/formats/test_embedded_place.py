"""Blocks written into prompts inside data: the file stays valid, and nothing but that prompt changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thoughtsmith.formats import prompt_yaml, promptfoo
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.syntax.block import Block, Item
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from thoughtsmith.formats.format import Format
    from thoughtsmith.formats.place import Place

BLOCK = Block(
    title=("Title",), lead=("Do so:",), items=(Item(("xa",)), Item(("xb",))), close=(), ordered=False, tag="do"
)
STABLE = settings(max_examples=200, deadline=None, derandomize=True)


def written(text: str, place: Place, format: Format = promptfoo.FORMAT) -> str:
    edits = [Edit(place.at, to_plain(format.write(BLOCK, place))), *place.renumber]
    return apply_edits(text, edits)


def after(marked: str, format: Format = promptfoo.FORMAT) -> str:
    """The text after the command at `<|>`."""
    offset = marked.index("<|>")
    text = marked.replace("<|>", "")
    found = format.place_after(format.parse(Lines.of(text)), offset, None)
    assert found is not None
    return written(text, found, format)


def typed(marked: str) -> str | None:
    """The text after `bo` before `<|>` was completed; `None` if it is not."""
    end = marked.index("<|>")
    text = marked.replace("<|>", "")
    found = promptfoo.FORMAT.place(promptfoo.FORMAT.parse(Lines.of(text)), Span(end - 2, end), None)
    return None if found is None else written(text, found)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        # In the style of the prompt, with the indentation of the data on every line.
        (
            "prompts:\n  - |\n    Text<|>\n  - two\n",
            "prompts:\n  - |\n    Text\n\n    Do so:\n    - xa\n    - xb\n  - two\n",
        ),
        (
            "prompts:\n- raw: |\n    1. One<|>\n    2. Two\n  label: x\n",
            "prompts:\n- raw: |\n    1. One\n    2. Do so:\n       - xa\n       - xb\n    3. Two\n  label: x\n",
        ),
        (
            "prompts:\n  - |\n      # A\n      Text<|>\n",
            "prompts:\n  - |\n      # A\n      Text\n\n      ## Title\n\n      Do so:\n\n      - xa\n      - xb\n",
        ),
        ("prompts:\n  - |\n    A\n<|>\n    B\n", "prompts:\n  - |\n    A\n\n    Do so:\n    - xa\n    - xb\n\n    B\n"),
        ("prompts:\r\n- |\r\n  A<|>\r\n", "prompts:\r\n- |\r\n  A\r\n\r\n  Do so:\r\n  - xa\r\n  - xb\r\n"),
        # Outside: at the end of the nearest prompt.
        (
            "prompts:\n  - |-\n    A\n\ntests:<|> x\n",
            "prompts:\n  - |-\n    A\n\n    Do so:\n    - xa\n    - xb\n\ntests: x\n",
        ),
        ("prompts:\n  - |<|>\n", "prompts:\n  - |\n    Do so:\n    - xa\n    - xb\n"),
        ("prompts:\n  - |\n      <|>\n", "prompts:\n  - |\n      Do so:\n      - xa\n      - xb\n"),
        # A text on one line gets the room it needs.
        (
            "prompts:\n  - 'Say <|>it'\nx: 1\n",
            "prompts:\n  - |-\n    Say it\n\n    Do so:\n    - xa\n    - xb\nx: 1\n",
        ),
        # Without any prompt it is the first one.
        ("x: 1<|>", "x: 1\nprompts:\n  - |\n    Do so:\n    - xa\n    - xb"),
        ("x: 1\nprompts:<|>\n", "x: 1\nprompts:\n  - |\n    Do so:\n    - xa\n    - xb"),
    ],
)
def test_a_command_inserts_into_a_prompt(before: str, expected: str) -> None:
    assert after(before) == expected


@pytest.mark.parametrize("text", ["prompts: file://a.txt\n", '{"prompts": ["A"]}\n', "[]", 'prompts: ["A"]\n'])
def test_where_a_block_would_break_the_data_there_is_no_place(text: str) -> None:
    assert promptfoo.FORMAT.place_after(promptfoo.FORMAT.parse(Lines.of(text)), len(text), None) is None


def test_the_first_prompt_of_a_file_of_messages_is_a_message() -> None:
    data = yaml.safe_load(after("name: x\n<|>", prompt_yaml.FORMAT))
    assert data == {"name": "x", "messages": [{"role": "user", "content": "Do so:\n- xa\n- xb"}]}


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("prompts:\n  - |\n    A\n\n    bo<|>\n", "prompts:\n  - |\n    A\n\n    Do so:\n    - xa\n    - xb\n"),
        ("prompts:\n  - |\n    - A\n    - bo<|>\n", "prompts:\n  - |\n    - A\n    - Do so:\n      - xa\n      - xb\n"),
        ("prompts:\n  - |\n    A\n\ndescription: bo<|>\n", None),
        ("prompts:\n  - |\n    A\nbo<|>\n", None),
        ("prompts:\n  - say bo<|>\n", None),
        ('{"prompts": ["say bo<|>"]}', None),
    ],
)
def test_a_word_is_completed_in_prompts_only(before: str, expected: str | None) -> None:
    assert typed(before) == expected


@pytest.mark.parametrize(
    ("text", "selected", "expected"),
    [
        (
            "prompts:\n  - |\n    Sum it up.\n    Be brief.\nx: 1\n",
            "Be",
            "prompts:\n  - |\n    Task:\n    Sum it up.\n    Be brief.\n\n    Do so:\n    - xa\n    - xb\nx: 1\n",
        ),
        (
            "prompts:\n  - |\n    <a>\n    x\n    </a>\n\n    Sum it up.\n",
            "Sum",
            (
                "prompts:\n  - |\n    <a>\n    x\n    </a>\n\n    <task>\n    Sum it up.\n    </task>\n\n    <do>\n"
                "    Do so:\n    - xa\n    - xb\n    </do>\n"
            ),
        ),
        ("prompts:\n  - |\n    Sum it up.\nx: one two\n", "one", None),
    ],
)
def test_a_task_is_wrapped_inside_its_prompt(text: str, selected: str, expected: str | None) -> None:
    start = text.index(selected)
    tree = promptfoo.FORMAT.parse(Lines.of(text))
    around = promptfoo.FORMAT.place_around(tree, Span(start, start + len(selected)), "Task", None)
    if around is None:
        assert expected is None
        return
    block = around.after + to_plain(promptfoo.FORMAT.write(BLOCK, around.place))
    edits = [Edit(Span(around.task.start, around.task.start), around.before), Edit(around.place.at, block)]
    result = apply_edits(text, edits)
    assert result == expected
    yaml.safe_load(result)


PROMPTS = st.lists(
    st.sampled_from(
        [
            "# A",
            "## B",
            "text",
            "",
            "- a",
            "- b\n  - c",
            "1. x",
            "2. y",
            "<t>",
            "</t>",
            "```\ncode\n```",
            "  deep",
            "> q",
        ]
    ),
    min_size=1,
    max_size=6,
).map("\n".join)


@STABLE
@given(
    PROMPTS,
    PROMPTS,
    st.sampled_from(["|", "|-", "|+", "|2"]),
    st.sampled_from(["\n", "\r\n"]),
    st.floats(0, 1),
)
def test_nothing_but_one_prompt_changes(one: str, two: str, style: str, newline: str, at: float) -> None:
    def scalar(prompt: str) -> str:
        return f"- {style}\n" + "".join(f"  {line}\n" if line else "\n" for line in prompt.split("\n"))

    text = f"x: 1\nprompts:\n{scalar(one)}{scalar(two)}tests: [a, b]\n".replace("\n", newline)
    try:
        data: Any = yaml.safe_load(text)
    except yaml.YAMLError:
        # Its first line stands further right than the others.
        assume(False)
    lines = Lines.of(text)
    tree = promptfoo.FORMAT.parse(lines)
    found = promptfoo.FORMAT.place_after(tree, round(at * len(text)), None)
    assert found is not None
    result: Any = yaml.safe_load(written(text, found))
    changed = [index for index in (0, 1) if result["prompts"][index] != data["prompts"][index]]
    assert len(changed) == 1
    new = result["prompts"].pop(changed[0])
    old = data["prompts"].pop(changed[0])
    assert result == data
    assert "Do so:" in new
    assert "xb" in new
    # Numbers may have been counted up; all else is there as it was.
    kept = iter(line.strip() for line in new.split("\n"))
    assert all(line.strip() in kept for line in old.split("\n") if line.strip() and not line[0].isdigit())
