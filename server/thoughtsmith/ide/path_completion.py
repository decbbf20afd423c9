"""Completion of paths, where a prompt takes in another file or links to it: what there is in the workspace.

Where such a path leads is not known here. The format is asked what it would make of the text if some name stood at the
cursor; so a path is completed exactly where it means something, and from the folders in which it is looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.suggestion import Suggestion
from thoughtsmith.text import paths
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.project.index import Index

WINDOW = 1_000
"""Characters before the cursor in which the reference must begin."""
MAX_ENTRIES = 1_000
"""Names that are offered; of more, those that begin with what is typed come first."""
_PROBE = "thoughtsmith-probe"
"""The name that is put at the cursor: letters that mean nothing to any format."""
_BRACKETED, _PLAIN = re.compile(r"[<>%#?]"), re.compile(r"[\s<>()%#?]")


def _percent(match: re.Match[str]) -> str:
    """A character as it is written in an address."""
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _as_written(name: str) -> str:
    return name


def _with_spaces_escaped(name: str) -> str:
    return name.replace(" ", "\\ ")


def _in_brackets(name: str) -> str:
    return _BRACKETED.sub(_percent, name)


def _in_parentheses(name: str) -> str:
    return _PLAIN.sub(_percent, name)


class _Syntax(NamedTuple):
    """One way to write a path."""

    before: re.Pattern[str]
    """What stands before the cursor: the group `typed` is what there is of the path."""
    rest: re.Pattern[str]
    """What may stand behind the cursor of the name that is typed."""
    name: re.Pattern[str]
    """The names that can be written so."""
    alone: re.Pattern[str] = re.compile(".*")
    """Which of them can also be written without a folder before them."""
    written: Callable[[str], str] = _as_written
    probe: str = f"{_PROBE}.md"
    closing: str = ""
    """What ends the reference, which may be missing while it is being typed."""
    closed: re.Pattern[str] = re.compile("")
    """What follows the name where it is not missing."""
    closes: bool = False
    """Whether a name brings `closing` along; quotation marks and brackets are closed by editors."""
    is_link: bool = False


def _string(mark: str) -> _Syntax:
    """The name of a template between quotation marks."""
    return _Syntax(
        re.compile(
            r"\{%[-+]?\s*(?:include|extends|import|from)\b(?:[^\"'%}]|\"[^\"]*\"|'[^']*')*"
            rf"{mark}(?P<typed>[^{mark}%{{}}\r\n]*)\Z"
        ),
        re.compile(rf"[^{mark}/%{{}}\r\n]*(?=[{mark}/])|"),
        re.compile(rf"[^{mark}/%{{}}\\\r\n]+"),
        closing=f"{mark} %}}",
        closed=re.compile(rf"{mark}[^{{]*?%\}}"),
    )


_IN_LINK = re.compile(r"[^/{}$\\\r\n]+")
_SYNTAXES = (
    _string('"'),
    _string("'"),
    _Syntax(
        re.compile(r"\{\{\{?~?#?>\s*(?P<typed>[\w./-]*)\Z"),
        re.compile(r"[\w.-]*"),
        re.compile(r"[\w-]+"),
        probe=_PROBE,
        closing="}}",
        closed=re.compile(r"[^{}]*\}\}"),
        closes=True,
    ),
    _Syntax(
        re.compile(r"(?<![^\s(\"'])@(?P<typed>(?:[\w.+/-]|\\ )*)\Z"),
        re.compile(r"(?:[\w.+-]|\\ )*"),
        re.compile(r"(?:[\w.+-]| )*[\w+-]"),
        alone=re.compile(r".*[^.]\..*"),
        written=_with_spaces_escaped,
    ),
    _Syntax(
        re.compile(r"(?<![\w#])#file:(?P<typed>[^\s`'\"<>()\[\]{}]*)\Z"),
        re.compile(r"[^\s`'\"<>()\[\]{}/]*"),
        re.compile(r"[^\s`'\"<>()\[\]{}:]*[^\s`'\"<>()\[\]{}.,;:!?]"),
    ),
    _Syntax(
        re.compile(r"\]\([ \t]*<(?:mdc:)?(?P<typed>[^<>#?\r\n]*)\Z"),
        re.compile(r"[^<>/#?\r\n]*(?=[>/#?])|"),
        _IN_LINK,
        written=_in_brackets,
        closing=">)",
        closed=re.compile("[>#?]"),
        is_link=True,
    ),
    _Syntax(
        re.compile(r"\]\([ \t]*(?:mdc:)?(?P<typed>[^\s()<>#?]*)\Z"),
        re.compile(r"[^\s()<>/#?]*"),
        _IN_LINK,
        written=_in_parentheses,
        closing=")",
        closed=re.compile(r"[#?]|[ \t]*\)|[ \t]+[\"'(]"),
        is_link=True,
    ),
    _Syntax(
        re.compile(r"\bfile://(?P<typed>[^\s\"'*?\[\]{}]*)\Z"),
        re.compile(r"[^\s\"'*?\[\]{}/]*"),
        re.compile(r"[^\s\"'*?\[\]{},#:\\]+"),
    ),
)


class _Typed(NamedTuple):
    """A path that is being typed."""

    syntax: _Syntax
    at: Span
    """The name in it that the cursor is in: what stands behind the last slash."""
    word: str
    """The part of the name before the cursor."""
    is_first: bool
    """Whether no folder stands before the name."""
    after: str
    """What follows on the line."""


def complete_path(snapshot: Snapshot, offset: int, *, links: bool = True) -> list[Suggestion] | None:
    """The files and folders that may stand at `offset`, folders first; `None` where no path stands.

    Targets of Markdown links only with `links`.
    """
    for typed in _typed(snapshot, offset):
        if links or not typed.syntax.is_link:
            places = _places(snapshot, typed)
            if places is not None:
                return _suggestions(snapshot, typed, places)
    return None


def _typed(snapshot: Snapshot, offset: int) -> Iterator[_Typed]:
    """What the letters before the cursor may be."""
    lines = snapshot.lines
    number = lines.line_at(offset)
    start, line = lines.start_of(number), lines.line(number)
    column = offset - start
    before = line[max(0, column - WINDOW) : column]
    for syntax in _SYNTAXES:
        match = syntax.before.search(before)
        if match is None:
            continue
        word = match["typed"].rpartition("/")[2]
        rest = syntax.rest.match(line, column)
        end = column if rest is None else rest.end()
        at = Span(offset - len(word), start + end)
        yield _Typed(syntax, at, word, match["typed"] == word, line[end:])


def _places(snapshot: Snapshot, typed: _Typed) -> list[str] | None:
    """The paths that would be meant if the probe were the name; `None` if that were no path at all."""
    syntax, at, lines = typed.syntax, typed.at, snapshot.lines
    number = lines.line_at(at.start)
    start = lines.start_of(number)
    new = syntax.probe + ("" if syntax.closed.match(typed.after) else syntax.closing)
    changed, first, tail = lines.replaced((number, at.start - start), (number, at.end - start), new)
    tree = snapshot.format.reparse(snapshot.tree, changed, first, tail)
    for include in snapshot.format.template(tree).includes:
        if at.start in include.span and _PROBE in include.target:
            return list(dict.fromkeys(snapshot.around.places(snapshot.path, include)))
    return None


def _suggestions(snapshot: Snapshot, typed: _Typed, places: list[str]) -> list[Suggestion]:
    found = sorted(
        _entries(snapshot, typed, places),
        # What is hidden comes last, as it does wherever files are listed.
        key=lambda offer: (offer.label.startswith("."), offer.kind != "folder", offer.label.casefold()),
    )
    if len(found) > MAX_ENTRIES:
        word = typed.word.casefold()
        found.sort(key=lambda offer: not offer.filter_text.casefold().startswith(word))
    return found[:MAX_ENTRIES]


def _entries(snapshot: Snapshot, typed: _Typed, places: list[str]) -> Iterator[Suggestion]:
    """What each of the places offers; of two things of one name the first is meant."""
    index, syntax = snapshot.around, typed.syntax
    own = index.key(paths.normal(snapshot.path))
    seen: set[str] = set()
    taken: set[str] = set()
    first: str | None = None
    for place in places:
        folder = paths.parent(place)
        entries = index.entries(folder)
        if entries is None:
            continue
        first = folder if first is None else first
        # A template is looked for in many folders, of which only the first is certainly about prompts.
        prefix, _, suffix = paths.name(place).partition(syntax.probe)
        prompts = None if folder == first else _with_prompts(index, suffix)
        for name, is_folder in entries:
            path = paths.joined(folder, name)
            key = index.key(path)
            label = name if is_folder else name[len(prefix) : len(name) - len(suffix)]
            if not is_folder and (name != f"{prefix}{label}{suffix}" or key == own):
                continue
            if key in taken or label in seen or syntax.name.fullmatch(label) is None:
                continue
            if prompts is not None and key not in prompts and (is_folder or not suffix):
                continue
            if not is_folder and typed.is_first and syntax.alone.fullmatch(label) is None:
                continue
            seen.add(label)
            taken.add(key)
            yield _suggestion(typed, label, index.shown(path), is_folder=is_folder)


def _suggestion(typed: _Typed, label: str, shown: str, *, is_folder: bool) -> Suggestion:
    syntax = typed.syntax
    written = syntax.written(label)
    if is_folder:
        end = "" if typed.after.startswith("/") else "/"
        return Suggestion(f"{label}/", "folder", typed.at, (written + end,), written, shown)
    end = syntax.closing if syntax.closes and not syntax.closed.match(typed.after) else ""
    return Suggestion(label, "file", typed.at, (written + end,), written, shown)


def _with_prompts(index: Index, suffix: str) -> frozenset[str]:
    """The keys of the prompts whose names end so, and of the folders with such prompts in them."""
    found: set[str] = set()
    for path in index.files:
        if path.endswith(suffix):
            while path not in found:
                found.add(path)
                path = paths.parent(path)
    return frozenset(found)
