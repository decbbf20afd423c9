"""The replacement fields of Python's `str.format`: `{name}`, `{name.attribute!r:>10}`, `{{` and `}}` for braces.

Nothing in a file says that it is one, and most braces mean something else, so a format calls `scan` only where
`uses(text)`, or where it knows from elsewhere.
"""

from __future__ import annotations

import re
from keyword import iskeyword

from thoughtsmith.syntax.template import Name, Tag, Template, TemplateProblem
from thoughtsmith.text.span import Span

_FIELD = re.compile(
    r"(?P<escape>\{\{|\}\})"
    r"|\{(?P<name>[^\W\d]\w*|\d*)(?:\.\w+|\[[^\[\]{}]*\])*(?:![rsa])?(?::(?P<format>(?:[^{}]|\{\w*\})*))?\}"
    r"|(?P<stray>[{}])"
)
_NESTED = re.compile(r"\{([^\W\d]\w*)\}")
_OTHER_LANGUAGE = re.compile(r"\{[%#]|\{\{\{?[~\-+#/^>&!]?\s*[\w.@\"'-]+(?:\s[^{}\r\n]*)?\}\}|\$\{")
_MATHEMATICS = re.compile(r"[\\^_}]\s*\Z|\\\w+\Z")


def scan(text: str, start: int = 0, end: int | None = None) -> Template:
    """The fields in a part of `text`; a brace that is neither part of one nor doubled is an error."""
    names: list[Name] = []
    problems: list[TemplateProblem] = []
    tags: list[Tag] = []
    for match in _FIELD.finditer(text, start, len(text) if end is None else end):
        span = Span(*match.span())
        if match["stray"]:
            problems.append(TemplateProblem("unclosed-tag" if match["stray"] == "{" else "unmatched-end", span))
        if match["stray"] or match["escape"]:
            continue
        tags.append(Tag(span, "expression"))
        if match["name"] and not match["name"].isdigit():
            names.append(Name(match["name"], Span(*match.span("name"))))
        if match["format"]:
            nested = _NESTED.finditer(text, *match.span("format"))
            names += [Name(field[1], Span(*field.span(1))) for field in nested]
    return Template("python-format", tuple(names), (), tuple(problems), tuple(tags))


def uses(text: str) -> bool:
    """Whether `text` is written for `str.format`: it has fields with names and no brace that would be an error.

    One field may be without a name or end: it is being typed.
    """
    found = typing = False
    for match in _FIELD.finditer(text):
        if match["stray"] == "{" or match["name"] == "":
            if typing:
                return False
            typing = True
        if match["stray"] == "}" or iskeyword(match["name"] or ""):
            return False
        if match["name"]:
            if _MATHEMATICS.search(text[max(0, match.start() - 20) : match.start()]):
                return False
            found = found or not match["name"].isdigit()
    return found and _OTHER_LANGUAGE.search(text) is None
