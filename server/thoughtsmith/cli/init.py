"""`thoughtsmith init`: a config file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thoughtsmith.cli.options import lang_option, locale_language
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Language


@click.command(short_help="Write a config file with every option explained.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@lang_option("Language of the explanations; that of your environment by default.")
def init(folder: str, lang: Language | None) -> None:
    """Write thoughtsmith.toml into FOLDER, by default the current one. A config file that is there already stays."""
    from thoughtsmith.config.file import FILE_NAMES, PYPROJECT
    from thoughtsmith.config.template import config_template

    language = lang or locale_language()
    say = messages(language)
    for name in FILE_NAMES:
        path = Path(folder) / name
        if name != PYPROJECT and (path.exists() or path.is_symlink()):
            raise click.UsageError(say.file_exists.format(path=path))
    path = Path(folder) / FILE_NAMES[0]
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(config_template(language))
    except OSError as error:
        raise click.UsageError(say.not_written.format(path=path, reason=error.strerror)) from error
    click.echo(say.config_written.format(path=path))
