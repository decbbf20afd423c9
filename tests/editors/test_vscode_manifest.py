"""The manifest of the Visual Studio Code extension says what is true of the options and formats: it is made from them.

`THOUGHTSMITH_UPDATE=1 pytest tests/editors/test_vscode_manifest.py` writes it anew.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from thoughtsmith import __version__
from thoughtsmith.config.file import FILE_NAMES
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.formats.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.config.options import Option

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "client-config" / "vscode"
MANIFEST = "package.json"
DOCUMENTS = "src/documents.json"
TEXTS = {"en": "package.nls.json", "ru": "package.nls.ru.json"}
L10N = "l10n/bundle.l10n.ru.json"

SETTINGS = [option for option in OPTIONS if not option.file_only]
OWN_SETTINGS = ["path", "interpreter"]
"""Those of the extension itself."""
GENERAL = {"markdown", "plain-text", "jinja", "cursor-rule"}
"""Formats whose languages are mostly used for other things than prompts."""
SUGGEST = {
    "editor.quickSuggestions": {"other": "on", "strings": "on", "comments": "off"},
    "editor.wordBasedSuggestions": "off",
    "editor.wordWrap": "on",
}
"""As VS Code itself has it for its own prompt files."""
LANGUAGES = list(dict.fromkeys(language for format in FORMATS for language in format.language_ids))


def read(name: str) -> Any:
    return json.loads((EXTENSION / name).read_text(encoding="utf-8"))


def declared_endings() -> set[str]:
    """The endings of files for which the extension itself declares a language."""
    return {
        ending for language in read(MANIFEST)["contributes"]["languages"] for ending in language.get("extensions", ())
    }


def patterns() -> list[str]:
    """Globs of the prompts that no language gives away: neither Markdown, nor text, nor one that is declared."""
    told = (".md", ".txt", *declared_endings())
    found = [pattern for format in FORMATS for pattern in format.patterns if not pattern.endswith(told)]
    # In ours `*` crosses folders, in those of VS Code it does not.
    return [f"**/{pattern.replace('/*', '/**/*')}" for pattern in found]


def config_files() -> list[str]:
    """Globs of our own config files."""
    return [f"**/{name}" for name in FILE_NAMES]


def documents() -> dict[str, list[str]]:
    return {"languages": LANGUAGES, "patterns": [*patterns(), *config_files()]}


def setting(option: Option) -> dict[str, Any]:
    form: dict[str, Any] = {"type": "string"}
    if option.choices:
        form["enum"] = list(option.choices)
    elif option.maximum:
        form = {"type": "integer", "minimum": option.minimum, "maximum": option.maximum}
    if option.many:
        form = {"type": "array", "items": form}
    if option.table:
        form = {"type": "object", "additionalProperties": form}
    if option.default is None:
        form["type"] = [form["type"], "null"]
    empty: Any = {} if option.table else []
    default = empty if option.default == () else option.default
    return {**form, "default": default, "scope": "resource", "description": f"%setting.{option.name}%"}


def manifest() -> dict[str, Any]:
    """The manifest, with everything in it that follows from elsewhere."""
    data: dict[str, Any] = read(MANIFEST)
    contributes = data["contributes"]
    own = {
        f"thoughtsmith.{name}": contributes["configuration"]["properties"][f"thoughtsmith.{name}"]
        for name in OWN_SETTINGS
    }
    data["version"] = __version__
    data["activationEvents"] = [
        *(f"onLanguage:{language}" for language in LANGUAGES),
        *(f"workspaceContains:{pattern}" for pattern in patterns()),
        # Most projects in Python have the other one, and no prompts.
        *(f"workspaceContains:{pattern}" for pattern in config_files() if "pyproject" not in pattern),
    ]
    contributes["configuration"]["properties"] = own | {
        f"thoughtsmith.{option.name}": setting(option) for option in SETTINGS
    }
    prompts = [language for format in FORMATS if format.id not in GENERAL for language in format.language_ids]
    contributes["configurationDefaults"] = {f"[{language}]": SUGGEST for language in prompts}
    return data


def texts(language: str) -> dict[str, str]:
    written: dict[str, str] = read(TEXTS[language])
    names = {f"setting.{option.name}": str(getattr(option, language)) for option in SETTINGS}
    kept = {
        key: text
        for key, text in written.items()
        if not key.startswith("setting.") or key.removeprefix("setting.") in OWN_SETTINGS
    }
    return kept | names


MADE: dict[str, Callable[[], Any]] = {
    MANIFEST: manifest,
    DOCUMENTS: documents,
    TEXTS["en"]: lambda: texts("en"),
    TEXTS["ru"]: lambda: texts("ru"),
}


@pytest.mark.parametrize("name", MADE)
def test_a_generated_file_is_up_to_date(name: str) -> None:
    expected = json.dumps(MADE[name](), indent=2, ensure_ascii=False) + "\n"
    path = EXTENSION / name
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected


def test_every_text_of_the_manifest_exists_in_both_languages_and_is_used() -> None:
    used = set(re.findall(r"%([\w.-]+)%", (EXTENSION / MANIFEST).read_text(encoding="utf-8")))
    for name in TEXTS.values():
        assert set(read(name)) == used
        assert all(read(name).values())


def test_every_text_of_the_code_is_translated_and_keeps_its_gaps() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (EXTENSION / "src").glob("*.ts"))
    literals = re.findall(r"""l10n\.t\(\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)')""", code)
    assert len(literals) == code.count("l10n.t("), "a text is put together; translators see literals only"
    said = {double.replace('\\"', '"') or single for double, single in literals}
    translated: dict[str, str] = read(L10N)
    assert set(translated) == said
    for text, translation in translated.items():
        assert re.findall(r"\{\d\}", text) == re.findall(r"\{\d\}", translation)
        assert re.search("[а-яё]", translation)


def test_commands_are_what_the_code_registers() -> None:
    code = (EXTENSION / "src" / "extension.ts").read_text(encoding="utf-8")
    registered = set(re.findall(r'registerCommand\("([\w.]+)"', code))
    assert registered == {command["command"] for command in read(MANIFEST)["contributes"]["commands"]}


def test_what_the_manifest_names_exists() -> None:
    data = read(MANIFEST)
    contributes = data["contributes"]
    named = [data["icon"], *(grammar["path"] for grammar in contributes["grammars"])]
    for walkthrough in contributes["walkthroughs"]:
        named += [path for step in walkthrough["steps"] for path in step["media"].values()]
    for path in named:
        assert (EXTENSION / path).is_file(), path


def test_a_workspace_that_is_not_trusted_cannot_name_programs() -> None:
    limited = read(MANIFEST)["capabilities"]["untrustedWorkspaces"]
    assert limited["supported"] == "limited"
    assert limited["restrictedConfigurations"] == [f"thoughtsmith.{name}" for name in OWN_SETTINGS]


def test_the_lock_file_names_versions_but_no_registry() -> None:
    lock = (EXTENSION / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry." not in lock
    packages = json.loads(lock)["packages"]
    wanted = read(MANIFEST)
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"]


def test_the_licence_is_that_of_the_project() -> None:
    assert (EXTENSION / "LICENSE").read_text(encoding="utf-8") == (ROOT / "LICENSE").read_text(encoding="utf-8")
