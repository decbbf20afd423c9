"""Messages and template lines in Markdown: Prompty, dotprompt and Jinja, and what holds for any text in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoughtsmith.formats import dotprompt, jinja, poml, prompty
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.text.lines import Lines

from .test_markdown_scanner import PIECES, STABLE, check_tree, outline, same

FORMATS = {found.id: found for found in (prompty.FORMAT, dotprompt.FORMAT, jinja.FORMAT, poml.FORMAT)}
MORE_PIECES = [
    *PIECES, "system:\n", "# user:\n", "assistant[name=\"x\"]:\n", "user: hi", "+++\n", "+++", "{{role \"user\"}}",
    "\n{{role 'model'}}\n", "{{history}}", "{{x}}", "{{#if x}}\n", "{{/if}}", "{{else}}\n", "{{> part\n", "}}",
    "}}\n", "{{!--", "--}}", "{{! note }}\n", "{% if x %}", "{% if x %}\n", "{%", "%}", "%}\n", "{#", "#}",
    "# note\n", "<task>", "</task>\n", "<list>\n", "</list>", "<item>", "</item>\n", "<let name='x'", "/>",
    "</let>", "<b>", "</b>", "<p caption=\"", "\"", "<![CDATA[", "]]>", "<?xml", "<poml>\n", "</poml>",
]  # fmt: skip
texts = st.lists(st.sampled_from(MORE_PIECES), max_size=25).map("".join)
formats = st.sampled_from(list(FORMATS))


def check(format_id: str, text: str, expected: str) -> None:
    """`text` is read as `expected`, one line per node."""
    tree = FORMATS[format_id].parse(Lines.of(text))
    shown: list[str] = []
    for placed in tree:
        for part in placed.parts():
            node = part.node
            if node.kind is Kind.ROLE:
                shown.append(f"@{node.info}")
            else:
                shown += outline(node, text[placed.start :])
    assert "\n".join(shown) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("system:\nYou help.\nuser:\nHi", "@system\nparagraph You help.\n@user\nparagraph Hi"),
        ("# System:\nA\n\n  USER : \nB", "@system\nparagraph A\n@user\nparagraph B"),
        ('user[name="Ann", nonce=1]:\nHi', "@user\nparagraph Hi"),
        (
            "developer:\nA\ntool:\nB\nfunction:\nC",
            "@developer\nparagraph A\n@tool\nparagraph B\n@function\nparagraph C",
        ),
        ("user: Hi\nassistant: Hello", "paragraph user: Hi⏎assistant: Hello"),
        ("The user:\n## user:\nusers:", "paragraph The user:\n## user:\nparagraph users:"),
        # A message ends whatever is open in the one before.
        ("- a\n  user:\n- b", "-\n  paragraph a\n@user\n-\n  paragraph b"),
        ("system:\n```\ncode\nuser:\nHi", "@system\nfence code\n@user\nparagraph Hi"),
        ("system:\n<!-- a\nuser:\nHi", "@system\ncomment <!-- a\n@user\nparagraph Hi"),
        ("system:\n> a\nuser:\n| a |\n|---|\nassistant:", "@system\nquote > a\n@user\ntable | a |⏎|---|\n@assistant"),
        # Front matter.
        ("+++\nname: x\n+++\nsystem:\n", "front matter name: x\n@system"),
        ("+++\nname: x\n---\n+++\n", "front matter name: x⏎---"),
        ("---\nname: x\nsystem:\nYou", "front matter name: x\n@system\nparagraph You"),
        ("---\ninputs:\n  user:\n    kind: string\n", "front matter inputs:⏎  user:⏎    kind: string"),
        # Both template languages.
        ("{% if x %}\nA\n{% endif %}", "directive {% if x %}\nparagraph A\ndirective {% endif %}"),
        ("{{#x}}\nA\n{{/x}}\n{{! no }}", "directive {{#x}}\nparagraph A\ndirective {{/x}}\ncomment {{! no }}"),
    ],
)
def test_prompty(text: str, expected: str) -> None:
    check("prompty", text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{role \"system\"}}\nYou help.\n{{role 'user'}}\nHi", "@system\nparagraph You help.\n@user\nparagraph Hi"),
        # A message may begin on the line of its role.
        (
            '{{role "system"}}You help\npeople.\n{{~ role "user" ~}} Hi',
            "@system\nparagraph You help⏎people.\n@user\nparagraph Hi",
        ),
        ('{{role "user"}}- a\n- b', "@user\n-\n  paragraph a\n-\n  paragraph b"),
        ("A\n{{history}}\nB", "paragraph A\n@history\nparagraph B"),
        ('A {{role "user"}} B', 'paragraph A {{role "user"}} B'),
        ("{{role name}}", "paragraph {{role name}}"),
        (
            "A\n{{#if x}}\nB\n{{else}}\nC\n{{/if}}",
            "paragraph A\ndirective {{#if x}}\nparagraph B\ndirective {{else}}\nparagraph C\ndirective {{/if}}",
        ),
        ("{{#if x}} {{! note }} {{/if}}", "directive {{#if x}} {{! note }} {{/if}}"),
        ("{{> footer\n    a=1\n}}\nA", "directive {{> footer⏎    a=1⏎}}\nparagraph A"),
        ("{{>footer}}\n{{media url=x}}", "directive {{>footer}}\ndirective {{media url=x}}"),
        ("{{#if x}}A{{/if}}", "paragraph {{#if x}}A{{/if}}"),
        ("{{name}}\n{{{raw}}}", "paragraph {{name}}⏎{{{raw}}}"),
        ("{{!\n# no heading\n}}\nA", "comment {{!⏎# no heading⏎}}\nparagraph A"),
        ("{{!-- }} --}}\nA", "comment {{!-- }} --}}\nparagraph A"),
        # A licence before the front matter.
        ("# Licence\n#\n\n---\nmodel: x\n---\nA", "front matter model: x\nparagraph A"),
        ("\n\n---\nmodel: x\n---\nA", "front matter model: x\nparagraph A"),
        ("# Title\n\nText\n---\nmodel: x\n---\n", "# Title\n## Text\n## model: x"),
        ("# Title\n\n---\n\nText", "# Title\nrule ---\nparagraph Text"),
    ],
)
def test_dotprompt(text: str, expected: str) -> None:
    check("dotprompt", text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A\n{% if x -%}\nB\n{%- endif %}\nC",
            "paragraph A\ndirective {% if x -%}\nparagraph B\ndirective {%- endif %}\nparagraph C",
        ),
        ("{% if x %}A{% endif %}", "paragraph {% if x %}A{% endif %}"),
        ("{{ x }}", "paragraph {{ x }}"),
        ("{# note #}\n# T\n{# a\n# b\n#}", "comment {# note #}\n# T\ncomment {# a⏎# b⏎#}"),
        ("{# a #} {% set x = 1 %}", "directive {# a #} {% set x = 1 %}"),
        ("{% set x = [\n  1,\n] %}\nA", "directive {% set x = [⏎  1,⏎] %}\nparagraph A"),
        # What follows a tag of several lines is text.
        ("{# a\nb #} Text\nmore", "comment {# a⏎b #}\nparagraph Text⏎more"),
        # Half a statement takes as little as possible with it, half a comment what a comment takes.
        ("{% if x\n\n# T", "directive {% if x\n# T"),
        ("{% if x\n{% endif %}\nA", "directive {% if x\ndirective {% endif %}\nparagraph A"),
        ("{# a\n\n# T", "comment {# a⏎⏎# T"),
        # Items may stand in a loop or a condition.
        (
            "- a\n{% for x in xs %}\n- {{ x }}\n{% endfor %}\n- b",
            "-\n  paragraph a\n-\n  paragraph {{ x }}\n-\n  paragraph b",
        ),
        (
            "- a\n{% if x %}\n\n- b\n{% endif %}\nText",
            "-\n  paragraph a\n-\n  paragraph b\ndirective {% endif %}\nparagraph Text",
        ),
        (
            "- a\n{% if x %}\n  more\n{% endif %}\n- b",
            "-\n  paragraph a\n  directive {% if x %}\n  paragraph more\n-\n  paragraph b",
        ),
        (
            "- a\n{% if x %}\n  - in\n{% endif %}\n  - on\n",
            "-\n  paragraph a\n  directive {% if x %}\n  -\n    paragraph in\n  -\n    paragraph on",
        ),
        ("- a\n{# x\n y #} Text\n- b", "-\n  paragraph a\ncomment {# x⏎ y #}\nparagraph Text\n-\n  paragraph b"),
        ("- a\n{% if x %}\nText", "-\n  paragraph a\ndirective {% if x %}\nparagraph Text"),
        (
            "> a\n{% if x %}\n| a |\n|---|\n{% endif %}",
            "quote > a\ndirective {% if x %}\ntable | a |⏎|---|\ndirective {% endif %}",
        ),
        ("user:\nA", "paragraph user:⏎A"),
        ("---\na: b\n---\nA", "front matter a: b\nparagraph A"),
    ],
)
def test_jinja(text: str, expected: str) -> None:
    check("jinja", text, expected)


@pytest.mark.parametrize("format_id", FORMATS)
def test_empty_texts(format_id: str) -> None:
    for text in ("", "\n", "\n\n", " ", "\ufeff"):
        check_tree(FORMATS[format_id].parse(Lines.of(text)))


@settings(STABLE, max_examples=500)
@given(formats, texts)
def test_every_text_has_a_tree(format_id: str, text: str) -> None:
    check_tree(FORMATS[format_id].parse(Lines.of(text)))


@STABLE
@given(formats, st.text(max_size=200))
def test_every_text_of_any_characters_has_a_tree(format_id: str, text: str) -> None:
    check_tree(FORMATS[format_id].parse(Lines.of(text)))


@settings(STABLE, max_examples=1000)
@given(
    formats,
    texts,
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.lists(st.sampled_from(MORE_PIECES), max_size=4)), max_size=4
    ),
)
def test_reading_after_an_edit_equals_reading_anew(
    format_id: str, text: str, edits: list[tuple[float, float, list[str]]]
) -> None:
    found = FORMATS[format_id]
    tree = found.parse(Lines.of(text))
    for place, size, pieces in edits:
        lines = tree.lines
        start = round(place * len(lines))
        end = min(len(lines), start + round(size * 8))
        bounds = [(lines.line_at(offset), offset - lines.start_of(lines.line_at(offset))) for offset in (start, end)]
        after, head, tail = lines.replaced(bounds[0], bounds[1], "".join(pieces))
        tree = found.reparse(tree, after, head, tail)
        same(tree, found.parse(after))


@pytest.mark.parametrize(
    ("format_id", "text", "line", "new"),
    [
        ("jinja", "- a\n\n{% if x %}\n\n{% endif %}\n\nText\n", 6, "- b\n"),
        ("jinja", "- a\n{# one\n#}\n\nText\n", 4, "- b\n"),
        ("jinja", "{# one\n\n# T\n\nText\n", 4, "#}\n"),
        ("prompty", "- a\n\n  b\n\n- c\n", 2, "user:\n"),
        ("prompty", "---\nname: x\n\n- a\n\nText\n", 4, "---\n"),
        ("dotprompt", "# a\n\n# b\n\nText\n", 4, "---\nmodel: x\n---\n"),
        ("dotprompt", "\n---\nmodel: x\n---\n\nText\n", 0, "Text\n"),
        ("poml", "<list>\n\n\n<p>\nText\n", 2, "<item>a</item>\n"),
    ],
)
def test_an_edit_that_changes_what_other_lines_are(format_id: str, text: str, line: int, new: str) -> None:
    found = FORMATS[format_id]
    lines = Lines.of(text)
    old = found.parse(lines)
    after, head, tail = lines.replaced((line, 0), (line, 0), new)
    fresh = found.parse(after)
    same(found.reparse(old, after, head, tail), fresh)
    # The case is one of those that it is meant to be: nodes that the edit did not touch have changed.
    assert [(top.node.kind, top.lines) for top in fresh.nodes][:2] != [(top.node.kind, top.lines) for top in old.nodes][
        :2
    ]


@pytest.mark.parametrize("format_id", FORMATS)
def test_hostile_texts_are_read_in_linear_time(format_id: str) -> None:
    pieces = (
        "{% if\n",
        "- a\n{% if x %}\n",
        "{#",
        "{{!",
        " ",
        "<a",
        "<list>",
        "<a b='",
        "</",
        "- ",
        "#\n",
        "{{role 'x'}}",
        "<item>\n",
    )
    found = FORMATS[format_id]
    for piece in pieces:
        check_tree(found.parse(Lines.of(piece * (60_000 // len(piece)))))
