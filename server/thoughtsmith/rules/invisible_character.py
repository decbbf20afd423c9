"""Invisible characters in the text.

What it does
    Reports zero-width spaces and joiners, soft hyphens inside words, byte order marks inside the text and fillers
    that no editor shows, once for each line.

Why is this bad
    The model gets other tokens than the author sees: a name no longer matches, a tag is no tag. They come along with
    text copied from web pages, and they are a way to slip text past a reviewer.

Example
    `<context>` with a zero-width space behind it, which the program that looks for the tag does not find.

When not to flag
    Joiners between emoji and in scripts that need them, such as Persian, Hindi or Thai; direction marks in a line with
    Hebrew or Arabic letters; a character that stands alone in quotation marks, whose code is named on the line or that
    an example of the trick shows, since the text is about it; a zero-width space that keeps backticks from beginning a
    fence; the signs between the parts of a formula.

Fix
    Removes them. Safe: all that can be seen stays as it is.

Evidence
    OWASP Top 10 for LLM applications, LLM01: obfuscated instructions. In 22,000 public prompt files 72 lines in 13
    files, all of which were read, all rightly.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.rules.tricks import speaks_of_tricks
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.hidden import name
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0]+"
)
_JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
"""Those that some scripts need."""
_PLAIN_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "DIGIT", "CJK", "HIRAGANA", "KATAKANA")
"""How the names of letters begin that never need them."""
_QUOTES = frozenset({'""', "''", "``", "“”", "«»", "‘’", "„“", "()", "[]", "「」", "『』"})
_OPERATORS = frozenset("\u2061\u2062\u2063\u2064")
"""What stands between the parts of a formula, such as a function and its argument, where no sign is written."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARKS = frozenset("\u200e\u200f\u061c")


def _check(subject: Subject) -> Iterator[Problem]:
    lines = subject.lines
    if lines.text.isascii():
        return
    title = findings(subject.locale)["invisible-character.fix"]
    for number, line in enumerate(lines.lines):
        if line.isascii() or _INVISIBLE.search(line) is None or speaks_of_tricks(line):
            continue
        meant = _meant_on(line)
        found = [match for match in _INVISIBLE.finditer(line) if not _is_meant(match, meant)]
        if not found:
            continue
        start = lines.starts[number]
        names = ", ".join(sorted({name(character) for match in found for character in match[0]}))
        edits = tuple(Edit(Span(start + match.start(), start + match.end()), "") for match in found)
        # An empty-looking place cannot be seen: the finding takes the character before with it.
        span = Span(start + max(0, found[0].start() - 1), start + found[0].end())
        yield Problem(span, (("names", names),), fixes=(Fix(title, edits),))


def _meant_on(line: str) -> frozenset[str]:
    """The characters that have a purpose on the line, wherever they stand."""
    # Whoever writes out the code of a character speaks of it.
    lower = line.lower()
    named = {character for character in set(line) if _INVISIBLE.match(character) and f"{ord(character):04x}" in lower}
    return frozenset(named | _MARKS if _RIGHT_TO_LEFT.search(line) else named)


def _is_meant(match: re.Match[str], meant: frozenset[str]) -> bool:
    line, (start, end), run = match.string, match.span(), match[0]
    before, after = line[start - 1 : start], line[end : end + 1]
    # Before backticks it keeps a fence from beginning.
    if before + after in _QUOTES or meant.issuperset(run) or line.startswith("```", end):
        return True
    if run == "\u00ad" or run in _OPERATORS:
        return not (before.isalpha() and after.isalpha())
    if not _JOINERS.issuperset(run):
        return False
    if run == "\u200d" and _is_emoji(before) and _is_emoji(after):
        return True
    return any(_needs_joiners(neighbour) for neighbour in (before, after))


def _is_emoji(character: str) -> bool:
    return character != "" and (unicodedata.category(character) in ("So", "Sk", "Mn") or character in "\ufe0f\u20e3")


def _needs_joiners(character: str) -> bool:
    if not character or unicodedata.category(character)[0] not in "LM" or character == "\ufe0f":
        return False
    return not unicodedata.name(character, "LATIN").startswith(_PLAIN_SCRIPTS)


RULE = Rule("TH701", "invisible-character", "security", Severity.WARNING, _check)
"""The rule."""
