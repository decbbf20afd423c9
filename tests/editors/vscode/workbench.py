"""A workbench with our extension in it, as a test or the maker of the pictures uses it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlencode

import pytest
from playwright.async_api import async_playwright
from tests.editors.vscode import bridge
from tests.editors.vscode.bridge import PATIENCE, Bridge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence

    from playwright.async_api import Locator, Page
    from tests.editors.installers.vscode import VSCode

T = TypeVar("T")

START = 90.0
"""Seconds that the workbench may take to come up."""
CURSOR = "<|>"
SCREENSHOTS = "THOUGHTSMITH_SCREENSHOTS"
"""The environment variable that names the folder for screenshots."""
ROOT = Path(__file__).resolve().parents[3]
EXTENSION = "thoughtsmith.thoughtsmith"

USER_SETTINGS = {
    "editor.accessibilitySupport": "off",
    "editor.minimap.enabled": False,
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "files.autoSave": "off",
    "security.workspace.trust.startupPrompt": "never",
    "telemetry.telemetryLevel": "off",
    "window.commandCenter": False,
    "workbench.colorTheme": "Default Light Modern",
    "workbench.enableExperiments": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}
"""What makes the workbench predictable; nothing that bears on what our extension does."""


class Diagnostic(NamedTuple):
    """What some extension says about the open file."""

    source: str
    code: str
    severity: str
    message: str
    start: int
    """In UTF-16 code units."""
    text: str
    """What is underlined."""


class Workbench:
    """A page with a workbench on a folder, and the extension host behind it."""

    def __init__(self, page: Page, host: Bridge, folder: Path) -> None:
        self.page = page
        self.host = host
        self.folder = folder

    async def open(self, name: str, markup: str) -> str:
        """Open a new file, with the cursor at `CURSOR`, or what is between two of them selected; its language id."""
        parts = markup.split(CURSOR)
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(parts)
        file.write_bytes(text.encode())
        language: str = await self.host.ask("open", str(file))
        await self.until("what has been written is shown", self.text, lambda shown: shown == text)
        if len(parts) > 1:
            start = utf16(parts[0])
            end = start + (utf16(parts[1]) if len(parts) > 2 else 0)
            await self.host.ask("select", start, end)
        await self.page.locator(".editor-group-container.active .monaco-editor.focused").wait_for()
        return language

    async def close_all(self) -> None:
        """Close every file, without saving it."""
        while await self.host.ask("active") is not None:
            await self.host.ask("command", "workbench.action.revertAndCloseActiveEditor")

    async def text(self) -> str:
        text: str = await self.host.ask("text")
        return text

    async def selected(self) -> str:
        """The selected text."""
        start, end = await self.host.ask("selection")
        return (await self.text()).encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")

    async def cursor(self) -> int:
        """Where the selection starts, in UTF-16 code units."""
        start: int = (await self.host.ask("selection"))[0]
        return start

    async def diagnostics(self) -> list[Diagnostic]:
        """What our extension says about the open file."""
        return [one for one in await self.all_diagnostics() if one.source == "thoughtsmith"]

    async def all_diagnostics(self) -> list[Diagnostic]:
        """What anybody says about the open file."""
        return [Diagnostic(**one) for one in await self.host.ask("diagnostics")]

    async def until(self, what: str, probe: Callable[[], Awaitable[T]], accept: Callable[[T], object] = bool) -> T:
        """The first answer of `probe` that is acceptable, soon."""
        deadline = time.monotonic() + PATIENCE
        while not accept(answer := await probe()):
            if time.monotonic() > deadline:
                picture = await self.picture("failed")
                pytest.fail(f"{what}: not within {PATIENCE} s, but {answer!r}; see {picture}")
            await asyncio.sleep(0.05)
        return answer

    async def picture(self, name: str) -> Path:
        """Write a screenshot and say where it is."""
        path = Path(os.environ.get(SCREENSHOTS) or ROOT / ".cache" / "screenshots") / f"{name}.png"
        await self.page.screenshot(path=path)
        return path

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        """Type as somebody at the keyboard does."""
        await self.page.keyboard.type(text, delay=15)

    @property
    def suggestions(self) -> Locator:
        """The rows of the completion popup."""
        return self.page.locator(".suggest-widget.visible .monaco-list-row")

    @property
    def picks(self) -> Locator:
        """The rows of the list that VS Code lets one choose from."""
        return self.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row")

    async def run(self, command: str) -> None:
        """Run a command by its title in the command palette."""
        await self.press("F1")
        box = self.page.locator(".quick-input-widget input[type=text]")
        await box.fill(f">{command}")
        await self.picks.filter(has_text=command).first.wait_for()
        await self.press("Enter")


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


@contextlib.asynccontextmanager
async def workbench(
    installed: VSCode,
    extension: Path,
    home: Path,
    *,
    path: str,
    trusted: bool = True,
    settings: Mapping[str, object] | None = None,
    size: tuple[int, int] = (1280, 800),
    language: str = "en",
    others: Sequence[Path] = (),
) -> AsyncIterator[Workbench]:
    """A workbench on the folder `home/workspace`, with `extension` (a .vsix) installed and everything else in `home`.

    `path` is where its extension host looks for programs; `others` are more extensions to install.
    """
    folder = home / "workspace"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": path,
        # As if started from a terminal: otherwise a login shell is asked what the PATH is.
        "VSCODE_CLI": "1",
        bridge.SOCKET_VARIABLE: str(home / "bridge"),
    }
    common = _server_arguments(home, {**USER_SETTINGS, **(settings or {})}, language)
    async with contextlib.aclosing(await Bridge.listen(home / "bridge")) as host:
        for archive in (extension, bridge.packed(home), *others):
            await _run([installed.server, *common, "--install-extension", archive], environment)
        # Every workspace is trusted where there is no such thing as trust, and none at first where there is.
        trust = ["--disable-workspace-trust"] if trusted else []
        with _running_server(installed, [*common, *trust], environment, home) as address:
            async with _page(installed, size) as page:
                await page.goto(f"{address}/?{urlencode({'folder': str(folder)})}", wait_until="domcontentloaded")
                await host.connected(START)
                await page.locator(".monaco-workbench").wait_for()
                yield Workbench(page, host, folder)


@contextlib.asynccontextmanager
async def _page(installed: VSCode, size: tuple[int, int]) -> AsyncIterator[Page]:
    """An empty page in a browser of its own."""
    with pytest.MonkeyPatch.context() as patch:
        # The Node.js that Playwright brings along needs a library that a bare Debian lacks.
        patch.setenv("PLAYWRIGHT_NODEJS_PATH", str(installed.node))
        async with async_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu"]
            browser = await playwright.chromium.launch(executable_path=installed.browser, args=arguments)
            width, height = size
            page = await browser.new_page(viewport={"width": width, "height": height}, locale="en-US")
            page.set_default_timeout(PATIENCE * 1000)
            try:
                yield page
            finally:
                await browser.close()


def _server_arguments(home: Path, settings: Mapping[str, object], language: str) -> list[str]:
    user = home / "user"
    (user / "User").mkdir(parents=True)
    (user / "User" / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    if language != "en":
        _install_language(user, language)
    return [
        *("--locale", language),
        *("--user-data-dir", str(user), "--extensions-dir", str(home / "extensions")),
        *("--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"),
        # The extension host of a page that is gone ends soon, too.
        *("--reconnection-grace-time", "2"),
    ]


def _install_language(user: Path, language: str) -> None:
    """What a language pack leaves behind: VS Code takes a language for its own only if one is installed.

    It translates nothing of VS Code, so that all that appears in that language is ours.
    """
    translations = user / "translations.json"
    translations.write_text(json.dumps({"version": "1.0.0", "contents": {}}), encoding="utf-8")
    source = {"extensionIdentifier": {"id": "thoughtsmith-tests.language"}, "version": "1.0.0"}
    pack = {"hash": language, "label": language, "extensions": [source], "translations": {"vscode": str(translations)}}
    (user / "languagepacks.json").write_text(json.dumps({language: pack}), encoding="utf-8")


@contextlib.contextmanager
def _running_server(
    installed: VSCode, arguments: list[str], environment: Mapping[str, str], home: Path
) -> Iterator[str]:
    """The address of a code-server that runs until the end of the block, with everything that it has started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = home / "code-server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(installed.server), *arguments, "--bind-addr", f"127.0.0.1:{port}"],
            env={**environment, "EXTENSIONS_GALLERY": "{}"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + START
            while not _answers(address):
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"code-server does not come up:\n{log.read_text(encoding='utf-8')[-2000:]}")
                time.sleep(0.05)
            yield address
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError):
        return False


async def _run(command: list[Any], environment: Mapping[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *map(str, command), env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await asyncio.wait_for(process.communicate(), START)
    assert process.returncode == 0, output.decode()


def programs(folder: Path) -> str:
    """A PATH on which there is Python, and nothing else that somebody may have installed."""
    folder.mkdir(parents=True)
    (folder / "python3").symlink_to(sys.executable)
    return os.pathsep.join([str(folder), "/usr/bin", "/bin"])
