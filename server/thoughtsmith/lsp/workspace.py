"""Keeping the workspace up to date: its folders, the files that change in them, and the worker that reads them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from thoughtsmith.host.config_files import ConfigFiles
from thoughtsmith.lsp.progress import Progress
from thoughtsmith.lsp.uris import file_path
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.config.settings import Settings
    from thoughtsmith.lsp.server import Server

Result = TypeVar("Result")

BURST = 0.1
"""Seconds in which changes gather: who switches branches changes many files at once."""
WATCH = "watched files"


class WorkspaceFeed:
    """Tells the session's workspace what there is on disk. On the event loop, but for the looking itself."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._folders: dict[str, str] = {}
        """The paths of the workspace folders, by address."""
        self._changed: dict[str, None] = {}
        """Paths that somebody has to look at."""
        self._ready = False
        self._working: asyncio.Task[None] | None = None
        self._watching = False
        self._any_ending = False
        """Whether prompts may be called anything, since settings give formats to files."""

    # Folders

    def initialize(self, params: types.InitializeParams) -> None:
        """Learn which folders there are."""
        folders = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
        self._add(folders)

    async def initialized(self) -> None:
        """Begin to look at the folders, and to listen for changes."""
        self._ready = True
        self._wake()
        await self._watch()

    async def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.removed:
            path = self._folders.pop(folder.uri, None)
            if path is not None:
                self._server.session.workspace.remove_root(path)
        self._add([folder.uri for folder in params.event.added])
        # What was outside may be inside now.
        self._changed |= dict.fromkeys(self._folders.values())
        self._wake()
        self._server.diagnostics.refresh()
        await self._watch()

    def _add(self, uris: list[str]) -> None:
        for uri in uris:
            path = file_path(uri)
            if path:
                self._folders[uri] = path
                self._server.session.workspace.add_root(path)
                self._changed[path] = None
        self._tell_roots()

    def _tell_roots(self) -> None:
        """The patterns of the editor's settings are relative to the folders."""
        self._server.config_files.set_roots(self._folders.values())
        self._server.session.settings_changed()

    # Changes

    def watched(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Files or folders were created, changed or deleted; what has become of them is seen on disk."""
        for change in params.changes:
            self.touched(change.uri)
        if any(change.uri.lower().endswith((".toml", ".json")) for change in params.changes):
            self._server.look_for_changed_settings()  # Config files and baselines.

    async def settled(self) -> None:
        """Wait until all is looked at that has changed so far."""
        while self._working is not None and not self._working.done():
            await asyncio.wait([self._working])

    def touched(self, uri: str) -> None:
        """Something may have happened to a file, such as being opened for the first time or saved and closed."""
        path = file_path(uri)
        if path and self._server.session.workspace.index.root_of(path) is not None:
            self._changed[path] = None
            self._wake()

    def look_again(self) -> None:
        """Read everything anew: what settings say of the formats of files has changed."""
        self._changed |= dict.fromkeys(self._folders.values())
        self._wake()

    async def _watch(self) -> None:
        """Ask the client to tell of changes, if it can be asked."""
        server = self._server
        if not server.capabilities.watch_files:
            return
        try:
            if self._watching:
                self._watching = False
                old = types.Unregistration(WATCH, types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
                await server.client_unregister_capability_async(types.UnregistrationParams([old]))
            if self._folders:
                self._watching = True
                options = types.DidChangeWatchedFilesRegistrationOptions(self._watchers())
                new = types.Registration(WATCH, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
                await server.client_register_capability_async(types.RegistrationParams([new]))
        except Exception as error:
            server.report("registering for changes of files", error)

    def _watchers(self) -> list[types.FileSystemWatcher]:
        """What to tell of: changes of prompts, and anything that comes or goes, since prompts may refer to it.

        A folder that goes takes its files with it, and nobody tells of them.
        """
        from thoughtsmith.project.guests import endings

        content = ",".join(ending.removeprefix(".") for ending in endings())
        any_kind = types.WatchKind.Create | types.WatchKind.Change | types.WatchKind.Delete
        kinds = {
            f"**/*.{{{content},gitignore,toml}}": any_kind,
            "**/*": any_kind if self._any_ending else types.WatchKind.Create | types.WatchKind.Delete,
        }
        globs: list[tuple[types.GlobPattern, int]] = []
        for pattern, kind in kinds.items():
            if self._server.capabilities.relative_patterns:
                globs += [(types.RelativePattern(uri, pattern), kind) for uri in self._folders]
            else:
                globs.append((pattern, kind))
        return [types.FileSystemWatcher(glob, kind) for glob, kind in globs]

    # Work

    def _wake(self) -> None:
        if self._ready and self._changed and (self._working is None or self._working.done()):
            self._working = asyncio.get_running_loop().create_task(self._work())

    async def catch_up(self) -> None:
        """Tell the workspace of all open documents, of large ones after the worker has read them."""
        session = self._server.session
        for snapshot in session.late:
            await self._in_worker(partial(getattr, snapshot, "summary"))
        session.tell()

    async def _in_worker(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._server.worker, work)

    async def _work(self) -> None:
        """Look at what has changed, until nothing more does."""
        server = self._server
        first = True
        try:
            await server.loaded()
            while self._changed and not server.shut_down:
                if not first:
                    await asyncio.sleep(BURST)
                first = False
                before = server.session.workspace.index
                await self._look()
                if server.session.workspace.index is not before:
                    server.diagnostics.refresh()
                else:
                    server.workspace_diagnostics.changed()  # What is wrong with a file may be new all the same.
        except Exception as error:
            if not server.shut_down:
                server.report("reading the workspace", error)

    async def _look(self) -> None:
        """Look at what has changed so far; whoever asks for something in the meantime waits for one step at most."""
        from thoughtsmith.host.survey import Step, update

        await self.catch_up()
        server = self._server
        changed, self._changed = self._changed, {}
        progress = Progress(server, messages(server.session.locale).scanning)
        # One of its own, as the worker asks it.
        files = ConfigFiles(roots=server.config_files.roots)
        chosen = partial(_chosen, files, server.session.settings)
        jobs = update(server.session.workspace, changed, server.report, chosen)
        try:
            job = next(jobs)
            while True:
                done = await self._in_worker(job)
                if isinstance(done, Step):
                    progress.at(done.done, done.total)
                job = jobs.send(done)
        except StopIteration:
            pass
        finally:
            progress.end()
        if (files.formats or server.session.settings.formats) and not self._any_ending:
            self._any_ending = True
            await self._watch()


def _chosen(files: ConfigFiles, settings: Settings, path: str) -> str:
    return files.format_of(path, settings)
