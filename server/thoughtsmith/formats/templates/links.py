"""Markdown links and images that lead to files.

Formats of the Markdown family join `scan(text, start)` with what their own template language has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.quoted import Quoted
from thoughtsmith.syntax.template import Include, Template
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET = (
    r"(?:<(?P<bracketed>[^<>\r\n]*)>|(?P<plain>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"
    r"(?P<end>(?:[ \t]+(?:\"[^\"\r\n]*\"|'[^'\r\n]*'|\([^()\r\n]*\)))?[ \t]*(?:\)|$|(?=\r)))"
)
_INLINE = re.compile(r"\]\([ \t]*" + _TARGET, re.MULTILINE)
_REFERENCE = re.compile(r"[ ]{0,3}\[[^\]\r\n]+\]:[ \t]*" + _TARGET, re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_CURSOR = "mdc:"
"""Cursor's scheme for files of the workspace."""
_COMPUTED = re.compile(r"[{}$]|%[A-Z_]+%")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LOOK_BACK = 1_000
"""Characters in which the text of a link begins; what is longer is no link."""


def scan(text: str, start: int = 0, end: int | None = None) -> Template:
    """The files that a part of `text` links to, outside of code and comments."""
    limit = len(text) if end is None else end
    quoted: Quoted | None = None
    includes: list[Include] = []
    for match in _matches(text, start, limit):
        group = "plain" if match["bracketed"] is None else "bracketed"
        begin = match.start(group)
        if match[0][0] == "]":
            if not match["end"].endswith(")") or text.rfind("[", max(start, begin - _LOOK_BACK), match.start()) < 0:
                continue
        elif match["end"].endswith(")"):
            continue
        include = _include(match[group], begin)
        if include is None:
            continue
        if quoted is None:
            quoted = Quoted(text, start, limit)
        if match.start() not in quoted:
            includes.append(include)
    return Template(includes=tuple(includes))


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What looks like a link, in order. Both kinds are searched for by letters that are found fast."""
    found = list(_INLINE.finditer(text, start, end)) if text.find("](", start, end) >= 0 else []
    line, at = text.rfind("\n", 0, start) + 1, text.find("]:", start, end)
    while at >= 0:
        line = max(line, text.rfind("\n", line, at) + 1)
        if line >= start and (match := _REFERENCE.match(text, line, end)) is not None:
            found.append(match)
        following = text.find("\n", at, end)
        at = text.find("]:", following, end) if following >= 0 else -1
    done = start
    for match in sorted(found, key=re.Match.start):
        if match.start() >= done:
            done = match.end()
            yield match


def _include(written: str, begin: int) -> Include | None:
    in_workspace = written.startswith(_CURSOR)
    if in_workspace:
        written, begin = written[len(_CURSOR) :], begin + len(_CURSOR)
    target = re.split(r"[#?]", written, maxsplit=1)[0]
    if not target or _SCHEME.match(target) or _COMPUTED.search(target):
        return None
    path = _ESCAPES.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode(errors="replace"), target)
    candidates = (f"/{path.lstrip('/')}",) if in_workspace else (path,)
    # `[text](url)` shows how to write a link.
    certain = "/" in target or "." in target
    return Include(target, Span(begin, begin + len(target)), "link", not certain, candidates=candidates)
