"""Downloads Debian packages with an apt that has nothing to do with the machine's own but its mirrors."""

from __future__ import annotations

import os
import platform
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.editors.installers.process import UnavailableError, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

APT_SOURCES = Path("/etc/apt")


class _Mirror(NamedTuple):
    """A place that this machine gets its Debian packages from."""

    uri: str
    signed_by: str


def download(suite: str, packages: Sequence[str], state: Path) -> list[Path]:
    """Download packages of a Debian release and all that they need, down to the C library, as if none were installed.

    `state` is a folder that is to be made. Raises `UnavailableError`.
    """
    for tool in ("apt-get", "apt-config", "dpkg"):
        if shutil.which(tool) is None:
            raise UnavailableError(f"this machine has no {tool}")
    mirrors = _mirrors(suite)
    if not mirrors:
        raise UnavailableError("the apt sources name no Debian mirror")
    problem: UnavailableError | None = None
    for number, mirror in enumerate(mirrors):
        apt = _PrivateApt(state / str(number), mirror, suite)
        try:
            apt.get("update")
            apt.get("--yes", "--download-only", "install", *packages)
        except UnavailableError as error:
            problem = problem or error
        else:
            return sorted((apt.root / "cache/archives").glob("*.deb"))
    raise problem or AssertionError


class _PrivateApt:
    """apt with its own sources, lists and cache, for which no package is installed yet."""

    def __init__(self, root: Path, mirror: _Mirror, suite: str) -> None:
        self.root = root
        for name in ("empty", "sources", "lists/partial", "cache/archives/partial", "log"):
            (root / name).mkdir(parents=True)
        (root / "status").touch()
        signed = f"Signed-By: {mirror.signed_by}\n" if mirror.signed_by else ""
        (root / "sources" / "debian.sources").write_text(
            f"Types: deb\nURIs: {mirror.uri}\nSuites: {suite}\nComponents: main\n{signed}", encoding="utf-8"
        )
        self._config = root / "apt.conf"
        self._config.write_text("".join(f"{line}\n" for line in self._settings()), encoding="utf-8")

    def get(self, *arguments: str) -> None:
        run(["apt-get", "--quiet", *arguments], {**os.environ, "APT_CONFIG": str(self._config)})

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
        yield f'APT::Architectures {{ "{run(["dpkg", "--print-architecture"]).strip()}"; }};'
        yield 'APT::Install-Recommends "false";'
        # Root's apt would download as another user, who need not be able to enter this folder.
        yield 'APT::Sandbox::User "root";'
        yield 'Acquire::Languages "none";'
        yield 'Acquire::Retries "3";'
        # Without this, lists that could not be fetched are no error.
        yield 'APT::Update::Error-Mode "any";'
        # The machine's own settings are left out, since they may run commands; what is kept is how it reaches its
        # mirrors and whether it takes one that lags behind.
        for line in run(["apt-config", "dump"]).splitlines():
            if line.startswith(("Acquire::http", "Acquire::ForceIPv", "Acquire::Check-")):
                yield line


def _mirrors(suite: str) -> list[_Mirror]:
    """The mirrors of Debian in the machine's apt sources, the likeliest first."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    if release.get("ID") != "debian":
        raise UnavailableError("this is not Debian")
    # Other archives have suites of other names; where one has not, it lacks the package, and the next is tried.
    suites = {release.get("VERSION_CODENAME"), "oldstable", "stable", "testing", "unstable", "sid", suite}
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
