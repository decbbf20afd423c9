"""A letter of another alphabet inside a word.

What it does
    Reports words of Latin letters with Cyrillic ones among them and the other way round, if each of the strangers
    looks just like a letter of the word's own alphabet.

Why is this bad
    To the model it is another word, cut into odd tokens; searches and comparisons fail. Mostly a slip of the keyboard
    layout; sometimes a way around filters.

Example
    "Cначала" with a Latin C, "ignore" with a Cyrillic o.

When not to flag
    Words that mix on purpose, such as HTTPСервис or "email-ом": parts in capitals, endings of Russian words on Latin
    names, words with a letter that has no twin, and lines that show the trick and say so.

Fix
    The twin of each stranger in the alphabet that most letters of the word are of.

Evidence
    CVE-2021-42694 for the attack. In 22,000 public prompt files 15 words, all of which were read, all rightly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.rules.tricks import speaks_of_tricks
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

MIN_LETTERS = 3
MAX_ENDING = 3
"""Letters of a Russian ending on a Latin name."""
AROUND = 100
"""Characters on either side that show whether the text is Russian."""

_TO_LATIN = str.maketrans("АВЕКМНОРСТХаеосрхуіѕј", "ABEKMHOPCTXaeocpxyisj")
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTXaeocpxy", "АВЕКМНОРСТХаеосрху")
_MIXED = re.compile(r"(?<![^\W\d_])(?:[A-Za-z]+[А-яЁёІіЇїЄєЎўҐґЅѕЈј]|[А-яЁёІіЇїЄєЎўҐґЅѕЈј]+[A-Za-z])[^\W\d_]*")
_CYRILLIC = re.compile("[Ѐ-ӿ]")


def _check(subject: Subject) -> Iterator[Problem]:
    lines = subject.lines
    if lines.text.isascii() or _CYRILLIC.search(lines.text) is None:
        return
    say = findings(subject.locale)
    for match in _MIXED.finditer(lines.text):
        word = match[0]
        cyrillic = [character for character in word if _CYRILLIC.match(character)]
        latin = [character for character in word if character.isascii()]
        if len(word) < MIN_LETTERS or len(latin) + len(cyrillic) < len(word) or len(latin) == len(cyrillic):
            continue
        is_latin = len(latin) > len(cyrillic)
        strangers = cyrillic if is_latin else latin
        twins = _TO_LATIN if is_latin else _TO_CYRILLIC
        if not all(ord(stranger) in twins for stranger in strangers) or _is_meant(word, strangers):
            continue
        around = lines.text[max(0, match.start() - AROUND) : match.end() + AROUND]
        if is_latin and _has_ending(word, around):
            continue
        if speaks_of_tricks(lines.line(lines.line_at(match.start()))):
            continue
        key = "look-alike-letter.cyrillic" if is_latin else "look-alike-letter.latin"
        letters = ", ".join(say[key].format(letter=letter) for letter in dict.fromkeys(strangers))
        mended = "".join(letter.translate(twins) if letter in strangers else letter for letter in word)
        fix = Fix(say["look-alike-letter.fix"].format(word=mended), (Edit(Span(*match.span()), mended),))
        yield Problem(Span(*match.span()), (("word", word), ("letters", letters)), fixes=(fix,))


def _is_meant(word: str, strangers: list[str]) -> bool:
    """Whether the strangers are parts of a compound: capitals where a new part begins, or together at one end."""
    if word.isupper():
        return sum(first != second for first, second in zip(_scripts(word), _scripts(word)[1:], strict=False)) < 2
    return any(
        letter.isupper() and letter in strangers and not (index == 0 and word[1:].islower())
        for index, letter in enumerate(word)
    )


def _scripts(word: str) -> list[bool]:
    return [letter.isascii() for letter in word]


def _has_ending(word: str, around: str) -> bool:
    """Whether the Cyrillic letters are a Russian ending, in a text in which there is more Russian."""
    scripts = _scripts(word)
    ending = scripts.count(False)
    return ending <= MAX_ENDING and all(scripts[:-ending]) and len(_CYRILLIC.findall(around)) > ending


RULE = Rule("TH704", "look-alike-letter", "security", Severity.WARNING, _check)
"""The rule."""
