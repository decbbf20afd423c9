"""Installs real editors for the tests, into `.cache/editors/` of the repository: nothing else on the machine changes.

    python tests/editors/install.py neovim

prints the path of the executable. An editor that is there already is used as it is.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "editors"
APT_SOURCES = Path("/etc/apt")
SUITE = "forky"
"""The Debian release that the editors are taken from: the first with a Neovim that has `vim.lsp.config`."""
MINIMUM = (0, 11)
"""The oldest Neovim that our configuration is for."""
NEEDLESS = (
    "usr/share/doc",
    "usr/share/lintian",
    "usr/share/locale",
    "usr/share/man",
    "usr/share/nvim/runtime/doc",
    "usr/share/nvim/runtime/spell",
    "usr/lib/*/gconv",
)
"""What is unpacked and takes room, but is of no use to a test."""


class UnavailableError(Exception):
    """The editor cannot be had here; the message says why."""


def install_neovim() -> Path | None:
    """The executable of a Neovim that is new enough, installed if need be; `None`, with a printed reason, if not."""
    try:
        return neovim()
    except UnavailableError as reason:
        print(f"Neovim is not available: {reason}", file=sys.stderr)
        return None


def neovim() -> Path:
    """The executable of a Neovim that is new enough, installed if need be. Raises `UnavailableError`."""
    chosen = os.environ.get("THOUGHTSMITH_NVIM")
    if chosen:
        # Whoever names a Neovim wants that one, so nothing else takes its place.
        if _neovim_version(chosen) < MINIMUM:
            raise UnavailableError(f"THOUGHTSMITH_NVIM={chosen} is no Neovim {_dotted(MINIMUM)} or newer")
        return Path(shutil.which(chosen) or chosen).absolute()
    on_path = shutil.which("nvim")
    if on_path is not None and _neovim_version(on_path) >= MINIMUM:
        return Path(on_path).absolute()
    folder = CACHE / "neovim"
    executable = folder / "bin" / "nvim"
    if _neovim_version(executable) < MINIMUM:
        _install("neovim", folder, _prepare_neovim)
        if _neovim_version(executable) < MINIMUM:
            raise UnavailableError(f"{executable} was installed but does not run or is older than {_dotted(MINIMUM)}")
    return executable


def _neovim_version(executable: str | Path) -> tuple[int, ...]:
    """The version that `executable` says it is; empty if it does not run, as after its folder was moved."""
    try:
        answer = _run([str(executable), "--version"])
    except UnavailableError:
        return ()
    found = re.match(r"NVIM v(\d+)\.(\d+)\.(\d+)", answer)
    return tuple(map(int, found.groups())) if found else ()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _prepare_neovim(tree: Path, home: Path) -> None:
    """Make the Neovim in `tree` run from `home` with its own libraries, whatever those of the machine are like.

    The path of the dynamic loader in a program is absolute. Starting the loader with the program as its argument would
    do without, but then Neovim starts loaders instead of itself.
    """
    program = tree / "usr/bin/nvim"
    loader_name = Path(_run([_patchelf(), "--print-interpreter", str(program)]).strip()).name
    loader = next(iter((tree / "usr/lib").glob(f"*/{loader_name}")), None)
    if loader is None:
        raise UnavailableError(f"{loader_name} is not among the downloaded packages")
    libraries = loader.parent.relative_to(tree / "usr")
    interpreter = home / "usr" / libraries / loader_name
    search = f"$ORIGIN/../{libraries.as_posix()}"
    # The older kind of search path counts for the libraries' own libraries as well.
    _run(
        [
            _patchelf(),
            *("--set-interpreter", str(interpreter)),
            *("--force-rpath", "--set-rpath", search),
            str(program),
        ]
    )
    wrapper = tree / "bin/nvim"
    wrapper.parent.mkdir(exist_ok=True)
    runtime, binary = (shlex.quote(str(home / part)) for part in ("usr/share/nvim/runtime", "usr/bin/nvim"))
    wrapper.write_text(f'#!/bin/sh\nVIMRUNTIME={runtime} exec {binary} "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)


def _patchelf() -> str:
    beside = Path(sysconfig.get_path("scripts")) / "patchelf"
    found = str(beside) if beside.exists() else shutil.which("patchelf")
    if found is None:
        raise UnavailableError("patchelf is missing; it comes with the development dependencies")
    return found


def _install(package: str, folder: Path, prepare: Callable[[Path, Path], None]) -> None:
    """Install a Debian package with all that it needs, down to the C library, as `folder`.

    `prepare` is given the tree as it lies now and the place that it will have. The tree gets that place as the last
    step: a run that is cut short leaves nothing there.
    """
    for tool in ("apt-get", "apt-config", "dpkg", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise UnavailableError(f"this machine has no {tool}; set THOUGHTSMITH_NVIM to a Neovim of your own")
    _patchelf()  # Before anything is downloaded in vain.
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        tree = Path(temporary) / "tree"
        tree.mkdir()
        for archive in _download(package, Path(temporary) / "apt"):
            _run(["dpkg-deb", "--extract", str(archive), str(tree)])
        for pattern in NEEDLESS:
            for found in tree.glob(pattern):
                shutil.rmtree(found)
        prepare(tree, folder)
        if folder.exists():
            # It does not work, or we would not be here.
            shutil.rmtree(folder)
        # If another run has been faster, its tree is as good as ours; whether it is, the caller checks.
        with contextlib.suppress(OSError):
            tree.rename(folder)


class _Mirror(NamedTuple):
    """A place that this machine gets its Debian packages from."""

    uri: str
    signed_by: str


def _download(package: str, state: Path) -> list[Path]:
    """Download `package` and its whole closure with an apt that has nothing to do with the machine's own."""
    mirrors = _mirrors()
    if not mirrors:
        raise UnavailableError("the apt sources name no Debian mirror; set THOUGHTSMITH_NVIM to a Neovim of your own")
    problem: UnavailableError | None = None
    for number, mirror in enumerate(mirrors):
        apt = _PrivateApt(state / str(number), mirror)
        try:
            apt.get("update")
            apt.get("--yes", "--download-only", "install", package)
        except UnavailableError as error:
            problem = problem or error
        else:
            return sorted((apt.root / "cache/archives").glob("*.deb"))
    raise problem or AssertionError


class _PrivateApt:
    """apt with its own sources, lists and cache, for which no package is installed yet."""

    def __init__(self, root: Path, mirror: _Mirror) -> None:
        self.root = root
        for name in ("empty", "sources", "lists/partial", "cache/archives/partial", "log"):
            (root / name).mkdir(parents=True)
        (root / "status").touch()
        signed = f"Signed-By: {mirror.signed_by}\n" if mirror.signed_by else ""
        (root / "sources" / "debian.sources").write_text(
            f"Types: deb\nURIs: {mirror.uri}\nSuites: {SUITE}\nComponents: main\n{signed}", encoding="utf-8"
        )
        self._config = root / "apt.conf"
        self._config.write_text("".join(f"{line}\n" for line in self._settings()), encoding="utf-8")

    def get(self, *arguments: str) -> None:
        _run(["apt-get", "--quiet", *arguments], {**os.environ, "APT_CONFIG": str(self._config)})

    def _settings(self) -> Iterator[str]:
        folders = {
            "Dir::Etc::parts": "empty",
            "Dir::Etc::sourceparts": "sources",
            "Dir::Etc::preferencesparts": "empty",
            "Dir::State": "",
            "Dir::State::lists": "lists",
            "Dir::State::status": "status",
            "Dir::Cache": "cache",
            "Dir::Log": "log",
        }
        for key, name in folders.items():
            yield f'{key} "{self.root / name}";'
        for key in ("Dir::Etc::main", "Dir::Etc::sourcelist", "Dir::Etc::preferences"):
            yield f'{key} "/dev/null";'
        yield f'APT::Architectures {{ "{_run(["dpkg", "--print-architecture"]).strip()}"; }};'
        yield 'APT::Install-Recommends "false";'
        # Root's apt would download as another user, who need not be able to enter this folder.
        yield 'APT::Sandbox::User "root";'
        yield 'Acquire::Languages "none";'
        yield 'Acquire::Retries "3";'
        # Without this, lists that could not be fetched are no error.
        yield 'APT::Update::Error-Mode "any";'
        # The machine's own settings are left out, since they may run commands; what is kept is how it reaches its
        # mirrors and whether it takes one that lags behind.
        for line in _run(["apt-config", "dump"]).splitlines():
            if line.startswith(("Acquire::http", "Acquire::ForceIPv", "Acquire::Check-")):
                yield line


def _mirrors() -> list[_Mirror]:
    """The mirrors of Debian in the machine's apt sources, the likeliest first."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    if release.get("ID") != "debian":
        raise UnavailableError("this is not Debian; set THOUGHTSMITH_NVIM to a Neovim of your own")
    # Other archives have suites of other names; where one has not, it lacks the package, and the next is tried.
    suites = {release.get("VERSION_CODENAME"), "oldstable", "stable", "testing", "unstable", "sid", SUITE}
    found: dict[str, _Mirror] = {}
    for uris, named, components, signed_by in _sources():
        if suites.intersection(named) and "main" in components:
            for uri in uris:
                found.setdefault(uri.rstrip("/"), _Mirror(uri, signed_by or _archive_keyring()))
    return sorted(found.values(), key=lambda mirror: not mirror.uri.rstrip("/").endswith("/debian"))


class _Source(NamedTuple):
    uris: Sequence[str]
    suites: Sequence[str]
    components: Sequence[str]
    signed_by: str
    """A path, a fingerprint, or a whole key on continuation lines; empty if nothing is said."""


_ONE_LINE = re.compile(r"deb\s+(?:\[(?P<options>[^]]*)\]\s*)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>[^#]+)")
_FIELD = re.compile(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)


def _sources() -> Iterator[_Source]:
    """The package sources of the machine, in both of the notations that apt reads."""
    folder = APT_SOURCES / "sources.list.d"
    for file in sorted(folder.glob("*.sources")):
        text = re.sub(r"^#.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for stanza in re.split(r"\n[ \t]*\n", text):
            fields = {name.lower(): value for name, value in _FIELD.findall(stanza)}
            if "deb" in fields.get("types", "").split() and fields.get("enabled", "yes").strip() != "no":
                uris, suites, components = (fields.get(name, "").split() for name in ("uris", "suites", "components"))
                yield _Source(uris, suites, components, fields.get("signed-by", ""))
    for file in (APT_SOURCES / "sources.list", *sorted(folder.glob("*.list"))):
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            if found := _ONE_LINE.match(line.strip()):
                options = dict(option.partition("=")[::2] for option in (found["options"] or "").split())
                yield _Source(
                    [found["uri"]], [found["suite"]], found["components"].split(), options.get("signed-by", "")
                )


def _archive_keyring() -> str:
    """The keys of the Debian archive, if they lie where Debian keeps them; apt looks for them itself otherwise."""
    for name in ("debian-archive-keyring.pgp", "debian-archive-keyring.gpg"):
        if (keyring := Path("/usr/share/keyrings") / name).exists():
            return str(keyring)
    return ""


def _run(command: Sequence[str], env: dict[str, str] | None = None) -> str:
    """The output of a command. Raises `UnavailableError` with what it complained about."""
    env = {**(os.environ if env is None else env), "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{command[0]}: {error}") from error
    if done.returncode:
        complaint = (done.stderr.strip() or done.stdout.strip()).splitlines()[-5:]
        raise UnavailableError(f"{' '.join(command[:4])} failed: {'; '.join(complaint)}")
    return done.stdout


_EDITORS = {"neovim": install_neovim}


def main() -> int:
    parser = argparse.ArgumentParser(description="Install a real editor for the tests and print where it is.")
    parser.add_argument("editor", choices=list(_EDITORS))
    executable = _EDITORS[parser.parse_args().editor]()
    if executable is None:
        return 1
    print(executable)
    return 0


if __name__ == "__main__":
    sys.exit(main())
