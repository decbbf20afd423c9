"""Hover on variables, keys and values. `<|>` is the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.ide.hover import hover

if TYPE_CHECKING:
    from thoughtsmith.ide.tooltip import Tooltip
    from thoughtsmith.techniques.model import Language

    from .conftest import SnapshotOf

PROMPTY = (
    "---\ninputs:\n  topic:\n    kind: string\n    default: the `sea`\n    description: What it is about.\n---\n"
    "{{ topic }} {{ topic }} {{ ghost }} {% for t in topic %}{{ loop.index }}{% endfor %}"
)


TOPIC = """**`topic`** · declared input

What it is about.

- Type: `string`
- Default: `` the `sea` ``
- Defined: line 3
- Uses: 3"""


def shown(snapshot_of: SnapshotOf, marked: str, path: str, locale: Language = "en") -> tuple[str, Tooltip] | None:
    before, cursor, after = marked.partition("<|>")
    assert cursor
    found = hover(snapshot_of(before + after, path=path, locale=locale), len(before))
    return None if found is None else ((before + after)[found.span.start : found.span.end], found)


@pytest.mark.parametrize(
    ("at", "span", "page"),
    [
        (
            "topic }}",
            "topic",
            TOPIC,
        ),
        ("topic:", "topic", "**`topic`** · declared input\n\nWhat it is about."),
        ("ghost", "ghost", "**`ghost`** · not defined in this file\n\n- Uses: 1"),
        ("t in", "t", "**`t`** · loop variable\n\n- Defined: line 8\n- Uses: 0"),
        ("loop", "loop", "**`loop`** · part of the template language\n\nThe state of the loop:"),
    ],
)
def test_a_variable(snapshot_of: SnapshotOf, at: str, span: str, page: str) -> None:
    found = shown(snapshot_of, PROMPTY.replace(at, f"<|>{at}", 1), "a.prompty")
    assert found is not None
    assert found[0] == span
    assert found[1].markdown.startswith(page)


@pytest.mark.parametrize(
    ("path", "marked", "span", "page"),
    [
        (
            "a.prompt.md",
            "---\nag<|>ent: ask\n---\n",
            "agent",
            "**`agent`**\n\n",
        ),
        ("a.prompt.md", "---\nagent: a<|>sk\n---\n", "ask", "**`ask`**\n\nAnswers"),
        ("a.prompt.md", "---\nagent: 'a<|>sk'\n---\n", "'ask'", "**`ask`**\n\nAnswers"),
        ("a.prompt.md", "---\n'ag<|>ent': ask\n---\n", "'agent'", "**`agent`**\n\n"),
        ("a.prompty", "---\nmodel:\n  api<|>Type: chat\n---\n", "apiType", "**`apiType`**\n\n"),
    ],
)
def test_a_key_or_value(snapshot_of: SnapshotOf, path: str, marked: str, span: str, page: str) -> None:
    found = shown(snapshot_of, marked, path)
    assert found is not None
    assert found[0] == span
    assert found[1].markdown.startswith(page)
    russian = shown(snapshot_of, marked, path, "ru")
    assert russian is not None
    assert russian[1].markdown != found[1].markdown


def test_a_key_says_all_that_the_schema_knows(snapshot_of: SnapshotOf) -> None:
    found = shown(snapshot_of, "---\n<|>name: x\n---\n", "x/SKILL.md")
    assert found is not None
    for part in ("- Type: text", "- Required", "- At most 64 characters"):
        assert part in found[1].markdown
    found = shown(snapshot_of, "---\nna<|>me: x\nmo<|>de: ask\n---\n".replace("na<|>me", "name"), "a.prompt.md")
    assert found is not None
    assert "- Deprecated, use `agent`" in found[1].markdown
    found = shown(snapshot_of, "---\narguments<|>: x\n---\n", "x/SKILL.md")
    assert found is not None
    assert "- Read by: Claude Code" in found[1].markdown


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("a.prompt.md", "---\ncolour: <|>red\n---\n"),
        ("a.prompt.md", "---\ncol<|>our: red\n---\n"),
        ("a.prompt.md", "---\nname: so<|>me\n---\n"),
        ("a.prompt.md", "---\nagent: my-<|>own\n---\n"),
        ("a.prompt.md", "---\nname: x\n---\nname<|>: y"),
        ("a.md", "---\nname<|>: x\n---\n"),
    ],
)
def test_nothing(snapshot_of: SnapshotOf, path: str, marked: str) -> None:
    assert shown(snapshot_of, marked, path) is None
