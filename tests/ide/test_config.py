"""Completion and hover in our own config files; `|` is the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.config.file import PYPROJECT, table_of
from thoughtsmith.config.options import OPTIONS, SEVERITIES
from thoughtsmith.formats.ids import FORMAT_IDS
from thoughtsmith.ide.config_completion import complete_config
from thoughtsmith.ide.config_hover import config_hover
from thoughtsmith.rules.registry import RULES
from thoughtsmith.text.edits import Edit, apply_edits

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion
    from thoughtsmith.project.content import Content
    from thoughtsmith.techniques.model import Language

OPTION_NAMES = {option.name for option in OPTIONS}
RULE_IDS = {rule.id for rule in RULES}
OURS = table_of(f"/w/{PYPROJECT}")


def offers(content: Content, marked: str, ours: tuple[str, ...] = ()) -> dict[str, Suggestion]:
    offset = marked.index("|")
    text = marked.replace("|", "", 1)
    found = complete_config(text, offset, ours, content.catalogue, "en")
    assert all(one.at.start <= offset <= one.at.end for one in found)
    return {one.label: one for one in found}


def accepted(content: Content, marked: str, label: str, ours: tuple[str, ...] = ()) -> str:
    """The text after an offer was accepted."""
    one = offers(content, marked, ours)[label]
    plain = "".join(part if isinstance(part, str) else "" for part in one.written)
    return apply_edits(marked.replace("|", "", 1), [Edit(one.at, plain)])


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("|", OPTION_NAMES),
        ("ign|", OPTION_NAMES),
        ("n = 3\n|", OPTION_NAMES - {"n"}),
        ("n = 3\n|\nstyle = 'xml'\n", OPTION_NAMES - {"n", "style"}),
        ("n = 3 |", set()),
        ("n = 3 # |", set()),
        ("# |", set()),
        ("n = |", set()),
        ("style = |", {"auto", "list", "heading", "xml", "plain"}),
        ("style = '|'", {"auto", "list", "heading", "xml", "plain"}),
        ('style = "he|', {"auto", "list", "heading", "xml", "plain"}),
        ("[severity]\nTH101 = '|'", set(SEVERITIES)),
        ("severity = {TH101 = |}", set(SEVERITIES)),
        ("[formats]\n'x.md' = \"|\"", set(FORMAT_IDS)),
        ("[formats]\n|", set()),
        ("[per-file-ignores]\n|", set()),
        ("[|]", {option.name for option in OPTIONS if option.table}),
        ("[unknown]\n|", set()),
        ("unknown = '|'", set()),
    ],
)
def test_what_is_offered(content: Content, marked: str, labels: set[str]) -> None:
    assert set(offers(content, marked)) == labels


@pytest.mark.parametrize(
    "marked",
    [
        "ignore = [|]",
        "ignore = ['TH1|']",
        'ignore = [\n  "x", # why\n  "TH|\n]\n',
        "ignore = |",
        "select = [\n  |\n]",
        "[severity]\n|",
        "severity = {|}",
        "[per-file-ignores]\n'a/' = ['|']",
        "per-file-ignores = {'a/' = [\"sec|\"]}",
    ],
)
def test_names_of_rules(content: Content, marked: str) -> None:
    found = offers(content, marked)
    assert set(found) > RULE_IDS
    assert {"candidates-without-pick", "completeness", "all"} < set(found)
    assert found["TH101"].detail == "candidates-without-pick"
    assert "candidates" in found["TH101"].documentation


def test_models(content: Content) -> None:
    assert {"gpt-5", "gpt-5-chat"} < set(offers(content, "model = '|'"))


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("[tool.thoughtsmith]\n|", OPTION_NAMES),
        ("[project]\n|", set()),
        ("|\n[tool.thoughtsmith]\n", set()),
        ("[tool.thoughtsmith]\nn = 3\n[tool.other]\nsty|", set()),
        ("[tool.tho|]\n", {"tool.thoughtsmith", *(f"tool.thoughtsmith.{o.name}" for o in OPTIONS if o.table)}),
        ("[project|]\n", set()),
    ],
)
def test_in_a_project_file(content: Content, marked: str, labels: set[str]) -> None:
    assert set(offers(content, marked, OURS)) == labels


@pytest.mark.parametrize(
    ("marked", "label", "expected"),
    [
        ("sty|", "style", 'style = ""'),
        ("ign|", "ignore", "ignore = []"),
        ("sel|ect = []", "select", "select = []"),
        ("n = 3\nsev|", "severity", "n = 3\n[severity]\n"),
        ("sev|\nn = 3\n", "severity", "severity = {}\nn = 3\n"),
        ("style = |", "xml", 'style = "xml"'),
        ("style = x|", "xml", 'style = "xml"'),
        ("style = '|'", "xml", "style = 'xml'"),
        ('ignore = ["TH|', "TH101", 'ignore = ["TH101"'),
        ("ignore = |", "TH101", 'ignore = ["TH101"]'),
        ("ignore = ['x', TH|]", "TH101", "ignore = ['x', \"TH101\"]"),
        ("[severity]\nTH|", "TH101", '[severity]\nTH101 = ""'),
        ("[severity]\n'TH|' = 'hint'", "TH101", "[severity]\n'TH101' = 'hint'"),
    ],
)
def test_what_is_written(content: Content, marked: str, label: str, expected: str) -> None:
    assert accepted(content, marked, label) == expected


def test_what_stands_there_is_not_offered_again(content: Content) -> None:
    assert "TH101" not in offers(content, "ignore = ['TH101', '|']")
    assert "TH101" in offers(content, "ignore = ['|TH101']")
    assert "TH101" not in offers(content, "[severity]\nTH101 = 'hint'\n|")


@pytest.mark.parametrize(
    ("marked", "english", "russian"),
    [
        ("ig|nore = []", "Rules that are off", "Выключенные правила"),
        ("[seve|rity]", "How bad", "Насколько серьёзны"),
        ("severity.TH101 = 'hi|nt'", "How bad", "Насколько серьёзны"),
        ("ignore = ['TH1|01']", "candidates-without-pick", "Просят несколько вариантов"),
        ("ignore = ['secr|et']", "A secret in the prompt.", "Секрет в промпте."),
        ("ignore = ['mod|els']", "- `TH301`", "- `TH301`"),
        ("[severity]\nTH1|01 = 'hint'", "candidates-without-pick", "Просят несколько вариантов"),
        ("style = 'x|ml'", "How blocks are written", "Как записывать блоки"),
    ],
)
def test_hover(marked: str, english: str, russian: str) -> None:
    offset, text = marked.index("|"), marked.replace("|", "", 1)
    expectations: tuple[tuple[Language, str], ...] = (("en", english), ("ru", russian))
    for language, expected in expectations:
        found = config_hover(text, offset, (), language)
        assert found is not None
        assert expected in found.markdown
        assert offset in found.span


@pytest.mark.parametrize("marked", ["|", "x|yz = 1", "ignore = ['TH999|']", "# ign|ore = []", "n = 3 # ign|ore"])
def test_no_hover(marked: str) -> None:
    assert config_hover(marked.replace("|", "", 1), marked.index("|"), (), "en") is None


PIECES = st.sampled_from(
    [
        "ignore",
        "select",
        " = ",
        "[",
        "]",
        '"TH101"',
        "'",
        '"',
        "\n",
        ",",
        "{",
        "}",
        "severity",
        ".",
        "#",
        "n",
        "5",
        "=",
        '"""',
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.data())
def test_every_text_has_an_answer(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    for ours in ((), OURS):
        config_hover(text, offset, ours, "en")
