"""What would be written so that an editor finds the server: worked out, nothing is touched."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from thoughtsmith.config.file import loads
from thoughtsmith.config.toml_lists import join_lists
from thoughtsmith.text import jsonc, marked_block

if TYPE_CHECKING:
    from thoughtsmith.host.editor_receipt import Receipt, Written
    from thoughtsmith.host.editors import Editor, Install

State = Literal["new", "old", "done", "by-hand"]
"""What is there already: nothing of ours, something of ours that is no longer right, all of it, or work of another."""

_NAME = "thoughtsmith"
_COMMAND = re.compile(r'"thoughtsmith( server)?"(?!\s*:)')
"""The first is the command that starts the server: alone, or with its argument where an editor takes one text."""


class RefusedError(Exception):
    """A file of the user's that we do not dare to change: `why` is a key of the messages about it."""

    def __init__(self, why: str, path: Path, **values: object) -> None:
        super().__init__(f"{why}: {path}")
        self.why = why
        self.values: dict[str, object] = {"path": path, **values}


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it is and as it is to be; `None` for one that is not there."""

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    state: State
    changes: tuple[Change, ...] = ()
    """What differs from what is there; empty if nothing is to do."""
    wrote: dict[str, str] = field(default_factory=dict)
    """The JSON that goes into each file, so that it can be told from what somebody changes it into."""


def text_for(editor: Editor, source: Path, command: str) -> str:
    """A file of ours with the command in it that starts the server, and the folder of the editor for `{folder}`."""
    text = source.read_text(encoding="utf-8").replace("{folder}", str(source.parent))
    if source not in editor.starts or command == "thoughtsmith":
        return text

    def named(match: re.Match[str]) -> str:
        whole = command
        if match[1]:
            whole = f'"{command}" server' if " " in command else f"{command} server"
        return json.dumps(whole, ensure_ascii=False)

    return _COMMAND.sub(named, text, count=1)


def plan(editor: Editor, command: str, receipt: Receipt, *, snippets: bool) -> Plan:
    """What `setup --write` would do, after it has done what the receipt says.

    Raises `RefusedError`, and `OSError` for a file that cannot be read.
    """
    changes: list[Change] = []
    states: set[State] = set()
    notes: dict[str, str] = {}
    for install in editor.installs:
        if install.snippets != snippets:
            continue
        if not install.comment and not install.member:
            for source in install.sources:
                target = install.target / source.name
                before = _read(target)
                after = text_for(editor, source.path, command).encode()
                if before not in (None, after) and str(target) not in receipt.files:
                    raise RefusedError("exists", target)
                changes.append(Change(target, before, after))
                found: State = "new" if before is None else "done" if before == after else "old"
                states.add(_unless_changed(found, before, receipt.files.get(str(target))))
            continue
        (source,) = install.sources
        before = _read(install.target)
        text, bom = _decoded(install.target, before)
        body = text_for(editor, source.path, command)
        put = _with_member if install.member else _with_block
        state, made = put(install, text, body, receipt.wrote.get(str(install.target)), notes)
        changes.append(Change(install.target, before, bom + made.encode()))
        states.add(_unless_changed(state, before, receipt.files.get(str(install.target))))
    kept = {str(change.path) for change in changes}
    for path, written in receipt.files.items():
        # An earlier version had files that this one has not; an editor would go on to load them.
        if path in kept or written.backup is not None:
            continue
        before = _read(Path(path))
        if before is not None and written.is_still(before):
            changes.append(Change(Path(path), before, None))
            states.add("old")
    ranked: tuple[State, ...] = ("by-hand", "new", "old", "done")
    state = next(state for state in ranked if state in states)
    if state == "new" and {"old", "done"} & states:
        state = "old"
    different = () if state == "by-hand" else tuple(change for change in changes if change.before != change.after)
    return Plan(state, different, notes)


def _unless_changed(state: State, now: bytes | None, written: Written | None) -> State:
    """The state of a file, unless somebody has changed our lines in it, which are theirs then."""
    if state != "old" or now is None or written is None or written.is_still(now):
        return state
    return "by-hand" if written.without_ours(now) is None else "old"


def _read(path: Path) -> bytes | None:
    if path.is_dir():
        raise RefusedError("folder", path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _decoded(path: Path, data: bytes | None) -> tuple[str, bytes]:
    """The text of a file, and the mark of its encoding."""
    data = data or b""
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        return data[len(bom) :].decode(), bom
    except UnicodeDecodeError as error:
        raise RefusedError("encoding", path) from error


def _with_block(
    install: Install, text: str, body: str, _wrote: str | None, _notes: dict[str, str]
) -> tuple[State, str]:
    path = install.target
    try:
        before, block, after = marked_block.split(text, install.comment)
        theirs = before + after
        if install.joins:
            if (data := loads(theirs)) is None:
                raise RefusedError("toml", path)
            if _NAME in data.get("language-server", {}):
                return "by-hand", text
            before, body = join_lists(before, body, install.joins, _NAME)
            after, body = join_lists(after, body, install.joins, _NAME)
            made = marked_block.with_block(before + block + after, body, install.comment)
            if loads(made) is None:
                raise RefusedError("toml", path)
        elif any(_NAME in line for line in theirs.splitlines() if not line.lstrip().startswith(install.comment)):
            return "by-hand", text
        else:
            made = marked_block.with_block(text, body, install.comment)
    except marked_block.BlockError as error:
        raise RefusedError("marks", path, line=error.line + 1) from error
    return ("done" if made == text else "old" if block else "new"), made


def _with_member(install: Install, text: str, body: str, wrote: str | None, notes: dict[str, str]) -> tuple[State, str]:
    path = install.target
    ours = jsonc.member(body, install.member)
    if ours is None:
        raise LookupError(f"our configuration for {path} lacks {install.member}")
    # It stands as deep in our file as it has keys around it.
    value = re.sub(rf"^ {{{2 * len(install.member)}}}", "", body[ours.start : ours.end], flags=re.MULTILINE)
    notes[str(path)] = json.dumps(ours.data)
    try:
        theirs = jsonc.member(text, install.member)
        made = jsonc.with_member(text, install.member, value)
    except jsonc.JsoncError as error:
        raise RefusedError("json", path, line=text.count("\n", 0, error.offset) + 1) from error
    if theirs is None:
        return "new", made
    if theirs.data == ours.data:
        return "done", text
    now = json.dumps(theirs.data)
    if wrote == now:
        return "old", made
    if _NAME not in now and _NAME not in install.member:
        raise RefusedError("taken", path, member=".".join(install.member))
    return "by-hand", text  # What somebody has changed since is theirs.
