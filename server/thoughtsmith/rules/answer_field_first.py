"""An output format whose answer stands before the reasoning.

What it does
    Looks at JSON objects and at lines with slots in the description of an output: a field such as `answer`, `score`
    or `label` that comes before one such as `reasoning`.

Why is this bad
    A model fills in fields from first to last. The answer is written when the reasoning does not exist yet, so the
    reasoning can only justify it.

Example
    `{"score": 7, "reasoning": "…"}`

When not to flag
    A field for an explanation or a comment, which is for readers; a decision that is put on record with its
    rationale; data that the prompt is given; models that reason by themselves; code that puts the object together.

Fix
    Both fields change places, if each stands on a line of its own. Not safe: a program may depend on their order.

Evidence
    Whether strict formats hurt reasoning is disputed (arXiv:2408.02442 and its critics); that the order of fields
    decides what is written first is not. In 22,000 public prompt files two objects, one of them rightly; the other,
    in a program, is a case here now. In 5,100 files counted after that, with lines, five formats, all rightly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Fix, Problem, Related, Severity
from thoughtsmith.rules.line_fields import runs
from thoughtsmith.rules.models import reasons_first
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.line_fields import LineField
    from thoughtsmith.rules.subject import Subject

_REASONING = re.compile(
    r"[\"'](?P<key>reasoning|reasoning_steps|chain_of_thought|thought_process|thoughts?|thinking|rationale|рассуждени[ея]"
    r"|обоснование)[\"']\s*:"
)
_ANSWER = re.compile(
    r"[\"'](?P<key>(?:final_)?(?:answer|verdict|score|label|decision|rating|classification|grade|judg[e]?ment|category"
    r"|sentiment|severity|result)|is_correct|correct|passed?|ответ|оценка|вердикт|решение|категория|тональность"
    r"|результат)[\"']\s*:"
)
_REASONING_NAME = re.compile(
    r"(?:your )?(?:reasoning|rationale|chain of thought|thought process)"
    r"|(?:ход )?рассуждени[ея]|ход мыслей|обоснование",
    re.IGNORECASE,
)
_ANSWER_NAME = re.compile(
    r"(?:(?:final|overall|total) )?(?:answer|verdict|score|label|rating|grade|category|sentiment)"
    r"|(?:итоговый |итоговая )?(?:ответ|оценка|вердикт|балл|категория|тональность)",
    re.IGNORECASE,
)
_OUTPUT = re.compile(
    r"(?:^|[.:!\n*>\"'`(])\s*(?:please |you must |always |then )?"
    r"(?:return|respond|reply|output|answer|produce|generate)\b(?!\W*:)"
    r"|\byour (?:output|response|answer|reply)\b|\b(?:output|response|answer) format\b"
    r"|(?:^|[.:!\n*>\"'`(])\s*(?:верни|выведи|ответь|отвечай|возвращай)(?:те)?\b|\bформат (?:ответа|вывода)\b",
    re.IGNORECASE,
)
"""The prompt says to the model that what follows is its output."""
_BEFORE = 800
"""Characters from the answer to the reasoning."""
_ANNOUNCED = 400
"""Characters before the object in which it is called an output."""
_CODE = re.compile(r"\s*[A-Za-z_][\w.]*\s*(?:[,(\[]|$)(?<!true,)(?<!false,)(?<!null,)", re.MULTILINE)
"""A value that is a variable or a call."""
_BLANK = re.compile(r"[ \t]*(?:\r?\n|```|$)")
"""Behind a line that nothing goes on from."""
_LINE = re.compile(r"[ \t]*[\"'][^\"'\n]+[\"']\s*:[^\n{}]*?(?P<comma>,?)[ \t]*")


def _check(subject: Subject) -> Iterator[Problem]:
    found = [*_in_objects(subject), *_in_lines(subject)]
    if found and not reasons_first(subject):
        yield from found


def _in_objects(subject: Subject) -> Iterator[Problem]:
    text = subject.lines.text
    last = -_ANNOUNCED
    for reasoning in _REASONING.finditer(text):
        start = text.rfind("{", max(0, reasoning.start() - _BEFORE), reasoning.start())
        if start < 0 or "}" in text[start : reasoning.start()]:
            # Only objects without others in them: what stands in which is plain.
            continue
        answer = _ANSWER.search(text, start, reasoning.start())
        if answer is None or _CODE.match(text, answer.end()):
            continue
        if not _OUTPUT.search(text, max(0, start - _ANNOUNCED), start):
            continue
        if answer.start() - last < _ANNOUNCED:
            # The next of several objects of one kind.
            last = answer.start()
            continue
        last = answer.start()
        fixes = _swapped(subject, answer.start(), reasoning.start())
        yield _problem(subject, Span(*answer.span("key")), Span(*reasoning.span("key")), fixes)


def _in_lines(subject: Subject) -> Iterator[Problem]:
    text = subject.spoken
    if _REASONING_NAME.search(text) is None:
        return
    last = -_ANNOUNCED
    for run in runs(text):
        names = [text[field.name.start : field.name.end] for field in run]
        reasoning = next((index for index, name in enumerate(names) if _REASONING_NAME.fullmatch(name)), 0)
        answer = next((index for index in range(reasoning) if _ANSWER_NAME.fullmatch(names[index])), None)
        if answer is None or not run[answer].is_open or _is_in_data(subject, run[answer].name.start):
            continue
        before, last = last, run[answer].name.start
        if last - before < _ANNOUNCED:
            continue  # The next of several of one kind.
        ends = reasoning < len(run) - 1 or _BLANK.match(text, run[reasoning].line.end)
        fixes = _moved(subject, run[answer], run[reasoning]) if ends else ()
        yield _problem(subject, run[answer].name, run[reasoning].name, fixes)


def _is_in_data(subject: Subject, offset: int) -> bool:
    """Whether a program reads what stands there, not the model: the data of the file itself."""
    top = subject.tree.at(offset)
    return top is not None and top.node.kind in (Kind.FRONT_MATTER, Kind.DATA)


def _problem(subject: Subject, answer: Span, reasoning: Span, fixes: tuple[Fix, ...]) -> Problem:
    text = subject.lines.text
    return Problem(
        answer,
        (("answer", text[answer.start : answer.end]), ("reasoning", text[reasoning.start : reasoning.end])),
        fixes=fixes,
        related=(Related(reasoning, findings(subject.locale)["answer-field-first.related"]),),
    )


def _moved(subject: Subject, answer: LineField, reasoning: LineField) -> tuple[Fix, ...]:
    """The fix in which the line of the reasoning comes before that of the answer."""
    text = subject.lines.text
    line = text[reasoning.line.start : reasoning.line.end]
    if not line.endswith("\n"):
        return ()  # It is the last of the file.
    title = findings(subject.locale)["answer-field-first.fix"]
    here = Span(answer.line.start, answer.line.start)
    return (Fix(title, (Edit(here, line), Edit(reasoning.line, "")), safe=False),)


def _swapped(subject: Subject, answer: int, reasoning: int) -> tuple[Fix, ...]:
    """The fix in which the line of the reasoning comes before that of the answer."""
    lines = subject.lines
    one, other = lines.line_at(answer), lines.line_at(reasoning)
    upper, lower = _LINE.fullmatch(lines.line(one)), _LINE.fullmatch(lines.line(other))
    if one == other or upper is None or lower is None or not upper["comma"]:
        return ()
    place = Span(lines.start_of(one), lines.end_of(other))
    between = lines.text[lines.end_of(one) : lines.start_of(other)]
    first = lower[0].rstrip().removesuffix(",") + ","
    last = upper[0].rstrip().removesuffix(",") + lower["comma"]
    title = findings(subject.locale)["answer-field-first.fix"]
    return (Fix(title, (Edit(place, first + between + last),), safe=False),)


RULE = Rule("TH204", "answer-field-first", "conflicts", Severity.INFO, _check)
"""The rule."""
