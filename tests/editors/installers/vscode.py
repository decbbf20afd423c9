"""The workbench of Visual Studio Code with its extension host, served to a browser without a window, and that browser.

Both come from npm; neither root nor anything that has to be compiled is needed.
"""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.editors.installers.debian import CACHE
from tests.editors.installers.folder import replacing
from tests.editors.installers.node import Node, node
from tests.editors.installers.process import UnavailableError, run

if TYPE_CHECKING:
    from collections.abc import Iterable

CODE_SERVER = "4.139.1"
"""Visual Studio Code 1.139.1."""
CHROMIUM = "153.0.0"
FONTS = "2.37.3"
"""With Cyrillic letters, and those beyond the first 65,536 characters that the tests use."""
VARIABLE = "THOUGHTSMITH_CHROMIUM"
"""The environment variable by which somebody can name a Chromium of their own."""
NEEDLESS = (
    "lib/vscode/extensions/copilot",
    "lib/vscode/extensions/mermaid-markdown-features",
    "lib/vscode/extensions/microsoft-authentication",
    "lib/vscode/extensions/ms-vscode.*",
    "lib/vscode/node_modules/@github",
    "lib/vscode/node_modules/@microsoft/mxc-sdk",
)
"""What of code-server takes room, but is of no use to a test."""


class VSCode(NamedTuple):
    """What runs a workbench and shows it."""

    server: Path
    """code-server, which runs the extensions too."""
    browser: Path
    """Chromium without windows."""
    node: Path
    """Node.js, for what drives the browser."""


def vscode() -> VSCode:
    """VS Code and a browser to show it, installed if need be. Raises `UnavailableError`."""
    return VSCode(_server(), _browser(), node().executable)


def _server() -> Path:
    folder = CACHE / f"code-server-{CODE_SERVER}"
    executable = folder / "bin" / "code-server"
    engine = node()
    if not _answers(executable, CODE_SERVER):
        with replacing(folder) as tree:
            _packages(engine, tree, [f"code-server@{CODE_SERVER}"])
            home = tree / "node_modules" / "code-server"
            engine.npm("install", folder=home / "lib" / "vscode")
            for pattern in NEEDLESS:
                for found in home.glob(pattern):
                    shutil.rmtree(found)
            entry = folder / "node_modules" / "code-server" / "out" / "node" / "entry.js"
            # Without a configuration of its own, it writes one into the user's.
            (tree / "config.yaml").write_text("auth: none\n", encoding="utf-8")
            environment = {"CODE_SERVER_CONFIG": folder / "config.yaml"}
            _wrapper(tree / "bin" / executable.name, environment, [engine.executable, entry])
        if not _answers(executable, CODE_SERVER):
            raise UnavailableError(f"{executable} was installed but does not run")
    return executable


def _browser() -> Path:
    chosen = os.environ.get(VARIABLE)
    if chosen:
        # Whoever names a Chromium wants that one, so nothing else takes its place.
        if not _answers(chosen, ""):
            raise UnavailableError(f"{VARIABLE}={chosen} does not run")
        return Path(shutil.which(chosen) or chosen).absolute()
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        on_path = shutil.which("chromium") or shutil.which("google-chrome")
        if on_path is None:
            raise UnavailableError(f"there is no Chromium for this machine; set {VARIABLE} to one of your own")
        return Path(on_path).absolute()
    folder = CACHE / f"chromium-{CHROMIUM}"
    executable = folder / "bin" / "chromium"
    if not _answers(executable, CHROMIUM.partition(".")[0]):
        with replacing(folder) as tree:
            _prepare_browser(tree, folder)
        if not _answers(executable, CHROMIUM.partition(".")[0]):
            raise UnavailableError(f"{executable} was installed but does not run")
    return executable


def _prepare_browser(tree: Path, home: Path) -> None:
    engine = node()
    _packages(engine, tree, [f"@sparticuz/chromium@{CHROMIUM}", f"dejavu-fonts-ttf@{FONTS}"])
    packages = tree / "node_modules"
    packed = packages / "@sparticuz" / "chromium" / "bin"
    for name in ("chromium", "al2023.tar", "fonts.tar"):
        unpack = "const fs = require('fs'), [from, to] = process.argv.slice(1);"
        unpack += "fs.writeFileSync(to, require('zlib').brotliDecompressSync(fs.readFileSync(from)))"
        run([str(engine.executable), "-e", unpack, str(packed / f"{name}.br"), str(tree / name)])
    (tree / "chromium").chmod(0o755)
    for name, folder in (("al2023.tar", "libraries"), ("fonts.tar", "fonts")):
        (tree / folder).mkdir()
        run(["tar", "--extract", "--file", str(tree / name), "--directory", str(tree / folder)])
        (tree / name).unlink()
    for font in (packages / "dejavu-fonts-ttf" / "ttf").glob("DejaVuSans*.ttf"):
        shutil.copy(font, tree / "fonts")
    shutil.rmtree(packages)
    (tree / "fonts.conf").write_text(
        f"<fontconfig><dir>{home / 'fonts'}</dir><cachedir>{home / 'cache'}</cachedir>{_PREFERENCES}</fontconfig>",
        encoding="utf-8",
    )
    environment = {"LD_LIBRARY_PATH": home / "libraries" / "lib", "FONTCONFIG_FILE": home / "fonts.conf"}
    _wrapper(tree / "bin" / "chromium", environment, [home / "chromium"])


def _preference(family: str, fonts: Iterable[str]) -> str:
    names = "".join(f"<family>{font}</family>" for font in fonts)
    return f"<alias><family>{family}</family><prefer>{names}</prefer></alias>"


_PREFERENCES = _preference("sans-serif", ("Open Sans", "DejaVu Sans")) + _preference(
    "monospace", ("DejaVu Sans Mono", "DejaVu Sans")
)


def _packages(engine: Node, folder: Path, packages: list[str]) -> None:
    (folder / "package.json").write_text(json.dumps({"private": True}), encoding="utf-8")
    engine.npm("install", "--save-exact", *packages, folder=folder)


def _wrapper(path: Path, environment: dict[str, Path], command: list[Path]) -> None:
    """A program that runs another one in its environment."""
    variables = [f"{name}={shlex.quote(str(value))}" for name, value in environment.items()]
    path.parent.mkdir(exist_ok=True)
    words = [*variables, "exec", *(shlex.quote(str(word)) for word in command), '"$@"']
    path.write_text(f"#!/bin/sh\n{' '.join(words)}\n", encoding="utf-8")
    path.chmod(0o755)


def _answers(executable: str | Path, version: str) -> bool:
    """Whether a program, asked for its version, gives one with that in it."""
    try:
        return version in run([str(executable), "--version"])
    except UnavailableError:
        return False
