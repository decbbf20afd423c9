"""The configurations of editors are whole: declared, readable by a parser of their language, and for the files we know.

What real editors make of them is in `tests/editors/`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePath
from typing import Any

import pytest

from thoughtsmith.config.file import FILE_NAMES, loads
from thoughtsmith.formats.registry import FORMATS, format_of
from thoughtsmith.host.editors import editor_ids, load_editor
from thoughtsmith.text import jsonc

ROOT = Path(__file__).parent.parent / "client-config"
EDITORS = editor_ids()
KEYS = {"title", "programs", "traces", "show", "starts", "then", "extension", "install"}
INSTALL_KEYS = {"files", "from", "roots", "path", "comment", "member", "joins", "instead", "snippets"}
SYSTEMS = {"linux", "macos", "windows"}
OTHER_SERVERS = {".yaml", ".yml", ".json", ".txt"}
"""Where an editor runs one server for an ending, these belong to others: few of them are prompts."""
ENDINGS = {PurePath(pattern).suffix for known in FORMATS for pattern in known.patterns} - OTHER_SERVERS


def declaration(editor: str) -> dict[str, Any]:
    data = loads((ROOT / editor / "setup.toml").read_text(encoding="utf-8"))
    assert data is not None
    return data


@pytest.mark.parametrize("editor", EDITORS)
def test_a_declaration_is_complete(editor: str) -> None:
    data = declaration(editor)
    assert data.keys() <= KEYS
    assert data.get("traces", {}).keys() <= SYSTEMS
    assert data.get("then", {"en": "", "ru": ""}).keys() == {"en", "ru"}
    assert all(isinstance(words, str) for words in data.get("then", {}).values())
    for install in data.get("install", ()):
        assert install.keys() <= INSTALL_KEYS
        assert {"linux", "windows"} <= install["roots"].keys() <= SYSTEMS
    loaded = load_editor(editor)
    assert loaded.installs or loaded.extension
    assert all(install.sources for install in loaded.installs)
    sources = {source.path for install in loaded.installs for source in install.sources}
    assert loaded.starts <= sources | set(loaded.show)
    assert all('"thoughtsmith' in path.read_text(encoding="utf-8") for path in loaded.starts)
    assert all(path.is_file() for path in loaded.show)


@pytest.mark.parametrize(
    ("system", "environment", "editor", "target"),
    [
        ("linux", {}, "helix", "/h/.config/helix/languages.toml"),
        ("linux", {"XDG_CONFIG_HOME": "/x"}, "helix", "/x/helix/languages.toml"),
        ("darwin", {}, "helix", "/h/.config/helix/languages.toml"),
        ("win32", {}, "helix", "/h/AppData/Roaming/helix/languages.toml"),
        ("win32", {"APPDATA": "/a"}, "helix", "/a/helix/languages.toml"),
        ("darwin", {}, "sublime", "/h/Library/Application Support/Sublime Text/Packages/User/LSP.sublime-settings"),
        ("win32", {"LOCALAPPDATA": "/l"}, "neovim", "/l/nvim-data/site/pack/thoughtsmith/start/thoughtsmith"),
        ("darwin", {}, "neovim", "/h/.local/share/nvim/site/pack/thoughtsmith/start/thoughtsmith"),
        ("win32", {}, "vim", "/h/vimfiles/pack/thoughtsmith/start/thoughtsmith"),
        ("linux", {}, "emacs", "/h/.emacs.d/thoughtsmith"),
    ],
)
def test_each_system_has_its_own_places(
    monkeypatch: pytest.MonkeyPatch, system: str, environment: dict[str, str], editor: str, target: str
) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(Path, "home", lambda: Path("/h"))
    monkeypatch.setattr(sys, "platform", system)
    assert load_editor(editor).installs[0].target == Path(target)


SHIPPED = [path for path in ROOT.rglob("*") if path.is_file() and "node_modules" not in path.parts]


@pytest.mark.parametrize(
    "path",
    [path for path in SHIPPED if path.suffix in (".json", ".jsonc", ".sublime-settings", ".code-snippets")],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_json_is_json(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json" and path.name != "tsconfig.json":
        json.loads(text)  # Who reads these takes no comments.
    else:
        assert jsonc.member(text, ()) is not None


@pytest.mark.parametrize(
    "path", [path for path in SHIPPED if path.suffix == ".toml"], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_toml_is_toml(path: Path) -> None:
    assert loads(path.read_text(encoding="utf-8")) is not None


def value(name: str, *path: str) -> Any:
    found = jsonc.member((ROOT / name).read_text(encoding="utf-8"), path)
    assert found is not None
    return found.data


def languages_by_ending() -> list[tuple[str, dict[str, str]]]:
    """The editors that choose the server by the ending of the file, with what they call each language."""
    template = value("jetbrains/template.json", "fileTypeMappings")
    patterns = {
        pattern.removeprefix("*"): mapping["languageId"]
        for mapping in template
        for pattern in mapping["fileType"]["patterns"]
        if mapping["languageId"] not in ("yaml", "toml")
    }
    return [
        ("claude-code", value("claude-code/.lsp.json", "thoughtsmith", "extensionToLanguage")),
        ("copilot", value("copilot/lsp-config.json", "lspServers", "thoughtsmith", "fileExtensions")),
        ("opencode", dict.fromkeys(value("opencode/opencode.json", "lsp", "thoughtsmith", "extensions"), "")),
        ("crush", {f".{name}": "" for name in value("crush/crush.json", "lsp", "thoughtsmith", "filetypes")}),
        ("jetbrains", patterns),
    ]


@pytest.mark.parametrize(("editor", "languages"), languages_by_ending())
def test_every_ending_of_a_prompt_leads_to_the_server(editor: str, languages: dict[str, str]) -> None:
    assert languages.keys() == ENDINGS
    for ending, language in languages.items():
        assert format_of(f"somewhere/a{ending}", language) is not None, ending


def test_jetbrains_follows_the_yaml_that_is_prompts() -> None:
    for mapping in value("jetbrains/template.json", "fileTypeMappings"):
        for pattern in mapping["fileType"]["patterns"]:
            if mapping["languageId"] == "yaml":
                assert any(pattern in known.patterns for known in FORMATS)


def test_jetbrains_follows_our_own_config_files() -> None:
    (patterns,) = (
        mapping["fileType"]["patterns"]
        for mapping in value("jetbrains/template.json", "fileTypeMappings")
        if mapping["languageId"] == "toml"
    )
    assert patterns == [*FILE_NAMES]


def test_the_version_is_that_of_the_program() -> None:
    from thoughtsmith import __version__

    manifest = loads((ROOT / "zed" / "extension.toml").read_text(encoding="utf-8")) or {}
    crate = loads((ROOT / "zed" / "Cargo.toml").read_text(encoding="utf-8")) or {}
    assert {manifest["version"], crate["package"]["version"]} == {__version__}
    assert value("claude-code/.claude-plugin/plugin.json", "version") == __version__
