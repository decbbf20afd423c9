"""The server: one session, one worker, and the conversation about documents and settings."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from thoughtsmith import __version__
from thoughtsmith.config.settings import read_settings
from thoughtsmith.host.config_files import ConfigFiles
from thoughtsmith.host.environment import environment_locale, ignores_case, user_config
from thoughtsmith.lsp.capabilities import Capabilities
from thoughtsmith.lsp.config_documents import ConfigDocuments
from thoughtsmith.lsp.config_problems import ConfigProblems
from thoughtsmith.lsp.convert import PositionCodec
from thoughtsmith.lsp.dependants import Dependants
from thoughtsmith.lsp.diagnostics import Diagnostics
from thoughtsmith.lsp.parent import watch_parent
from thoughtsmith.lsp.protocol import Protocol
from thoughtsmith.lsp.uris import path_of
from thoughtsmith.lsp.workspace import WorkspaceFeed
from thoughtsmith.lsp.workspace_diagnostics import WorkspaceDiagnostics
from thoughtsmith.project.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.project.content import Content
    from thoughtsmith.project.document import Snapshot

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

SECTION = "thoughtsmith"
INLINE_LIMIT = 100_000
"""Characters. Work on longer documents leaves the event loop, so that it goes on answering."""
GARBAGE_THRESHOLD = 50_000
"""New objects after which cycles among them are looked for: trees and indexes are very many small ones without any."""


class Server(LanguageServer):
    def __init__(self) -> None:
        super().__init__("thoughtsmith", __version__, protocol_cls=Protocol)
        self.initialized = False
        self.shut_down = False
        self.exit_code = 0
        self.capabilities = Capabilities.of(types.ClientCapabilities())
        self.codec = PositionCodec("utf-16")
        self.config_files = ConfigFiles(user_config())
        self.session = Session(self._load_content, configure=self.config_files.of, ignore_case=ignores_case())
        self._initial_settings = self.session.settings
        """What holds where the editor's settings say nothing: the defaults and what `initialize` brought along."""
        self._folders: dict[str, Path] = {}
        """The folders whose packs are read, by their addresses; none in a workspace that is not trusted."""
        self._trusted = True
        self._content: Content | None = None
        self._content_lock = threading.Lock()
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self.checker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="checker")
        self._warm: asyncio.Future[None] | None = None
        self.diagnostics = Diagnostics(self)
        self.dependants = Dependants(self)
        self.workspace_diagnostics = WorkspaceDiagnostics(self)
        self.config_documents = ConfigDocuments(self)
        self.config_problems = ConfigProblems(self)
        self.feed = WorkspaceFeed(self)
        self._reported: set[str] = set()

    # Life

    def on_initialize(self, params: types.InitializeParams) -> None:
        self.initialized = True
        options = params.initialization_options if isinstance(params.initialization_options, dict) else {}
        # Kate does not say who it is; our configuration for it does.
        name = params.client_info.name if params.client_info is not None else str(options.get("client", ""))
        self.capabilities = Capabilities.of(params.capabilities, name)
        self.codec = PositionCodec(self.protocol.workspace.position_encoding or "utf-16")
        self.session.client_locale = params.locale or environment_locale()
        self._initial_settings = self.config_files.user_settings(self.session.settings)
        self._set_settings(options)
        self._initial_settings = self.session.settings
        self._trusted = bool(options.get("workspaceTrusted", True))
        if self._trusted:
            folders = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
            self._folders = {uri: Path(path) for uri in folders if (path := path_of(uri))}
        self.feed.initialize(params)
        if params.process_id is not None:
            watch_parent(params.process_id)

    async def on_initialized(self) -> None:
        self._start_warm_up()
        listening = asyncio.create_task(self.feed.initialized())
        if self.capabilities.watch_configuration:
            registration = types.Registration(SECTION, types.WORKSPACE_DID_CHANGE_CONFIGURATION)
            try:
                await self.client_register_capability_async(types.RegistrationParams([registration]))
            except Exception as error:
                self.report("registering for settings", error)
        await self.pull_settings()
        await listening

    def on_shutdown(self) -> None:
        self.shut_down = True
        self.worker.shutdown(wait=False, cancel_futures=True)
        self.checker.shutdown(wait=False, cancel_futures=True)

    def on_exit(self) -> None:
        self.exit_code = 0 if self.shut_down else 1

    def report_server_error(self, error: Exception, _source: Any) -> None:
        """What is wrong with a message goes to the log; a popup in the editor helps nobody."""
        # What a user asked for and cannot have is answered in the user's words already.
        answered = isinstance(error, JsonRpcException) and error.code == types.LSPErrorCodes.RequestFailed
        logger.log(logging.INFO if answered else logging.WARNING, "%s", error)

    def report(self, what: str, error: BaseException) -> None:
        """Log an error of one feature, once for each place and kind."""
        key = f"{what}: {type(error).__name__}: {error}"
        if key not in self._reported:
            self._reported.add(key)
            logger.error("%s", key, exc_info=error)

    # Content and settings

    def _load_content(self) -> Content:
        """The content, loaded when it is first needed. Called from the event loop and from the worker."""
        from thoughtsmith.host.installation import load_catalogue
        from thoughtsmith.project.content import Content

        with self._content_lock:
            if self._content is None:
                self._content = Content(load_catalogue(self._folders.values()))
            return self._content

    @property
    def content(self) -> Content:
        """The content; whoever asks should have waited for `loaded`."""
        return self._load_content()

    def _start_warm_up(self) -> None:
        warm = asyncio.get_running_loop().run_in_executor(self.worker, self._warm_up)
        warm.add_done_callback(self._after_warm_up)
        self._warm = warm

    async def loaded(self) -> None:
        """Wait until the content is there, without keeping the event loop from other requests."""
        if self._warm is not None:
            await asyncio.wait([self._warm])

    def _warm_up(self) -> None:
        """Load and compile ahead of the first request what it would otherwise wait for."""
        import thoughtsmith.lsp.completion_features
        import thoughtsmith.lsp.features
        import thoughtsmith.lsp.symbol_features
        import thoughtsmith.lsp.workspace_features  # noqa: F401 -- the first request would import them
        from thoughtsmith.ide.warm_up import warm_up

        # What is loaded now stays until the end: looking for cycles in it would only make later requests wait.
        gc.disable()
        try:
            warm_up(self._load_content())
            gc.freeze()
        finally:
            gc.set_threshold(GARBAGE_THRESHOLD)
            gc.enable()

    def _after_warm_up(self, done: asyncio.Future[None]) -> None:
        if done.cancelled():
            return
        if (error := done.exception()) is not None:
            self.report("warm-up", error)
            text = f"Thoughtsmith cannot load its techniques: {error}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))
            return
        content = self._load_content()
        for problem in (*content.catalogue.problems, *content.detector.problems):
            if str(problem) in self._reported:
                continue  # It was there before a folder joined.
            self._reported.add(str(problem))
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"Thoughtsmith: {problem}"))

    def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Other folders may bring other packs."""
        if not self._trusted:
            return
        for folder in params.event.removed:
            self._folders.pop(folder.uri, None)
        self._folders |= {folder.uri: Path(path) for folder in params.event.added if (path := path_of(folder.uri))}
        with self._content_lock:
            self._content = None
        self._start_warm_up()

    def look_for_changed_settings(self) -> None:
        """Config files may have changed, come or gone."""
        before = self.config_files.formats
        if self.config_files.refresh():
            self.session.settings_changed()
            if self.config_files.formats != before:
                self.feed.look_again()
            self.config_problems.tell()
            self.diagnostics.refresh()

    async def pull_settings(self) -> None:
        """Ask the editor for its settings, if it answers such questions."""
        if not self.capabilities.configuration:
            return
        try:
            item = types.ConfigurationItem(section=SECTION)
            (answer,) = await self.workspace_configuration_async(types.ConfigurationParams([item]))
        except Exception as error:
            self.report("asking for settings", error)
        else:
            self._set_settings(answer if isinstance(answer, dict) else {})

    def push_settings(self, settings: Any) -> None:
        """Settings that the editor sent along with `didChangeConfiguration`."""
        if isinstance(settings, dict):
            section = settings.get(SECTION, settings)
            if isinstance(section, dict):
                self._set_settings(section)

    def _set_settings(self, given: dict[str, Any]) -> None:
        before = self.session.settings
        self.session.settings, problems = read_settings(given, self._initial_settings, self.session.locale)
        if self.session.settings != before:
            self.session.settings_changed()
            if self.session.settings.formats != before.formats:
                self.feed.look_again()
            self.diagnostics.refresh()
        for problem in problems:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, problem))

    # Documents

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        self.session.open(document.uri, path_of(document.uri), document.language_id, document.version, document.text)
        # Not every client tells of changed files.
        self.look_for_changed_settings()
        self.feed.touched(document.uri)
        self.diagnostics.changed(document.uri)
        self.config_problems.tell()
        self.workspace_diagnostics.changed()

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        document = self.session.any_document(params.text_document.uri)
        if document is None:
            return
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start = self.codec.place(document.lines, change.range.start)
                end = self.codec.place(document.lines, change.range.end)
                document.edit(start, end, change.text)
            else:
                document.replace(change.text)
        document.version = params.text_document.version
        self.session.changed(document.uri)
        self.diagnostics.changed(document.uri)
        self.workspace_diagnostics.typed()

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self.session.close(params.text_document.uri)
        self.feed.touched(params.text_document.uri)
        self.diagnostics.closed(params.text_document.uri)
        for uri in self.dependants.closed(params.text_document.uri):
            self.diagnostics.changed(uri)
        self.config_problems.tell()
        self.workspace_diagnostics.changed()

    # Work

    async def run(self, snapshot: Snapshot, work: Callable[[], Result]) -> Result:
        """The result of `work` on a snapshot: at once for an ordinary document, by the worker for a huge one."""
        if len(snapshot.lines) <= INLINE_LIMIT:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self.worker, work)
