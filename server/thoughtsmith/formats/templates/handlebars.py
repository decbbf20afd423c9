"""Handlebars, as in dotprompt: variables, blocks and partials. Mustache is a flavour of it.

A format calls `scan(text, start)` with the offset behind its front matter. Within `{{#each}}` and `{{#with}}` a bare
name may be a property of the item, so nothing is wrong if it is not defined.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.finding import Finder
from thoughtsmith.formats.templates.handlebars_tokens import Lexer, path_of
from thoughtsmith.formats.templates.tokens import Token
from thoughtsmith.formats.templates.unclosed import UNCLOSED_COMMENT, up_to_comment
from thoughtsmith.syntax.template import LOCAL, LOOP, Include, Name, Tag, Template, TemplateProblem
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.formats.templates.tokens import Inside

HELPERS = frozenset(
    {
        "each",
        "history",
        "if",
        "ifEquals",
        "json",
        "log",
        "lookup",
        "media",
        "role",
        "section",
        "unless",
        "unlessEquals",
        "with",
    }
)
"""The helpers of Handlebars and dotprompt: their names are no variables, even where nothing follows them."""
_CONDITIONS = frozenset({"if", "unless"})
_NEW_CONTEXT = frozenset({"each", "with"})

_TAG = re.compile(r"\{\{(?P<strip>~?)(?:(?P<comment>!(?:--)?)|(?P<sign>\#[>*]?|[/>&^*=]|\{\{?)?)")
_WORD = re.compile(r"[\w$]")
"""What a name has at least. Handlebars takes the colon in `{{"a": 1}}` for one; people who write that mean data."""
_BLOCK_PARAMETER = re.compile(r"[^\s|]+")


def scan(
    text: str, start: int = 0, end: int | None = None, *, flavour: str = "handlebars", certain: bool = True
) -> Template:
    """The variables, partials and errors in a part of `text`; `flavour` is `handlebars` or `mustache`.

    As in Jinja, a comment without its end reaches to that of the text; if the language is not `certain`, it is none.
    """
    limit = len(text) if end is None else end
    found = _Scanner(text, start, limit, flavour).template()
    return up_to_comment(found, limit) if certain else found


@dataclass(slots=True)
class _Block:
    """A block whose end has not been found yet."""

    name: str
    tag: Span
    context: bool = False
    """Whether bare names in it are properties of another thing."""
    scope: int = -1
    """Where its parameters begin to mean something."""
    parameters: list[tuple[Token, str]] = field(default_factory=list)
    branched: bool = False
    """Whether its last branch, `{{else}}`, has begun."""


class _Scanner:
    def __init__(self, text: str, start: int, end: int, flavour: str) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._flavour = flavour
        self._helpers = HELPERS if flavour == "handlebars" else frozenset[str]()
        self._lexer = Lexer(text, end)
        self._finder = Finder(text, end)
        self._names: list[Name] = []
        self._includes: list[Include] = []
        self._problems: list[TemplateProblem] = []
        self._tags: list[Tag] = []
        self._blocks: list[_Block] = []
        self._open: dict[str, int] = {}
        """How many blocks of each name are open."""
        self._contexts = 0
        """How many of them have a context of their own."""
        self._inline: set[str] = set()
        """The partials that the text itself defines."""

    def template(self) -> Template:
        position = self._start
        while (opening := self._text.find("{{", position, self._end)) >= 0:
            escaped = self._text[opening - 1 : opening] == "\\" and opening > self._start
            if escaped and self._text[opening - 2 : opening - 1] != "\\" and self._flavour == "handlebars":
                position = opening + 2
                continue
            position = self._tag(opening)
        while self._blocks:
            block = self._blocks[-1]
            self._problem("unclosed-block", block.tag, block.name)
            self._close(self._end)
        includes = [include for include in self._includes if include.target not in self._inline]
        return Template(
            self._flavour,
            tuple(sorted(self._names, key=lambda name: name.span)),
            tuple(includes),
            tuple(sorted(self._problems, key=lambda problem: problem.span)),
            tuple(self._tags),
        )

    def _tag(self, begin: int) -> int:
        match = _TAG.match(self._text, begin, self._end)
        if match is None:
            return begin + 2
        if match["comment"]:
            return self._comment(match)
        sign, start = match["sign"] or "", match.end()
        if sign == "=":
            return self._until("}}", begin, start, "comment")
        if sign == "{{":
            return self._raw(begin, start)
        inside = self._lexer.inside(start, "}}}" if sign == "{" else "}}")
        tag = Span(begin, inside.end)
        branch = self._branch(inside.tokens, sign)
        block = sign.startswith("#") or sign in ("/", "^") or branch is not None
        self._tags.append(Tag(tag, "statement" if block else "expression"))
        self._check(inside, tag, sign)
        if branch is not None:
            self._else(branch, tag)
        elif sign == "/":
            self._finish(inside.tokens, tag)
        elif sign in ("#", "^", "#>", "#*"):
            self._begin(inside.tokens, tag, sign)
        elif sign == ">":
            self._partial(inside.tokens)
        else:
            self._expression(inside.tokens)
        return inside.end

    def _comment(self, match: re.Match[str]) -> int:
        begin, start = match.span()
        if match["comment"] == "!":
            return self._until("}}", begin, start, "comment")
        end = self._finder.find("--}}", start)
        loose = self._finder.find("--~}}", start)
        if end < 0 or 0 <= loose < end:
            return self._until("--~}}", begin, start, "comment")
        return self._until("--}}", begin, start, "comment")

    def _raw(self, begin: int, start: int) -> int:
        """A block of text that is not looked into: `{{{{name}}}} … {{{{/name}}}}`."""
        close = self._finder.find("{{{{/", start)
        return self._until("}}}}", begin, start if close < 0 else close, "raw")

    def _until(self, close: str, begin: int, start: int, kind: str) -> int:
        """The end of a tag whose content is not looked into; without `close` it is no more than what opens it."""
        found = self._finder.find(close, start)
        if found < 0:
            problem = UNCLOSED_COMMENT if kind == "comment" else "unclosed-tag"
            self._problem(problem, Span(begin, start), self._text[begin:start])
            return start
        end = found + len(close)
        self._tags.append(Tag(Span(begin, end), kind))
        return end

    def _check(self, inside: Inside, tag: Span, sign: str) -> None:
        if not inside.closed:
            self._problem("unclosed-tag", tag, "{{" + sign)
        elif inside.bad is not None:
            self._problem("syntax", inside.bad, self._text[inside.bad.start : inside.bad.end])
        elif not inside.tokens and not (sign == "^" and self._flavour == "handlebars"):
            self._problem("syntax", tag)

    def _problem(self, id: str, span: Span, detail: str = "", related: Span | None = None) -> None:
        self._problems.append(TemplateProblem(id, span, detail, related))

    # Blocks

    def _branch(self, tokens: list[Token], sign: str) -> list[Token] | None:
        """What stands behind `else` if the tag is one: nothing, or the block that begins there."""
        if self._flavour != "handlebars":
            return None
        if sign == "" and tokens and tokens[0].text == "else":
            return tokens[1:]
        return [] if sign == "^" and not tokens else None

    def _begin(self, tokens: list[Token], tag: Span, sign: str) -> None:
        name = tokens[0].text.strip("\"'") if tokens else ""
        block = _Block(name, tag)
        if sign == "#>":
            self._partial(tokens, optional=True)
        elif sign == "#*":
            self._inline.update(token.text[1:-1] for token in tokens[1:] if token.kind == "string")
        else:
            self._enter(block, tokens, sign)
        self._blocks.append(block)
        self._open[name] = self._open.get(name, 0) + 1

    def _enter(self, block: _Block, tokens: list[Token], sign: str = "#") -> None:
        """Read what a block is about, and what it changes for the names in it."""
        if not tokens:
            return
        helper = tokens[0].text
        known = helper in self._helpers
        about = [token for token in tokens[1:] if token.kind != "blockparams"]
        if known or about:
            self._arguments(about, condition=helper in _CONDITIONS)
            block.context = helper in _NEW_CONTEXT or not known
        else:
            # A section: it shows what is in it for a value or for each of a list.
            self._use(tokens[0], optional=True)
            block.context = sign != "^"
        kind = LOOP if helper == "each" else LOCAL
        block.parameters = [(name, kind) for token in tokens if token.kind == "blockparams" for name in _names(token)]
        block.scope = block.tag.end
        self._contexts += block.context

    def _leave(self, block: _Block, end: int) -> None:
        """What `block` or its branch changed ends at `end`."""
        scope = Span(block.scope, max(block.scope, end))
        self._names += [Name(name.text, name.span, defines=kind, scope=scope) for name, kind in block.parameters]
        self._contexts -= block.context
        block.parameters, block.context = [], False

    def _else(self, tokens: list[Token], tag: Span) -> None:
        block = self._blocks[-1] if self._blocks else None
        if block is None or block.branched:
            self._problem("unmatched-end", tag, "else")
            self._arguments(tokens[1:])
            return
        self._leave(block, tag.start)
        if tokens:
            self._enter(block, tokens)
            block.scope = tag.end
        else:
            block.branched = True

    def _finish(self, tokens: list[Token], tag: Span) -> None:
        name = tokens[0].text.strip("\"'") if tokens else ""
        if not self._open.get(name):
            self._problem("unmatched-end", tag, name)
            return
        while (block := self._blocks[-1]).name != name:
            self._problem("unclosed-block", block.tag, block.name, tag)
            self._close(tag.start)
        self._close(tag.start)

    def _close(self, end: int) -> None:
        block = self._blocks.pop()
        self._open[block.name] -= 1
        self._leave(block, end)

    # Names

    def _expression(self, tokens: list[Token]) -> None:
        if not tokens:
            return
        if len(tokens) == 1 and tokens[0].text not in self._helpers:
            self._use(tokens[0])
        else:
            self._arguments(tokens if tokens[0].kind != "path" else tokens[1:])

    def _arguments(self, tokens: Sequence[Token], *, condition: bool = False) -> None:
        """The variables among the arguments of a helper; neither what opens a bracket nor a key before `=` is one."""
        last = len(tokens) - 1
        for index, token in enumerate(tokens):
            helper = index > 0 and tokens[index - 1].text == "("
            key = index < last and tokens[index + 1].text == "="
            if token.kind == "path" and not helper and not key:
                self._use(token, optional=condition and len(tokens) == 1)

    def _use(self, token: Token, *, optional: bool = False) -> None:
        path = path_of(token) if token.kind == "path" else None
        if path is None or (path.name and _WORD.search(path.name) is None):
            return
        if path.data and path.name == "root" and not path.up:
            root = path_of(path.property) if path.property is not None else None
            if root is not None and root.name:
                self._names.append(Name(root.name, root.span, optional=optional))
        elif path.name and path.data:
            self._names.append(Name(path.name, path.span, builtin=True))
        elif path.name:
            inner = self._contexts > path.up
            if not (inner and path.this and self._flavour == "handlebars"):
                self._names.append(Name(path.name, path.span, optional=optional or inner))

    # Other files

    def _partial(self, tokens: list[Token], *, optional: bool = False) -> None:
        if not tokens:
            return
        first = tokens[0]
        if first.kind == "string":
            target, span = first.text[1:-1], Span(first.start + 1, first.span.end - 1)
        else:
            target, span = first.text, first.span
        if first.text == "(":
            self._arguments(tokens)
            close = next((token for token in reversed(tokens) if token.text == ")"), tokens[-1])
            span = Span(first.start, close.span.end)
            target = self._text[span.start : span.end]
            self._includes.append(Include(target, span, "partial", optional, True))
            return
        if not target.startswith("@"):
            # Seen from an item or another value, the partial has other variables than this text.
            embeds = not self._contexts and (len(tokens) == 1 or (len(tokens) > 2 and tokens[2].text == "="))
            self._includes.append(Include(target, span, "partial", optional, embeds, candidates(target)))
            # What is passed on is a variable of the partial: it means something where that is named, and nowhere else.
            self._names += [
                Name(token.text, token.span, defines=LOCAL, scope=span)
                for token, sign in pairwise(tokens[1:])
                if sign.text == "=" and (path := path_of(token)) is not None and path.name == token.text
            ]
        self._arguments(tokens[1:])


def _names(token: Token) -> list[Token]:
    """The names in `as |item index|`."""
    begin = token.text.index("|") + 1
    found = _BLOCK_PARAMETER.finditer(token.text, begin, len(token.text) - 1)
    return [Token("path", match[0], token.start + match.start()) for match in found]


_ENDINGS = (".prompt", ".hbs", ".handlebars", ".mustache")
_FOLDERS = ("", "partials/", "../", "/prompts/")


def candidates(target: str) -> tuple[str, ...]:
    """Where the partial `name` may lie: dotprompt keeps it as `_name.prompt` beside the prompts."""
    folder, _, name = target.rpartition("/")
    folder = folder and f"{folder}/"
    return tuple(
        f"{place}{folder}{underscore}{name}{ending}"
        for ending in _ENDINGS
        for place in _FOLDERS
        for underscore in ("_", "")
        if name
    )
