"""Diagnostics of the whole workspace for clients that ask for them: also of files that nobody has opened.

A client asks again as soon as it has an answer. So an answer that would say nothing new is not given at once where the
client lets results come in parts: the request waits until something changes, and costs nothing until then.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from lsprotocol import types

from thoughtsmith.config.settings import language_of
from thoughtsmith.host.config_files import ConfigFiles
from thoughtsmith.lsp.diagnostics import NOTHING, digest
from thoughtsmith.lsp.uris import file_path, uri_of
from thoughtsmith.messages import messages
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Mapping

    from thoughtsmith.config.settings import Settings
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.content import Content
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.project.index import Index
    from thoughtsmith.project.listing import Listing
    from thoughtsmith.rules.engine import Checked

    Report: TypeAlias = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport

Result = TypeVar("Result")

AT_ONCE = 32
"""Reports in one part of an answer."""
QUIET = 1.0
"""Seconds without a keystroke before files are checked that nobody looks at."""
UNWATCHED = 10.0
"""Seconds after which somebody looks at the disk again, for clients that do not tell of changed files."""


class _Sent(NamedTuple):
    """What the client has been told of a file."""

    uri: str
    """As the client writes it."""
    name: str
    """Of the diagnostics, as a digest."""


class _Moment(NamedTuple):
    """What holds for all files during one round."""

    workspace: Index
    content: Content
    locale: str


class _Basis(NamedTuple):
    """What the diagnostics of a file depend on."""

    stamp: tuple[int, int] | None
    settings: Settings
    locale: str
    content: Content
    around: Index | None
    """The workspace, of a file that refers to others."""

    def holds(self, stamp: tuple[int, int] | None, settings: Settings, moment: _Moment) -> bool:
        """Whether the file would be found the same if it was checked again."""
        return (
            (self.stamp, self.settings, self.locale) == (stamp, settings, moment.locale)
            and self.content is moment.content
            and (self.around is None or self.around is moment.workspace)
        )


class _Known(NamedTuple):
    basis: _Basis
    diagnostics: list[types.Diagnostic]
    name: str
    """Of the diagnostics, as a digest."""


class WorkspaceDiagnostics:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._change = asyncio.Event()
        self._round = asyncio.Lock()
        self._requests = 0
        """How many there have been; the last is the one that counts."""
        self._open = 0
        """Requests without an answer so far."""
        self._last_key = float("-inf")
        """When somebody typed."""
        self._known: dict[str, _Known] = {}
        """By path. Used within a round only, as is what follows."""
        self._configs = ConfigFiles()
        self._included: tuple[Listing, tuple[str, ...]] | None = None
        """The files that only config files call prompts, and of which folders that is."""

    def are_wanted(self, options: object) -> bool:
        """Whether the client, which has sent `options`, may ask; one that would lose by that only if it wants to."""
        wanted = self._server.session.settings.diagnostics == "workspace"
        named = isinstance(options, dict) and "diagnostics" in options
        return wanted and (named or not self._server.capabilities.workspace_or_documents)

    # What happens

    def changed(self) -> None:
        """Files or settings are no longer what they were."""
        self._change.set()
        if self._requests and not self._open:
            self._server.diagnostics.ask_again()

    def typed(self) -> None:
        """A document was edited."""
        self._last_key = asyncio.get_running_loop().time()
        self._change.set()

    # What is asked

    async def pull(self, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        """All diagnostics that the client does not have yet."""
        self._requests += 1
        self._open += 1
        try:
            return await self._answer(params, self._requests)
        finally:
            self._open -= 1

    async def _answer(self, params: types.WorkspaceDiagnosticParams, mine: int) -> types.WorkspaceDiagnosticReport:
        server = self._server
        self._change.set()  # One that still waits is answered: its client has asked anew.
        key = server.session.workspace.index.key
        sent = {_key(one.uri, key): _Sent(one.uri, one.value) for one in params.previous_result_ids}
        stream, progress = params.partial_result_token, params.work_done_token
        await server.loaded()
        while True:
            self._change.clear()
            await server.feed.settled()
            reports: list[Report] = []
            told = False
            async with self._round, aclosing(self._reports(sent, progress, unchanged=stream is None)) as found:
                async for report in found:
                    reports.append(report)
                    if stream is not None and len(reports) >= AT_ONCE:
                        self._send(stream, reports)
                        told = True
            progress = None
            if stream is None:
                return types.WorkspaceDiagnosticReport(reports)
            if reports:
                self._send(stream, reports)
                told = True
            if told or mine != self._requests:
                return types.WorkspaceDiagnosticReport([])
            await self._wait()
            if mine != self._requests:
                return types.WorkspaceDiagnosticReport([])

    def _send(self, token: types.ProgressToken, reports: list[Report]) -> None:
        part = types.WorkspaceDiagnosticReportPartialResult(list(reports))
        self._server.progress(types.ProgressParams(token, part))
        reports.clear()

    async def _wait(self) -> None:
        watched = self._server.capabilities.watch_files
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._change.wait(), None if watched else UNWATCHED)

    # A round

    async def _reports(
        self, sent: dict[str, _Sent], token: types.ProgressToken | None, *, unchanged: bool
    ) -> AsyncGenerator[Report, None]:
        """What is new to the client, which then counts as sent; where `unchanged`, also what it has already."""
        server, session = self._server, self._server.session
        await self._quiet()
        index = session.tell()
        moment = _Moment(index, session.content, session.client_locale)
        seen: set[str] = set()
        for uri in session.uris:
            snapshot = session.snapshot(uri)
            if snapshot is not None and self._is_shown(snapshot):
                key = _key(uri, index.key)
                seen.add(key)
                diagnostics = await server.diagnostics.of(uri)
                told = _Told(uri, diagnostics, digest(diagnostics), snapshot.version)
                for report in _report(sent, key, told, unchanged=unchanged):
                    yield report
        opened = {_key(uri, index.key) for uri in session.uris}
        if self._configs.roots != index.roots:
            self._configs.set_roots(index.roots)
        files = await self._in_checker(partial(self._files, moment, session.settings))
        files = {path: settings for path, settings in files.items() if index.key(path) not in opened}
        stale = await self._in_checker(partial(self._stale, files, moment))
        done = 0
        with _progress(server, token, len(stale)) as tell:
            for path, settings in files.items():
                key = index.key(path)
                seen.add(key)
                if path in stale:
                    await self._quiet()
                    self._known[path] = await self._check(path, settings, moment)
                    done += 1
                    tell(done)
                _, diagnostics, name = self._known[path]
                for report in _report(sent, key, _Told(uri_of(path), diagnostics, name), unchanged=unchanged):
                    yield report
        self._known = {path: known for path, known in self._known.items() if path in files}
        for key in [key for key in sent if key not in seen]:
            for report in _report(sent, key, _Told(sent[key].uri, [], NOTHING), unchanged=unchanged):
                yield report
            del sent[key]

    async def _check(self, path: str, settings: Settings, moment: _Moment) -> _Known:
        basis, snapshot, checked = await self._in_checker(partial(self._checked, path, settings, moment))
        diagnostics: list[types.Diagnostic] = []
        if snapshot is not None and checked is not None:
            for name, error in checked.failures:
                self._server.report(f"rule {name}", error)
            diagnostics = self._server.diagnostics.capped(snapshot, checked.findings, uri_of(path))
        return _Known(basis, diagnostics, digest(diagnostics))

    def _is_shown(self, snapshot: Snapshot) -> bool:
        return snapshot.settings.diagnostics == "workspace" and self._server.session.is_checked(snapshot)

    async def _quiet(self) -> None:
        """Wait until nobody types: what is on the screen comes first."""
        loop = asyncio.get_running_loop()
        while True:
            left = self._last_key + QUIET - loop.time()
            if left <= 0:
                return
            await asyncio.sleep(left)

    async def _in_checker(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._server.checker, work)

    # On the thread that checks

    def _files(self, moment: _Moment, base: Settings) -> dict[str, Settings]:
        """The files that `thoughtsmith check` would check in the folders, with their settings."""
        from thoughtsmith.project.guests import is_prompt

        if self._configs.refresh():
            self._included = None
        candidates = [(file.path, is_prompt(file.path)) for file in moment.workspace.files.values()]
        candidates += [(path, False) for path in self._included_in(moment.workspace, base)]
        files: dict[str, Settings] = {}
        for path, named in sorted(candidates):
            found = self._configs.of(path, base)
            if not found.excluded and (named or found.included) and found.settings.diagnostics == "workspace":
                files[path] = found.settings
        return files

    def _included_in(self, index: Index, base: Settings) -> tuple[str, ...]:
        """The files that are prompts because a config file says so, of those that the index does not read."""
        if self._included is None or self._included[0] is not index.listing:
            found = tuple(self._look_for_included(index, base))
            self._included = index.listing, found
        return self._included[1]

    def _look_for_included(self, index: Index, base: Settings) -> Iterator[str]:
        for folder, names in index.listing.folders.items():
            if self._configs.may_include(folder):
                for name in names.files:
                    path = paths.joined(folder, name)
                    if path not in index.files and self._configs.of(path, base).included:
                        yield path

    def _stale(self, files: Mapping[str, Settings], moment: _Moment) -> set[str]:
        """The files of which nothing is known that still holds."""
        return {
            path
            for path, settings in files.items()
            if path not in self._known or not self._known[path].basis.holds(_stamp(path), settings, moment)
        }

    def _checked(
        self, path: str, settings: Settings, moment: _Moment
    ) -> tuple[_Basis, Snapshot | None, Checked | None]:
        """What is wrong with a file on disk; nothing with one that cannot be read or is huge."""
        from thoughtsmith.host.prompt_file import PromptFile
        from thoughtsmith.host.walk import Found, read
        from thoughtsmith.project.session import MAX_CHECKED

        basis = _Basis(_stamp(path), settings, moment.locale, moment.content, None)
        try:
            found = read(Found(path, named=False))
            if not isinstance(found, PromptFile) or len(found.lines) > MAX_CHECKED:
                return basis, None, None
            locale = language_of(settings, moment.locale)
            snapshot = found.snapshot(moment.content, locale=locale, settings=settings)
            if snapshot.template.includes:
                basis = basis._replace(around=moment.workspace)
                snapshot = snapshot.seen_from(moment.workspace)
            checked = snapshot.checked
        except Exception as error:
            self._server.report(f"checking {path}", error)
            return basis, None, None
        return basis, snapshot, checked


@contextmanager
def _progress(server: Server, token: types.ProgressToken | None, total: int) -> Iterator[Callable[[int], None]]:
    """Tells how many of `total` files are done, if the client gave a token for it and there is work."""
    if token is None or not total:
        yield lambda _done: None
        return

    def tell(done: int) -> None:
        if 100 * done // total > 100 * (done - 1) // total:
            report = types.WorkDoneProgressReport(percentage=100 * done // total, message=f"{done}/{total}")
            server.work_done_progress.report(token, report)

    title = messages(server.session.locale).checking
    server.work_done_progress.begin(token, types.WorkDoneProgressBegin(title, percentage=0))
    try:
        yield tell
    finally:
        server.work_done_progress.end(token, types.WorkDoneProgressEnd())


class _Told(NamedTuple):
    """What there is to say of a file."""

    uri: str
    diagnostics: list[types.Diagnostic]
    name: str
    version: int | None = None


def _report(sent: dict[str, _Sent], key: str, told: _Told, *, unchanged: bool) -> Iterator[Report]:
    """What the client is to be told of a file, if anything; from then on it counts as sent."""
    before = sent.get(key)
    # A client knows nothing of a file in which nothing was ever found, and need not.
    if told.name != (NOTHING if before is None else before.name):
        uri = told.uri if before is None else before.uri
        sent[key] = _Sent(uri, told.name)
        yield types.WorkspaceFullDocumentDiagnosticReport(uri, told.diagnostics, told.version, result_id=told.name)
    elif unchanged and before is not None:
        yield types.WorkspaceUnchangedDocumentDiagnosticReport(before.uri, told.name, told.version)


def _key(uri: str, key: Callable[[str], str]) -> str:
    """What a document is known by, however its address is written."""
    path = file_path(uri)
    return key(path) if path else uri


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 -- asked of every file, again and again
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size)
