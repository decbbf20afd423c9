"""The front matter of a prompt: its data, read as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.syntax.data import Scalar
from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.text.span import Span


def content(tree: PromptTree) -> Span | None:
    """What stands between the delimiters of the front matter, if the file begins with one."""
    if not tree.nodes or tree.nodes[0].node.kind is not Kind.FRONT_MATTER:
        return None
    placed = tree.placed(0)
    return placed.node.content.shifted(placed.start)


def data(tree: PromptTree) -> Data | None:
    """What the front matter says; `None` if there is none. The same object as long as its text does not change."""
    span = content(tree)
    if span is None:
        return None
    from thoughtsmith.formats import yaml_data  # With the first front matter: it brings the YAML library.

    first, last = tree.lines.line_at(span.start), tree.lines.line_at(span.end)
    text = tree.lines.slice(first, last + 1)
    start = tree.lines.start_of(first)
    return yaml_data.read(text[span.start - start : span.end - start], span.start)


def scalar(tree: PromptTree, key: str) -> str | None:
    """The value of a top-level key, as written, if it is a plain or quoted text or a number."""
    read = data(tree)
    entry = read.root.get(key) if read is not None else None
    if entry is None or not isinstance(entry.value, Scalar) or entry.value.style in ("|", ">", "*"):
        return None
    value = entry.value
    if isinstance(value.value, str):
        return value.value or None
    is_number = isinstance(value.value, int | float) and not isinstance(value.value, bool)
    return tree.lines.at(value.span) if is_number else None
