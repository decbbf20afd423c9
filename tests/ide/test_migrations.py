"""Moving a prompt to the format that takes the place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.action import MIGRATE_KIND, NewFile, NewName, WrittenEdit
from thoughtsmith.ide.code_actions import Request, code_actions, edits_of
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

from .test_code_actions import fail

if TYPE_CHECKING:
    from thoughtsmith.ide.action import Change

    from .conftest import SnapshotOf


def migrated(snapshot_of: SnapshotOf, text: str, path: str, id: str) -> tuple[str, list[Change]]:
    """The text after the migration, and what else it does."""
    snapshot = snapshot_of(text, path=path)
    offers = code_actions(snapshot, Request(Span(0, 0), (MIGRATE_KIND,)), fail).offers
    (offer,) = (offer for offer in offers if offer.id == id)
    changes = edits_of(snapshot, offer)
    edits = [Edit(c.span, to_plain(c.written)) for c in changes if isinstance(c, WrittenEdit)]
    return apply_edits(text, edits), [change for change in changes if not isinstance(change, WrittenEdit)]


@pytest.mark.parametrize(
    ("path", "renamed"),
    [
        ("/w/.github/chatmodes/review.chatmode.md", "../agents/review.agent.md"),
        ("/w/modes/Ревью.chatmode.md", "Ревью.agent.md"),
    ],
)
def test_a_chat_mode_becomes_an_agent(snapshot_of: SnapshotOf, path: str, renamed: str) -> None:
    text = "---\ndescription: Reviews code\n---\nReview the code.\n"
    assert migrated(snapshot_of, text, path, "chatmode-to-agent") == (text, [NewName(renamed)])


SKILL = """---
name: {name}
description: {description}
---

# Plan

Plan a trip.
"""


@pytest.mark.parametrize(
    ("head", "name", "description"),
    [
        ("description: Plans trips\nagent: ask\n", "plan-trip", "Plans trips"),
        ('name: Plan My Trip!\ndescription: "Plans: trips"\n', "plan-my-trip", '"Plans: trips"'),
        ("description: >\n  Plans\n  trips\n", "plan-trip", '"Plans trips\\n"'),
        ("agent: ask\n", "plan-trip", '"What it does, and when to use it."'),
        # What is wrong there, or means something by itself only there, is made right.
        ("description: Plans: trips\n", "plan-trip", '"Plans: trips"'),
        ("description: @trips\n", "plan-trip", '"@trips"'),
        ("description: 5\n", "plan-trip", '"5"'),
        ("name: &n plan-trip\ndescription: *n\n", "plan-trip", '"What it does, and when to use it."'),
    ],
)
def test_a_prompt_file_becomes_a_skill_beside_it(
    snapshot_of: SnapshotOf, head: str, name: str, description: str
) -> None:
    text = f"---\n{head}---\n\n# Plan\n\nPlan a trip.\n"
    after, changes = migrated(snapshot_of, text, "/w/.github/prompts/plan-trip.prompt.md", "prompt-to-skill")
    assert after == text
    assert changes == [NewFile(f"../skills/{name}/SKILL.md", SKILL.format(name=name, description=description))]


def test_a_prompt_file_without_front_matter_becomes_a_skill(snapshot_of: SnapshotOf) -> None:
    (change,) = migrated(snapshot_of, "Plan a trip.\r\n", "/w/a b.prompt.md", "prompt-to-skill")[1]
    assert isinstance(change, NewFile)
    assert change.path == "skills/a-b/SKILL.md"
    assert change.text.endswith("---\r\n\r\nPlan a trip.\r\n")


V1 = """---
name: Support
model:
  api: chat
  configuration:
    type: azure_openai
    azure_deployment: gpt
  parameters:
    max_tokens: 300
    temperature: 0.2
inputs:
  question:
    type: string
    sample: How?
---
system:
Answer {{question}}.
"""
V2 = """---
name: Support
model:
  apiType: chat
  provider: foundry
  connection:
    kind: key
    azure_deployment: gpt
  options:
    maxOutputTokens: 300
    temperature: 0.2
inputs:
  question:
    kind: string
    default: How?
---
system:
Answer {{question}}.
"""


def test_prompty_v1_becomes_v2_and_stays_so(snapshot_of: SnapshotOf) -> None:
    assert migrated(snapshot_of, V1, "/w/a.prompty", "prompty-to-v2") == (V2, [])
    assert not code_actions(snapshot_of(V2, path="/w/a.prompty"), Request(Span(0, 0), (MIGRATE_KIND,)), fail).offers


def test_the_samples_of_prompty_v1_become_inputs(snapshot_of: SnapshotOf) -> None:
    text = "---\nmodel:\n  api: chat\nsample:\n  city: Paris\n---\nsystem:\nPlan {{city}}.\n"
    expected = "---\nmodel:\n  apiType: chat\ninputs:\n  city: Paris\n---\nsystem:\nPlan {{city}}.\n"
    assert migrated(snapshot_of, text, "/w/a.prompty", "prompty-to-v2")[0] == expected


@pytest.mark.parametrize(
    ("configuration", "connection"),
    [
        ("type: 'my: own'", "  provider: 'my: own'\n  connection:\n    kind: key\n"),
        ("type:", "  connection:\n    type:\n"),
        ("type: openai\n    kind: key", "  connection:\n    type: openai\n    kind: key\n"),
    ],
)
def test_what_is_moved_stays_valid(snapshot_of: SnapshotOf, configuration: str, connection: str) -> None:
    text = f"---\nmodel:\n  configuration:\n    {configuration}\n---\nsystem:\nx\n"
    expected = f"---\nmodel:\n{connection}---\nsystem:\nx\n"
    assert migrated(snapshot_of, text, "/w/a.prompty", "prompty-to-v2")[0] == expected


def test_front_matter_with_errors_is_not_moved_around(snapshot_of: SnapshotOf) -> None:
    snapshot = snapshot_of(V1.replace("name: Support", "name: a: b"), path="/w/a.prompty")
    assert not code_actions(snapshot, Request(Span(0, 0), (MIGRATE_KIND,)), fail).offers
