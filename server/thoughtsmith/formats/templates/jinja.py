"""Jinja2: variables, blocks, and references to other templates. Nunjucks, which promptfoo uses, is a flavour of it.

A format calls `scan(text, start)` with the offset behind its front matter, or `scan(text, start, end)` for a prompt
that is embedded in something else: then `{% set %}` and macros mean something there only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.jinja_flavours import FLAVOURS, JINJA, NUNJUCKS, Flavour
from thoughtsmith.formats.templates.jinja_names import names, parts, signature, split
from thoughtsmith.formats.templates.jinja_syntax import error
from thoughtsmith.formats.templates.jinja_tokens import Lexer
from thoughtsmith.formats.templates.unclosed import UNCLOSED_COMMENT, up_to_comment
from thoughtsmith.syntax.template import (
    ASSIGNMENT,
    LOCAL,
    LOOP,
    MACRO,
    Include,
    Name,
    Tag,
    Template,
    TemplateProblem,
)
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoughtsmith.formats.templates.tokens import Inside, Token


_CONDITIONS = frozenset({"if", "elif", "elseif", "ifAsync"})
_OPEN = re.compile(r"\{[{%#]")
_RAW = re.compile(r"\{%[-+]?\s*(raw|verbatim)\s*-?%\}")
_END_RAW = {word: re.compile(rf"\{{%[-+]?\s*end{word}\s*[-+]?%\}}") for word in ("raw", "verbatim")}
_SCOPES = (JINJA.blocks | NUNJUCKS.blocks | {"set"}) - {"if", "ifAsync", "switch"}
_SETTINGS_OF_IMPORTS = frozenset({"with", "without"})


def scan(
    text: str, start: int = 0, end: int | None = None, *, flavour: str = "jinja", certain: bool = True
) -> Template:
    """The variables, references and errors in a part of `text`; `flavour` is `jinja` or `nunjucks`.

    A comment without its end reaches to that of the text, with all that stands there; what it hides are still names,
    since it is on its way to get its end. If the language is not `certain`, `{#` without an end begins no comment.
    """
    limit = len(text) if end is None else end
    scanner = _Scanner(text, start, limit, FLAVOURS[flavour], None if limit == len(text) else Span(start, limit))
    found = scanner.template()
    return up_to_comment(found, limit) if certain else found


def tags_begin(text: str) -> list[int]:
    """Where tags and comments may begin in `text`: in a part of it without such a place `scan` finds nothing."""
    return [match.start() for match in _OPEN.finditer(text)]


@dataclass(slots=True)
class _Block:
    """A block whose end has not been found yet."""

    keyword: str
    end: str
    tag: Span
    scope: int = -1
    """Where what is defined in it begins to mean something; -1 if it is defined in the block around it."""
    defined: list[tuple[Token, str]] = field(default_factory=list)
    branched: bool = False
    """Whether its last branch, `{% else %}`, has begun."""
    name: str = ""


class _Scanner:
    def __init__(self, text: str, start: int, end: int, flavour: Flavour, whole: Span | None) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._flavour = flavour
        self._lexer = Lexer(text, end)
        self._names: list[Name] = []
        self._includes: list[Include] = []
        self._problems: list[TemplateProblem] = []
        self._tags: list[Tag] = []
        self._whole = whole
        self._blocks: list[_Block] = []
        self._scopes: list[_Block] = []
        """Those of them that have a scope of their own."""
        self._open: dict[str, int] = {}
        """How many blocks are open that have this end, or are of this kind."""
        self._loops = 0
        """How many loops there are around this place; what stands for an empty one is not in it."""
        self._unknown: set[str] = set()

    def template(self) -> Template:
        position, comments_end = self._start, True
        while (opening := _OPEN.search(self._text, position, self._end)) is not None:
            begin = opening.start()
            if opening[0] == "{#":
                stop = self._text.find("#}", opening.end(), self._end) if comments_end else -1
                comments_end = stop >= 0
                position = stop + 2 if comments_end else opening.end()
                if comments_end:
                    self._tags.append(Tag(Span(begin, position), "comment"))
                else:
                    self._problem(UNCLOSED_COMMENT, Span(begin, position), "{#")
            elif (raw := self._raw(begin)) is not None:
                position = raw
            else:
                position = self._tag(begin, opening[0])
        while self._blocks:
            block = self._blocks[-1]
            self._problem("unclosed-block", block.tag, block.end)
            self._close(self._end)
        return Template(
            self._flavour.id,
            tuple(sorted(self._names, key=lambda name: name.span)),
            tuple(sorted(self._includes, key=lambda include: include.span)),
            tuple(sorted(self._problems, key=lambda problem: problem.span)),
            tuple(self._tags),
        )

    def _raw(self, begin: int) -> int | None:
        """The end of the text that is not looked into and begins here."""
        match = _RAW.match(self._text, begin, self._end)
        if match is None or match[1] not in self._flavour.raw:
            return None
        end = _END_RAW[match[1]].search(self._text, match.end(), self._end)
        if end is None:
            self._problem("unclosed-block", Span(*match.span()), f"end{match[1]}")
        position = self._end if end is None else end.end()
        self._tags.append(Tag(Span(begin, position), "raw"))
        return position

    def _tag(self, begin: int, opening: str) -> int:
        start = begin + 2
        if start < self._end and self._text[start] in "-+":
            start += 1
        inside = self._lexer.inside(start, "}}" if opening == "{{" else "%}")
        tag = Span(begin, inside.end)
        self._tags.append(Tag(tag, "expression" if opening == "{{" else "statement"))
        sound = self._check(inside, tag, opening)
        if opening == "{{":
            self._uses(inside.tokens)
            self._check_expression(inside.tokens, sound=sound)
        elif inside.tokens:
            self._statement(inside.tokens, tag, sound)
        return inside.end

    def _check(self, inside: Inside, tag: Span, opening: str) -> bool:
        """Whether a tag consists of tokens, so that their order can be looked at."""
        if not inside.closed:
            self._problem("unclosed-tag", tag, opening)
        elif inside.bad is not None:
            self._problem("syntax", inside.bad, self._text[inside.bad.start : inside.bad.end])
        elif not inside.tokens:
            self._problem("syntax", tag)
        else:
            return True
        return False

    def _check_expression(self, tokens: Sequence[Token], *, sound: bool) -> None:
        if sound and self._flavour is JINJA and (wrong := error(tokens)) is not None:
            self._problem("syntax", wrong, self._text[wrong.start : wrong.end])

    def _problem(self, id: str, span: Span, detail: str = "", related: Span | None = None) -> None:
        self._problems.append(TemplateProblem(id, span, detail, related))

    # Names

    def _uses(self, tokens: Sequence[Token], *, condition: bool = False) -> None:
        for token, optional in names(tokens, condition=condition):
            builtin = self._is_builtin(token.text)
            self._names.append(Name(token.text, token.span, builtin=builtin, optional=optional))

    def _is_builtin(self, name: str) -> bool:
        if name in self._flavour.builtins:
            return True
        if name == "loop":
            return self._loops > 0
        if name in ("caller", "varargs", "kwargs"):
            return bool(self._open.get("macro"))
        return name == "super" and bool(self._open.get("block"))

    def _define(self, token: Token, defines: str) -> None:
        """Note what is defined in the block around this place."""
        if self._scopes:
            self._scopes[-1].defined.append((token, defines))
        else:
            self._names.append(Name(token.text, token.span, defines=defines, scope=self._whole))

    def _settle(self, block: _Block, end: int) -> None:
        """Write down what was defined in `block` or its branch, which ends at `end`."""
        scope = Span(block.scope, max(block.scope, end))
        for token, defines in block.defined:
            self._names.append(Name(token.text, token.span, defines=defines, scope=scope))
        block.defined = []

    # Blocks

    def _statement(self, tokens: list[Token], tag: Span, sound: bool) -> None:
        keyword, rest = tokens[0].text, tokens[1:]
        flavour = self._flavour
        if keyword in flavour.branches:
            self._branch(keyword, tag)
        elif keyword in flavour.blocks:
            self._begin(keyword, tag)
        elif keyword.startswith("end") and tokens[0].kind == "name":
            self._finish(keyword, rest, tag)
            return
        elif keyword not in flavour.statements and sound:
            self._unknown.add(keyword)
            self._problem("unknown-tag", tokens[0].span, keyword)
        handler = _Scanner._loop if keyword in flavour.loops else _HANDLERS.get(keyword, _Scanner._anything)
        handler(self, rest, tag)
        if keyword in _CONDITIONS:
            # Jinja lets a colon stand there, as in Python.
            self._check_expression(rest[:-1] if rest and rest[-1].text == ":" else rest, sound=sound)
            if not rest:
                self._problem("syntax", tag)

    def _begin(self, keyword: str, tag: Span) -> None:
        end = self._flavour.ends.get(keyword, f"end{keyword}")
        block = _Block(keyword, end, tag, tag.end if keyword in _SCOPES else -1)
        self._blocks.append(block)
        if block.scope >= 0:
            self._scopes.append(block)
        for key in (end, keyword):
            self._open[key] = self._open.get(key, 0) + 1
        self._loops += keyword in self._flavour.loops

    def _close(self, end: int) -> None:
        """Leave the innermost block, whose content ends at `end`."""
        block = self._blocks.pop()
        for key in (block.end, block.keyword):
            self._open[key] -= 1
        self._loops -= block.keyword in self._flavour.loops and not block.branched
        if block.scope >= 0:
            self._scopes.pop()
            self._settle(block, end)

    def _branch(self, keyword: str, tag: Span) -> None:
        block = self._blocks[-1] if self._blocks else None
        if block is None or block.keyword not in self._flavour.branches[keyword] or block.branched:
            self._problem("unmatched-end", tag, keyword)
            return
        block.branched = keyword in ("else", "default")
        self._loops -= block.keyword in self._flavour.loops
        if block.scope >= 0:
            self._settle(block, tag.start)
            block.scope = tag.end

    def _finish(self, keyword: str, rest: list[Token], tag: Span) -> None:
        if not self._open.get(keyword):
            if keyword[3:] not in self._unknown:
                self._problem("unmatched-end", tag, keyword)
            return
        while (block := self._blocks[-1]).end != keyword:
            self._problem("unclosed-block", block.tag, block.end, tag)
            self._close(tag.start)
        if rest and not (block.keyword == "block" and rest[0].text == block.name):
            self._problem("syntax", rest[0].span, rest[0].text)
        self._close(tag.start)

    # Statements

    def _anything(self, tokens: list[Token], _tag: Span) -> None:
        self._uses(tokens)

    def _condition(self, tokens: list[Token], _tag: Span) -> None:
        self._uses(tokens, condition=True)

    def _filter(self, tokens: list[Token], _tag: Span) -> None:
        self._uses(tokens[1:])

    def _named_block(self, tokens: list[Token], _tag: Span) -> None:
        if tokens:
            self._blocks[-1].name = tokens[0].text

    def _loop(self, tokens: list[Token], _tag: Span) -> None:
        block = self._blocks[-1]
        targets, over = split(tokens, "in")
        for token in targets:
            if token.kind == "name":
                block.defined.append((token, LOOP))
        values, condition = split(over or (), "if")
        if condition is not None and condition:
            block.scope = condition[0].start
        last = condition if condition is not None else values
        if len(last) > 1 and last[-1].text == "recursive" and last[-2].kind != "op":
            values, condition = (values, last[:-1]) if condition is not None else (last[:-1], None)
        self._uses(values)
        self._uses(condition or ())

    def _set(self, tokens: list[Token], tag: Span) -> None:
        targets, value = split(tokens, "=")
        if value is None:
            # What stands up to {% endset %} is the value.
            targets, filters = split(tokens, "|")
            self._targets(targets)
            self._begin("set", tag)
            self._uses(filters[1:] if filters else ())
            return
        self._targets(targets)
        self._uses(value)

    def _targets(self, tokens: Sequence[Token]) -> None:
        for index, token in enumerate(tokens):
            if token.kind != "name" or (index and tokens[index - 1].text == "."):
                continue
            if index + 1 < len(tokens) and tokens[index + 1].text == ".":
                self._uses((token,))
            else:
                self._define(token, ASSIGNMENT)

    def _with(self, tokens: list[Token], _tag: Span) -> None:
        for part in parts(tokens):
            target, value = split(part, "=")
            if value is None:
                self._uses(part)
                continue
            self._blocks[-1].defined += [(token, LOCAL) for token in target if token.kind == "name"]
            self._uses(value)

    def _trans(self, tokens: list[Token], _tag: Span) -> None:
        for part in parts([token for token in tokens if token.text not in ("trimmed", "notrimmed")]):
            target, value = split(part, "=")
            if value is not None:
                self._blocks[-1].defined += [(token, LOCAL) for token in target if token.kind == "name"]
            self._uses(part if value is None else value)

    def _macro(self, tokens: list[Token], _tag: Span) -> None:
        block = self._scopes.pop()
        if tokens and tokens[0].kind == "name":
            self._define(tokens[0], MACRO)
        self._scopes.append(block)
        self._parameters(tokens[1:])

    def _call(self, tokens: list[Token], tag: Span) -> None:
        self._uses(self._parameters(tokens))
        # The macro is called from outside of the block.
        self._blocks[-1].scope = tag.end

    def _parameters(self, tokens: list[Token]) -> Sequence[Token]:
        """Define the parameters at the start of `tokens`; the tokens after them."""
        block = self._blocks[-1]
        parameters, defaults, rest = signature(tokens)
        if parameters:
            # A default may name a parameter before it.
            block.scope = parameters[0].start
            block.defined += [(token, LOCAL) for token in parameters]
        self._uses(defaults)
        return rest

    # Other files

    def _include(self, tokens: list[Token], _tag: Span) -> None:
        target, missing = split(tokens, "ignore")
        target, _ = split(target, "with")
        target, _ = split(target, "without")
        self._uses(target)
        sees = all(token.text != "without" for token in tokens)
        self._refer(target, "include", optional=missing is not None, embeds=sees)

    def _extends(self, tokens: list[Token], _tag: Span) -> None:
        self._uses(tokens)
        self._refer(tokens, "extends", embeds=True)

    def _import(self, tokens: list[Token], _tag: Span) -> None:
        target, alias = split(tokens, "as")
        self._uses(target)
        self._refer(target, "import")
        if alias:
            self._define(alias[0], ASSIGNMENT)

    def _from(self, tokens: list[Token], _tag: Span) -> None:
        target, imported = split(tokens, "import")
        self._uses(target)
        self._refer(target, "import")
        for part in parts(imported or ()):
            words = [token for token in part if token.kind == "name"]
            if len(words) > 1 and words[-1].text == "context" and words[-2].text in _SETTINGS_OF_IMPORTS:
                words = words[:-2]
            if words:
                self._define(words[2] if len(words) > 2 and words[1].text == "as" else words[0], ASSIGNMENT)

    def _refer(self, tokens: Sequence[Token], kind: str, *, optional: bool = False, embeds: bool = False) -> None:
        """Note the file that an expression names, or each of a list of which the first that exists is taken."""
        if not tokens:
            return
        texts = [token for token in tokens if token.kind == "string"]
        listed = tokens[0].text in ("[", "(") and all(t.kind == "string" or t.text in "[]()," for t in tokens)
        if listed or (texts and len(tokens) == 1):
            for token in texts:
                target = token.text[1:-1]
                span = Span(token.start + 1, token.start + 1 + len(target))
                several = optional or len(texts) > 1
                self._includes.append(Include(target, span, kind, several, embeds, candidates(target)))
        else:
            span = Span(tokens[0].start, tokens[-1].span.end)
            self._includes.append(Include(self._text[span.start : span.end], span, kind, optional, embeds))


def candidates(target: str) -> tuple[str, ...]:
    """Where a template may lie: names are relative to a folder that the program chooses, often one above the file."""
    if not target or target.startswith(("./", "../", "/")):
        return (target,) if target else ()
    return (target, f"../{target}", f"../../{target}", f"/{target}", f"/templates/{target}", f"/prompts/{target}")


_HANDLERS: dict[str, Callable[[_Scanner, list[Token], Span], None]] = {
    "set": _Scanner._set,
    "include": _Scanner._include,
    "extends": _Scanner._extends,
    "import": _Scanner._import,
    "from": _Scanner._from,
    "with": _Scanner._with,
    "macro": _Scanner._macro,
    "call": _Scanner._call,
    "filter": _Scanner._filter,
    "block": _Scanner._named_block,
    "trans": _Scanner._trans,
    **dict.fromkeys(_CONDITIONS, _Scanner._condition),
}
"""What else the statements do that are more than their arguments; loops are those of the flavour."""
