"""What of the Neovim plugin is made from declarations elsewhere, or repeats them, is up to date.

`THOUGHTSMITH_UPDATE=1 pytest tests/editors/test_neovim_files.py` writes the settings in the help pages anew. Then let
Neovim run `:helptags client-config/neovim/doc`.
"""

from __future__ import annotations

import os
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from thoughtsmith import __version__
from thoughtsmith.config.options import OPTIONS

if TYPE_CHECKING:
    from thoughtsmith.config.options import Option

PLUGIN = Path(__file__).parents[2] / "client-config" / "neovim"
HELP = {"en": PLUGIN / "doc" / "thoughtsmith.txt", "ru": PLUGIN / "doc" / "thoughtsmith.rux"}
WIDTH = 78
WORDS = {
    "en": {
        "one": "one of",
        "table": "table, values",
        "list": "list of texts",
        "text": "text",
        "default": "default",
    },
    "ru": {
        "one": "одно из",
        "table": "таблица, значения",
        "list": "список строк",
        "text": "строка",
        "default": "по умолчанию",
    },
}
SETTINGS = re.compile(r"(?<=\*thoughtsmith-settings\*\n\n)(.+?\n\n)(.*?)(?=={20})", re.DOTALL)
"""The introduction of the section and what is made from the options."""


def kind(option: Option, words: dict[str, str]) -> str:
    """What can be written for an option."""
    if option.maximum:
        return f"{option.minimum}-{option.maximum}"
    if option.choices:
        beginning = words["table"] if option.table else words["list"] if option.many else words["one"]
        return f"{beginning}: {', '.join(option.choices)}"
    return words["list"] if option.many else words["text"]


def lua(value: object) -> str:
    """A default as it is written in Lua."""
    if value is None:
        return "nil"
    return repr(value) if isinstance(value, str | int) else "{}"


def settings(language: str) -> str:
    """The section about the options that an editor can set."""
    words = WORDS[language]
    entries = []
    for option in OPTIONS:
        if option.file_only:
            continue
        tag = f"*thoughtsmith-setting-{option.name}*"
        name = option.name if option.name.isidentifier() else f"['{option.name}']"
        about = f"{kind(option, words)}; {words['default']} {lua(option.default)}."
        lines = [
            *textwrap.wrap(option.ru if language == "ru" else option.en, WIDTH - 16, break_on_hyphens=False),
            *textwrap.wrap(about[:1].upper() + about[1:], WIDTH - 16, break_on_hyphens=False),
        ]
        entries.append(f"{tag:>{WIDTH}}\n{name}\n" + "".join(f"{' ' * 16}{line}\n" for line in lines))
    return "\n".join(entries) + "\n"


@pytest.mark.parametrize("language", HELP)
def test_the_help_lists_the_settings(language: str) -> None:
    file = HELP[language]
    text = file.read_text(encoding="utf-8")
    written = SETTINGS.sub(lambda found: found[1] + settings(language), text)
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        file.write_text(written, encoding="utf-8")
    assert text == written


@pytest.mark.parametrize("language", HELP)
def test_the_help_fits_into_a_terminal(language: str) -> None:
    lines = HELP[language].read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 80] == []


def test_the_pages_have_the_same_tags() -> None:
    tags = [re.findall(r"\*\S+\*", file.read_text(encoding="utf-8")) for file in HELP.values()]
    assert tags[0] == tags[1]


def lua_value(file: str, name: str) -> str:
    """What is assigned to `name` in a Lua file, without its layout."""
    text = (PLUGIN / file).read_text(encoding="utf-8")
    found = re.search(rf"\b{name} = (\{{[^{{}}]*\}})", text)
    assert found is not None, f"{file} has no {name}"
    return found[1].replace('"', "'")


@pytest.mark.parametrize("name", ["cmd", "filetypes", "root_markers"])
@pytest.mark.parametrize("file", ["init.lua", "registry/lspconfig.lua"])
def test_the_other_configurations_say_the_same(file: str, name: str) -> None:
    assert lua_value(file, name) == lua_value("lua/thoughtsmith/config.lua", name)


def test_the_configuration_to_paste_knows_the_same_endings() -> None:
    assert lua_value("init.lua", "extension") == lua_value("ftdetect/thoughtsmith.lua", "extension")


def test_the_entry_for_mason_names_this_version() -> None:
    entry: dict[str, Any] = yaml.safe_load((PLUGIN / "registry" / "mason-package.yaml").read_text(encoding="utf-8"))
    assert entry["source"]["id"] == f"pkg:pypi/thoughtsmith@{__version__}"
    assert entry["neovim"] == {"lspconfig": "thoughtsmith"}


def test_every_message_is_there_in_both_languages() -> None:
    text = (PLUGIN / "lua/thoughtsmith/messages.lua").read_text(encoding="utf-8")
    english, russian = (
        re.findall(r"^ +(\w+) = ", text.partition(f"local {name} = ")[2].partition("\n}\n")[0], re.MULTILINE)
        for name in ("english", "russian")
    )
    assert english == russian
    used = {
        name
        for file in (PLUGIN / "lua/thoughtsmith").glob("*.lua")
        for name in re.findall(r"\bsay\.(\w+)", file.read_text(encoding="utf-8"))
    }
    assert used - {"error"} == set(english) - {"health"}
