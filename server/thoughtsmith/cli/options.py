"""What several commands have in common: options, entries by id, parameters, and errors that help."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from thoughtsmith.config.file import FILE_NAMES
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.host.environment import environment_locale, user_config
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoughtsmith.formats.place import Style
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Language, Recipe, Technique

Command = TypeVar("Command", bound="Callable[..., Any]")

STYLES = next(option.choices for option in OPTIONS if option.name == "style")


def locale_language() -> Language:
    """The language of messages: what the config file here or the user's own says, else that of the environment."""
    from thoughtsmith.config.settings import Settings, language_of
    from thoughtsmith.host.config_files import ConfigFiles

    files = ConfigFiles(user_config())
    here = files.of(str(Path.cwd() / FILE_NAMES[0]), files.user_settings(Settings()))
    return language_of(here.settings, environment_locale())


def lang_option(what: str) -> Callable[[Command], Command]:
    return click.option("--lang", type=click.Choice(["en", "ru"]), default=None, help=what)


def style_option(command: Command) -> Command:
    return click.option(
        "--style", type=click.Choice(STYLES), default="auto", show_default=True, help="How blocks are written."
    )(command)


def param_option(command: Command) -> Command:
    return click.option(
        "--param",
        "params",
        metavar="KEY=VALUE",
        multiple=True,
        help="A parameter or the text of a slot; repeatable.",
    )(command)


def style_of(name: str) -> Style | None:
    from thoughtsmith.formats.place import Style

    return None if name == "auto" else Style(name)


def load(*paths: str | None) -> Catalogue:
    """The content, with the packs of the projects that the files or folders or else the current folder are in.

    What is broken is said on standard error.
    """
    from thoughtsmith.host.installation import load_catalogue

    catalogue = load_catalogue(folders_of(*paths))
    for problem in catalogue.problems:
        click.echo(f"thoughtsmith: {problem}", err=True)
    return catalogue


def folders_of(*paths: str | None) -> list[Path]:
    """The folders that files lie in, or the folders themselves; the current one for standard input and for nothing."""
    found = (Path(path).resolve() if path and path != "-" else Path.cwd() for path in paths or (None,))
    return [path if path.is_dir() else path.parent for path in found]


def unknown(id: str, known: Iterable[str], language: Language) -> click.UsageError:
    """The error for an id that there is not, with the nearest ones. Exit code 2."""
    say = messages(language)
    names = {name.lower(): name for name in known}
    near = [names[name] for name in get_close_matches(id.lower(), list(names), n=3, cutoff=0.5)]
    text = say.unknown_id.format(id=id)
    return click.UsageError(f"{text} {say.nearest.format(nearest=', '.join(near))}" if near else text)


def entry_of(
    catalogue: Catalogue, spec: str, *, recipes: bool = True
) -> tuple[Technique | Recipe, dict[str, str | int]]:
    """The technique or recipe that `ID[:N]` names, and the parameter that N sets. Raises a usage error."""
    from thoughtsmith.ide.spec import SpecError, read_spec

    try:
        return read_spec(catalogue, spec, locale_language(), recipes=recipes)
    except SpecError as error:
        raise click.UsageError(str(error)) from error


def pairs(params: Iterable[str]) -> dict[str, str]:
    """The `KEY=VALUE` pairs. Raises a usage error."""
    result: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or not key:
            raise click.UsageError(f"--param {param!r}: write KEY=VALUE")
        result[key.strip()] = value
    return result
