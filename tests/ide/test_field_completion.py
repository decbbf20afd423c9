"""Completion in structured data: keys and values, also in what is half typed. `<|>` is the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats.writing import to_snippet
from thoughtsmith.ide.completion import completions
from thoughtsmith.text.edits import Edit, apply_edits

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion
    from thoughtsmith.techniques.model import Language

    from .conftest import SnapshotOf


def offered(
    snapshot_of: SnapshotOf, marked: str, path: str = "a.prompt.md", locale: Language = "en"
) -> list[Suggestion]:
    before, cursor, after = marked.partition("<|>")
    assert cursor
    found = completions(snapshot_of(before + after, path=path, locale=locale), len(before))
    assert not (found.names and found.techniques)
    return found.names


def labels(snapshot_of: SnapshotOf, marked: str, path: str = "a.prompt.md") -> list[str]:
    return [offer.label for offer in offered(snapshot_of, marked, path)]


ALL = ["name", "description", "argument-hint", "agent", "model", "tools", "mode"]


@pytest.mark.parametrize(
    ("marked", "missing"),
    [
        ("---\n<|>\n---\n", []),
        ("---\nde<|>\n---\n", []),
        ("---\r\n<|>\r\n---\r\n", []),
        ("---\n<|>", []),
        ("---\nna<|>", []),
        ("---\nname: x\n<|>\n---\n", ["name"]),
        ("---\nname: x\nag<|>\n---\n", ["name"]),
        ("---\nname: x\nag<|>\nmodel: y\n---\nText.", ["name", "model"]),
        ("---\nname: x\n<|>", ["name"]),
        ("---\nname: x\n\n<|>", ["name"]),
        # The key under the cursor may become another one.
        ("---\nna<|>me: x\nmodel: y\n---\n", ["model"]),
    ],
)
def test_the_keys_that_are_missing_are_offered(snapshot_of: SnapshotOf, marked: str, missing: list[str]) -> None:
    assert labels(snapshot_of, marked) == [key for key in ALL if key not in missing]


@pytest.mark.parametrize(
    "marked",
    [
        "<|>---\nname: x\n---\n",
        "---\nname: x\n---\n<|>",
        "---\nname: x\n---\n\nna<|>",
        "---\nname: <|>\n---\n",
        "---\nname: x # <|>\n---\n",
        "---\ndescription: |\n  Some text\n  <|>\n---\n",
        # A rule above a text is no front matter.
        "---\n<|>\nText.",
        "Text.\n---\n<|>\n---\n",
    ],
)
def test_no_names_are_offered(snapshot_of: SnapshotOf, marked: str) -> None:
    assert labels(snapshot_of, marked) == []


@pytest.mark.parametrize(
    ("path", "marked", "expected"),
    [
        ("a.prompty", "---\nmodel:\n  <|>\n---\n", ["id", "provider"]),
        ("a.prompty", "---\nmodel:\n  id: x\n  pro<|>\n---\n", ["provider"]),
        ("a.prompty", "---\ninputs:\n  q:\n    ki<|>\n---\n", ["kind"]),
        ("a.prompty", "---\ninputs:\n  - <|>\n---\n", ["name", "kind"]),
        ("a.prompty", "---\ninputs:\n  - name: q\n    <|>\n---\n", ["kind"]),
        ("a.agent.md", "---\nhandoffs:\n  - <|>\n---\n", ["label", "agent"]),
        ("a.agent.md", "---\nhandoffs:\n  <|>\n---\n", ["- label", "- agent"]),
        ("a.prompt", "---\ninput:\n  <|>\n---\n", ["default", "schema"]),
        ("promptfooconfig.yaml", "prompts:\n  - Say it.\n<|>\n", ["description"]),
        # Required first.
        ("x/SKILL.md", "---\n<|>\n---\n", ["name", "description", "license"]),
        ("x/SKILL.md", "---\nname: x\n<|>\n---\n", ["description", "license"]),
    ],
)
def test_keys_of_the_mapping_around(snapshot_of: SnapshotOf, path: str, marked: str, expected: list[str]) -> None:
    assert labels(snapshot_of, marked, path)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("path", "marked", "label", "expected"),
    [
        ("a.prompt.md", "---\n<|>\n---\n", "name", "---\nname: ${1}$0\n---\n"),
        ("a.prompt.md", "---\nag<|>\n---\n", "agent", "---\nagent: ${1|ask,agent,plan|}$0\n---\n"),
        ("a.prompt.md", "---\nmo<|>de: ask\n---\n", "agent", "---\nagent$0: ask\n---\n"),
        ("a.agent.md", "---\n<|>\n---\n", "handoffs", "---\nhandoffs:\n  - ${1}$0\n---\n"),
        ("a.agent.md", "---\nuser<|>\n---\n", "user-invocable", "---\nuser-invocable: ${1|true,false|}$0\n---\n"),
        ("a.prompty", "---\n<|>\n---\n", "metadata", "---\nmetadata:\n  ${1}$0\n---\n"),
        # What is nested is indented relative to its line, by the editor.
        ("a.prompty", "---\nmodel:\n  <|>\n---\n", "options", "---\nmodel:\n  options:\n  ${1}$0\n---\n"),
        ("a.prompt.md", "---\nagent: <|>\n---\n", "plan", "---\nagent: plan$0\n---\n"),
        ("a.prompt.md", "---\nagent:<|>\n---\n", "plan", "---\nagent: plan$0\n---\n"),
        ("a.prompt.md", "---\nagent: as<|>k # now\n---\n", "plan", "---\nagent: plan$0 # now\n---\n"),
        ("a.prompt.md", '---\nagent: "<|>"\n---\n', "plan", '---\nagent: "plan"$0\n---\n'),
        ("a.prompt.md", "---\nagent: '<|>ask'\n---\n", "plan", "---\nagent: 'plan'$0\n---\n"),
        ("a.prompty", "---\ninputs:\n  - <|>\n---\n", "name", "---\ninputs:\n  - name: ${1}$0\n---\n"),
    ],
)
def test_accepted(snapshot_of: SnapshotOf, path: str, marked: str, label: str, expected: str) -> None:
    offer = next(offer for offer in offered(snapshot_of, marked, path) if offer.label == label)
    snippet = to_snippet(offer.written)
    assert snippet is not None
    assert apply_edits(marked.replace("<|>", ""), [Edit(offer.at, snippet)]) == expected
    typed = marked[: marked.index("<|>")][offer.at.start :]
    assert offer.filter_text.startswith(typed) or label not in marked


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("src/*.py, <|>, b", "src/*.py, **, b"),
        ("src/*.py, *<|>", "src/*.py, **"),
        ('"src/*.py,<|>"', '"src/*.py,**"'),
        ("'<|>src, b'", "'**, b'"),
        # On its own it has to be quoted.
        ("<|>", '"**"'),
        ("'<|>'", "'**'"),
    ],
)
def test_of_several_values_in_one_text_the_one_at_the_cursor_is_replaced(
    snapshot_of: SnapshotOf, before: str, after: str
) -> None:
    marked = f"---\napplyTo: {before}\n---\n"
    (offer,) = offered(snapshot_of, marked, "a.instructions.md")
    assert offer.label == "**"
    text = apply_edits(marked.replace("<|>", ""), [Edit(offer.at, "".join(map(str, offer.written)))])
    assert text == f"---\napplyTo: {after}\n---\n"


def test_offers_say_what_they_are_for_in_the_language_of_the_reader(snapshot_of: SnapshotOf) -> None:
    english = {offer.label: offer for offer in offered(snapshot_of, "---\n<|>\n---\n")}
    russian = {offer.label: offer for offer in offered(snapshot_of, "---\n<|>\n---\n", locale="ru")}
    assert english["description"].detail == "text"
    assert russian["description"].detail == "текст"
    for key in ALL:
        assert english[key].documentation.startswith(f"**`{key}`**\n\n")
        assert russian[key].documentation != english[key].documentation
    assert english["mode"].deprecated
    assert "Deprecated, use `agent`" in english["mode"].documentation
    assert not english["agent"].deprecated
    (ask, *_) = offered(snapshot_of, "---\nagent: <|>\n---\n")
    assert ask.documentation


COMMON = ["name", "description"]
SPEC = [*COMMON, "license", "compatibility", "metadata", "allowed-tools"]


@pytest.mark.parametrize(
    ("profiles", "keys", "more"),
    [
        (("spec",), SPEC, 0),
        (("spec", "claude"), SPEC, 0),
        (("codex",), [*COMMON, "metadata"], 0),
        (
            ("copilot",),
            [*COMMON, "license", "compatibility", "metadata", "argument-hint", "disable-model-invocation"],
            2,
        ),
        (("claude",), [*SPEC, "when_to_use"], 13),
        ((), [*SPEC, "when_to_use"], 13),
    ],
)
def test_the_keys_of_a_skill_are_those_of_the_tools_that_it_is_for(
    snapshot_of: SnapshotOf, profiles: tuple[str, ...], keys: list[str], more: int
) -> None:
    snapshot = snapshot_of("---\n\n---\n", path="skills/a/SKILL.md", skill_profiles=profiles)
    found = [offer.label for offer in completions(snapshot, 4).names]
    assert (found[: len(keys)], len(found) - len(keys)) == (keys, more)
