"""Edits to a text, and what the text is after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.text.span import Span


class Edit(NamedTuple):
    """Replace the text at `span` by `text`."""

    span: Span
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after all `edits`, whose spans refer to the text before them.

    Raises `ValueError` if two spans overlap: which one should win is the caller's decision, not ours.
    """
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda e: e.span):
        if edit.span.start < position:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        parts.append(text[position : edit.span.start])
        parts.append(edit.text)
        position = edit.span.end
    parts.append(text[position:])
    return "".join(parts)
