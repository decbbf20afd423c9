"""`thoughtsmith setup`: the configuration of an editor, shown or written."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import lang_option, locale_language, unknown
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.cli.setting_up import Job
    from thoughtsmith.techniques.model import Language


@click.command(short_help="Set up an editor: show what to add, or write it.")
@click.argument("editor", required=False)
@click.option(
    "--write", is_flag=True, help="Write it where the editor looks, with a backup; once it is there, nothing."
)
@click.option("--undo", is_flag=True, help="Take back what --write did.")
@click.option("--diff", "--dry-run", "diff", is_flag=True, help="Only show what --write or --undo would change.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--snippets", is_flag=True, help="Snippet files for working without a server, instead of the server.")
@lang_option("Language of messages; that of your environment by default.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the list of editors.",
)
def setup(
    editor: str | None,
    write: bool,
    undo: bool,
    diff: bool,
    yes: bool,
    snippets: bool,
    lang: Language | None,
    output_format: str,
) -> None:
    """Show the configuration of EDITOR and where it goes, or write it there. Without EDITOR: list the editors.

    If `thoughtsmith` is not on the PATH, the configuration names this installation of it.
    """
    from thoughtsmith.cli.setting_up import Job
    from thoughtsmith.host.editors import editor_called, editor_ids, load_editor

    language = lang or locale_language()
    say = messages(language)
    known = editor_ids()
    if editor is None:
        if write or undo or diff or snippets:
            raise click.UsageError(say.setup["needs-editor"].format(editors=", ".join(known)))
        _list([Job(load_editor(id), _command(), language, snippets=False) for id in known], language, output_format)
        return
    id = editor_called(editor)
    if id is None:
        raise unknown(editor, known, language)
    if write and undo:
        raise click.UsageError(say.setup["write-or-undo"])
    job = Job(load_editor(id), _command(), language, snippets=snippets)
    if undo:
        job.undo(diff=diff, ask=_asks(yes))
    elif write or diff:
        job.write(diff=diff, ask=_asks(yes))
    else:
        job.show()


def _list(jobs: list[Job], language: Language, output_format: str) -> None:
    from thoughtsmith.cli.terminal import show_table

    states = [job.state() for job in jobs]
    if output_format == "json":
        rows = [
            {"id": job.editor.id, "title": job.editor.title, "installed": job.editor.found, "configured": state}
            for job, state in zip(jobs, states, strict=True)
        ]
        click.echo(json.dumps({"version": 1, "editors": rows}, ensure_ascii=False, indent=2))
        return
    say = messages(language)
    show_table(
        say.setup["columns"].split("|"),
        [
            [job.editor.id, job.editor.title, "✓" if job.editor.found else "", say.setup_states[state]]
            for job, state in zip(jobs, states, strict=True)
        ],
    )
    click.echo(say.setup["list-hint"])


def _asks(yes: bool) -> bool:
    """Whether somebody is there to ask, and wants to be."""
    return not yes and sys.stdin.isatty()


def _command() -> str:
    """How an editor can start this program: by name if the PATH leads to it, else by its path."""
    own = Path(sys.argv[0])
    found = shutil.which("thoughtsmith")
    if found is not None:
        return "thoughtsmith"
    beside = Path(sys.executable).with_name("thoughtsmith.exe" if sys.platform == "win32" else "thoughtsmith")
    return str(beside if beside.exists() else own.resolve())
