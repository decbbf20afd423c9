"""What a format reads otherwise than Markdown: where front matter stands, how it marks messages, its template."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineTag:
    """A construct of a template language that may fill lines of its own."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    comment: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format departs from Markdown; by default not at all."""

    front_matter: tuple[str, ...] = ("---",)
    """The lines that may open front matter; none if the format has no front matter."""
    preamble: bool = False
    """Whether blank lines and lines that begin with `#`, such as a licence, may stand before the front matter."""
    role: re.Pattern[str] | None = None
    """What a line begins with that begins a message; its named group that matched is the role."""
    tags: tuple[LineTag, ...] = ()
    """Of those that begin alike the longest comes first."""


MARKDOWN = Dialect()

_JINJA_COMMENT = LineTag(re.compile(r"\{#"), re.compile(r"#\}"), comment=True)
_JINJA_STATEMENT = LineTag(re.compile(r"\{%"), re.compile(r"%\}"))
_LONG_COMMENT = LineTag(re.compile(r"\{\{~?!--"), re.compile(r"--~?\}\}"), comment=True)
_SHORT_COMMENT = LineTag(re.compile(r"\{\{~?!"), re.compile(r"\}\}"), comment=True)
_BLOCK_OR_PARTIAL = LineTag(re.compile(r"\{\{~?[ \t]*(?:[#/^>]|else\b)"), re.compile(r"\}\}"))
_HELPER = LineTag(re.compile(r"\{\{~?[ \t]*(?:media|section)[ \t]"), re.compile(r"\}\}"))

JINJA = (_JINJA_COMMENT, _JINJA_STATEMENT)
MUSTACHE = (_LONG_COMMENT, _SHORT_COMMENT, _BLOCK_OR_PARTIAL)
HANDLEBARS = (*MUSTACHE, _HELPER)
"""With the helpers of dotprompt that write no words of their own."""
