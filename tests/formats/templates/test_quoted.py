"""Code and comments in Markdown, which only show something."""

from __future__ import annotations

import pytest
from tests.growth import is_linear

from thoughtsmith.formats.templates import links
from thoughtsmith.formats.templates.quoted import Quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a `b` c", ["`b`"]),
        ("a ``b ` c`` d", ["``b ` c``"]),
        ("a `b\n\nc` d", []),
        ("```\na\n\nb\n```\nc", ["```\na\n\nb\n```\n"]),
        ("- ~~~ py\n  a\n  ~~~\nb", ["- ~~~ py\n  a\n  ~~~\n"]),
        ("a\r```\rb\r```\rc", ["```\rb\r```\r"]),
        ("a ``` b\nc", []),
        ("a `b\n```\nc", ["```\nc"]),
        ("a <!-- b --> c", ["<!-- b -->"]),
        # A comment reaches over blank lines and fences.
        ("<!--\na\n\nb `c\n-->\nd` e", ["<!--\na\n\nb `c\n-->"]),
        ("a <!-- b\n\n```\nc --> d", ["<!-- b\n\n```\nc -->"]),
        ("`<!--` a `-->`", ["`<!--`", "`-->`"]),
        # Without its end, to that of the text where it begins a line, to that of the paragraph elsewhere.
        ("<!-- a\n\nb", ["<!-- a\n\nb"]),
        ("a <!-- b\n\nc", ["<!-- b"]),
    ],
)
def test_what_is_only_shown(text: str, shown: list[str]) -> None:
    assert [text[span.start : span.end] for span in Quoted(text, 0, len(text)).spans] == shown


@pytest.mark.parametrize(
    "piece", ["`", "``` a\n", "a `` b\n", "<!--", "a <!-- ", "```\n~~~\n", "- ", "> ```x` ", "~~~\r"]
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        Quoted(text, 0, len(text))
        links.scan(text)

    assert is_linear(read, piece, 100_000)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("<!--\n[a](a.md)\n\n[b](b.md)\n-->\n[c](c.md)", ["c.md"]),
        (
            '[a]: a.md\n\ntext ]: x\n  [b]: <b c.md> "t"\n[c](c.md) [d](d.md)\r\n[e]: e.md\r\n',
            ["a.md", "b c.md", "c.md", "d.md", "e.md"],
        ),
        ("](x.md) [a](a(1).md) [b](<b.md>)", ["a(1).md", "b.md"]),
    ],
)
def test_links(text: str, targets: list[str]) -> None:
    assert [include.target for include in links.scan(text).includes] == targets
