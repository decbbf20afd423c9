"""Reading the files of the content, shipped or of a pack, and proving what nobody has proved yet."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from thoughtsmith.techniques.model import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.techniques.model import Json
    from thoughtsmith.text.files import Files


class Schemas:
    """The schemas of the content. They come with the shipped one; a pack cannot loosen them."""

    def __init__(self, files: Files, folder: str) -> None:
        self._files = files
        self._folder = folder
        self._compiled: dict[str, Callable[[Json], Json]] = {}

    def validate(self, data: Json, path: str, schema: str) -> None:
        """Raise `ContentError` if the data of the file at `path` is not what the schema of that name says."""
        import fastjsonschema  # Here, since what is shipped is valid: most runs do without.

        if schema not in self._compiled:
            source = json.loads(text_of(self._files, f"{self._folder}/{schema}.schema.json"))
            self._compiled[schema] = fastjsonschema.compile(source)
        try:
            self._compiled[schema](data)
        except fastjsonschema.JsonSchemaValueException as error:
            key = ".".join(str(part) for part in error.path[1:])
            message = error.message.removeprefix(error.name or "").strip()
            raise ContentError(Problem(path, key, message)) from error


class Source:
    """A folder of content."""

    def __init__(self, files: Files, root: str, schemas: Schemas, parsed: dict[str, Json], *, trusted: bool) -> None:
        """`parsed`: the data of files by path that has been proved before; what is read is added to it.

        `trusted`: whether nothing in it is to be proved.
        """
        self._files = files
        self.root = root
        self._schemas = schemas
        self._parsed = parsed
        self._proved = frozenset(parsed)
        self._trusted = trusted

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; empty if there is no such folder."""
        return self._files.names(folder)

    def text(self, path: str) -> str:
        """The text of a file. Raises `ContentError`."""
        return text_of(self._files, path)

    def toml(self, path: str, schema: str) -> Json:
        """The data of a file. Raises `ContentError` if it is not what the schema says, or no TOML."""
        data = self._parsed.get(path)
        if data is None:
            data = _toml(path, self.text(path))
            if self.is_to_be_proved(path):
                self._schemas.validate(data, path, schema)
            self._parsed[path] = data
        return data

    def is_to_be_proved(self, path: str) -> bool:
        """Whether a file, and what belongs to it, has to show that it is as it should be."""
        return not self._trusted and path not in self._proved


def text_of(files: Files, path: str) -> str:
    """The text of a file. Raises `ContentError`."""
    text = files.read(path)
    if text is None:
        raise ContentError(Problem(path, "", "the file is missing or not UTF-8"))
    return text


def _toml(path: str, text: str) -> Json:
    # Here, so that the server can answer `initialize` before it reads any content.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        data: Json = tomllib.loads(text)
    except ValueError as error:  # Not only `TOMLDecodeError`: a number may have too many digits.
        raise ContentError(Problem(path, "", f"not valid TOML: {error}")) from error
    except RecursionError as error:
        raise ContentError(Problem(path, "", "not valid TOML: nested too deeply")) from error
    return data
