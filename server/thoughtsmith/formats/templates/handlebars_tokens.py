"""The inside of one Handlebars tag as tokens, and what a path in it names."""

from __future__ import annotations

import re
from typing import NamedTuple

from thoughtsmith.formats.templates.tokens import Inside, Token
from thoughtsmith.text.span import Span

_ID = r"[^\s!\"#%-,./;->@\[-^`{-~]+"
_SEGMENT = rf"(?:\[[^\[\]{{}}\r\n]*\]|{_ID})"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<string>"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')
  | (?P<blockparams>as\s+\|[^|{{}}\r\n]*\|)
  | (?P<path>@?(?:\.\./)*(?:\./|this[./])?(?:{_SEGMENT}|\.\.?)(?:[./]{_SEGMENT})*[./]?)
  | (?P<op>[()=])
    """,
    re.VERBOSE | re.DOTALL,
)
_PATH = re.compile(
    rf"(?P<data>@?)(?P<up>(?:\.\./)*)(?P<this>\./|this[./])?(?P<head>{_SEGMENT}|\.\.?)(?:[./](?P<next>{_SEGMENT}))?"
)
_LITERAL = re.compile(r"(?:-?\d+(?:\.\d+)?|true|false|null|undefined)\Z")
_MARK = re.compile(r"\}\}|\{\{|[\r\n]")


class Path(NamedTuple):
    """What a path such as `../user.name` begins with."""

    name: str
    """Without `@` and brackets; empty for `this` and `..`."""
    span: Span
    up: int
    """How many contexts it goes up."""
    this: bool
    """Whether it means a property of the context for certain, and no helper: `this.name`."""
    data: bool
    """Whether it begins with `@`."""
    property: Token | None
    """What follows the name."""


def path_of(token: Token) -> Path | None:
    """What `token`, a path, names; `None` for a number or another literal."""
    match = _PATH.match(token.text)
    if match is None or _LITERAL.match(token.text):
        return None
    head, begin = match["head"], token.start + match.start("head")
    up = len(match["up"]) // 3 + (head == "..")
    if head in (".", "..") or (head == "this" and not match["data"]):
        head = ""
    following = Token("path", match["next"], token.start + match.start("next")) if match["next"] else None
    if head.startswith("["):
        head, begin = head[1:-1], begin + 1
    return Path(head, Span(begin, begin + len(head)), up, bool(match["this"]), bool(match["data"]), following)


class Lexer:
    """Reads tags one after the other. It remembers what is nowhere to be found, so that all of them are linear."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._endless: set[str] = set()
        """The quotes that close no text any more: all others of their kind that follow are escaped."""

    def inside(self, start: int, close: str) -> Inside:
        """The tokens from `start` to the braces `close`.

        A tag without end reaches to the end of its first line or to the next tag, where typing goes on.
        """
        tokens: list[Token] = []
        text, end = self._text, self._end
        position = start
        while position < end and not text.startswith("{{", position):
            if after := self._closes(position, close):
                return Inside(tokens, after, closed=True, bad=None)
            match = self._token(position)
            if match is None:
                bad = Span(position, position + 1)
                mark = _MARK.search(text, position, end)
                if mark is None or mark[0] != "}}":
                    return self._unclosed(tokens, start, bad)
                after = mark.end() + (text.startswith("}}}", mark.start()) and close == "}}}")
                return Inside(tokens, after, closed=True, bad=bad)
            if match.lastgroup != "space":
                tokens.append(Token(match.lastgroup or "", match[0], position))
            position = match.end()
        return self._unclosed(tokens, start, None)

    def _token(self, position: int) -> re.Match[str] | None:
        character = self._text[position]
        if character in self._endless:
            return None
        match = _TOKEN.match(self._text, position, self._end)
        if match is None and character in "'\"":
            self._endless.add(character)
        return match

    def _closes(self, position: int, close: str) -> int:
        """The offset behind the braces at `position`, with the white-space control in them; 0 if there are none."""
        text = self._text
        if close == "}}}" and text.startswith("}~}}", position):
            after = position + 4
        elif text[position] == "~" and close == "}}":
            after = position + 3 if text.startswith(close, position + 1) else 0
        else:
            after = position + len(close) if text.startswith(close, position) else 0
        return after if after <= self._end else 0

    def _unclosed(self, tokens: list[Token], start: int, bad: Span | None) -> Inside:
        stop = _MARK.search(self._text, start, self._end)
        end = stop.start() if stop is not None else self._end
        return Inside([token for token in tokens if token.span.end <= end], end, closed=False, bad=bad)
