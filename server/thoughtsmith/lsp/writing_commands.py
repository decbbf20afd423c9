"""Commands that give the text for what a user has named, where code actions can only offer what there is.

| command | arguments | answer |
|---|---|---|
| `thoughtsmith.insert` | address, range, `ID[:N]` | `[{range, newText, isSnippet}]`: a block behind the range |
| `thoughtsmith.wrap` | address, range, `ID[:N]` | the same; what stands in the range becomes the task of the block |
| `thoughtsmith.compose` | list of `ID[:N]`, task | `{text}`: a prompt; the task may be empty |

The client makes the edits. What cannot be done is an error whose message is for the user. A snippet is for a client
that indents its lines like the one it is put into, as the specification wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoughtsmith.ide.action import WrittenEdit
    from thoughtsmith.lsp.server import Server
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span

INSERT = "thoughtsmith.insert"
WRAP = "thoughtsmith.wrap"
COMPOSE = "thoughtsmith.compose"

Result = TypeVar("Result")


def add_writing_commands(server: Server) -> None:
    """Announce the commands and answer them. What answers is imported with the first of them."""
    _add_edits(server)
    _add_compose(server)


def _add_edits(server: Server) -> None:
    async def edits(
        uri: str, range_: types.Range, make: Callable[[Snapshot, Span], Sequence[WrittenEdit]]
    ) -> list[dict[str, Any]] | None:
        await server.loaded()
        snapshot = server.session.snapshot(uri)
        if snapshot is None:
            return None
        selection = server.codec.span(snapshot.lines, range_)
        written = await server.run(snapshot, lambda: _for_user(lambda: make(snapshot, selection)))
        return [_edit(server, snapshot, edit) for edit in written]

    @server.command(INSERT)
    async def insert(uri: str, place: types.Range, spec: str) -> list[dict[str, Any]] | None:
        from thoughtsmith.ide.insert_technique import insertion
        from thoughtsmith.ide.spec import read_spec

        def make(snapshot: Snapshot, selection: Span) -> list[WrittenEdit]:
            entry, given = read_spec(snapshot.content.catalogue, spec, snapshot.locale)
            return insertion(snapshot, entry, selection.end, given=given)

        return await edits(uri, place, make)

    @server.command(WRAP)
    async def wrap(uri: str, place: types.Range, spec: str) -> list[dict[str, Any]] | None:
        from thoughtsmith.ide.insert_technique import NoPlaceError
        from thoughtsmith.ide.spec import read_spec
        from thoughtsmith.ide.wrap_technique import wrapping
        from thoughtsmith.messages import messages

        def make(snapshot: Snapshot, selection: Span) -> list[WrittenEdit]:
            entry, given = read_spec(snapshot.content.catalogue, spec, snapshot.locale)
            say = messages(snapshot.locale)
            if not snapshot.lines.at(selection).strip():
                raise NoPlaceError(say.no_task)
            found = wrapping(snapshot, entry, selection, given=given)
            if not found:
                raise NoPlaceError(say.no_place)
            return found

        return await edits(uri, place, make)


def _add_compose(server: Server) -> None:
    @server.command(COMPOSE)
    async def compose(specs: list[str], task: str) -> dict[str, str]:
        from thoughtsmith.analysis.language import language_at
        from thoughtsmith.formats import markdown
        from thoughtsmith.formats.place import Style
        from thoughtsmith.ide.spec import read_spec
        from thoughtsmith.techniques.compose import compose
        from thoughtsmith.techniques.params import resolve
        from thoughtsmith.text.lines import Lines

        await server.loaded()
        session = server.session
        settings = session.settings
        language = settings.language
        if language == "auto":
            language = language_at(markdown.FORMAT.parse(Lines.of(task)), 0, session.locale)

        def make() -> str:
            chosen = [read_spec(server.content.catalogue, spec, session.locale) for spec in specs]
            parts = [(entry, resolve(entry, given, settings.n)) for entry, given in chosen]
            style = None if settings.style == "auto" else Style(settings.style)
            return compose(parts, "ru" if language == "ru" else "en", task=task, style=style)

        return {"text": _for_user(make)}


def _for_user(make: Callable[[], Result]) -> Result:
    """What `make` gives; what the user has got wrong becomes an error of the request, with a message for them."""
    from thoughtsmith.ide.insert_technique import NoPlaceError
    from thoughtsmith.ide.spec import SpecError
    from thoughtsmith.techniques.params import ParamError
    from thoughtsmith.techniques.template import TemplateError

    try:
        return make()
    except (NoPlaceError, ParamError, SpecError, TemplateError) as error:
        raise JsonRpcException(str(error), code=types.LSPErrorCodes.RequestFailed) from error


def _edit(server: Server, snapshot: Snapshot, edit: WrittenEdit) -> dict[str, Any]:
    from thoughtsmith.formats.writing import has_slots, to_plain, to_snippet

    snippet = None
    if server.capabilities.snippets and has_slots(edit.written):
        line = snapshot.lines.line(snapshot.lines.line_at(edit.span.start))
        snippet = to_snippet(edit.written, line_indent=line[: len(line) - len(line.lstrip())].rstrip("\r\n"))
    range_ = server.codec.range(snapshot.lines, edit.span)
    return {
        "range": {
            "start": {"line": range_.start.line, "character": range_.start.character},
            "end": {"line": range_.end.line, "character": range_.end.character},
        },
        "newText": to_plain(edit.written) if snippet is None else snippet,
        "isSnippet": snippet is not None,
    }
