"""What a format is: the names it goes by, what its data may say, and its functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING, Any

from thoughtsmith.syntax.template import NOTHING, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thoughtsmith.formats.place import Around, Place, Style
    from thoughtsmith.formats.writing import Written
    from thoughtsmith.syntax.block import Block
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.text.lines import Lines
    from thoughtsmith.text.span import Span


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of prompt file."""

    id: str
    title: str
    """The name people know it by, as shown in tables."""
    patterns: tuple[str, ...]
    """Globs over the end of the path, lower case, whose `*` crosses folders: a file that matches is of this format."""
    language_ids: tuple[str, ...]
    """What editors call such documents. Only the last resort, since people map file types as they like."""
    parse: Callable[[Lines], PromptTree]
    """Total: every text has a tree."""
    reparse: Callable[[PromptTree, Lines, int, int], PromptTree]
    """The tree after an edit, from the tree before it: new lines, first changed line, unchanged lines at the end."""
    place: Callable[[PromptTree, Span, Style | None], Place | None]
    place_after: Callable[[PromptTree, int, Style | None], Place | None]
    """`None` only where a block would break the file, as in JSON."""
    place_around: Callable[[PromptTree, Span, str, Style | None], Around | None]
    write: Callable[[Block, Place], Written]
    data: Callable[[PromptTree], Data | None] = lambda _tree: None
    """The structured data of a file: its front matter, or all of it; `None` if it has none."""
    schema: Mapping[str, Any] | None = None
    """What the data may say: a JSON Schema (draft 7) made by `formats.schema`, with descriptions in both languages."""
    profile: Callable[[tuple[str, ...]], Mapping[str, Any]] | None = None
    """What they may say for some of the tools only, where the settings can choose among tools."""
    template: Callable[[PromptTree], Template] = lambda _tree: NOTHING
    """The variables and references to other files in a text."""
    claims: Callable[[str], bool] | None = None
    """Whether a text is of this format, where the name of the file does not decide."""
    comment: tuple[str, str] | None = None
    """What a comment in the prompt begins and ends with; `None` if it would be words like any other. Data have `#`."""

    def matches(self, path: str) -> bool:
        """Whether the name or place of the file says that it is of this format."""
        return _any_of(self.patterns).match("/" + path.replace("\\", "/").lower()) is not None


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What matches one of some globs; every file of a workspace is asked for."""
    return re.compile("|".join(translate(f"*/{pattern}") for pattern in patterns))
