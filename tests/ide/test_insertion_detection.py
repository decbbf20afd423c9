"""What is inserted is recognised where it was inserted, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.code_actions import Request, code_actions
from thoughtsmith.text.edits import Edit, apply_edits

from .test_code_actions import fail, parse, text_edits

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot

    from .conftest import SnapshotOf

PROMPTS = {
    "a paragraph": "You are a translator of poems.<|>\n",
    "a list": "Rules:\n\n- Use plain words.<|>\n- Keep the rhymes.\n",
    "a numbered list": "1. Read the poem.\n2. Name its metre.<|>\n3. Translate it.\n",
    "sections": "# Role\n\nYou translate poems.\n\n# Task\n\nTranslate the poem below.<|>\n\n# Style\n\nPlain words.\n",
    "tags": "<role>\nYou translate poems.\n</role>\n\n<task>\nTranslate the poem.<|>\n</task>\n",
    "with techniques": "Think step by step.\n\nState your confidence.\n\nTranslate it.<|>\n\n# Style\n\nPlain.\n",
    "Russian": "# Роль\n\nТы переводишь стихи.\n\n# Задача\n\nПереведи.<|>\n\n# Стиль\n\nПростые слова.\n",
    "a Russian list": "Правила:\n\n- Пиши простыми словами.<|>\n- Сохраняй рифмы.\n",
}


def asked_for(snapshot: Snapshot) -> Counter[str]:
    return Counter(d.id for d in snapshot.detections if d.form == "instruction" and not d.negated)


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("number", range(10))
def test_an_inserted_block_adds_its_technique_and_what_it_entails(
    snapshot_of: SnapshotOf, prompt: str, number: int
) -> None:
    text, selection = parse(PROMPTS[prompt])
    snapshot = snapshot_of(text)
    inserts = [
        offer
        for offer in code_actions(snapshot, Request(selection, ("refactor",)), fail).offers
        if offer.producer == "insert" and offer.id in snapshot.content.catalogue.techniques
    ]
    offer = inserts[number]
    after = apply_edits(text, [Edit(edit.span, to_plain(edit.written)) for edit in text_edits(snapshot, offer)])
    expected = {offer.id, *snapshot.content.catalogue.techniques[offer.id].entails}
    added = asked_for(snapshot_of(after)) - asked_for(snapshot)
    lost = asked_for(snapshot) - asked_for(snapshot_of(after))
    if offer.id in asked_for(snapshot):
        # It may have become one block with its neighbour.
        expected -= {offer.id} - set(added)
    assert set(added) == expected, after
    assert not lost, after
