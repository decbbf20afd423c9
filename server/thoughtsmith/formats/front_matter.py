"""The front matter of a prompt: single values, read without a YAML parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import PromptTree

_NOT_PLAIN = frozenset("[{|>&*!%@`\"'#")
"""What begins something else than a plain text on one line."""
_NULLS = frozenset({"null", "~", "Null", "NULL", "true", "false"})


def scalar(tree: PromptTree, key: str) -> str | None:
    """The value of a top-level key that stands on one line as a plain or quoted text; of no list and no mapping."""
    if not tree.nodes or tree.nodes[0].node.kind is not Kind.FRONT_MATTER:
        return None
    placed = tree.placed(0)
    text = tree.lines.at(placed.node.content.shifted(placed.start))
    match = re.search(rf"^{re.escape(key)}[ \t]*:[ \t]+(.*)$", text, re.MULTILINE)
    return None if match is None else _plain(match[1].strip())


def _plain(value: str) -> str | None:
    """The text of a value as it is written."""
    quote = value[:1]
    if quote in ('"', "'") and (end := value.find(quote, 1)) > 0:
        return value[1:end] or None
    if not value or quote in _NOT_PLAIN:
        return None
    comment = value.find(" #")
    value = value if comment < 0 else value[:comment].rstrip()
    return None if value in _NULLS else value
