"""Our block in a file of somebody else's: found again, replaced, and nothing around it touched."""

from __future__ import annotations

import pytest

from thoughtsmith.text.marked_block import BlockError, split, with_block

BLOCK = "# >>> thoughtsmith >>>\nours\n# <<< thoughtsmith <<<\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", BLOCK),
        ("a\n", f"a\n\n{BLOCK}"),
        ("a", f"a\n\n{BLOCK}"),
        ("a\r\n", "a\r\n\r\n" + BLOCK.replace("\n", "\r\n")),
        (f"a\n{BLOCK.replace('ours', 'old')}b\n", f"a\n{BLOCK}b\n"),
        (f"a\n{BLOCK}", f"a\n{BLOCK}"),
    ],
)
def test_the_block_is_put_in(text: str, expected: str) -> None:
    made = with_block(text, "ours\n", "#")
    assert made == expected
    assert "".join(split(made, "#")) == made
    assert split(made, "#").block.splitlines() == BLOCK.splitlines()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n# >>> thoughtsmith >>>\n", 1),
        ("# <<< thoughtsmith <<<\n# >>> thoughtsmith >>>\n", 0),
        (BLOCK + BLOCK, 0),
    ],
)
def test_marks_that_do_not_fit_are_an_error(text: str, line: int) -> None:
    with pytest.raises(BlockError) as error:
        with_block(text, "ours", "#")
    assert error.value.line == line
