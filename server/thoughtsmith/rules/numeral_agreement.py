"""A Russian noun that does not agree with the number before it.

What it does
    Checks the nouns that blocks of techniques count (вариант, решение, раунд, ветвь, вопрос …) after a number that
    an instruction to write or take so many stands before: «предложи 5 вариант».

Why is this bad
    It happens when a number in a block is changed by hand. It reads as a mistake, and «3 вариант» can be read as
    the third.

Example
    «Подготовь 5 варианта решения»

When not to flag
    Other cases, which need other forms («из 2 вариантов»), ordinal numbers («3-й вариант») and ranges.

Fix
    The right form of the noun.

Evidence
    In 22,000 public prompt files nothing was found, so nothing wrongly; it is on because behind these verbs a
    number leaves the noun one form. Without them seven of seven nouns were in another case, and right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.techniques.numerals import plural
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

_FORMS = (
    ("вариант", "варианта", "вариантов"),
    ("черновик", "черновика", "черновиков"),
    ("ответ", "ответа", "ответов"),
    ("вопрос", "вопроса", "вопросов"),
    ("раунд", "раунда", "раундов"),
    ("шаг", "шага", "шагов"),
    ("заголовок", "заголовка", "заголовков"),
    ("подход", "подхода", "подходов"),
    ("способ", "способа", "способов"),
    ("критерий", "критерия", "критериев"),
    ("решение", "решения", "решений"),
    ("предложение", "предложения", "предложений"),
    ("версия", "версии", "версий"),
    ("версию", "версии", "версий"),
    ("ветвь", "ветви", "ветвей"),
    ("идея", "идеи", "идей"),
    ("идею", "идеи", "идей"),
    ("подзадача", "подзадачи", "подзадач"),
    ("подзадачу", "подзадачи", "подзадач"),
)
_WORDS = {word: forms for forms in _FORMS for word in forms}
_VERB = r"подготовь|предложи|предлагай|напиши|сгенерируй|создай|составь|придумай|разработай|построй|сформулируй|задай"
_COUNTED = re.compile(
    rf"(?<![\d.,])(?P<number>\d{{1,3}})\s+(?P<noun>{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE
)
_INSTRUCTION = re.compile(rf"\b(?:{_VERB})(?:те)?\s+(?:(?:мне|ровно|ещё|еще|по)\s+)?$", re.IGNORECASE)
_BEFORE = 40
"""Characters in which the instruction stands."""


def _check(subject: Subject) -> Iterator[Problem]:
    text = subject.lines.text
    for match in _COUNTED.finditer(text):
        if _INSTRUCTION.search(text, max(0, match.start() - _BEFORE), match.start()) is None:
            continue
        noun = match["noun"]
        forms = _WORDS[noun.lower()]
        right = plural(int(match["number"]), *forms)
        if noun.lower() == right or int(match["number"]) % 10 == 1:
            # With one, the noun may stand in either of two cases.
            continue
        span = Span(*match.span("noun"))
        # «Напиши 3 вариант» may mean the third one.
        safe = noun.lower() != forms[0]
        title = findings(subject.locale)["numeral-agreement.fix"].format(right=right)
        yield Problem(
            Span(match.start("number"), span.end),
            (("number", match["number"]), ("right", right)),
            fixes=(Fix(title, (Edit(span, right),), safe=safe),),
        )


RULE = Rule("TH322", "numeral-agreement", "language", Severity.WARNING, _check)
"""The rule."""
