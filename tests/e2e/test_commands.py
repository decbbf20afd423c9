"""The commands of the server, as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.raw_client import Raw

URI = "file:///prompts/план.prompt.md"
PROMPT = "# Задача 🧭\n\n- Let's think step by step.\n- Never think step by step in public.\n"


@pytest.fixture(params=["en", "ru"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def raw(connect: Callable[[], Raw], locale: str) -> Raw:
    connection = connect()
    connection.initialize(locale=locale)
    return connection


def run(raw: Raw, command: str, *arguments: object) -> Any:
    answer = raw.ask(len(raw.messages) + 10, "workspace/executeCommand", {"command": command, "arguments": arguments})
    return answer.get("result", answer.get("error"))


def test_the_commands_are_announced(connect: Callable[[], Raw]) -> None:
    announced = connect().initialize()["capabilities"]["executeCommandProvider"]["commands"]
    assert announced[:3] == ["thoughtsmith.topics", "thoughtsmith.explain", "thoughtsmith.status"]


def test_every_topic_can_be_explained_in_the_language_of_the_client(raw: Raw, locale: str) -> None:
    found = {topic["id"]: topic for topic in run(raw, "thoughtsmith.topics")}
    assert found["cot"]["kind"] == "technique"
    assert found["cot"]["name"] == {"en": "Chain-of-Thought", "ru": "Цепочка рассуждений"}[locale]
    assert {topic["kind"] for topic in found.values()} == {"technique", "recipe", "knowledge", "rule"}
    for id, topic in found.items():
        page = run(raw, "thoughtsmith.explain", id)
        assert page["id"] == id
        assert topic["name"] in page["markdown"].partition("\n")[0]


@pytest.mark.parametrize("id", ["bon", "BoN", "TH101", "th101", "invalid-yaml"])
def test_a_topic_goes_by_its_id_in_any_case_and_a_rule_by_its_name_too(raw: Raw, id: str) -> None:
    assert run(raw, "thoughtsmith.explain", id)["markdown"].startswith("# ")


def test_what_is_no_topic_has_no_page(raw: Raw) -> None:
    assert run(raw, "thoughtsmith.explain", "no-such-thing") is None


def test_the_status_names_what_is_asked_for_and_counts_what_is_there(raw: Raw, locale: str) -> None:
    raw.open(URI, PROMPT)
    name = {"en": "Chain-of-Thought", "ru": "Цепочка рассуждений"}[locale]
    before = run(raw, "thoughtsmith.status", URI)
    assert before["techniques"] == [{"id": "cot", "name": name}]
    assert 15 < before["tokens"] < 60
    change = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": PROMPT * 10}]}
    raw.send(method="textDocument/didChange", params=change)
    assert run(raw, "thoughtsmith.status", URI)["tokens"] == pytest.approx(10 * before["tokens"], rel=0.15)


def test_a_document_that_is_no_prompt_has_no_status(raw: Raw) -> None:
    raw.open("file:///notes/readme.md", PROMPT)
    assert run(raw, "thoughtsmith.status", "file:///notes/readme.md") is None
    assert run(raw, "thoughtsmith.status", "file:///never/opened.prompt.md") is None


@pytest.mark.parametrize(
    ("command", "arguments"), [("thoughtsmith.explain", []), ("thoughtsmith.status", []), ("thoughtsmith.none", [])]
)
def test_a_malformed_command_is_an_error_and_the_server_goes_on(
    raw: Raw, command: str, arguments: list[object]
) -> None:
    assert run(raw, command, *arguments)["code"] == -32602
    assert raw.ask(900, "workspace/executeCommand", {"command": command})["error"]["code"] == -32602
    assert run(raw, "thoughtsmith.explain", "cot")["id"] == "cot"
