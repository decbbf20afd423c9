"""Texts for people, in the kind of markup that the client shows."""

from __future__ import annotations

from lsprotocol import types


def markup(text: str, *, markdown: bool) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText, text)
