"""Comments that let findings pass: where they are seen, and what they reach."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document, Snapshot
from thoughtsmith.rules.suppression import MAX_COMMENTS, suppressions
from thoughtsmith.text.lines import Lines

CONTENT = Content(load_catalogue())
BAD = "---\nname: review\ndescription: Reads: all of it{}\n---\nReview.{}\n"


def snapshot(text: str, path: str = "/w/skills/review/SKILL.md", **settings: Any) -> Snapshot:
    found = format_of(path)
    assert found is not None
    return Document(f"file://{path}", path, 1, text, found).snapshot(Settings(**settings), CONTENT, "en")


def rules(made: Snapshot) -> list[str]:
    return [finding.rule for finding in made.checked.findings]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<!--", "-->"),
        ("{#", "#}"),
        ("{#-", "-#}"),
        ("{{!--", "--}}"),
        ("{{~!--", "--~}}"),
        ("{{!", "}}"),
        ("<!--", ""),
    ],
)
def test_every_syntax_of_comments_is_read_in_the_prompt(opening: str, closing: str) -> None:
    written = f"{opening} thoughtsmith-ignore-file TH502, data: why {closing}".rstrip()
    text = BAD.format("", f" {written}")
    (comment,) = suppressions(snapshot(text).tree, None)
    assert [named.word for named in comment.rules] == ["TH502", "data"]
    assert text[comment.span.start : comment.span.end] == written
    assert comment.closed == bool(closing)
    assert rules(snapshot(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        BAD.format("<!-- thoughtsmith-ignore -->", ""),
        BAD.format("", " # thoughtsmith-ignore-file"),
        BAD.format("", " `<!-- thoughtsmith-ignore-file -->`"),
        BAD.format("", "\n\n```html\n<!-- thoughtsmith-ignore-file -->\n```\nMore words than stand in the fence."),
        BAD.format("", " <!-- thoughtsmith-ignore-files -->"),
        BAD.format("", " <!-- see thoughtsmith-ignore-file -->"),
        BAD.format("\nx: |\n  # thoughtsmith-ignore-file", ""),
        BAD.format('\nx: "a\n  # thoughtsmith-ignore-file"', ""),
        BAD.format("#thoughtsmith-ignore", ""),
    ],
)
def test_what_is_no_such_comment(text: str) -> None:
    assert rules(snapshot(text)) == ["TH502"]


def test_a_comment_for_rules_that_are_off_is_no_use_and_no_harm() -> None:
    text = BAD.format(" # thoughtsmith-ignore TH502", "")
    assert rules(snapshot(text, ignore=("TH502",))) == []
    assert rules(snapshot(BAD.format(" # thoughtsmith-ignore TH502 TH503", ""), ignore=("TH502",))) == ["TH901"]


def test_nothing_lets_pass_what_is_found_of_comments_but_the_settings() -> None:
    text = BAD.format("", " <!-- thoughtsmith-ignore-file unused-suppression TH502 -->")
    assert rules(snapshot(text)) == ["TH901"]
    idle = "---\nname: review\ndescription: x\n---\n<!-- thoughtsmith-ignore-file all -->\n"
    assert rules(snapshot(idle)) == ["TH901"]
    assert rules(snapshot(idle, ignore=("suppression",))) == []


def test_many_comments_cost_little_and_those_beyond_a_limit_are_left_alone() -> None:
    text = "<!-- thoughtsmith-ignore-start TH502 -->\n" * (MAX_COMMENTS * 20)
    made = snapshot(text)
    assert len(suppressions(made.tree, made.data)) == MAX_COMMENTS


@given(
    st.lists(
        st.sampled_from(
            [
                "<!--",
                "-->",
                "{#",
                "#}",
                "{{!--",
                "--}}",
                " ",
                "\n",
                "---\n",
                "# ",
                "a: ",
                "x",
                "`",
                "```\n",
                "- ",
                "TH502",
            ]
            + [f"thoughtsmith-ignore{reach} " for reach in ("", "-file", "-start", "-end", "-next-line")]
        ),
        max_size=25,
    )
)
def test_comments_lie_in_the_text_and_apart_and_checking_never_fails(parts: list[str]) -> None:
    text = "".join(parts)
    made = snapshot(text)
    end = 0
    for comment in suppressions(made.tree, made.data):
        assert end <= comment.span.start < comment.span.end <= len(text)
        assert Lines.of(text).line_at(comment.span.start) == comment.line
        end = comment.span.end
    assert made.checked.failures == ()
