"""Completion of paths, in every syntax that takes in or links to a file. `<|>` is the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workspaces import listing, workspace

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.ide.completion import completions
from thoughtsmith.ide.definition import definitions
from thoughtsmith.ide.path_completion import MAX_ENTRIES
from thoughtsmith.project.document import Document
from thoughtsmith.project.index import EMPTY
from thoughtsmith.project.listing import Folder
from thoughtsmith.project.workspace import Batch, Workspace
from thoughtsmith.text import paths
from thoughtsmith.text.edits import Edit, apply_edits

if TYPE_CHECKING:
    from thoughtsmith.ide.suggestion import Suggestion
    from thoughtsmith.project.content import Content
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.project.index import Index

FILES = {
    "prompts/persona.j2": "You are kind.\n",
    "prompts/shared/tone.j2": "Brief.\n",
    "prompts/shared/deep/voice.j2": "Loud.\n",
    "prompts/_greeting.prompt": "---\nmodel: a/b\n---\nHello.\n",
    "prompts/partials/bye.hbs": "Bye.\n",
    "prompts/Мой тон.md": "# Тон\n",
    "prompts/.hidden.md": "",
    "templates/base.j2": "Base.\n",
    "docs/guide (new).csv": "",
    "docs/100%.csv": "",
    "src/main.py": "",
    "notes.csv": "",
    "Makefile": "",
    "top.csv": "",
}


def seen(content: Content, path: str, text: str, around: Index | None = None) -> Snapshot:
    """A file of the workspace, as the editor has it."""
    known = format_of(path, text=text)
    assert known is not None
    document = Document(f"file:///w/{path}", f"/w/{path}", 1, text, known)
    return document.snapshot(Settings(), content, "en", workspace("/w", FILES) if around is None else around)


def offered(content: Content, path: str, marked: str, around: Index | None = None) -> list[Suggestion]:
    before, cursor, after = marked.partition("<|>")
    assert cursor
    found = completions(seen(content, path, before + after, around), len(before))
    assert not found.techniques
    return found.names


@pytest.mark.parametrize(
    ("path", "marked", "expected"),
    [
        # The folder of the file as a whole, of those in which a template is looked for as well what has prompts.
        (
            "prompts/a.j2",
            '{% include "<|>" %}',
            "partials/ prompts/ shared/ templates/ _greeting.prompt base.j2 persona.j2 Мой_тон.md .hidden.md",
        ),
        ("prompts/a.j2", '{% include "shared/<|>" %}', "deep/ tone.j2"),
        ("prompts/a.j2", "{%- extends 'shared/<|>", "deep/ tone.j2"),
        ("prompts/a.j2", '{% include "shared/<|>"}', "deep/ tone.j2"),
        ("prompts/a.j2", '{% import "shared/deep/v<|>" as v %}', "voice.j2"),
        ("prompts/a.j2", '{% include ["no.j2", "shared/<|>"] %}', "deep/ tone.j2"),
        ("prompts/shared/a.j2", '{% include "../shared/<|>" %}', "deep/ tone.j2"),
        ("prompts/a.prompt", "{{> <|>}}", "partials/ prompts/ shared/ bye greeting"),
        ("prompts/a.prompt", "{{>gr<|>", "partials/ prompts/ shared/ bye greeting"),
        ("prompts/a.prompt", "{{#> partials/<|>}}{{/partials/bye}}", "bye"),
        ("CLAUDE.md", "See @<|>", "docs/ prompts/ src/ templates/ notes.csv top.csv"),
        ("CLAUDE.md", "See @./<|> now", "docs/ prompts/ src/ templates/ Makefile notes.csv top.csv"),
        ("AGENTS.md", "See @prompts/sh<|>", "partials/ shared/ _greeting.prompt persona.j2 Мой_тон.md .hidden.md"),
        ("prompts/CLAUDE.md", "@../src/<|>", "main.py"),
        ("a.prompt.md", "#file:src/<|>", "main.py"),
        ("prompts/a.prompt.md", "Read #file:docs/<|>, then go on.", "100%.csv"),
        ("AGENTS.md", "[a](docs/<|>)", "100%.csv guide_(new).csv"),
        ("AGENTS.md", "[a](<docs/<|>>)", "100%.csv guide_(new).csv"),
        ("AGENTS.md", "[a](docs/gu<|>", "100%.csv guide_(new).csv"),
        ("prompts/AGENTS.md", '![a](../src/m<|> "title")', "main.py"),
        ("prompts/a.mdc", "[a](mdc:src/<|>)", "main.py"),
        (
            "promptfooconfig.yaml",
            "prompts:\n  - file://prompts/sh<|>\n",
            "partials/ shared/ _greeting.prompt persona.j2 .hidden.md",
        ),
        ("promptfooconfig.yaml", 'prompts: ["file://src/<|>"]\n', "main.py"),
        ("promptfooconfig.yaml", "prompts: [Say hi.]\ntests: file://src/<|>\n", "main.py"),
        ("promptfooconfig.json", '{"prompts": ["file://src/<|>"]}\n', "main.py"),
        ("promptfooconfig.yaml", 'prompts:\n  - |\n    Hi. {% include "templates/<|>" %}\n', "base.j2"),
        # Nothing outside of the workspace, nothing in a folder that is not there.
        ("CLAUDE.md", "See @../<|>", ""),
        ("CLAUDE.md", "See @no/<|>", ""),
        ("CLAUDE.md", "See @/<|>", ""),
        ("CLAUDE.md", "See @~/<|>", ""),
    ],
)
def test_what_is_in_the_folders_is_offered(content: Content, path: str, marked: str, expected: str) -> None:
    labels = [offer.label.replace(" ", "_") for offer in offered(content, path, marked)]
    assert labels == expected.split()


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("src/main.py.prompt.md", "Mail me@<|>"),
        ("CLAUDE.md", "`@<|>`"),
        ("CLAUDE.md", "```\n@src/<|>\n```\n"),
        ("CLAUDE.md", "<!-- @src/<|> -->"),
        ("a.prompt.md", "@<|>"),
        ("a.prompt.md", "##file:<|>"),
        ("a.prompt.md", "[a](https://x.y/<|>)"),
        ("AGENTS.md", "`[a](src/<|>)`"),
        ("AGENTS.md", "[a](#<|>)"),
        ("AGENTS.md", "(src/<|>)"),
        ("prompts/a.j2", '{# {% include "<|>" %} #}'),
        ("prompts/a.j2", '{% from "persona.j2" import <|> %}'),
        ("prompts/a.j2", '{% set x = "<|>" %}'),
        ("prompts/a.j2", "{{> <|>}}"),
        ("promptfooconfig.yaml", "description: file:/<|>\nprompts: [Hi.]\n"),
    ],
)
def test_elsewhere_no_paths_are_offered(content: Content, path: str, marked: str) -> None:
    before, _, after = marked.partition("<|>")
    found = completions(seen(content, path, before + after), len(before))
    assert not [offer for offer in found.names if offer.kind in ("file", "folder")]


@pytest.mark.parametrize(
    ("path", "marked", "label", "expected"),
    [
        ("prompts/a.j2", '{% include "per<|>s" %}', "persona.j2", '{% include "persona.j2" %}'),
        ("prompts/a.j2", '{% include "sha<|>re/x" %}', "shared/", '{% include "shared/x" %}'),
        ("prompts/a.j2", '{% include "М<|>" %}', "Мой тон.md", '{% include "Мой тон.md" %}'),
        ("prompts/a.prompt", "{{>gr<|>", "greeting", "{{>greeting}}"),
        ("prompts/a.prompt", "{{> partials/b<|> }}", "bye", "{{> partials/bye }}"),
        ("CLAUDE.md", "🚚 @prompts/Мой\\ <|>", "Мой тон.md", "🚚 @prompts/Мой\\ тон.md"),
        ("AGENTS.md", "[🚚](docs/<|>)", "guide (new).csv", "[🚚](docs/guide%20%28new%29.csv)"),
        ("AGENTS.md", "[🚚](prompts/Мо<|>)", "Мой тон.md", "[🚚](prompts/Мой%20тон.md)"),
        ("AGENTS.md", "[a](<docs/<|>>)", "100%.csv", "[a](<docs/100%25.csv>)"),
        ("AGENTS.md", "[a](<docs/gui<|>de>)", "guide (new).csv", "[a](<docs/guide (new).csv>)"),
        ("AGENTS.md", "[a](src/ma<|>in#x)", "main.py", "[a](src/main.py#x)"),
        ("a.prompt.md", "#file:src/m<|>", "main.py", "#file:src/main.py"),
        ("promptfooconfig.yaml", "prompts: [file://src/<|>]\n", "main.py", "prompts: [file://src/main.py]\n"),
    ],
)
def test_what_is_accepted_replaces_the_name_and_leads_to_the_file(
    content: Content, path: str, marked: str, label: str, expected: str
) -> None:
    before, _, after = marked.partition("<|>")
    offer = next(offer for offer in offered(content, path, marked) if offer.label == label)
    text = apply_edits(before + after, [Edit(offer.at, to_plain(offer.written))])
    assert text == expected
    # Editors compare what is typed with this.
    assert offer.filter_text.startswith(before[offer.at.start :])
    if offer.kind == "file":
        leads_to = [found.path for found in definitions(seen(content, path, text), offer.at.start)]
        assert leads_to == [f"/w/{offer.detail}"]
        assert offer.label in paths.name(offer.detail)


def test_names_that_cannot_be_written_are_left_out(content: Content) -> None:
    around = workspace("/w", {'a"b.j2': "", "a b.py": "", "a{{b}}.py": "", "a,b.py": "", "c.py": ""})

    def labels(path: str, marked: str) -> list[str]:
        return [offer.label for offer in offered(content, path, marked, around)]

    assert labels("x.j2", '{% include "<|>" %}') == ["a b.py", "a,b.py", "c.py"]
    assert labels("CLAUDE.md", "@./<|>") == ["a b.py", "c.py"]
    assert labels("x.prompt.md", "#file:<|>") == ["a,b.py", "c.py"]
    assert labels("AGENTS.md", "[x](<|>)") == ["a b.py", 'a"b.j2', "a,b.py", "c.py"]


def test_ignored_files_and_folders_nobody_looks_into_are_not_offered(content: Content) -> None:
    around = EMPTY.with_roots(["/w"]).with_listing(
        listing("/w", ["a.md", "docs/b.md"], closed=["node_modules"], ignored=[".env"])
    )
    assert [offer.label for offer in offered(content, "CLAUDE.md", "@<|>", around)] == ["docs/", "a.md"]


def test_names_keep_their_letters_where_case_does_not_matter(content: Content) -> None:
    known = Workspace(ignore_case=True)
    known.add_root("/W")
    folder = Folder(files=frozenset({"README.md", "b.md"}), folders=frozenset({"Docs"}))
    known.apply(Batch({"/W": folder, "/W/Docs": Folder(files=frozenset({"ПЛАН.md"}))}))
    for marked, expected in (("@<|>", ["Docs/", "b.md", "README.md"]), ("@docs/<|>", ["ПЛАН.md"])):
        assert [offer.label for offer in offered(content, "CLAUDE.md", marked, known.index)] == expected


def test_a_file_is_not_offered_to_itself(content: Content) -> None:
    around = workspace("/w", {"CLAUDE.md": "", "b.md": ""})
    assert [offer.label for offer in offered(content, "CLAUDE.md", "@<|>", around)] == ["b.md"]


def test_of_two_templates_of_one_name_the_one_that_is_meant_is_offered(content: Content) -> None:
    around = workspace("/w", {"x.j2": "", "prompts/x.j2": "", "prompts/shared/x.j2": ""})
    found = offered(content, "prompts/a.j2", '{% include "x<|>" %}', around)
    assert [offer.detail for offer in found if offer.label == "x.j2"] == ["prompts/x.j2"]


def test_of_very_many_names_those_come_first_that_begin_so(content: Content) -> None:
    around = EMPTY.with_roots(["/w"]).with_listing(listing("/w", [f"{number}.md" for number in range(3_000)]))
    found = [offer.label for offer in offered(content, "CLAUDE.md", "@299<|>", around)]
    assert len(found) == MAX_ENTRIES
    assert sorted(found[:11]) == sorted(["299.md", *(f"299{digit}.md" for digit in range(10))])


def test_without_a_workspace_nothing_is_offered(content: Content) -> None:
    assert offered(content, "CLAUDE.md", "@<|>", EMPTY) == []


def test_links_may_be_left_to_the_editor(content: Content) -> None:
    for path, marked, left in (("AGENTS.md", "[a](src/<|>)", True), ("CLAUDE.md", "@src/<|>", False)):
        before, _, after = marked.partition("<|>")
        found = completions(seen(content, path, before + after), len(before), links=False)
        assert (found.names == []) is left
