"""The commands that give the text for what a user has named, as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.raw_client import Raw

URI = "file:///prompts/план.prompt.md"
PROMPT = "Hello 🧭\n\nPlan the deliveries 🚚 and explain your choice.\n\nBye.\n"
SNIPPETS = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
REQUEST_FAILED = -32803


@pytest.fixture
def raw(connect: Callable[[], Raw]) -> Raw:
    connection = connect()
    connection.initialize(SNIPPETS, locale="en")
    connection.open(URI, PROMPT)
    return connection


def run(raw: Raw, command: str, *arguments: object) -> Any:
    answer = raw.ask(len(raw.messages) + 10, "workspace/executeCommand", {"command": command, "arguments": arguments})
    return answer.get("result", answer.get("error"))


def lines(first: int, last: int) -> dict[str, Any]:
    """From the start of one line to the end of another; the server clamps what is too far."""
    return {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 999}}


def test_insert_gives_a_block_behind_the_place(raw: Raw) -> None:
    (edit,) = run(raw, "thoughtsmith.insert", URI, lines(2, 2), "bon:5")
    assert edit["isSnippet"]
    assert edit["range"]["start"]["line"] == 2
    assert edit["range"]["start"]["character"] == len(PROMPT.splitlines()[2].encode("utf-16-le")) // 2
    assert "Write 5 candidates" in edit["newText"]
    assert "${1:" in edit["newText"]


def test_a_client_without_snippets_gets_plain_text(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize(locale="en")
    raw.open(URI, PROMPT)
    (edit,) = run(raw, "thoughtsmith.insert", URI, lines(2, 2), "bon:5")
    assert not edit["isSnippet"]
    assert "${" not in edit["newText"]


def test_wrap_makes_the_text_the_task_of_the_block(raw: Raw) -> None:
    edits = run(raw, "thoughtsmith.wrap", URI, lines(2, 2), "cot")
    text = "".join(edit["newText"] for edit in edits)
    assert "above" in text
    assert "Plan the deliveries" not in text, "the text itself stays where it is"


def test_compose_gives_a_prompt_in_the_language_of_the_task(raw: Raw) -> None:
    text = run(raw, "thoughtsmith.compose", ["cot", "bon:4"], "Составь план поставок 🚚 на неделю.")["text"]
    assert text.startswith("Составь план поставок 🚚 на неделю.\n")
    assert "4" in text
    assert not any(word in text for word in ("Write", "answer"))


def test_a_recipe_takes_its_number(raw: Raw) -> None:
    assert "4" in run(raw, "thoughtsmith.compose", ["research:4"], "")["text"]


@pytest.mark.parametrize(
    ("command", "arguments", "message"),
    [
        ("insert", (URI, lines(2, 2), "bom"), "There is no 'bom' here. Did you mean bon"),
        ("insert", (URI, lines(2, 2), "bon:99"), "bon: n = '99': must be a whole number from"),
        ("insert", (URI, lines(2, 2), "cot:3"), "cot takes no number; write cot without :3."),
        ("wrap", (URI, lines(1, 1), "cot"), "There is nothing here to wrap"),
        ("compose", (["cot", "nothing"], ""), "There is no 'nothing' here."),
    ],
)
def test_what_a_user_gets_wrong_is_said(raw: Raw, command: str, arguments: tuple[object, ...], message: str) -> None:
    error = run(raw, f"thoughtsmith.{command}", *arguments)
    assert error["code"] == REQUEST_FAILED
    assert error["message"].startswith(message)


def test_a_closed_document_gets_nothing(raw: Raw) -> None:
    assert run(raw, "thoughtsmith.insert", "file:///other.md", lines(0, 0), "cot") is None


@pytest.mark.parametrize(
    ("command", "arguments", "wrong"),
    [
        ("compose", (["cot"], None), "the argument 'task' must be a text"),
        ("compose", (None, "Plan it."), "the argument 'specs' must be a list of texts"),
        ("compose", ("cot", "Plan it."), "the argument 'specs' must be a list of texts"),
        ("compose", (["cot", None], "Plan it."), "the argument 'specs' must be a list of texts"),
        ("insert", (URI, lines(2, 2), None), "the argument 'spec' must be a text"),
        ("insert", (None, lines(2, 2), "cot"), "the argument 'uri' must be a text"),
        ("explain", (7,), "the argument 'id' must be a text"),
    ],
)
def test_an_argument_of_the_wrong_kind_is_named(
    raw: Raw, command: str, arguments: tuple[object, ...], wrong: str
) -> None:
    error = run(raw, f"thoughtsmith.{command}", *arguments)
    assert (error["code"], error["message"]) == (-32602, f"Invalid Params: thoughtsmith.{command}: {wrong}")


@pytest.mark.parametrize("command", ["insert", "wrap", "compose"])
def test_a_malformed_command_is_an_error_and_the_server_goes_on(raw: Raw, command: str) -> None:
    assert run(raw, f"thoughtsmith.{command}", "one")["code"] == -32602
    assert run(raw, "thoughtsmith.compose", ["cot"], "")["text"]
