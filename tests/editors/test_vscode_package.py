"""The packed Visual Studio Code extension: what is in it is enough, is for every platform, and is no more than that."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from importlib.metadata import requires
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.e2e.raw_client import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 2_500_000
"""Bytes. What makes the package grow beyond them should be looked at."""
PINS = Path(__file__).parents[2] / "client-config" / "vscode" / "requirements.txt"
CLI_ONLY = {"rich", "watchfiles"}
"""What the command line needs and the server does not."""
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
PLATFORMS = ({"sys_platform": "linux"}, {"sys_platform": "darwin"}, {"sys_platform": "win32"})
SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
PROMPT = "# Задача 🧭\n\nLet's think step by step.\n\n"
URI = "file:///prompts/a.prompt.md"


@pytest.fixture(scope="module")
def names(vsix: Path) -> set[str]:
    return set(zipfile.ZipFile(vsix).namelist())


@pytest.fixture(scope="module")
def bundled(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the server, unpacked."""
    folder = tmp_path_factory.mktemp("расширение 🧭")
    zipfile.ZipFile(vsix).extractall(folder)
    return folder / "extension" / "bundled"


@pytest.fixture
def raw(bundled: Path) -> Iterator[Raw]:
    """The server, started as the extension starts it."""
    connection = Raw([sys.executable, "-I", "-S", "-X", "utf8", str(bundled), "server"])
    yield connection
    connection.close()


def test_the_package_has_what_the_manifest_names_and_is_small(vsix: Path, names: set[str]) -> None:
    archive = zipfile.ZipFile(vsix)
    manifest = json.loads(archive.read("extension/package.json"))
    contributes = manifest["contributes"]
    named = [manifest["main"], manifest["icon"], *(grammar["path"] for grammar in contributes["grammars"])]
    named += ["package.nls.json", "package.nls.ru.json", "l10n/bundle.l10n.ru.json", "ThirdPartyNotices.txt"]
    assert {f"extension/{name.removeprefix('./')}" for name in named} <= names
    assert {"extension/readme.md", "extension/LICENSE.txt", "extension/changelog.md"} <= names
    assert vsix.stat().st_size < LARGEST
    # One package for all: a platform would be named here.
    assert b"TargetPlatform" not in archive.read("extension.vsixmanifest")


def test_nothing_in_it_is_for_one_platform_or_is_left_over_from_building(names: set[str]) -> None:
    assert [name for name in names if re.search(r"\.(so|pyd|dylib|dll|exe|node|pyc|map|ts)$|[.]so[.]", name)] == []
    assert [name for name in names if re.search(r"/(node_modules|src|__pycache__|client-config)/", name)] == []
    # Those of the command line.
    others = re.compile(r"extension/bundled/(rich|pygments|markdown_it|watchfiles)/")
    assert [name for name in names if others.match(name)] == []


def test_it_names_no_registry_and_nothing_of_the_machine_it_was_built_on(vsix: Path) -> None:
    archive = zipfile.ZipFile(vsix)
    hosts = re.compile(rb"registry\.npmjs|registry\.yarnpkg|pythonhosted\.org|pypi\.org/simple|npmmirror")
    places = (str(PINS.parents[2]).encode(), str(Path.home()).encode() + b"/")
    for name in archive.namelist():
        data = archive.read(name)
        assert not hosts.search(data), name
        assert not any(place in data for place in places), name


def test_the_licence_of_everything_that_was_bundled_is_there(vsix: Path, names: set[str]) -> None:
    for line in pins():
        pattern = rf"extension/bundled/{line.replace('-', '[-_]')}-[\d.]+\.dist-info/.*(licen[cs]e|copying)"
        assert any(re.match(pattern, name, re.IGNORECASE) for name in names), line
    notices = zipfile.ZipFile(vsix).read("extension/ThirdPartyNotices.txt").decode()
    for package in ("vscode-languageclient", "vscode-jsonrpc", "minimatch", "semver"):
        assert re.search(rf"^{package}$", notices, re.MULTILINE), package


def pins() -> dict[str, str]:
    lines = PINS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def environments() -> Iterator[dict[str, Any]]:
    """What the markers of requirements may say, on every supported Python and platform."""
    for python in PYTHONS:
        for platform in PLATFORMS:
            name = platform["sys_platform"]
            system = {"platform_system": SYSTEMS[name], "os_name": "nt" if name == "win32" else "posix"}
            yield {"python_version": python, "python_full_version": f"{python}.0", "extra": "", **platform, **system}


def test_everything_that_is_needed_anywhere_is_pinned_and_nothing_else() -> None:
    """Whatever Python builds the package, it is to run on all of them."""
    needed: set[str] = set()
    ahead = ["thoughtsmith"]
    while ahead:
        for text in requires(ahead.pop()) or ():
            wanted = Requirement(text)
            name = canonicalize_name(wanted.name)
            applies = wanted.marker is None or any(wanted.marker.evaluate(one) for one in environments())
            if applies and name not in needed | CLI_ONLY:
                needed.add(name)
                # What is for other Pythons only is not installed here; such packages need nothing themselves.
                if name not in {"tomli", "exceptiongroup"}:
                    ahead.append(name)
            if applies and name in pins():
                assert wanted.specifier.contains(pins()[name]), text
    assert needed == pins().keys()


def test_what_has_compiled_parts_works_without_them(bundled: Path) -> None:
    code = (
        "import markupsafe, yaml; "
        "assert not yaml.__with_libyaml__; assert markupsafe._escape_inner.__module__ == 'markupsafe._native'; "
        "print(yaml.safe_load('a: [1]'), markupsafe.escape('<'), yaml.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(bundled)!r}); {code}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("{'a': [1]} &lt; ")
    assert "bundled" in done.stdout


def test_the_server_runs_by_itself_and_answers(raw: Raw) -> None:
    assert raw.initialize(locale="ru")["serverInfo"]["name"] == "thoughtsmith"
    raw.open(URI, PROMPT)
    where = {"textDocument": {"uri": URI}, "position": {"line": 2, "character": 10}}
    assert "Цепочка рассуждений" in raw.ask(1, "textDocument/hover", where)["result"]["contents"]["value"]
    status = raw.ask(2, "workspace/executeCommand", {"command": "thoughtsmith.status", "arguments": [URI]})["result"]
    assert [one["id"] for one in status["techniques"]] == ["cot"]
    end = {"textDocument": {"uri": URI}, "position": {"line": 4, "character": 0}}
    labels = [item["label"] for item in raw.ask(3, "textDocument/completion", end)["result"]["items"]]
    assert len(labels) >= 10
    assert raw.ask(4, "shutdown", None)["result"] is None
    raw.send(method="exit", params=None)
    assert raw.process.wait(timeout=20) == 0


def test_an_installed_wheel_builds_the_same_package(
    vsix: Path, installed_program: Path, tmp_path: Path, names: set[str]
) -> None:
    python = installed_program.with_name("python")
    asked = "from thoughtsmith.host.installation import data_folder; print(data_folder('client-config'))"
    folder = subprocess.run([python, "-c", asked], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    script = Path(folder.strip()) / "vscode" / "build.py"
    before = {path: path.stat().st_mtime_ns for path in script.parent.rglob("*")}
    command = [str(python), str(script), "--output", str(tmp_path / "built")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    built = Path(done.stdout.strip())
    assert built.name == vsix.name
    # The change log is beside the checkout only; the licence of our own package lies elsewhere.
    own = re.compile(r"extension/(changelog\.md|bundled/thoughtsmith-[^/]*/.*)")
    assert {name for name in names ^ set(zipfile.ZipFile(built).namelist()) if not own.fullmatch(name)} == set()
    assert {path: path.stat().st_mtime_ns for path in script.parent.rglob("*")} == before
