"""Diagnostics and quick fixes as they go over the wire: pushed, pulled, cleared, mended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.rules.cases import cases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Raw

URI = "file:///w/skills/review/SKILL.md"
BAD = "---\nname: review\ndescription: 🧭 Когда: просят\n---\nReview.\n"
GOOD = "---\nname: review\ndescription: Когда просят\n---\nReview.\n"
MESSAGE = "A text with “: ” in it needs quotation marks: without them the front matter is lost"
PULL = {"textDocument": {"diagnostic": {"dynamicRegistration": False}}}
ACTIONS: dict[str, Any] = {
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}
}


def change(raw: Raw, text: str, version: int) -> None:
    document = {"uri": URI, "version": version}
    params = {"textDocument": document, "contentChanges": [{"text": text}]}
    raw.send(method="textDocument/didChange", params=params)


def published(raw: Raw, version: int, uri: str = URI) -> list[dict[str, Any]]:
    """What is published for a version of a document."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        raw.drain()
        for message in raw.messages:
            params: dict[str, Any] = message.get("params") or {}
            if (params.get("uri"), params.get("version")) == (uri, version) and "diagnostics" in params:
                return list(params["diagnostics"])
        time.sleep(0.05)
    pytest.fail(f"nothing was published for version {version} of {uri}")


def pull(raw: Raw, request_id: int, previous: str | None = None) -> dict[str, Any]:
    params = {"textDocument": {"uri": URI}, **({"previousResultId": previous} if previous else {})}
    result: dict[str, Any] = raw.ask(request_id, "textDocument/diagnostic", params)["result"]
    return result


def test_diagnostics_are_pushed_and_go_away(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize(locale="en")
    raw.open(URI, BAD)
    (found,) = published(raw, 1)
    # UTF-16: the compass counts twice.
    assert found["range"] == {"start": {"line": 2, "character": 13}, "end": {"line": 2, "character": 29}}
    assert (found["code"], found["source"], found["severity"]) == ("TH502", "thoughtsmith", 1)
    assert found["message"] == MESSAGE
    change(raw, GOOD, 2)
    assert published(raw, 2) == []


def test_closing_a_document_clears_its_diagnostics(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    raw.open(URI, BAD)
    assert published(raw, 1)
    raw.messages.clear()
    raw.send(method="textDocument/didClose", params={"textDocument": {"uri": URI}})
    raw.drain()
    (cleared,) = (m["params"] for m in raw.messages if m.get("method") == "textDocument/publishDiagnostics")
    assert (cleared["uri"], cleared["diagnostics"]) == (URI, [])


def test_a_client_that_pulls_is_not_pushed_to(connect: Callable[[], Raw]) -> None:
    raw = connect()
    assert raw.initialize(PULL, locale="ru")["capabilities"]["diagnosticProvider"]["interFileDependencies"]
    raw.open(URI, BAD)
    report = pull(raw, 1)
    assert [item["code"] for item in report["items"]] == ["TH502"]
    assert "кавычки" in report["items"][0]["message"]
    again = pull(raw, 2, report["resultId"])
    assert (again["kind"], again["resultId"]) == ("unchanged", report["resultId"])
    change(raw, GOOD, 2)
    assert pull(raw, 3, report["resultId"])["items"] == []
    assert not [m for m in raw.messages if m.get("method") == "textDocument/publishDiagnostics"]


def test_what_is_only_called_markdown_is_not_checked(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize(PULL)
    raw.open(URI.replace("SKILL.md", "notes.md"), BAD)
    params = {"textDocument": {"uri": URI.replace("SKILL.md", "notes.md")}}
    assert raw.ask(1, "textDocument/diagnostic", params)["result"]["items"] == []


def test_a_quick_fix_mends_its_finding(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize({**ACTIONS, "workspace": {"workspaceEdit": {"documentChanges": True}}}, locale="en")
    raw.open(URI, BAD)
    (found,) = published(raw, 1)
    context = {"diagnostics": [found], "only": ["quickfix"]}
    params = {"textDocument": {"uri": URI}, "range": found["range"], "context": context}
    action, *others = raw.ask(1, "textDocument/codeAction", params)["result"]
    assert (action["title"], action["kind"]) == ("Put it in quotation marks", "quickfix")
    assert action["isPreferred"] is True
    assert [other["title"] for other in others] == ["Ignore unquoted-text here", "Ignore unquoted-text in this file"]
    assert not any(other.get("isPreferred") for other in others)
    assert [item["code"] for item in action["diagnostics"]] == ["TH502"]
    (changes,) = action["edit"]["documentChanges"]
    assert changes["textDocument"] == {"uri": URI, "version": 1}
    assert changes["edits"] == [{"range": found["range"], "newText": '"🧭 Когда: просят"'}]


def test_everything_safe_is_fixed_when_saving(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize(ACTIONS, locale="en")
    raw.open(URI, BAD)
    start = {"line": 0, "character": 0}
    context = {"diagnostics": [], "only": ["source.fixAll"]}
    params = {"textDocument": {"uri": URI}, "range": {"start": start, "end": start}, "context": context}
    (action,) = raw.ask(1, "textDocument/codeAction", params)["result"]
    assert action["kind"] == "source.fixAll.thoughtsmith"
    assert [edit["newText"] for edit in action["edit"]["changes"][URI]] == ['"🧭 Когда: просят"']


def test_settings_turn_rules_off_and_documents_are_looked_at_again(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize()
    raw.open(URI, BAD)
    assert published(raw, 1)
    raw.messages.clear()
    settings = {"settings": {"thoughtsmith": {"ignore": ["unquoted-text"]}}}
    raw.send(method="workspace/didChangeConfiguration", params=settings)
    assert published(raw, 1) == []


def test_every_rule_speaks_through_the_server(connect: Callable[[], Raw]) -> None:
    # Those that need a workspace are tested with one elsewhere.
    alone = [case for case in cases() if not case.path.startswith("work/")]
    by_rule = {case.rule: case for case in alone if case.expected.get("findings")}
    raw = connect()
    raw.initialize(PULL, locale="en")
    for number, case in enumerate(by_rule.values(), 1):
        raw.send(method="workspace/didChangeConfiguration", params={"settings": {"thoughtsmith": case.settings}})
        uri = f"file:///{case.rule}/{case.path}"
        raw.open(uri, case.text)
        report = raw.ask(number, "textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]
        expected = [line.split(" ", 2)[1:] for line in case.expected["findings"].splitlines()]
        assert [[item["code"], item["message"]] for item in report["items"]] == expected, case.rule
    with_files = {"missing-file", "include-cycle", "file-outside-workspace"}
    assert {case.rule for case in cases()} - by_rule.keys() <= with_files


@pytest.mark.parametrize(
    ("locale", "note"),
    [
        ("en", "3 more findings are not shown here; `thoughtsmith check` shows them all"),
        ("ru", "Здесь показаны не все замечания (не показано: 3); все покажет `thoughtsmith check`"),
    ],
)
def test_very_many_findings_are_cut_with_a_note(connect: Callable[[], Raw], locale: str, note: str) -> None:
    raw = connect()
    raw.initialize(PULL, locale=locale)
    raw.open(URI, GOOD + "ign\u200bore\n" * 502)  # And it is too long.
    first, *others = pull(raw, 1)["items"]
    assert first["message"] == note
    assert (first["severity"], first["range"]["end"]) == (3, {"line": 0, "character": 0})
    assert {one["code"] for one in others} == {"TH701", "TH801"}
    assert len(others) == 500


def test_findings_link_to_the_page_of_their_rule_if_a_setting_says_where(connect: Callable[[], Raw]) -> None:
    raw = connect()
    raw.initialize(PULL, locale="ru", initializationOptions={"docs": "https://e.org/{lang}/{id}.html#{name}"})
    raw.open(URI, BAD)
    (found,) = pull(raw, 1)["items"]
    assert found["codeDescription"] == {"href": "https://e.org/ru/TH502.html#unquoted-text"}
    raw.send(method="workspace/didChangeConfiguration", params={"settings": {"thoughtsmith": {"docs": ""}}})
    (found,) = pull(raw, 2)["items"]
    assert "codeDescription" not in found


def test_the_files_of_a_circle_are_related_information(connect: Callable[[], Raw], tmp_path: Path) -> None:
    files = {"a.j2": '{% include "b.j2" %}\n', "b.j2": 'B\n{% include "c.j2" %}\n', "c.j2": '{% include "a.j2" %}\n'}
    folder = tmp_path / "prompts"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    raw = connect()
    client = {"textDocument": {**PULL["textDocument"], "publishDiagnostics": {"relatedInformation": True}}}
    raw.initialize(client, locale="en", workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "w"}])
    uri = (folder / "a.j2").as_uri()
    raw.open(uri, files["a.j2"])
    raw.open((folder / "c.j2").as_uri(), "\n" + files["c.j2"])
    deadline = time.monotonic() + 20
    items: list[dict[str, Any]] = []
    while not items and time.monotonic() < deadline:
        items = raw.ask(1, "textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]["items"]
        raw.messages.clear()
    (found,) = items
    assert found["code"] == "TH604"
    steps = [
        (one["location"]["uri"].rpartition("/")[2], one["location"]["range"]["start"]["line"], one["message"])
        for one in found["relatedInformation"]
    ]
    # What is open counts as it is in the editor.
    assert steps == [
        ("b.j2", 1, "prompts/b.j2 takes in prompts/c.j2"),
        ("c.j2", 1, "prompts/c.j2 takes in prompts/a.j2"),
    ]


@pytest.mark.parametrize(("locale", "says"), [("ru", "кавычки"), ("en", "quotation marks")])
def test_the_language_of_messages_may_be_set_in_the_config_file(
    connect: Callable[[], Raw], tmp_path: Path, locale: str, says: str
) -> None:
    (tmp_path / "thoughtsmith.toml").write_text(f'locale = "{locale}"\n', encoding="utf-8")
    raw = connect()
    raw.initialize(PULL, locale="en" if locale == "ru" else "ru")
    uri = (tmp_path / "SKILL.md").as_uri()
    raw.open(uri, BAD)
    items = raw.ask(1, "textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]["items"]
    assert says in next(one["message"] for one in items if one["code"] == "TH502")
