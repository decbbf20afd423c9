"""What reaches the model: comments are blanks, and everything else stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.analysis.spoken import spoken
from thoughtsmith.formats.registry import format_of
from thoughtsmith.formats.templates import jinja
from thoughtsmith.text.lines import Lines


@pytest.mark.parametrize(
    ("path", "text", "comments"),
    [
        ("prompts/a.j2", "Do {# why #} it. {#- so -#}", ["{# why #}", "{#- so -#}"]),
        ("prompts/a.j2", "Do {# on\n\ntwo #} it.", ["{# on\n\ntwo #}"]),
        ("prompts/a.j2", "Do {# on\n\ntwo {{ x }}.", ["{# on\n\ntwo {{ x }}."]),
        ("prompts/a.md", "# Do {#id}\n\n{% if x %}it{% endif %}", []),
        ("prompts/a.j2", "{% raw %}{# shown #}{% endraw %}", []),
        ("prompts/a.j2", "Do {# <!-- #} it. <!-- {# --> x #} y", ["{# <!-- #}", "{# --> x #}"]),
        ("prompts/a.md", "Do <!-- why --> it. <!---->", ["<!-- why -->", "<!---->"]),
        ("prompts/a.md", "Do {# why #} `<!-- shown -->` <!-- open", []),
        ("prompts/a.md", "Do {{! why }} {{x}}", ["{{! why }}"]),
        ("a.prompt", "---\nmodel: a/b\n---\nDo {{! why }} {{!-- }} --}} it.", ["{{! why }}", "{{!-- }} --}}"]),
        ("promptfooconfig.yaml", "prompts:\n  - 'Do {# why #} it'\n", ["{# why #}"]),
    ],
)
def test_comments_are_blanks(path: str, text: str, comments: list[str]) -> None:
    known = format_of(path, text=text)
    assert known is not None
    expected = text
    for comment in comments:
        expected = expected.replace(comment, " " * len(comment))
    assert spoken(text, lambda: known.template(known.parse(Lines.of(text)))) == expected


@given(st.lists(st.sampled_from(["<!--", "-->", "{#", "#}", "`", "a", "\n", "{{", "}}", "{% raw %}"]), max_size=20))
def test_nothing_moves(pieces: list[str]) -> None:
    text = "".join(pieces)
    heard = spoken(text, lambda: jinja.scan(text))
    assert len(heard) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, heard, strict=True))
    assert spoken("<!--" * 1_000, lambda: jinja.scan("")) == "<!--" * 1_000
