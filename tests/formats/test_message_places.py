"""Blocks in Prompty and dotprompt: inside the messages, between them, and in a message of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats import dotprompt, prompty
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

from .test_placement import BLOCK, HEADING, NUMBERED, PLAIN, XML, marked

if TYPE_CHECKING:
    from thoughtsmith.formats.format import Format

BOTH = pytest.mark.parametrize(
    "found", [pytest.param(found, id=found.id) for found in (prompty.FORMAT, dotprompt.FORMAT)]
)
HEAD = "---\nmodel: x\n---\n"


def in_format(text: str, id: str) -> str:
    """`text` with its role lines, written as `@system`, in the syntax of the format."""
    for role in ("system", "user", "assistant"):
        text = text.replace(f"@{role}", f"{role}:" if id == "prompty" else f'{{{{role "{role}"}}}}')
    return text


@BOTH
@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Where there is no message yet, the block begins one.
        ("<|>", f"@system\n{PLAIN}"),
        (f"{HEAD}<|>", f"{HEAD}\n@system\n{PLAIN}"),
        ("---\nmo<|>del: x\n---\n", f"{HEAD}\n@system\n{PLAIN}\n"),
        ("---\nmo<|>del: x\n---\n@user\nHi\n", f"{HEAD}\n@system\n{PLAIN}\n\n@user\nHi\n"),
        ("<!-- no --><|>\n\n@user\nHi\n", f"<!-- no -->\n\n@system\n{PLAIN}\n\n@user\nHi\n"),
        # Above the system message it joins that one.
        (f"{HEAD}<|>\n@system\nYou\n", f"{HEAD}\n@system\n{PLAIN}\n\nYou\n"),
        (f"<|>{HEAD}@system\n\nYou\n", f"{HEAD}@system\n{PLAIN}\n\nYou\n"),
        ("<|>@system\nYou\n", f"@system\n{PLAIN}\n\nYou\n"),
        # Text before the first message is one as well.
        (f"{HEAD}Text<|>\n\n@user\nHi\n", f"{HEAD}Text\n\n{PLAIN}\n\n@user\nHi\n"),
        # Inside a message it is written in the style of that message.
        ("@system\nYou<|>\n@user\n# A\n\nHi\n", f"@system\nYou\n\n{PLAIN}\n\n@user\n# A\n\nHi\n"),
        ("@system\nYou\n@user\n# A\n\nHi<|>\n", f"@system\nYou\n@user\n# A\n\nHi\n\n## {HEADING}\n"),
        ("@system\n<a>\nx\n</a><|>\n@user\nHi\n", f"@system\n<a>\nx\n</a>\n\n{XML}\n\n@user\nHi\n"),
        ("@system\n1. a<|>\n2. b\n@user\n1. c\n", f"@system\n1. a\n2. {NUMBERED}\n3. b\n@user\n1. c\n"),
        ("@system\n<|>\n@user\nHi\n", f"@system\n{PLAIN}\n\n@user\nHi\n"),
        ("@system\nYou\n\n<|>@user\nHi\n", f"@system\nYou\n\n@user\n{PLAIN}\n\nHi\n"),
    ],
)
def test_insertion(found: Format, before: str, after: str) -> None:
    text, at = marked(in_format(before, found.id))
    place = found.place_after(found.parse(Lines.of(text)), at.start, None)
    assert place is not None
    edits = [Edit(place.at, to_plain(found.write(BLOCK, place))), *place.renumber]
    assert apply_edits(text, edits) == in_format(after, found.id)


@BOTH
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("⟦bo⟧", f"@system\n{PLAIN}"),
        (f"{HEAD}\n⟦bo⟧\n@user\nHi\n", f"{HEAD}\n@system\n{PLAIN}\n\n@user\nHi\n"),
        (f"{HEAD}⟦bo⟧\n\n@system\nYou\n", f"{HEAD}\n{PLAIN}\n\n@system\nYou\n"),
        ("@system\n⟦bo⟧\n\n@user\nHi\n", f"@system\n{PLAIN}\n\n@user\nHi\n"),
        ("@system\n- a\n⟦bo⟧\n@user\n", "@system\n- a\n- Do so:\n  - a\n  - b\n\n@user\n"),
        ("---\n⟦bo⟧: x\n---\n", None),
        ("---\nname: x\n⟦bo⟧\n---\n", None),
    ],
)
def test_completion(found: Format, before: str, after: str | None) -> None:
    text, at = marked(in_format(before, found.id))
    place = found.place(found.parse(Lines.of(text)), at, None)
    if place is None or after is None:
        assert place is None
        assert after is None
    else:
        edits = [Edit(place.at, to_plain(found.write(BLOCK, place))), *place.renumber]
        assert apply_edits(text, edits) == in_format(after, found.id)


@BOTH
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@user\n⟦Hi⟧\n", f"@user\nTask:\nHi\n\n{PLAIN}\n"),
        ("@user\n# A\n\n⟦Hi⟧\n\n@assistant\n", f"@user\n# A\n\nHi\n\n## {HEADING}\n\n@assistant\n"),
        ("@user\n<a>\n⟦x⟧\n</a>\n", f"@user\n<a>\n<task>\nx\n</task>\n\n{XML}\n</a>\n"),
        ("⟦@user\nHi⟧\n", None),
        ("@system\n⟦You\n\n@user\nHi⟧\n", None),
    ],
)
def test_wrapping(found: Format, before: str, after: str | None) -> None:
    text, selection = marked(in_format(before, found.id))
    around = found.place_around(found.parse(Lines.of(text)), selection, "Task", None)
    if around is None or after is None:
        assert around is None
        assert after is None
    else:
        block = around.after + to_plain(found.write(BLOCK, around.place))
        start = Span(around.task.start, around.task.start)
        edits = [Edit(start, around.before), Edit(around.place.at, block), *around.place.renumber]
        assert apply_edits(text, edits) == in_format(after, found.id)


def test_a_style_that_is_asked_for_holds_in_a_message_of_its_own() -> None:
    place = prompty.FORMAT.place_after(prompty.FORMAT.parse(Lines.of("")), 0, Style.XML)
    assert place is not None
    assert to_plain(prompty.FORMAT.write(BLOCK, place)) == f"system:\n{XML}"


def test_line_ends_are_those_of_the_file() -> None:
    text = "---\r\nmodel: x\r\n---\r\n"
    place = prompty.FORMAT.place_after(prompty.FORMAT.parse(Lines.of(text)), len(text), None)
    assert place is not None
    written = to_plain(prompty.FORMAT.write(BLOCK, place))
    assert written == f"\nsystem:\n{PLAIN}".replace("\n", "\r\n")
