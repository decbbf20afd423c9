"""What is inserted in the syntax of a format is recognised there: every technique, in both languages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.insert_technique import insertion
from thoughtsmith.text.edits import Edit, apply_edits

from .test_code_actions import parse

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot

    from .conftest import SnapshotOf

FIXTURES = Path(__file__).parent.parent / "formats" / "fixtures"
POEM = "You translate poems.\n"
SEEN = {
    "prompty": f"---\nname: x\n---\nsystem:\n{POEM}\nuser:\nTranslate {{{{ poem }}}}.<|>\n",
    "prompty without messages": "---\nname: x\n---\n<|>",
    "prompty list": "system:\nRules:\n\n1. Plain.\n{% if rhymes %}\n2. Keep rhymes.<|>\n{% endif %}\n3. Be brief.\n",
    "dotprompt": f'---\nmodel: x\n---\n{{{{role "system"}}}}\n{POEM}\n{{{{role "user"}}}}\nTranslate it.<|>\n',
    "dotprompt without messages": "---\nmodel: x\n---\n<|>",
    "dotprompt tags": '{{role "user"}}\n<poem>\n{{poem}}\n</poem>\n{{#if rhymes}}\nKeep the rhymes.<|>\n{{/if}}\n',
    "jinja": "{# A poem. #}\n{% set style = 'plain' %}\nTranslate {{ poem }}.<|>\n",
    "jinja sections": f"# A\n\n{POEM}\n{{% if task %}}\n# Task\n\nTranslate it.<|>\n{{% endif %}}\n# Style\n\nPlain.",
    "poml": "<poml>\n  <role>You translate poems.</role>\n  <task>Translate the poem.</task><|>\n</poml>\n",
    "poml task": "<poml>\n  <task>\n    Translate the poem.<|>\n  </task>\n</poml>\n",
    "poml list": "<poml>\n<task>Rules:\n<list>\n  <item>Plain.<|></item>\n  <item>B</item>\n</list>\n</task>\n</poml>",
    "poml free text": "Translate the poem.<|>\n",
}
ENDINGS = {"prompty": "a.prompty", "dotprompt": "a.prompt", "jinja": "a.j2", "poml": "a.poml"}


def asked_for(snapshot: Snapshot) -> Counter[str]:
    return Counter(d.id for d in snapshot.detections if d.form == "instruction" and not d.negated)


def check(snapshot_of: SnapshotOf, text: str, offset: int, path: str, id: str, language: str) -> None:
    """The technique inserted at `offset` is found there with what it entails, and nothing that was there is lost."""
    snapshot = snapshot_of(text, path=path, language=language)
    technique = snapshot.content.catalogue.techniques[id]
    edits = insertion(snapshot, technique, offset)
    after = apply_edits(text, [Edit(edit.span, to_plain(edit.written)) for edit in edits])
    found = asked_for(snapshot_of(after, path=path))
    before = asked_for(snapshot)
    assert set(found - before) == {id, *technique.entails}, after
    assert not before - found, after


@pytest.mark.parametrize("place", SEEN)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("number", range(10))
def test_an_inserted_block_is_recognised(snapshot_of: SnapshotOf, place: str, language: str, number: int) -> None:
    text, selection = parse(SEEN[place])
    id = list(snapshot_of("").content.catalogue.techniques)[number]
    check(snapshot_of, text, selection.start, ENDINGS[place.split()[0]], id, language)


FILES = sorted(path for name in ENDINGS for path in (FIXTURES / name).iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("id", ["cot", "bon", "verification"])
def test_a_block_is_recognised_wherever_it_is_inserted_into_a_file(
    snapshot_of: SnapshotOf, path: Path, id: str
) -> None:
    text = path.read_text(encoding="utf-8")
    offset = 0
    for line in text.splitlines(keepends=True):
        check(snapshot_of, text, offset + len(line.rstrip("\n")), path.name, id, "auto")
        offset += len(line)
