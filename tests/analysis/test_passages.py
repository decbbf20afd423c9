"""Passages: which pieces of a prompt speak, and what each stands under."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.analysis.passages import passages
from thoughtsmith.formats import dotprompt, jinja, markdown, poml, prompty
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.formats.format import Format


def listing(text: str, known: Format = markdown.FORMAT) -> list[str]:
    """One line for a passage: its place, `>` if it leads, its text, and what it stands under."""
    found = passages(known.parse(Lines.of(text)))

    def short(index: int) -> str:
        span = found[index].span
        return text[span.start : span.end].split("\n")[0]

    return [
        f"{passage.place}{'>' if passage.leads else ''} {short(index)} [{' / '.join(short(i) for i in passage.path)}]"
        for index, passage in enumerate(found)
    ]


def block(text: str, start: str) -> str:
    """The block of the passage that begins with `start`."""
    for passage in passages(markdown.FORMAT.parse(Lines.of(text))):
        if text[passage.span.start :].startswith(start):
            return text[passage.block.start : passage.block.end]
    raise AssertionError(start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.\n\nTwo.", ["prose One. []", "prose Two. []"]),
        (
            "# A\nx\n## B\ny\n# C\nz",
            ["heading> A []", "prose x [A]", "heading> B [A]", "prose y [A / B]", "heading> C []", "prose z [C]"],
        ),
        (
            "Do this:\n- a\n- b\n  - c\n\nEnd.",
            ["prose> Do this: []", "item a [Do this:]", "item> b [Do this:]", "item c [Do this: / b]", "prose End. []"],
        ),
        ("Text.\n\n- a", ["prose Text. []", "item a []"]),
        ("**Check**\n\n- a", ["prose> **Check** []", "item a [**Check**]"]),
        ("<x>\na\n</x>\nb", ["tag> <x> []", "prose a [<x>]", "prose b []"]),
        ("<x>\n# A\na\n</x>\nb", ["tag> <x> []", "heading> A [<x>]", "prose a [<x> / A]", "prose b []"]),
        ("</x>\na", ["prose a []"]),
        ("<br/>\na", ["tag> <br/> []", "prose a []"]),
        ("- a\n  # B\n  c", ["item> a []", "heading B [a]", "prose c [a]"]),
        ("> said", ["quote > said []"]),
        ("| a | b |\n|---|---|\n| c | d |", ["table | a | b | []"]),
        ("---\nname: x\n---\na", ["prose a []"]),
        ("<!-- a -->\n\n---\n\nb", ["prose b []"]),
        (
            "Some prose that is longer.\n\n```json\n{}\n```\n\n```python\nx\n```",
            ["prose Some prose that is longer. []", "template {} []"],
        ),
        (
            "A:\n\n```\n# B\nThis is the prompt itself.\n```\n",
            ["prose> A: []", "heading> B []", "prose This is the prompt itself. [B]"],
        ),
    ],
)
def test_passages_and_what_they_stand_under(text: str, expected: list[str]) -> None:
    assert listing(text) == expected


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("# A\nx\n\n## B\ny\n\n# C", "A", "# A\nx\n\n## B\ny"),
        ("# A\nx\n\n## B\ny\n\n# C", "B", "## B\ny"),
        ("# A\nx", "A", "# A\nx"),
        ("<x>\na\n</x>\nb", "<x>", "<x>\na\n</x>"),
        ("- a\n  - b\n- c", "a", "- a\n  - b"),
        ("a\nb\n\nc", "a", "a\nb"),
    ],
)
def test_what_belongs_to_a_passage(text: str, start: str, expected: str) -> None:
    assert block(text, start) == expected


def test_spans_lie_in_the_text_and_paths_lead_upwards() -> None:
    chance = random.Random(11)
    pieces = [
        "# A\n",
        "## B\n",
        "- a\n",
        "  - b\n",
        "1. c\n",
        "text\n",
        "<x>\n",
        "</x>\n",
        "```\n",
        "\n",
        "> q\n",
        "a:\n",
    ]
    for _ in range(3_000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randrange(14)))
        found = passages(markdown.FORMAT.parse(Lines.of(text)))
        for index, passage in enumerate(found):
            assert 0 <= passage.span.start <= passage.span.end <= len(text)
            assert passage.block.end <= len(text)
            assert passage.block.start <= passage.span.start
            assert passage.span.end <= passage.block.end
            assert all(around < index for around in passage.path)
            assert list(passage.path) == sorted(set(passage.path))


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        # Statements and comments of templates say nothing, and a list goes on over them under what led to it.
        (
            jinja.FORMAT,
            "Rules:\n{# no #}\n- a\n{% if x %}\n- b\n{% endif %}\n\nText\n",
            ["prose> Rules: []", "item a [Rules:]", "item b [Rules:]", "prose Text []"],
        ),
        # Messages are no text, and nothing goes on over them.
        (
            prompty.FORMAT,
            "---\nname: x\n---\n# A\n\nsystem:\n# B\n\none\n\nuser:\ntwo\n",
            ["heading> A []", "heading> B []", "prose one [B]", "prose two []"],
        ),
        (
            dotprompt.FORMAT,
            '{{role "user"}}one\ntwo\n{{#if x}}\n{{role "model"}}\nthree\n{{/if}}\n',
            ["prose one []", "prose three []"],
        ),
        # Components hold what stands in them, on one line or on several.
        (
            poml.FORMAT,
            (
                "<poml>\n<let name='a'>1</let>\n<task>one</task>\n"
                "<p>Do:<list><item>a<list><item>b</item></list></item></list></p>\n<document src='x'/>\n</poml>\ntwo"
            ),
            [
                "tag> <poml> []",
                "tag> <task> [<poml>]",
                "prose one [<poml> / <task>]",
                "tag> <p> [<poml>]",
                "prose> Do: [<poml> / <p>]",
                "item> a [<poml> / <p> / Do:]",
                "item b [<poml> / <p> / Do: / a]",
                "prose two []",
            ],
        ),
    ],
    ids=["jinja", "prompty", "dotprompt", "poml"],
)
def test_passages_of_other_formats(known: Format, text: str, expected: list[str]) -> None:
    assert listing(text, known) == expected
