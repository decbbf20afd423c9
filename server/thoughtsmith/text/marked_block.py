"""A block of ours in a file of the user's, between two comment lines by which it is found again."""

from __future__ import annotations

from typing import NamedTuple

_BEGIN = ">>> thoughtsmith >>>"
_END = "<<< thoughtsmith <<<"


class BlockError(ValueError):
    """One of the two marks is missing, or there are several; `line` is that of a mark, from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line + 1}")
        self.line = line


class Split(NamedTuple):
    """A text cut at our block. `block` is empty where there is none; together they are the text."""

    before: str
    block: str
    after: str


def split(text: str, comment: str) -> Split:
    """The text before, in and after the block, marks included. Raises `BlockError`."""
    lines = text.splitlines(keepends=True)
    begins = [number for number, line in enumerate(lines) if line.strip() == f"{comment} {_BEGIN}"]
    ends = [number for number, line in enumerate(lines) if line.strip() == f"{comment} {_END}"]
    if not begins and not ends:
        return Split(text, "", "")
    if len(begins) != 1 or len(ends) != 1 or ends < begins:
        raise BlockError(min(begins + ends))
    first, last = begins[0], ends[0] + 1
    return Split("".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:]))


def with_block(text: str, body: str, comment: str) -> str:
    """The text with `body` as our block: in place of the one that is there, else at the end. Raises `BlockError`."""
    before, block, after = split(text, comment)
    newline = "\r\n" if "\r\n" in text else "\n"
    body = body.strip("\n")
    made = f"{comment} {_BEGIN}\n{body}\n{comment} {_END}\n"
    if not block and before:
        made = ("\n" if before.endswith("\n") else "\n\n") + made
    return before + made.replace("\n", newline) + after
