"""Setting up one editor: what `thoughtsmith setup EDITOR` shows, asks, does and says."""

from __future__ import annotations

import shlex
from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from thoughtsmith.host.editor_extension import ExtensionError
from thoughtsmith.host.editor_plan import Change, Plan, RefusedError, plan, text_for
from thoughtsmith.host.editor_receipt import receipt_for
from thoughtsmith.host.editor_writing import carry_out, undo, undoing
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from thoughtsmith.host.editor_extension import Extension
    from thoughtsmith.host.editors import Editor
    from thoughtsmith.techniques.model import Language

    Result = TypeVar("Result")

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class Job:
    """An editor, the command that starts the server, and whether it is about the snippets instead."""

    def __init__(self, editor: Editor, command: str, language: Language, *, snippets: bool) -> None:
        self.editor = editor
        self._command = command
        self._snippets = snippets
        self._messages = messages(language)
        targets = [str(install.target) for install in editor.installs if not install.snippets]
        self._then = editor.then.get(language, "").format(*targets)
        self._receipt = receipt_for(editor.id, snippets=snippets)

    def show(self) -> None:
        """Print what to add; where it goes is said on standard error, so that the output can be redirected."""
        installs = [install for install in self.editor.installs if install.snippets == self._snippets]
        if self._snippets:
            if not installs:
                raise click.UsageError(self._say("no-snippets"))
            for source in (source for install in installs for source in install.sources):
                click.echo(source.path.read_text(encoding="utf-8"), nl=False)
        else:
            for path in self.editor.show:
                click.echo(text_for(self.editor, path, self._command), nl=False)
        for install in installs:
            click.echo(self._say("goes-to", path=install.target), err=True)

    def state(self) -> str:
        """Whether the editor is set up: a key of the messages about it."""
        try:
            if self.editor.extension is not None:
                program = self.editor.extension.program()
                return "done" if program and self.editor.extension.version(program) else "new"
            return self._plan().state
        except (RefusedError, ExtensionError, OSError):
            return "refused"

    def write(self, *, diff: bool, ask: bool) -> None:
        """Write it, unless it is there; with `diff` only show what would change."""
        if self.editor.extension is not None and not self._snippets:
            self._install(self.editor.extension, diff=diff, ask=ask)
            return
        if not any(install.snippets == self._snippets for install in self.editor.installs):
            raise click.UsageError(self._say("no-snippets"))
        wanted = self._guarded(self._plan)
        if wanted.state == "by-hand":
            click.echo(self._say("by-hand"))
            return
        if not wanted.changes:
            click.echo(self._say("done-already"))
            self._say_then()
            return
        self._show(wanted.changes, whole=diff)
        if diff or not self._agreed("confirm", ask=ask):
            return
        backups = self._guarded(lambda: carry_out(wanted.changes, self._receipt, wanted.wrote))
        click.echo(self._say("written"))
        for backup in backups:
            click.echo(self._say("backup", path=backup))
        click.echo(self._say("undo-with", command=self._undo_command()))
        self._say_then()

    def undo(self, *, diff: bool, ask: bool) -> None:
        """Take back what was written; with `diff` only show what would change."""
        if self.editor.extension is not None and not self._snippets:
            self._uninstall(self.editor.extension, diff=diff, ask=ask)
            return
        if not self._receipt.files:
            click.echo(self._say("nothing-to-undo"))
            return
        changes = self._guarded(lambda: undoing(self._receipt))
        self._show(changes, whole=diff)
        if diff or not self._agreed("confirm-undo", ask=ask):
            return
        self._guarded(lambda: undo(changes, self._receipt))
        click.echo(self._say("undone"))

    def _plan(self) -> Plan:
        return plan(self.editor, self._command, self._receipt, snippets=self._snippets)

    def _install(self, extension: Extension, *, diff: bool, ask: bool) -> None:
        program = self._program(extension)
        if self._guarded(lambda: extension.version(program)) is not None:
            click.echo(self._say("done-already"))
            return
        click.echo(self._say("extension-install", build=shlex.join(extension.build_command()), program=program))
        if diff or not self._agreed("confirm", ask=ask):
            return
        self._guarded(lambda: extension.install(program))
        click.echo(self._say("extension-installed", program=program))
        click.echo(self._say("undo-with", command=self._undo_command()))
        self._say_then()

    def _uninstall(self, extension: Extension, *, diff: bool, ask: bool) -> None:
        program = self._program(extension)
        if self._guarded(lambda: extension.version(program)) is None:
            click.echo(self._say("nothing-to-undo"))
            return
        click.echo(self._say("extension-uninstall", program=program, id=extension.id))
        if diff or not self._agreed("confirm-undo", ask=ask):
            return
        self._guarded(lambda: extension.uninstall(program))
        click.echo(self._say("extension-uninstalled", program=program))

    def _program(self, extension: Extension) -> str:
        program = extension.program()
        if program is None:
            raise click.UsageError(self._say("no-program", programs=", ".join(extension.programs)))
        return program

    def _guarded(self, work: Callable[[], Result]) -> Result:
        """What `work` gives; what stops it becomes a message and exit code 2."""
        try:
            return work()
        except RefusedError as refused:
            raise click.UsageError(self._messages.setup_refused[refused.why].format(**refused.values)) from refused
        except ExtensionError as error:
            reason = self._say("extension-failed", program=error.program, reason=error)
            raise click.UsageError(reason) from error
        except OSError as error:
            text = self._messages.not_written.format(path=error.filename or "", reason=error.strerror or error)
            raise click.UsageError(text) from error

    def _show(self, changes: Iterable[Change], *, whole: bool) -> None:
        """What changes in files that are there, and the names of new ones; with `whole` these as well."""
        for change in changes:
            if change.before is None and not whole:
                click.echo(self._say("new-file", path=change.path))
            elif change.after is None and not whole:
                click.echo(self._say("removed-file", path=change.path))
            else:
                for line in _diff(change):
                    click.secho(line, fg=_COLOURS.get(line[:1]))

    def _agreed(self, question: str, *, ask: bool) -> bool:
        agreed = not ask or click.confirm(self._say(question), default=True)
        if not agreed:
            click.echo(self._say("nothing-written"))
        return agreed

    def _say_then(self) -> None:
        if self._then and not self._snippets:
            click.echo(self._say("then", then=self._then))

    def _undo_command(self) -> str:
        return f"thoughtsmith setup {self.editor.id}{' --snippets' if self._snippets else ''} --undo"

    def _say(self, key: str, **values: object) -> str:
        return self._messages.setup[key].format(title=self.editor.title, editor=self.editor.id, **values)


def _diff(change: Change) -> list[str]:
    before, after = ((data or b"").decode(errors="replace").splitlines() for data in (change.before, change.after))
    return list(unified_diff(before, after, str(change.path), str(change.path), lineterm=""))
