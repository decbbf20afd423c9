"""Semantic tokens as the protocol has them: which standard type stands for what, and five numbers for each token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.ide.semantic_tokens import Token
    from thoughtsmith.lsp.convert import PositionCodec
    from thoughtsmith.text.lines import Lines

# Only types of the specification: every theme knows them, and no editor needs to be told what ours mean. Each kind has
# its own, so that a theme can tell them apart, and is the nearest there is: a technique is called like a function, a
# variable is a parameter of the prompt that its caller fills in (many themes leave `variable` in the colour of text),
# a role is a word of the file format as a keyword is, a tag says of which type its content is.
TYPES = {
    "name": types.SemanticTokenTypes.Function,
    "number": types.SemanticTokenTypes.Number,
    "variable": types.SemanticTokenTypes.Parameter,
    "role": types.SemanticTokenTypes.Keyword,
    "tag": types.SemanticTokenTypes.Type,
}
LEGEND = types.SemanticTokensLegend(token_types=[kind.value for kind in TYPES.values()], token_modifiers=[])
_INDEX = {kind: index for index, kind in enumerate(TYPES)}


def encode(codec: PositionCodec, lines: Lines, tokens: Sequence[Token]) -> list[int]:
    """For each token: lines and units from the one before it, its length in units, its type, no modifiers."""
    data: list[int] = []
    text = lines.text
    line = 0
    before = 0
    """Where the last token on this line starts, or the line itself."""
    for span, kind in tokens:
        number = lines.line_at(span.start)
        if number != line:
            before = lines.start_of(number)
        # Only the text since the token before is measured: a long line costs no more than its length.
        data += (
            number - line,
            codec.length(text[before : span.start]),
            codec.length(text[span.start : span.end]),
            _INDEX[kind],
            0,
        )
        line, before = number, span.start
    return data


def difference(old: Sequence[int], new: Sequence[int]) -> list[types.SemanticTokensEdit]:
    """The edit that makes `new` of `old`; none if they are equal."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    if start == len(old) == len(new):
        return []
    tail = 0
    while tail < shorter - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [types.SemanticTokensEdit(start, len(old) - tail - start, list(new[start : len(new) - tail]))]
