"""The session: open documents, settings and the language of messages."""

from __future__ import annotations

from functools import cache

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.session import LARGE, Session


@cache
def content() -> Content:
    return Content(load_catalogue())


def test_documents_are_followed_from_open_to_close() -> None:
    session = Session(content)
    assert session.snapshot("file:///a.prompt.md") is None
    session.open("file:///a.prompt.md", "/a.prompt.md", "markdown", 1, "# Task\n")
    snapshot = session.snapshot("file:///a.prompt.md")
    assert snapshot is not None
    assert (snapshot.lines.text, snapshot.format.id, snapshot.version) == ("# Task\n", "prompt-md", 1)
    session.close("file:///a.prompt.md")
    assert session.snapshot("file:///a.prompt.md") is None
    session.close("file:///a.prompt.md")


@pytest.mark.parametrize(("path", "language_id"), [("/a.py", "python"), ("/a.json", "json"), ("/Makefile", "")])
def test_what_is_no_prompt_is_left_alone(path: str, language_id: str) -> None:
    session = Session(content)
    session.open("u", path, language_id, 1, "x")
    assert session.document("u") is None
    assert session.snapshot("u") is None


def test_a_document_that_is_opened_again_as_something_else_is_left_alone() -> None:
    session = Session(content)
    session.open("u", "/a.md", "markdown", 1, "x")
    session.open("u", "/a.py", "python", 1, "x")
    assert session.snapshot("u") is None


def test_nothing_is_loaded_before_a_snapshot_is_asked_for() -> None:
    loads: list[int] = []

    def load() -> Content:
        loads.append(1)
        return content()

    session = Session(load)
    session.open("u", "/a.md", "markdown", 1, "x")
    assert loads == []
    assert session.snapshot("u") is not None
    assert loads == [1]


def test_settings_reach_the_next_snapshot() -> None:
    session = Session(content)
    session.open("u", "/a.md", "markdown", 1, "x")
    before = session.snapshot("u")
    session.settings = Settings(n=5)
    after = session.snapshot("u")
    assert before is not None
    assert after is not None
    assert (before.settings.n, after.settings.n) == (None, 5)


@pytest.mark.parametrize(
    ("setting", "client", "language"),
    [("auto", "ru-RU", "ru"), ("auto", "en", "en"), ("auto", "de", "en"), ("en", "ru", "en"), ("ru", "en", "ru")],
)
def test_the_language_of_messages(setting: str, client: str, language: str) -> None:
    session = Session(content, client)
    session.settings = Settings(locale=setting)
    assert session.locale == language


def test_documents_see_each_other_as_they_are_now() -> None:
    session = Session(content)
    session.workspace.add_root("/w")
    session.open("a", "/w/prompts/a.j2", "jinja", 1, '{% include "b.j2" %}')
    first = session.snapshot("a")
    assert first is not None
    include = first.template.includes[0]
    assert first.workspace.target(first.path, include).path is None
    session.open("b", "/w/prompts/b.j2", "jinja", 1, "# B\n")
    second = session.snapshot("a")
    assert second is not None
    assert second.workspace.target(second.path, include).path == "/w/prompts/b.j2"
    # What was found out about the text alone is kept; what was seen before stays as it was.
    assert second.tree is first.tree
    assert second.template is first.template
    assert first.workspace.target(first.path, include).path is None
    assert session.snapshot("a") is second
    # A document is in its own workspace as it is, also before anybody else has heard of its last edit.
    document = session.document("a")
    assert document is not None
    document.edit((0, 0), (0, 20), "nothing")
    document.version = 2
    session.changed("a")
    third = session.snapshot("a")
    assert third is not None
    assert third.workspace.includers("/w/prompts/b.j2") == ()
    other = session.snapshot("b")
    assert other is not None
    assert other.workspace.includers("/w/prompts/b.j2") == ()
    session.close("b")
    fourth = session.snapshot("a")
    assert fourth is not None
    assert fourth.workspace.file("/w/prompts/b.j2") is None


def test_nobody_waits_for_a_large_document_to_be_read() -> None:
    session = Session(content)
    session.open("a", "/w/prompts/a.md", "markdown", 1, "# A\n")
    session.open("b", "/w/prompts/b.md", "markdown", 1, "# B\n" + "x" * LARGE)
    snapshot = session.snapshot("a")
    assert snapshot is not None
    assert snapshot.workspace.file("/w/prompts/b.md") is None
    (late,) = session.late
    assert late.uri == "b"
    assert late.summary.headings[0].name == "B"
    assert session.late == ()
    snapshot = session.snapshot("a")
    assert snapshot is not None
    assert snapshot.workspace.file("/w/prompts/b.md") is not None
