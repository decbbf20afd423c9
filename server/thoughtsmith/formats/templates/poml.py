"""The variables of POML: `{{ expression }}`, `<let>`, `for="x in xs"`, `if="…"`, and the files that elements show.

A format calls `scan(text)` with the whole file. Tags without end or partner are errors, since POML is XML in that; the
scope of a loop in an element without end is the rest of what is around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.finding import Finder
from thoughtsmith.formats.templates.script import uses
from thoughtsmith.formats.templates.unclosed import UNCLOSED_COMMENT
from thoughtsmith.syntax.template import DECLARATION, LOOP, Include, Name, Tag, Template, TemplateProblem
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKUP = re.compile(r"\{\{|<!--|<!\[CDATA\[|<(?P<close>/?)(?P<element>[A-Za-z][\w.:-]*)")
_ATTRIBUTE = re.compile(r"\s+(?P<name>[\w.:-]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'))?")
_TAG_END = re.compile(r"\s*(?P<self>/?)>")
_STOP = re.compile(r"[\r\n]|\{\{|</[A-Za-z]")
_FOR = re.compile(r"\s*(?:\{\{)?\s*(?P<variable>(?:[^\W\d]|\$)[\w$]*)\s+(?:in|of)\s+")
_IDENTIFIER = re.compile(r"(?:[^\W\d]|\$)[\w$]*\Z")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def scan(text: str, start: int = 0, end: int | None = None) -> Template:
    """The variables, files and errors in a part of `text`."""
    return _Scanner(text, start, len(text) if end is None else end).template()


@dataclass(slots=True)
class _Element:
    """An element whose end has not been found yet."""

    name: str
    tag: Span
    written: str
    """Its name as it is written."""
    whole: bool
    """Whether its tag has its own end."""
    loop: Name | None = None
    """What its attribute `for` defines; its scope is known when the end is."""


class _Scanner:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._finder = Finder(text, end)
        self._names: list[Name] = []
        self._includes: list[Include] = []
        self._problems: list[TemplateProblem] = []
        self._tags: list[Tag] = []
        self._elements: list[_Element] = []
        self._open: dict[str, int] = {}
        """How many elements of each name are open."""
        self._loops = 0
        """How many of them are repeated."""

    def template(self) -> Template:
        position, hidden = self._start, False
        while (match := _MARKUP.search(self._text, position, self._end)) is not None:
            position = match.end()
            if match[0] == "{{":
                position = self._expression(match.start(), self._end)
            elif match["element"] is None:
                close = self._finder.find("-->" if match[0] == "<!--" else "]]>", position)
                if close < 0:
                    hidden = True
                    problem = UNCLOSED_COMMENT if match[0] == "<!--" else "unclosed-tag"
                    self._problems.append(TemplateProblem(problem, Span(*match.span()), match[0]))
                position = self._end if close < 0 else close + 3
            elif match["close"]:
                self._finish(match)
            else:
                position = self._begin(match)
        while self._elements:
            if not hidden:  # Else their ends may be in what has no end itself.
                self._unclosed(self._elements[-1], None)
            self._close(self._end)
        return Template(
            "poml",
            tuple(sorted(self._names, key=lambda name: name.span)),
            tuple(self._includes),
            tuple(sorted(self._problems, key=lambda problem: problem.span)),
            tuple(self._tags),
        )

    def _expression(self, begin: int, end: int) -> int:
        """Read `{{ … }}` at `begin`; where it ends."""
        inside = begin + 2
        close = self._finder.find("}}", inside)
        opening = self._finder.find("{{", inside)
        if close < 0 or close + 2 > end or -1 < opening < close:
            stop = _STOP.search(self._text, inside, end)
            after = stop.start() if stop is not None else end
            self._problems.append(TemplateProblem("unclosed-tag", Span(begin, after), "{{"))
            close = after
        else:
            # `{{ {a: 1}}}` ends with the last of the braces.
            while close + 3 <= end and self._text[close + 2] == "}":
                close += 1
            after = close + 2
        self._tags.append(Tag(Span(begin, after), "expression"))
        self._uses(inside, close)
        return after

    def _uses(self, start: int, end: int, *, condition: bool = False) -> None:
        """The variables in an expression without braces around it."""
        found = uses(self._text, start, end)
        for use in found:
            builtin = use.name == "loop" and self._loops > 0
            optional = use.optional or (condition and self._text[start:end].strip(" !") == use.name)
            self._names.append(Name(use.name, use.span, builtin=builtin, optional=optional))

    def _value(self, start: int, end: int, *, bare: bool = False, condition: bool = False) -> None:
        """The value of an attribute: a text with expressions in it or, if `bare`, an expression without braces."""
        position = self._text.find("{{", start, end)
        if position < 0 and bare:
            self._uses(start, end, condition=condition)
        while position >= 0:
            position = self._text.find("{{", self._expression(position, end), end)

    # Elements

    def _begin(self, match: re.Match[str]) -> int:
        name, position = match["element"].lower(), match.end()
        attributes: dict[str, Span] = {}
        while (attribute := _ATTRIBUTE.match(self._text, position, self._end)) is not None:
            group = "double" if attribute["double"] is not None else "single"
            if attribute[group] is not None:
                attributes.setdefault(attribute["name"].lower(), Span(*attribute.span(group)))
            position = attribute.end()
        end = _TAG_END.match(self._text, position, self._end)
        tag = Span(match.start(), position if end is None else end.end())
        if end is None:
            self._problems.append(TemplateProblem("unclosed-tag", tag, match[0]))
        element = _Element(name, tag, match["element"], whole=end is not None)
        if "for" in attributes:
            self._loop(element, attributes["for"])
        self._elements.append(element)
        self._open[name] = self._open.get(name, 0) + 1
        self._loops += element.loop is not None
        if name == "let":
            self._let(attributes)
        for attribute_name, span in attributes.items():
            if attribute_name == "src":
                self._refer(name, span)
            if attribute_name != "for":
                bare = attribute_name == "if" or (name == "let" and attribute_name == "value")
                self._value(*span, bare=bare, condition=attribute_name == "if")
        if end is not None and end["self"]:
            self._close(tag.end)
        return tag.end

    def _finish(self, match: re.Match[str]) -> None:
        name = match["element"].lower()
        span = Span(match.start(), match.end() + self._text.startswith(">", match.end(), self._end))
        if not self._open.get(name):
            detail = f"</{match['element']}>"
            self._problems.append(TemplateProblem("unmatched-end", span, detail))
            return
        while (element := self._elements[-1]).name != name:
            self._unclosed(element, span)
            self._close(span.start)
        self._close(span.start)

    def _unclosed(self, element: _Element, instead: Span | None) -> None:
        """Note an element without its end; `instead`: the end tag that came before it."""
        if element.whole:
            self._problems.append(TemplateProblem("unclosed-block", element.tag, f"</{element.written}>", instead))

    def _close(self, end: int) -> None:
        element = self._elements.pop()
        self._open[element.name] -= 1
        if element.loop is not None:
            self._loops -= 1
            self._names.append(element.loop._replace(scope=Span(element.tag.start, end)))

    def _loop(self, element: _Element, span: Span) -> None:
        match = _FOR.match(self._text, *span)
        if match is None:
            self._value(*span, bare=True)
            return
        element.loop = Name(match["variable"], Span(*match.span("variable")), defines=LOOP)
        self._uses(match.end(), span.end)

    def _let(self, attributes: Mapping[str, Span]) -> None:
        written = {name: self._text[span.start : span.end] for name, span in attributes.items()}
        if _IDENTIFIER.match(written.get("name", "")):
            self._names.append(
                Name(
                    written["name"],
                    attributes["name"],
                    defines=DECLARATION,
                    type=written.get("type", ""),
                    default=written.get("value", ""),
                )
            )

    def _refer(self, element: str, span: Span) -> None:
        target = self._text[span.start : span.end]
        if not target or _URL.match(target):
            return
        computed = "{{" in target
        kind = "include" if element == "include" else "file"
        embeds = element == "include"
        self._includes.append(Include(target, span, kind, embeds=embeds, candidates=() if computed else (target,)))
