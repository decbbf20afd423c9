"""Comments inside a paragraph are no words of the prompt."""

from __future__ import annotations

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document

CONTENT = Content(load_catalogue())


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("prompts/a.j2", "Translate {# think step by step before you answer #} the text.\n", []),
        ("prompts/a.j2", "Translate {# think step by step\n\nbefore you answer #} the text.\n", []),
        ("prompts/a.j2", "Think {# why? #} step by step {# so #} before you answer.\n", [None]),
        (
            "prompts/a.j2",
            "Hi.\n\nThink step by step before you answer. {# so #}\n",
            ["Think step by step before you answer."],
        ),
        ("prompts/a.md", "Translate <!-- think step by step before you answer --> the text.\n", []),
        ("prompts/a.md", "Translate `<!-- think step by step before you answer -->` the text.\n", [None]),
        ("a.prompt", "---\nmodel: x/y\n---\nTranslate {{! think step by step before you answer }} it.\n", []),
        ("promptfooconfig.yaml", 'prompts:\n  - "Translate {# think step by step before you answer #} it"\n', []),
    ],
)
def test_techniques_are_not_found_in_comments(path: str, text: str, found: list[str | None]) -> None:
    """`None` stands for the whole paragraph."""
    known = format_of(path, text=text)
    assert known is not None
    snapshot = Document(f"file:///{path}", f"/{path}", 1, text, known).snapshot(Settings(), CONTENT, "en")
    spans = [text[one.span.start : one.span.end] for one in snapshot.detections]
    assert spans == [text.strip() if one is None else one for one in found]
