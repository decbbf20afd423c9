"""The inside of one Jinja tag as tokens.

Jinja's own lexer gives lines instead of offsets and stops at the first error; it is the oracle in the tests.
"""

from __future__ import annotations

import re

from thoughtsmith.formats.templates.tokens import Inside, Token
from thoughtsmith.text.span import Span

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<name>[^\W\d]\w*)
  | (?P<number>0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+
      |\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?[eE][+-]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)?)
  | (?P<string>'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")
  | (?P<op>//|\*\*|==|!=|>=|<=|[-+/*%~\[\](){}<>=.:|,;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ONLY_A_NAME = {
    close: re.compile(rf"\s*([^\W\d]\w*)\s*{sign}{close}") for close, sign in (("}}", "-?"), ("%}", "[-+]?"))
}
"""What most tags are, by what closes them."""
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_MARK = re.compile(r"[-+]?[}%]\}|\{[{%#]")
_STOP = re.compile(r"[\r\n]|\{[{%#]")


class Lexer:
    """Reads tags one after the other. It remembers what is nowhere to be found, so that all of them are linear."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._endless: set[str] = set()

    def inside(self, start: int, close: str) -> Inside:
        """The tokens from `start`, behind an opening delimiter, to the delimiter `close`.

        A tag without end reaches to the end of its first line, where typing goes on. Nothing but white space and a
        text may hold what opens another tag: `{{ user.` before `{{ name }}` is a tag without end.
        """
        text, end = self._text, self._end
        if (only := _ONLY_A_NAME[close].match(text, start, end)) is not None:
            return Inside([Token("name", only[1], only.start(1))], only.end(), closed=True, bad=None)
        tokens: list[Token] = []
        brackets: list[str] = []
        position = start
        while position < end:
            if not brackets and (after := self._closes(position, close)):
                return Inside(tokens, after, closed=True, bad=None)
            if text.startswith(("{{", "{%", "{#"), position):
                break
            match = _token(text, position, end, self._endless)
            if match is None or not _balanced(match[0], brackets):
                return self._recovered(tokens, start, position, close)
            kind = match.lastgroup or ""
            if kind != "space":
                tokens.append(Token(kind, match[0], position, len(brackets) - (match[0] in _CLOSING)))
            position = match.end()
        return self._unclosed(tokens, start, None)

    def _closes(self, position: int, close: str) -> int:
        """The offset behind the delimiter `close` at `position`, with the sign before it; 0 if there is none."""
        sign = self._text[position]
        if sign == "-" or (sign == "+" and close == "%}"):
            position += 1
        after = position + len(close)
        return after if after <= self._end and self._text.startswith(close, position) else 0

    def _recovered(self, tokens: list[Token], start: int, bad: int, close: str) -> Inside:
        """The tag in which something at `bad` cannot stand: it ends at the next delimiter, if no tag comes first."""
        span = Span(bad, bad + 1)
        mark = _MARK.search(self._text, bad, self._end)
        if mark is None or not mark[0].endswith(close):
            return self._unclosed(tokens, start, span)
        position, endless = bad + 1, set[str]()
        while position < mark.start():
            match = _token(self._text, position, mark.start(), endless)
            if match is not None and match.lastgroup != "space":
                tokens.append(Token(match.lastgroup or "", match[0], position, 0))
            position = match.end() if match is not None else position + 1
        return Inside(tokens, mark.end(), closed=True, bad=span)

    def _unclosed(self, tokens: list[Token], start: int, bad: Span | None) -> Inside:
        stop = _STOP.search(self._text, start, self._end)
        end = stop.start() if stop is not None else self._end
        return Inside([token for token in tokens if token.span.end <= end], end, closed=False, bad=bad)


def _token(text: str, position: int, end: int, endless: set[str]) -> re.Match[str] | None:
    """The token at `position`.

    `endless` collects the quotes that close no text any more: all others of their kind that follow are escaped.
    """
    character = text[position]
    if character in endless:
        return None
    match = _TOKEN.match(text, position, end)
    if match is None and character in "'\"":
        endless.add(character)
    return match


def _balanced(token: str, brackets: list[str]) -> bool:
    """Whether a bracket may stand here; keeps `brackets`, those that are open."""
    if token in _CLOSING:
        brackets.append(_CLOSING[token])
    elif token in (")", "]", "}"):
        if not brackets or brackets[-1] != token:
            return False
        brackets.pop()
    return True
