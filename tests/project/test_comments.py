"""Comments inside a paragraph are no words of the prompt."""

from __future__ import annotations

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats import markdown
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


@pytest.mark.parametrize(
    ("path", "text", "named"),
    [
        ("prompts/a.md", "Use chain-of-thought <!-- or self-refine --> here.\n", ["cot"]),
        ("prompts/a.j2", "Use {# chain-of-thought or #} self-refine here.\n", ["self-refine"]),
        ("prompts/a.j2", "Use chain-of-thought {# or\n\nself-refine\n", ["cot"]),
    ],
)
def test_techniques_are_not_named_in_comments(path: str, text: str, named: list[str]) -> None:
    known = format_of(path, text=text)
    assert known is not None
    snapshot = Document(f"file:///{path}", f"/{path}", 1, text, known).snapshot(Settings(), CONTENT, "en")
    assert [mention.id for mention in snapshot.names] == named


def test_words_in_comments_speak_for_no_technique() -> None:
    def suits(text: str) -> dict[str, int]:
        document = Document("file:///a.md", "/a.md", 1, text, markdown.FORMAT)
        return {id: count for id, count in document.snapshot(Settings(), CONTENT, "en").suits.items() if count}

    assert suits("Do it. Solve the puzzle.\n")
    assert not suits("Do it. <!-- Solve the puzzle. -->\n")
