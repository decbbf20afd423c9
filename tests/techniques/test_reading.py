"""Reading a passage: tokens, and where they stand in the text as written."""

from __future__ import annotations

import random
import unicodedata

import pytest

from thoughtsmith.techniques.reading import Abbreviations, Reading


def read(text: str, *abbreviations: str) -> Reading:
    return Reading(text, Abbreviations(abbreviations))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Think, step-by-step.", "think step by step ."),
        ("Don’t!", "don't !"),
        ("Use 2.5 of 3 parts.", "use 2.5 of 3 parts ."),
        ("self_review and camelCase", "self review and camelcase"),
        ("e.g. this, т. е. это", "e.g. this т. е. это"),
        ("One\nTwo", "one ¶ two"),
        ("a sentence that was broken by an editor at the last word that fits\n2 lines", None),
        ("one\ntwo", "one two"),
        ("One\n\ntwo", "one ¶ two"),
        ("- One\n- Two", "one ¶ two"),
        ('"prompt": "Think.\\nAnswer."', "prompt : think . ¶ answer ."),
        ("<thinking>x</thinking>", "<thinking> x </thinking>"),
        ("{{ task }} and ${x}", "{{ task }} and ${x}"),
        ("Ёлка. ещё", "елка . еще"),
        ("", ""),
    ],
)
def test_tokens(text: str, tokens: str | None) -> None:
    found = " ".join(read(text).tokens).replace("\n", "¶")
    if tokens is None:
        assert "¶" not in found
    else:
        assert found == tokens


def test_an_abbreviation_has_its_own_token_only_as_written() -> None:
    assert read("CoT cot COT", "CoT").tokens == ["CoT", "cot", "cot"]


@pytest.mark.parametrize(
    "text",
    [
        "Рассуждаи\u0306 поша\u00adгово, е\u0308лка",
        "İstanbul think",
        "a\u200bb\u200c think \ufeffstep",
        "🙂 think 👩‍👩‍👧 step",
        "ﬁne ß ǅ think",
    ],
)
def test_places_are_those_of_the_text_as_written(text: str) -> None:
    reading = read(text)
    for index, token in enumerate(reading.tokens):
        span = reading.span(index, index + 1)
        assert 0 <= span.start < span.end <= len(text)
        written = unicodedata.normalize("NFC", text[span.start : span.end]).lower().replace("ё", "е")
        for invisible in "\u00ad\u200b\u200c\u200d\ufeff":
            written = written.replace(invisible, "")
        if token in ("think", "рассуждай", "пошагово", "елка"):
            assert written == token
    assert {"think", "пошагово"} & set(reading.tokens)


def test_any_text_can_be_read() -> None:
    chance = random.Random(5)
    letters = "ab Ёё\n\t.:;!?`<>{}\"'“”«»-–—\u00ad\u200b\u0301\u0306İßﬁ🙂12_/\\"
    for _ in range(2_000):
        text = "".join(chance.choice(letters) for _ in range(chance.randrange(40)))
        reading = read(text)
        end = 0
        for index in range(len(reading.tokens)):
            span = reading.span(index, index + 1)
            assert end <= span.start < span.end <= len(text)
            end = span.end
