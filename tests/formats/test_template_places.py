"""Blocks among the statements of a template, and their text in it."""

from __future__ import annotations

from collections import Counter

import jinja2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from thoughtsmith.formats import dotprompt, jinja, prompty
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.syntax.block import Block, Item, Slot
from thoughtsmith.syntax.tree import Kind, PromptTree
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines
from thoughtsmith.text.span import Span

from .test_markdown_scanner import STABLE
from .test_placement import BLOCK, HEADING, NUMBERED, PLAIN, marked
from .test_placement_properties import BLOCK as OTHER
from .test_placement_properties import PIECES, is_prompt, nodes, pieces, places, styles

FORMATS = {found.id: found for found in (prompty.FORMAT, dotprompt.FORMAT, jinja.FORMAT)}
ITEM = "Do so:\n  - a\n  - b"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A block stands as close to statements as other text.
        ("{% if x %}\n<|>\n{% endif %}\n", f"{{% if x %}}\n{PLAIN}\n{{% endif %}}\n"),
        ("{% if x %}<|>\n{% endif %}\n", f"{{% if x %}}\n{PLAIN}\n{{% endif %}}\n"),
        ("Text<|>\n{% if x %}\n", f"Text\n\n{PLAIN}\n{{% if x %}}\n"),
        # Statements do not end a list, so numbers count up over them.
        (
            "1. a<|>\n{% if x %}\n2. b\n{% endif %}\n3. c\n",
            f"1. a\n2. {NUMBERED}\n{{% if x %}}\n3. b\n{{% endif %}}\n4. c\n",
        ),
        ("1. a\n{% if x %}<|>\n2. b\n{% endif %}\n", f"1. a\n{{% if x %}}\n2. {NUMBERED}\n3. b\n{{% endif %}}\n"),
        ("- a\n{% if x %}\n- b<|>\n{% endif %}\nText\n", f"- a\n{{% if x %}}\n- b\n- {ITEM}\n{{% endif %}}\nText\n"),
        ("- a\n{% for x in y %}\n- b\n{% endfor %}<|>\n", f"- a\n{{% for x in y %}}\n- b\n{{% endfor %}}\n{PLAIN}\n"),
        ("# A\n\nText<|>\n\n{# c #}\n# B\n", f"# A\n\nText\n\n{PLAIN}\n\n{{# c #}}\n# B\n"),
        ("# A\n\nText<|>\n\n# B\n", f"# A\n\nText\n\n# {HEADING}\n\n# B\n"),
        # Comments stay whole.
        ("{# a\n<|>\n#}\nText\n", f"{{# a\n\n#}}\n\n{PLAIN}\n\nText\n"),
        ("{% set x = [<|>\n1] %}\n", f"{{% set x = [\n1] %}}\n{PLAIN}\n"),
    ],
)
def test_insertion(before: str, after: str) -> None:
    text, at = marked(before)
    place = jinja.FORMAT.place_after(jinja.FORMAT.parse(Lines.of(text)), at.start, None)
    assert place is not None
    edits = [Edit(place.at, to_plain(jinja.FORMAT.write(BLOCK, place))), *place.renumber]
    assert apply_edits(text, edits) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. a ⟦bo⟧\n{% if x %}\n2. b\n{% endif %}\n", f"1. a\n2. {NUMBERED}\n{{% if x %}}\n3. b\n{{% endif %}}\n"),
        ("- a\n{% if x %}\n- b\n⟦bo⟧\n{% endif %}\n", f"- a\n{{% if x %}}\n- b\n- {ITEM}\n{{% endif %}}\n"),
        # The rest of an item would become part of the new one.
        ("- a ⟦bo⟧\n{% if x %}\n  more\n{% endif %}\n", None),
        ("{# ⟦bo⟧\n#}\n", None),
        ("{% ⟦bo⟧\n%}\n", None),
    ],
)
def test_completion(before: str, after: str | None) -> None:
    text, at = marked(before)
    place = jinja.FORMAT.place(jinja.FORMAT.parse(Lines.of(text)), at, None)
    if place is None or after is None:
        assert place is None
        assert after is None
    else:
        edits = [Edit(place.at, to_plain(jinja.FORMAT.write(BLOCK, place))), *place.renumber]
        assert apply_edits(text, edits) == after


BRACES = Block(
    ("{{ title }}",),
    ("{% if x %} {# y #} {{{z}}}",),
    (Item((Slot("s", "{{s}}"),), (Item(("{ %}",)),)),),
    (),
    ordered=False,
    tag="do",
)
WRITTEN = "{% if x %} {# y #} {{{z}}}\n- [{{s}}]\n  - { %}"


@pytest.mark.parametrize("format_id", ["jinja", "prompty"])
def test_braces_in_a_block_are_text_in_jinja(format_id: str) -> None:
    found = FORMATS[format_id]
    place = found.place_after(found.parse(Lines.of("Text\n")), 0, Style.PLAIN)
    assert place is not None
    written = to_plain(found.write(BRACES, place)).strip()
    assert jinja2.Template(written).render() == WRITTEN


def test_braces_in_a_block_are_text_in_handlebars() -> None:
    place = dotprompt.FORMAT.place_after(dotprompt.FORMAT.parse(Lines.of("Text\n")), 0, Style.PLAIN)
    assert place is not None
    written = to_plain(dotprompt.FORMAT.write(BRACES, place)).strip()
    assert written == WRITTEN.replace("{{", "\\{{")
    template = dotprompt.FORMAT.template(dotprompt.FORMAT.parse(Lines.of(written)))
    assert not template.names
    assert not template.problems


# What holds for every insertion, also among roles and statements.

LINES = [
    *PIECES, "{% if x %}", "{% endif %}", "{# note #}", "{#", "#}", "{{#if x}}", "{{/if}}", "{{> part}}",
    "{{!-- c --}}", "system:", "# user:", '{{role "system"}}', '{{role "user"}} Hi', "{{history}}", "{{ x }}",
]  # fmt: skip
documents = st.builds(
    lambda found, end, newline: ("\n".join(found) + end).replace("\n", newline),
    st.lists(st.sampled_from(LINES), max_size=10),
    st.sampled_from(["", "\n"]),
    st.sampled_from(["\n", "\r\n"]),
)
SILENT = (Kind.FENCE, Kind.FRONT_MATTER, Kind.COMMENT, Kind.TABLE, Kind.ROLE, Kind.DIRECTIVE)


def untouched(tree: PromptTree, edits: list[Edit]) -> None:
    """No edit lies in front matter, code, a comment or statement, or on a line that begins a message."""
    for node, span in nodes(tree):
        if node.kind in SILENT and (node.closed or node.kind is Kind.FRONT_MATTER) and not is_prompt(tree, span):
            assert not [edit for edit in edits if span.start < edit.span.end and edit.span.start < span.end]


def kept(tree: PromptTree) -> Counter[tuple[Kind, str]]:
    """What the document is made of. What shares lines counts by itself; statements become part of a list that grows."""
    left_out = (Kind.MIXED, Kind.DIRECTIVE, Kind.COMMENT)
    return Counter({(kind, text): count for (kind, text), count in pieces(tree).items() if kind not in left_out})


@STABLE
@given(st.sampled_from(list(FORMATS)), documents, places, styles)
def test_a_command_inserts_a_block_and_changes_nothing_else(
    id: str, text: str, where: float, style: Style | None
) -> None:
    found = FORMATS[id]
    tree = found.parse(Lines.of(text))
    place = found.place_after(tree, round(where * len(text)), style)
    assert place is not None
    edits = [Edit(place.at, to_plain(found.write(OTHER, place))), *place.renumber]
    untouched(tree, edits)
    after = found.parse(Lines.of(apply_edits(text, edits)))
    if "\r\n" in text:
        assert "\n" not in after.lines.text.replace("\r\n", "")
    assume(all(node.closed for node, _ in nodes(tree)) and tree.prompt_fence is None)
    assert not kept(tree) - kept(after)
    new = kept(after) - kept(tree)
    assert {(Kind.PARAGRAPH, "xa"), (Kind.PARAGRAPH, "xb")} <= set(new)


@STABLE
@given(
    st.sampled_from(list(FORMATS)),
    documents,
    places,
    st.sampled_from(["", "bo", " bo", "- bo", "1. bo"]),
    styles,
)
def test_a_completion_replaces_what_was_typed_and_nothing_else(
    id: str, text: str, where: float, typed: str, style: Style | None
) -> None:
    found, lines = FORMATS[id], Lines.of(text)
    offset = lines.end_of(lines.line_at(round(where * len(text))))
    at = Span(offset + len(typed.removesuffix("bo")), offset + len(typed))
    tree = found.parse(Lines.of(text[:offset] + typed + text[offset:]))
    place = found.place(tree, at, style)
    assume(place is not None)
    assert place is not None
    assert place.at == at
    edits = [Edit(place.at, to_plain(found.write(OTHER, place))), *place.renumber]
    untouched(tree, edits)
    after = found.parse(Lines.of(apply_edits(tree.lines.text, edits)))
    assume(all(node.closed for node, _ in nodes(tree)) and tree.prompt_fence is None)
    # Whoever types behind a rule at the top makes it a rule again, and that may begin front matter.
    assume((tree.front_matter is None) == (after.front_matter is None))
    assert {(Kind.PARAGRAPH, "xa"), (Kind.PARAGRAPH, "xb")} <= set(kept(after))
    lost = kept(tree) - kept(after)
    assert all(kind in (Kind.PARAGRAPH, Kind.RULE) or "bo" in piece for kind, piece in lost)
