"""Semantic tokens: what is marked as what, and what never is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.ide.semantic_tokens import semantic_tokens
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from .conftest import SnapshotOf

STABLE = settings(max_examples=200, deadline=None, derandomize=True)
MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")


@pytest.mark.parametrize(
    "marked",
    [
        "",
        "Plan the night shift. It takes 3 hours.",
        # Names.
        "We use ⟦name:chain of thought⟧, ⟦name:CoT⟧ and ⟦name:дерево мыслей⟧; RLHF is no technique.",
        "# ⟦name:Best-of-N⟧\n\n- ⟦name:self-refine⟧\n\n> ⟦name:tree of thoughts⟧ 🚚 ⟦name:CoT⟧\n",
        "They like ⟦name:tree⟧\n  ⟦name:of thoughts⟧ here.",
        # Numbers that are parameters, in digits and in words; no other numbers.
        "Write ⟦number:3⟧ different drafts for the 7 shops, score them by criteria, and pick the best.",
        "Write ⟦number:three⟧ different drafts, score them against the same criteria, and pick the best.",
        "Предложи ⟦number:пять⟧ разных вариантов, оцени их по критериям и выбери лучший.",
        "Do not write 3 different drafts.",
        # Variables.
        "Sum up ⟦variable:{{document}}⟧ for ⟦variable:{{ user.name }}⟧ and ⟦variable:${input:tone}⟧.",
        "Fix ⟦variable:$ARGUMENTS⟧ of ⟦variable:{{{raw}}}⟧ ⟦variable:{{#if long}}⟧ ⟦variable:{{/if}}⟧.",
        "Shout ⟦variable:{{ x | upper }}⟧.",
        "Costs $5 and {x}, $x$, {{}}, {{ ! }}, ${}, $ARGUMENTSX.",
        "{{ write here what the text is about and for whom }}",
        "{{\nx\n}}",
        # Roles.
        "⟦role:system⟧:\nYou help.\n\n⟦role:user⟧:\n⟦variable:{{question}}⟧\n\n**⟦role:Assistant⟧:** Yes.",
        '⟦role:{{role "system"}}⟧\nYou help.',
        "The user: a person. Tell the system: no.\nusers: many",
        # Tags.
        "<⟦tag:context⟧>\ntext\n</⟦tag:context⟧>\n\nPut it into <⟦tag:answer⟧> tags, <⟦tag:br⟧/>.",
        '<⟦tag:doc⟧ id="3">\ntext\n</⟦tag:doc⟧>',
        "a < b > c, List<int>, <https://example.org>, <me@example.org>",
        # Nothing in fences, front matter or comments.
        "---\nmodel: {{x}}\nuse: chain of thought\n---\n\nText.",
        "Text that is long enough to be the prompt.\n\n```\n{{x}} <a> chain of thought\nuser: x\n```\n",
        "```\n{{x}} <a> chain of thought\n```\n",
        "- item\n\n  ```python\n  f({{x}})\n  ```\n\n  ⟦variable:{{y}}⟧\n",
        "> ```\n> {{x}}\n> ```\n",
        "~~~\n{{never}} closed\n",
        "<!--\n{{x}}\n-->\n",
    ],
)
def test_tokens(snapshot_of: SnapshotOf, marked: str) -> None:
    check(snapshot_of, marked, "a.prompt.md")


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("a.prompty", "# ⟦role:system⟧:\nYou help.\n⟦role:tool⟧:\n⟦variable:{{x}}⟧\nfunction: x\n"),
        ("a.prompt", '{{role "⟦role:system⟧"}}You ⟦variable:{{x}}⟧\n⟦variable:{{#if x}}⟧\n{{⟦role:history⟧}}\n'),
        ("a.poml", "<⟦tag:poml⟧>\n<⟦tag:p⟧>⟦name:self-refine⟧</⟦tag:p⟧>\n<!-- <p> -->\n</⟦tag:poml⟧>\n"),
        ("a.poml", "<⟦tag:list⟧>\n<⟦tag:item⟧>Use ⟦name:CoT⟧</⟦tag:item⟧>\n</⟦tag:list⟧>\n"),
        ("a.j2", "{# {{x}} #}\nUse ⟦variable:{{ x }}⟧.\n"),
        # Names in statements, in long expressions and in attributes; nothing in what is not filled in.
        ("a.j2", "{% if ⟦variable:a⟧ and ⟦variable:b⟧.c == 1 %}\n⟦variable:{{ a }}⟧\n{% endif %}\n"),
        ("a.j2", "Use ⟦variable:{{ a }}⟧. {% raw %}{{ x }}{% endraw %} {# {{ x }} #} ${x} $ARGUMENTS\n"),
        ("a.j2", "Add {{ ⟦variable:a⟧ + 1 + 2 + 3 + ⟦variable:b⟧ }}.\n"),
        ("a.poml", '<⟦tag:poml⟧>\n<⟦tag:p⟧ if="⟦variable:x⟧">⟦variable:{{ x }}⟧</⟦tag:p⟧>\n</⟦tag:poml⟧>\n'),
    ],
)
def test_tokens_of_other_formats(snapshot_of: SnapshotOf, path: str, marked: str) -> None:
    check(snapshot_of, marked, path)


def check(snapshot_of: SnapshotOf, marked: str, path: str) -> None:
    expected = [(kind, text) for kind, text in MARK.findall(marked)]
    text = MARK.sub(lambda match: match[2], marked)
    found = semantic_tokens(snapshot_of(text, path=path))
    assert [(token.kind, text[token.span.start : token.span.end]) for token in found] == expected


@pytest.mark.parametrize("kind", ["{{x}}", "CoT", "<tag>", "Write 3 different drafts and pick the best."])
def test_a_range_has_the_tokens_of_its_lines(snapshot_of: SnapshotOf, kind: str) -> None:
    paragraph = f"One of them: {kind}\n\n"
    text = paragraph * 9
    snapshot = snapshot_of(text)
    everything = semantic_tokens(snapshot)
    assert len(everything) >= 9
    for within in (
        Span(0, 0),
        Span(0, len(text)),
        Span(len(paragraph) + 3, 3 * len(paragraph) - 5),
        Span(len(text), len(text)),
    ):
        found = semantic_tokens(snapshot, within)
        assert set(found) <= set(everything)
        assert {t for t in everything if within.start <= t.span.start and t.span.end <= within.end} <= set(found)
    assert len(semantic_tokens(snapshot, Span(0, 1))) < len(everything)


PIECES = [
    "{{x}}",
    "${y}",
    "$ARGUMENTS",
    "<a>",
    "</a>",
    "user:",
    "CoT",
    "best of n",
    "tree of",
    "thoughts",
    "write 3 drafts",
    "and pick the best.",
]
PIECES += [
    "\n",
    "\n\n",
    " ",
    "```",
    "- ",
    "> ",
    "# ",
    "🚚",
    "{{",
    "}}",
    "<",
    ">",
    "three",
    "**",
    '{{role "user"}}',
    "---",
    "\r\n",
    "\t",
]


@STABLE
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_tokens_are_short_ordered_and_on_one_line(snapshot_of: SnapshotOf, text: str) -> None:
    end = 0
    for token in semantic_tokens(snapshot_of(text)):
        assert end <= token.span.start < token.span.end <= len(text)
        piece = text[token.span.start : token.span.end]
        assert "\n" not in piece
        assert "\r" not in piece
        assert piece == piece.strip()
        end = token.span.end
