"""Comments in a file that ask to let findings pass.

`thoughtsmith-ignore RULE…` speaks of the line that it stands on, `thoughtsmith-ignore-next-line` of the one below,
`thoughtsmith-ignore-start` of everything down to `thoughtsmith-ignore-end`, `thoughtsmith-ignore-file` of the file. A
rule is what it is in settings: an id, a name, a group, the beginning of ids; without one all rules are meant. What
stands behind ` -- ` or a colon says why, to people.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from thoughtsmith.syntax.data import Scalar, walk
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from thoughtsmith.rules.finding import Finding
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.text.lines import Lines

WORD = "thoughtsmith-ignore"
MAX_COMMENTS = 500
"""Further ones are left alone: nobody writes so many."""

Reach: TypeAlias = Literal["", "next-line", "start", "end", "file"]

_COMMENT = re.compile(
    rf"(?P<open><!--|\{{#-?|\{{\{{~?!(?:--)?|#)[ \t]*{WORD}(?:-(?P<reach>next-line|start|end|file))?(?![\w-])"
)
_CLOSINGS = {
    "<!--": re.compile("-->"),
    "{#": re.compile(r"-?#\}"),
    "{{!--": re.compile(r"--~?\}\}"),
    "{{~!--": re.compile(r"--~?\}\}"),
    "{{": re.compile(r"~?\}\}"),
}
"""How comments end, by how they begin; of those that begin alike the longest comes first."""
_RULE = re.compile(r"[ \t,]*([A-Za-z][\w-]*)")


class Named(NamedTuple):
    """A word for rules, and where it stands."""

    word: str
    span: Span


class Suppression(NamedTuple):
    reach: Reach
    rules: tuple[Named, ...]
    """Empty for all rules."""
    span: Span
    """The whole comment; to the end of its line if it does not end there."""
    line: int
    closed: bool
    """Whether it ends on its line."""


class Unused(NamedTuple):
    """A comment, or some of its words, because of which nothing is let pass."""

    suppression: Suppression
    rules: tuple[Named, ...]
    """The words; empty for the whole comment."""


class Suppressed(NamedTuple):
    """What comments have done to findings."""

    kept: tuple[Finding, ...]
    unused: tuple[Unused, ...] = ()
    unknown: tuple[Named, ...] = ()
    """Words that mean no rule."""


def suppressions(tree: PromptTree, data: Data | None) -> tuple[Suppression, ...]:
    """The comments in a file, in order: those of Markdown and templates outside of quoted code, and those of YAML."""
    text = tree.lines.text
    if WORD not in text:
        return ()
    return tuple(_found(text, tree, data))


def suppress(
    findings: Sequence[Finding],
    comments: Sequence[Suppression],
    lines: Lines,
    meant: Callable[[str], frozenset[str]],
    on: frozenset[str],
) -> Suppressed:
    """The findings that no comment lets pass, and the comments that do nothing.

    `meant` gives the ids of the rules that a word stands for. A word for rules that are all off is no use and no harm:
    `on` are the ids of those that are on.
    """
    if not comments:
        return Suppressed(tuple(findings))
    reaches = list(_reaches(comments, lines))
    used: set[tuple[int, int]] = set()
    kept: list[Finding] = []
    ids = {named.word: meant(named.word) for one in comments for named in one.rules}
    for finding in findings:
        line = lines.line_at(finding.span.start)
        silenced = False
        for number, (first, last) in reaches:
            if first <= line <= last:
                rules = comments[number].rules
                hits = [at for at, named in enumerate(rules) if finding.rule in ids[named.word]] if rules else [-1]
                used |= {(number, at) for at in hits}
                silenced = silenced or bool(hits)
        if not silenced:
            kept.append(finding)
    idle_ends = _idle_ends(comments)
    unused: list[Unused] = []
    for number, one in enumerate(comments):
        if one.reach == "end":
            if number in idle_ends:
                unused.append(Unused(one, ()))
            continue
        idle = tuple(named for at, named in enumerate(one.rules) if (number, at) not in used and ids[named.word] & on)
        if len(idle) == len(one.rules) and (idle or (number, -1) not in used):
            unused.append(Unused(one, ()))
        elif idle:
            unused.append(Unused(one, idle))
    unknown = tuple(named for one in comments for named in one.rules if not ids[named.word])
    return Suppressed(tuple(kept), tuple(unused), unknown)


def _found(text: str, tree: PromptTree, data: Data | None) -> Iterator[Suppression]:
    front_matter = tree.front_matter
    fence = tree.prompt_fence
    scalars = sorted(v.span for v in walk(data.root) if isinstance(v, Scalar)) if data is not None else []
    starts = [span.start for span in scalars]
    position = 0
    for _ in range(MAX_COMMENTS):
        match = _COMMENT.search(text, position)
        if match is None:
            return
        start, position = match.span()
        at = bisect_right(starts, start) - 1
        in_text = at >= 0 and start < scalars[at].end
        top = tree.at(start)
        in_data = (front_matter is not None and start < front_matter.end) or (
            top is not None and top.node.kind is Kind.DATA and not in_text
        )
        before = text[start - 1 : start]
        quoted = before == "`" or (
            top is not None and top.node.kind is Kind.FENCE and (fence is None or fence.first_line != top.first_line)
        )
        if match["open"] == "#":
            if not in_data or in_text or before.strip():
                continue
        elif in_data or quoted:
            continue
        comment = _read(text, match, tree.lines)
        position = comment.span.end
        yield comment


def _read(text: str, match: re.Match[str], lines: Lines) -> Suppression:
    line = lines.line_at(match.start())
    line_end = lines.end_of(line)
    opening = match["open"]
    if opening == "#":
        end, after, closed = line_end, line_end, True
    else:
        found = _CLOSINGS[next(key for key in _CLOSINGS if opening.startswith(key))].search(text, match.end(), line_end)
        closed = found is not None
        end, after = (found.start(), found.end()) if found is not None else (line_end, line_end)
    rules: list[Named] = []
    position = match.end()
    while (word := _RULE.match(text, position, end)) is not None:
        rules.append(Named(word[1].rstrip("-"), Span(word.start(1), word.start(1) + len(word[1].rstrip("-")))))
        position = word.end()
    reach = cast("Reach", match["reach"] or "")
    return Suppression(reach, tuple(rules), Span(match.start(), after), line, closed)


def _reaches(comments: Sequence[Suppression], lines: Lines) -> Iterator[tuple[int, tuple[int, int]]]:
    """The first and the last line that each comment speaks of, by its number."""
    for number, one in enumerate(comments):
        if one.reach == "file":
            yield number, (0, lines.count)
        elif one.reach == "next-line":
            yield number, (one.line + 1, one.line + 1)
        elif one.reach == "start":
            end = next((other.line for other in comments[number + 1 :] if _ends(one, other)), lines.count)
            yield number, (one.line, end)
        elif not one.reach:
            yield number, (one.line, one.line)


def _ends(start: Suppression, other: Suppression) -> bool:
    """Whether what begins with one comment ends with the other: it names one of its rules, or none."""
    words = {named.word.lower() for named in start.rules}
    return other.reach == "end" and (not other.rules or any(named.word.lower() in words for named in other.rules))


def _idle_ends(comments: Sequence[Suppression]) -> set[int]:
    """The ends of which there is no beginning."""
    waiting: list[Suppression] = []
    idle: set[int] = set()
    for number, one in enumerate(comments):
        if one.reach == "start":
            waiting.append(one)
        elif one.reach == "end":
            left = [start for start in waiting if not _ends(start, one)]
            if len(left) == len(waiting):
                idle.add(number)
            waiting = left
    return idle
