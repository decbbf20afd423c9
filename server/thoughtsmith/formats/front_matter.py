"""The front matter of a prompt: single values, read without a YAML parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from thoughtsmith.syntax.tree import PromptTree

_SCALAR = re.compile(
    r"""
    ^(?P<key>[\w-]+)[ \t]*:[ \t]+
    (?:"(?P<double>[^"\r\n]*)"|'(?P<single>[^'\r\n]*)'|(?P<bare>[^\s\[{|>&*!%@`"'#][^\r\n]*?))
    [ \t]*(?:[ \t]\#[^\r\n]*)?\r?$
    """,
    re.MULTILINE | re.VERBOSE,
)


def scalar(tree: PromptTree, key: str) -> str | None:
    """The value of a top-level key that stands on one line as a plain or quoted text; of no list and no mapping."""
    if not tree.nodes or tree.nodes[0].node.kind is not Kind.FRONT_MATTER:
        return None
    placed = tree.placed(0)
    text = tree.lines.at(placed.node.content.shifted(placed.start))
    for match in _SCALAR.finditer(text):
        if match["key"] == key:
            return match["double"] or match["single"] or match["bare"] or None
    return None
