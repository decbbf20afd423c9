"""The shape of the house: imports point down the layers, and start-up loads nothing that it does not need."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import thoughtsmith

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(thoughtsmith.__file__).parent

LAYERS = {
    "text": 0,
    "messages": 0,
    "syntax": 1,
    "formats": 2,
    "analysis": 3,
    "techniques": 4,
    "config": 4,
    "rules": 5,
    "project": 6,
    "ide": 7,
    "host": 8,
    "lsp": 9,
    "cli": 9,
}
HOST = LAYERS["host"]
PROTOCOL = {"pygls", "lsprotocol", "cattrs"}
OUTSIDE_WORLD = {
    "datetime",
    "io",
    "os",
    "pathlib",
    "random",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
}


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[str, bool]]:
    """The dotted names that a module of `thoughtsmith.<package>` imports, and whether only when a function runs."""
    lazy = {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node in lazy
        elif isinstance(node, ast.ImportFrom):
            home = "thoughtsmith" if node.level > 1 else f"thoughtsmith.{package}"
            module = ".".join(filter(None, (home, node.module))) if node.level else node.module or ""
            # `from thoughtsmith import formats` names a package as well.
            for alias in node.names:
                yield f"{module}.{alias.name}", node in lazy


def violations(source: str, package: str, name: str = "module.py") -> list[str]:
    """What a module of `package` does that its layer forbids."""
    tree = ast.parse(source)
    level = LAYERS[package]
    found: list[str] = []
    for imported, lazy in _imports(tree, package):
        root, _, rest = imported.partition(".")
        other = rest.split(".")[0]
        if root == "thoughtsmith" and other in LAYERS and other != package and LAYERS[other] >= level:
            starts_server = (package, name) == ("cli", "server.py") and imported.startswith("thoughtsmith.lsp.main.")
            if not (starts_server and lazy):
                found.append(f"{package} must not import {other}")
        if root in PROTOCOL and package != "lsp":
            found.append(f"only lsp may import {root}")
        if root in OUTSIDE_WORLD and level < HOST:
            found.append(f"{package} must not import {root}: below host nothing touches the outside world")
        if package == "text" and root != "thoughtsmith" and root not in sys.stdlib_module_names:
            found.append(f"text must not import {root}: it needs the standard library only")
    if level < HOST:
        found += [
            f"{package} must not call open()"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
        ]
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*/**/*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_keep_to_their_layer(path: Path) -> None:
    assert violations(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).parts[0], path.name) == []


def test_every_package_has_a_layer() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= LAYERS.keys()
    # If the packages were looked for in the wrong place, the tests above would pass on nothing.
    assert {"text", "techniques", "ide", "lsp", "cli"} <= packages


@pytest.mark.parametrize(
    ("package", "source", "count"),
    [
        ("formats", "from thoughtsmith.syntax.tree import Kind", 0),
        ("formats", "from thoughtsmith.techniques.model import Value", 1),
        ("formats", "from thoughtsmith import techniques", 1),
        ("formats", "from ..techniques import model", 1),
        ("formats", "from . import registry", 0),
        ("formats", "import thoughtsmith.ide.hover", 1),
        ("syntax", "if TYPE_CHECKING:\n    from thoughtsmith.formats.format import Format", 1),
        ("config", "def f():\n    from thoughtsmith.techniques import model", 1),
        ("ide", "import lsprotocol.types", 1),
        ("cli", "from pygls.lsp.server import LanguageServer", 1),
        ("lsp", "from pygls.lsp.server import LanguageServer", 0),
        ("lsp", "from thoughtsmith.cli import main", 1),
        ("cli", "def f():\n    from thoughtsmith.lsp.main import serve", 1),
        ("techniques", "import os.path", 1),
        ("techniques", "from pathlib import Path", 1),
        ("techniques", "open('a')", 1),
        ("host", "import os\nopen('a')", 0),
        ("text", "import re", 0),
        ("text", "import click", 1),
    ],
)
def test_the_check_sees(package: str, source: str, count: int) -> None:
    assert len(violations(source, package)) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("def f():\n    from thoughtsmith.lsp.main import serve", 0),
        ("from thoughtsmith.lsp.main import serve", 1),
        ("def f():\n    from thoughtsmith.lsp.handlers import hover", 1),
    ],
)
def test_only_the_server_command_reaches_into_the_server_and_only_when_it_runs(source: str, count: int) -> None:
    assert len(violations(source, "cli", "server.py")) == count


ALWAYS_BANNED = PROTOCOL | {"asyncio"}


@pytest.mark.parametrize(
    ("arguments", "banned"),
    [
        (["--help"], ALWAYS_BANNED | {"jinja2", "rich", "fastjsonschema", "pathspec", "tomllib", "tomli"}),
        (["list", "techniques"], ALWAYS_BANNED),
        (["insert", "cot"], ALWAYS_BANNED | {"rich"}),
        (["scan", "--output-format", "json", __file__], ALWAYS_BANNED | {"pathspec", "rich"}),
        (["check", "--output-format", "json", __file__], ALWAYS_BANNED | {"multiprocessing", "pathspec", "rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_commands_load_only_what_they_need(arguments: list[str], banned: set[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "thoughtsmith", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in result.stderr.splitlines()}
    assert "thoughtsmith" in loaded, "the list of imports could not be read"
    assert loaded & banned == set()
