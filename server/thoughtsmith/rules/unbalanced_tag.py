"""A tag without its partner.

What it does
    In files that are written in tags, reports start tags that have no end, and end tags that have no beginning, where
    the tag stands alone on its line. Of two pairs that cross, the one that is in the way is shown as well.

Why is this bad
    The model must guess how far the context, the example or the document reaches, and so does every program that cuts
    the prompt by its tags.

Example
    `<context>` … `<task>` … `</task>`, with no `</context>`.

When not to flag
    Placeholders such as `<name>`, elements of web pages such as `<div>`, tags whose partner stands within a line of
    text, files that hardly use tags, and a last start tag with which the prompt ends: the model is to go on from there.

Fix
    None: where the partner belongs is for the author to say.

Evidence
    In 22,000 public prompt files 34 tags, all of which were read: 33 are right; the pair of the other stands in code
    whose fences do not match.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.nodes import nodes
from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.text.span import Span

ENOUGH_PAIRS = 2
"""Pairs of tags that a file has if it is written in tags."""

BEGINNING = 200
"""Characters of an example that the model is to complete."""

_SEPARATE = frozenset({Kind.ROLE, Kind.EMBEDDED, Kind.DATA})
"""What ends all that is open: tags pair up within a message."""
_PAGES = frozenset(
    {
        "a", "area", "b", "base", "br", "button", "col", "colgroup", "dd", "div", "dl", "dt", "em", "embed",
        "form", "hr", "i", "img", "input", "label", "li", "link", "main", "meta", "nav", "ol", "optgroup",
        "option", "p", "param", "path", "rp", "rt", "select", "source", "span", "strong", "svg", "table",
        "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "track", "ul", "wbr",
    }
)  # fmt: skip
"""Elements of web pages: some need no end, and in code shown without a fence the start has its own rules."""
_ANY = re.compile(
    r"`[^`\r\n]*`|<(?P<closing>/?)(?P<name>[A-Za-z][\w.:-]*)"
    r"(?:\s(?:[^<>\"'{]|\"[^\"\r\n]{,500}\"|'[^'\r\n]{,500}'|\{[^}\r\n]{,500}\})*)?(?<!/)(?P<empty>/?)>"
)
_ATTRIBUTES = re.compile(r"<[\w.:-]+(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\}|[^\s\"'<>]+))*\s*>")
"""What a start tag looks like that is no placeholder of several words."""


class _Tag(NamedTuple):
    name: str
    span: Span


class _Paired(NamedTuple):
    names: Counter[str]
    """How many pairs there are of each name."""
    starts: list[tuple[_Tag, _Tag | None]]
    """Without an end, each with the end tag of something around it that came first."""
    ends: list[tuple[_Tag, _Tag | None]]
    """Without a beginning, each with the tag that was open there."""


def _check(subject: Subject) -> Iterator[Problem]:
    paired = _pair(subject)
    if paired.names.total() < ENOUGH_PAIRS or not (paired.starts or paired.ends):
        return
    say = findings(subject.locale)
    surplus, inline_ends = _surplus(subject.lines.text, paired)
    left_open = _left_open(subject, paired)
    last_end = max((end.span.start for end, _ in paired.ends if surplus[end.name] < 0), default=-1)
    for start, closer in paired.starts:
        # A name that nothing ever closes may be a placeholder, unless there is an end that lacks its beginning.
        known = paired.names[start.name] > 0 or start.span.start < last_end
        if known and start != left_open and surplus[start.name] > 0 and not inline_ends[start.name]:
            related = () if closer is None else (Related(closer.span, say["unbalanced-tag.crossed"]),)
            yield Problem(start.span, (("name", start.name),), "start", related=related)
    for end, around in paired.ends:
        if surplus[end.name] < 0 and not _begins_over_lines(subject.lines.text, end):
            related = () if around is None else (Related(around.span, say["unbalanced-tag.open"]),)
            yield Problem(end.span, (("name", end.name),), "end", related=related)
    yield from _crossings(paired, surplus, say["unbalanced-tag.crossed"])


def _left_open(subject: Subject, paired: _Paired) -> _Tag | None:
    """The start tag with which the prompt ends, so that the model fills in the rest.

    Nothing follows it, or a short beginning of one more of the examples before.
    """
    if not paired.starts:
        return None
    last = paired.starts[-1][0]
    behind = subject.lines.text[last.span.end :].strip()
    goes_on = len(behind) <= BEGINNING and paired.names[last.name] > 0 and "{" in behind
    return last if not behind or goes_on else None


def _begins_over_lines(text: str, end: _Tag) -> bool:
    """Whether there is a start tag of that name with its attributes on further lines, as in code of web pages."""
    return re.search(rf"<{re.escape(end.name)}[ \t]*\r?\n", text[: end.span.start]) is not None


def _crossings(paired: _Paired, surplus: Counter[str], crossed: str) -> Iterator[Problem]:
    """Ends that come after the end of something inside which they began."""
    starts: dict[str, list[tuple[_Tag, _Tag | None]]] = {}
    ends: dict[str, list[_Tag]] = {}
    for start, closer in paired.starts:
        starts.setdefault(start.name, []).append((start, closer))
    for end, _ in paired.ends:
        ends.setdefault(end.name, []).append(end)
    for name, (end, *more) in ends.items():
        if more or surplus[name] or len(starts.get(name, ())) != 1:
            continue
        start, closer = starts[name][0]
        if closer is not None and start.span.start < closer.span.start < end.span.start:
            yield Problem(
                end.span,
                (("name", name), ("other", closer.name)),
                "crossing",
                related=(Related(closer.span, crossed),),
            )


def _pair(subject: Subject) -> _Paired:
    names: Counter[str] = Counter()
    opened: list[_Tag] = []
    count: Counter[str] = Counter()
    starts: list[tuple[_Tag, _Tag | None]] = []
    ends: list[tuple[_Tag, _Tag | None]] = []
    for found in nodes(subject.tree):
        node = found.node
        if node.kind in _SEPARATE:
            starts += [(tag, None) for tag in opened]
            opened.clear()
            count.clear()
        if node.kind is not Kind.TAG or node.marker == "/" or not _is_paired(node.info):
            continue
        tag = _Tag(node.info, found.span)
        if not node.closing:
            if _ATTRIBUTES.fullmatch(subject.lines.at(found.span)):
                opened.append(tag)
                count[tag.name] += 1
        elif count[tag.name]:
            while (last := opened.pop()).name != tag.name:
                starts.append((last, tag))
                count[last.name] -= 1
            count[tag.name] -= 1
            names[tag.name] += 1
        else:
            ends.append((tag, opened[-1] if opened else None))
    starts += [(tag, None) for tag in opened]
    return _Paired(names, sorted(starts, key=lambda start: start[0].span), ends)


def _is_paired(name: str) -> bool:
    return name[-1].isalnum() and name.lower() not in _PAGES


def _surplus(text: str, paired: _Paired) -> tuple[Counter[str], Counter[str]]:
    """How many more start tags than end tags there are of each name outside code, and how many ends within text."""
    surplus: Counter[str] = Counter()
    inline = Counter({name: -count for name, count in paired.names.items()})
    inline.subtract(end.name for end, _ in paired.ends)
    for match in _ANY.finditer(text):
        if match["name"] and match["closing"]:
            surplus[match["name"]] -= 1
            inline[match["name"]] += 1
        elif match["name"] and not match["empty"]:
            surplus[match["name"]] += 1
    return surplus, inline


RULE = Rule("TH401", "unbalanced-tag", "structure", Severity.WARNING, _check)
"""The rule."""
