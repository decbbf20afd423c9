"""What is inserted into a prompt inside data is recognised there, in both languages, and the data stays what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.code_actions import Request, code_actions
from thoughtsmith.ide.folding import folding_ranges
from thoughtsmith.ide.semantic_tokens import semantic_tokens
from thoughtsmith.ide.symbols import document_symbols
from thoughtsmith.text.edits import Edit, apply_edits

from .test_code_actions import fail, parse, text_edits

if TYPE_CHECKING:
    from .conftest import SnapshotOf

FILES = {
    "block scalar": ("a/promptfooconfig.yaml", "prompts:\n  - label: a\n    raw: |\n      {text}<|>\ntests: []\n"),
    "between others": ("promptfooconfig.yml", "prompts:\n- |\n  {other}\n- |-\n  {text}<|>\n- |\n  {other}\n"),
    "one line": ("promptfooconfig.yaml", "prompts:\n  - '{text}<|>'\nx: 1\n"),
    "message": ("a.prompt.yml", "messages:\n  - role: user\n    content: |\n      {text}<|>\ntestData: []\n"),
    "list": ("prompts/a.yaml", "system: |\n  - {text}<|>\n  - {other}\nx: [1]\n"),
    "folded": ("promptfooconfig.yaml", "prompts:\n  - >-\n    {text}<|>\nx: 1\n"),
}
TEXTS = {
    "en": {"text": "Translate the poem below into French.", "other": "Keep the rhymes of the poem as they are."},
    "ru": {"text": "Переведи стихотворение на французский язык.", "other": "Сохрани рифмы стихотворения."},
}


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("file", FILES)
def test_an_inserted_technique_is_found_where_it_was_inserted(
    snapshot_of: SnapshotOf, file: str, language: str, number: int
) -> None:
    path, template = FILES[file]
    marked = template
    for name, words in TEXTS[language].items():
        marked = marked.replace("{" + name + "}", words)
    text, selection = parse(marked)
    snapshot = snapshot_of(text, path=path)
    offer = [
        offer
        for offer in code_actions(snapshot, Request(selection, ("refactor",)), fail).offers
        if offer.producer == "insert" and offer.id in snapshot.content.catalogue.techniques
    ][number]
    after = apply_edits(text, [Edit(edit.span, to_plain(edit.written)) for edit in text_edits(snapshot, offer)])
    found = snapshot_of(after, path=path)
    asked = {d.id for d in found.detections if d.form == "instruction" and not d.negated}
    assert asked == {offer.id, *snapshot.content.catalogue.techniques[offer.id].entails}, after
    before, now = strings(yaml.safe_load(text)), strings(yaml.safe_load(after))
    assert len(now) == len(before)
    assert sum(one != other for one, other in zip(before, now, strict=True)) == 1


@pytest.mark.parametrize("number", range(4))
def test_the_lines_of_a_block_stay_lines_in_a_folded_text(snapshot_of: SnapshotOf, number: int) -> None:
    lines: list[list[str]] = []
    for sign in ("|-", ">-"):
        text, selection = parse(f"prompts:\n  - {sign}\n    Translate the poem.<|>\n")
        snapshot = snapshot_of(text, path="promptfooconfig.yaml")
        offers = code_actions(snapshot, Request(selection, ("refactor",)), fail).offers
        offer = [offer for offer in offers if offer.producer == "insert"][number]
        after = apply_edits(text, [Edit(edit.span, to_plain(edit.written)) for edit in text_edits(snapshot, offer)])
        (said,) = strings(yaml.safe_load(after))
        lines.append([line.strip() for line in said.splitlines() if line.strip()])
    assert len(lines[0]) > 1
    assert lines[0] == lines[1]


def test_techniques_of_different_prompts_are_different_blocks(snapshot_of: SnapshotOf) -> None:
    text = "prompts:\n  - Think step by step about {{q}}.\n  - |\n    Think step by step about {{q}}.\n"
    found = snapshot_of(text, path="promptfooconfig.yaml").detections
    assert [text[slice(*d.span)] for d in found] == ["Think step by step about {{q}}."] * 2


def test_prompts_in_json_speak_unless_they_are_escaped(snapshot_of: SnapshotOf) -> None:
    prompts = '["Think step by step about {{q}}.", "Think step by step\\nabout \\"it\\"."]'
    text = f'{{"prompts": {prompts}, "x": "Think step by step"}}'
    (found,) = snapshot_of(text, path="promptfooconfig.json").detections
    assert text[slice(*found.places[0])].startswith("Think step by step")
    assert found.span.start == text.index("Think")


def test_prompts_are_the_outline_of_the_file(snapshot_of: SnapshotOf) -> None:
    system = "  - role: system\n    content: |\n      # Role\n      You sum up.\n"
    text = f"messages:\n{system}  - role: user\n    content: Sum it up\n"
    snapshot = snapshot_of(text, path="a.prompt.yml")
    symbols = document_symbols(snapshot)
    assert [(s.name, [c.name for c in s.children]) for s in symbols] == [("system", ["Role"]), ("user", [])]
    assert text[slice(*symbols[0].name_span)] == "content: |"
    assert len(folding_ranges(snapshot)) == 2


def test_only_prompts_have_tokens(snapshot_of: SnapshotOf) -> None:
    text = "description: chain of thought {{a}}\nprompts:\n  - |\n    Use chain of thought on {{b}}\n  - One {{c}}\n"
    tokens = semantic_tokens(snapshot_of(text, path="promptfooconfig.yaml"))
    assert [text[slice(*token.span)] for token in tokens] == ["chain of thought", "{{b}}", "{{c}}"]
