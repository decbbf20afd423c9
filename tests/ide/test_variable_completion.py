"""Completion in templates: what is offered at the cursor (`<|>`), and what stands there afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.completion import completions
from thoughtsmith.text.edits import Edit, apply_edits

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion

    from .conftest import SnapshotOf

COMMAND = ".claude/commands/fix.md"
DOTPROMPT = "---\ninput:\n  schema:\n    topic: string, what it is about\n    count?: number\n---\n"
POML = '<poml>\n<let name="cities" value="[1]"/>\n'


def offered(snapshot_of: SnapshotOf, path: str, marked: str, trigger: str = "") -> list[Suggestion]:
    before, cursor, after = marked.partition("<|>")
    assert cursor
    found = completions(snapshot_of(before + after, path=path), len(before), trigger)
    assert not (found.names and found.techniques)
    return found.names


@pytest.mark.parametrize(
    ("path", "marked", "first"),
    [
        ("prompts/a.j2", "{{ name }} {{ <|> }}", ["name", "range"]),
        ("prompts/a.j2", "{{ name }} {{<|>", ["name", "range"]),
        ("prompts/a.j2", "{{ name }} {% if na<|> %}", ["name", "range"]),
        ("prompts/a.j2", "{{ name }} {% for x in <|>", ["name"]),
        ("prompts/a.j2", "{{ name }} {{ f(<|>", ["name", "f"]),
        # The innermost first; what belongs to another block is not seen.
        ("prompts/a.j2", "{% for u in us %}{{ <|> }}{% endfor %}{% set v = 1 %}", ["u", "v", "us", "loop", "range"]),
        ("prompts/a.j2", "{% for u in us %}{% endfor %}{{ <|> }}", ["us", "range"]),
        # Filters and statements.
        ("prompts/a.j2", "{{ name | <|> }}", ["abs", "batch"]),
        ("prompts/a.j2", "{{ name|up<|> }}", ["abs", "batch"]),
        ("prompts/a.j2", "{% <|> %}", ["if", "elif"]),
        ("prompts/a.j2", "{% for a in b %}{% if a %}x{% <|>", ["endif", "if", "elif", "else", "for"]),
        # Dotprompt.
        ("a.prompt", DOTPROMPT + "{{<|>}}", ["topic", "count", "role"]),
        ("a.prompt", DOTPROMPT + "{{#<|>}}", ["if", "unless", "each"]),
        ("a.prompt", DOTPROMPT + "{{#if <|>}}", ["topic", "count", "@index"]),
        ("a.prompt", DOTPROMPT + "{{#if topic}}{{/<|>", ["if"]),
        ("a.prompt", DOTPROMPT + "{{#each xs as |x|}}{{<|>}}{{/each}}", ["x", "topic", "count", "xs"]),
        ("a.prompt", DOTPROMPT + "{{#each xs}}{{@<|>}}{{/each}}", ["@index", "@key"]),
        # POML: expressions, and attributes that hold one.
        ("a.poml", POML + "{{ <|> }}</poml>", ["cities"]),
        ("a.poml", POML + '<p if="<|>"></p></poml>', ["cities"]),
        ("a.poml", POML + '<p for="city in <|>"></p></poml>', ["city", "cities", "loop"]),
        # VS Code: inputs that are asked for elsewhere, then a new one, then what the editor fills in.
        ("a.prompt.md", "On ${input:topic:What?}: ${<|>}", ["input:topic", "input:", "selection"]),
        ("a.prompt.md", "On ${input:topic:What?}: ${input:<|>}", ["input:topic"]),
        ("a.prompt.md", "On ${input:topic:What?}: ${input:t<|>", ["input:topic"]),
        # Claude Code: the names of the arguments, all of them, and each by its number.
        (COMMAND, "---\narguments: [issue, who]\n---\nFix $<|>", ["issue", "who", "ARGUMENTS", "1"]),
        (COMMAND, "---\narguments: issue who\n---\nFix $is<|>", ["issue", "who", "ARGUMENTS"]),
        (COMMAND, "Look into ${CL<|>}", ["{CLAUDE_SESSION_ID}"]),
        # promptfoo: what the tests set.
        ("promptfooconfig.yaml", "prompts:\n  - Hi {{<|>}} you\ntests:\n  - vars:\n      who: me\n", ["who", "range"]),
    ],
)
def test_offers(snapshot_of: SnapshotOf, path: str, marked: str, first: list[str]) -> None:
    found = [offer.label for offer in offered(snapshot_of, path, marked)]
    assert found[: len(first)] == first
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("prompts/a.j2", "{{ a }} <|>"),
        ("prompts/a.j2", "<|>{{ a }}"),
        ("prompts/a.j2", "{{ a }}<|>"),
        ("prompts/a.j2", "{{ a }} {<|>"),
        ("prompts/a.j2", "{{ a }} {{ b.<|> }}"),
        ("prompts/a.j2", "{{ a }} {{ 'b<|>' }}"),
        ("prompts/a.j2", "{{ a }} {{ b <|> }}"),
        ("prompts/a.j2", "{{ a }} {{ 1<|> }}"),
        ("prompts/a.j2", "{{ a }} {% for <|> %}"),
        ("prompts/a.j2", "{{ a }} {# {{ <|> #}"),
        ("prompts/a.j2", "{{ a }} {% raw %}{{ <|> }}{% endraw %}"),
        ("a.prompt", DOTPROMPT + "{{role '<|>'}}"),
        ("a.prompt", DOTPROMPT + "{{>part<|>}}"),
        ("a.prompt", DOTPROMPT + "{{! <|> }}"),
        ("a.prompt", DOTPROMPT + "${<|>"),
        ("a.poml", POML + '<p title="<|>"></p></poml>'),
        ("a.poml", POML + "<p><|></p></poml>"),
        ("a.prompt.md", "${input:topic:Wh<|>at?}"),
        ("a.prompt.md", "Costs $<|>"),
        (COMMAND, "Costs $5<|>"),
        ("CLAUDE.md", "Costs $<|>"),
        (".claude/agents/a.md", "{{ a }} {{ <|>"),
    ],
)
def test_nothing_is_offered(snapshot_of: SnapshotOf, path: str, marked: str) -> None:
    assert offered(snapshot_of, path, marked) == []


@pytest.mark.parametrize(
    ("path", "marked", "label", "expected"),
    [
        ("prompts/a.j2", "{{ name }} {{na<|>", "name", "{{ name }} {{name}}"),
        ("prompts/a.j2", "{{ name }} {{ na<|>", "name", "{{ name }} {{ name }}"),
        ("prompts/a.j2", "{{ name }} {{ na<|> }}", "name", "{{ name }} {{ name }}"),
        ("a.prompt.md", "${input:topic} ${to<|>}", "input:topic", "${input:topic} ${input:topic}"),
        ("a.prompt.md", "${input:topic} ${input:t<|>", "input:topic", "${input:topic} ${input:topic}"),
        ("a.prompt.md", "${sel<|>", "selection", "${selection}"),
        ("a.prompt.md", "${<|>}", "input:", "${input:[name]}"),
        (COMMAND, "Fix $AR<|>", "ARGUMENTS", "Fix $ARGUMENTS"),
        (COMMAND, "In ${CL<|>}", "{CLAUDE_SKILL_DIR}", "In ${CLAUDE_SKILL_DIR}"),
        (COMMAND, "In $<|>", "{CLAUDE_SKILL_DIR}", "In ${CLAUDE_SKILL_DIR}"),
        # The whole word is replaced.
        ("prompts/a.j2", "{{ name }} {{ ol<|>der.x }}", "name", "{{ name }} {{ name.x }}"),
        ("prompts/a.j2", "{{ name }} {% if <|>", "name", "{{ name }} {% if name"),
        ("a.prompt", DOTPROMPT + "{{#each topic}}{{@<|>}}{{/each}}", "@index", "{{#each topic}}{{@index}}{{/each}}"),
        ("a.prompt", DOTPROMPT + "{{#if topic}}{{/<|>", "if", "{{#if topic}}{{/if}}"),
    ],
)
def test_accepted(snapshot_of: SnapshotOf, path: str, marked: str, label: str, expected: str) -> None:
    offer = next(offer for offer in offered(snapshot_of, path, marked) if offer.label == label)
    text = apply_edits(marked.replace("<|>", ""), [Edit(offer.at, to_plain(offer.written))])
    assert text.removeprefix(DOTPROMPT) == expected


def test_an_offer_says_what_is_known(snapshot_of: SnapshotOf) -> None:
    topic, count, *_ = offered(snapshot_of, "a.prompt", DOTPROMPT + "{{topic}}{{<|>}}")
    assert (topic.detail, count.detail) == ("string", "number")
    assert topic.documentation == (
        "**`topic`** · declared input\n\nwhat it is about\n\n- Type: `string`\n- Defined: line 4\n- Uses: 1"
    )


@pytest.mark.parametrize("trigger", ["{", "%", "$", "#", "|", "@", ":", '"'])
def test_the_characters_of_templates_ask_for_nothing_in_prose(snapshot_of: SnapshotOf, trigger: str) -> None:
    text = f"Be kind {trigger}"
    assert completions(snapshot_of(text, path="prompts/a.j2"), len(text), trigger) == ([], [])
    # Asked for by hand, techniques are offered at the same place as ever.
    assert completions(snapshot_of("Be kind ", path="prompts/a.j2"), 8).techniques


def test_prose_is_not_scanned_for_templates(snapshot_of: SnapshotOf) -> None:
    text = "{{ a }}\n" + "Plan the day. " * 200
    snapshot = snapshot_of(text, path="prompts/a.j2")
    completions(snapshot, len(text))
    assert "template" not in snapshot.__dict__


PIECES = ["{{", "}}", "{%", "%}", "x", "|", "#if", "/", "@", ".", "'", '"', "for", "in", "---", "a:", "-", "${"]
PIECES += ["input:", "<p>", ">", "🧭", "{#"]
PIECES += [" ", "\n", "\r\n", "\u2028", "a: ", "- ", "<p if="]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["prompts/a.j2", "a.prompt", "a.prompty", "a.poml", "promptfooconfig.yaml", "a.prompt.md"]),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.integers(0, 60),
)
def test_offers_replace_something_around_the_cursor(snapshot_of: SnapshotOf, path: str, text: str, offset: int) -> None:
    snapshot = snapshot_of(text, path=path)
    offset = min(offset, len(text))
    for offer in completions(snapshot, offset).names:
        assert 0 <= offer.at.start <= offset <= offer.at.end <= len(text)
        assert "\n" not in snapshot.lines.at(offer.at)


@pytest.mark.parametrize(
    ("marked", "opens"),
    [
        ("It costs $<|>", False),
        ("---\ndescription: x\n---\nIt costs $<|>", False),
        ("---\nargument-hint: '[issue]'\n---\nFix $<|>", True),
        ("---\narguments: issue\n---\nFix $<|>", True),
        ("Fix $ARGUMENTS. It is $<|>", True),
    ],
)
def test_a_dollar_opens_the_list_only_where_arguments_are_taken(
    snapshot_of: SnapshotOf, marked: str, opens: bool
) -> None:
    assert bool(offered(snapshot_of, COMMAND, marked, "$")) is opens
    assert offered(snapshot_of, COMMAND, marked), "who asks gets an answer"
