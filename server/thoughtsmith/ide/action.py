"""What the producers of code actions have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from thoughtsmith.formats.writing import Written
    from thoughtsmith.text.span import Span


TECHNIQUE_KIND = "refactor.rewrite.technique"
RECIPE_KIND = "refactor.rewrite.recipe"
"""The families of kinds; an action has its technique or recipe as a last part."""
MIGRATE_KIND = "refactor.rewrite.migrate"
QUICK_FIX_KIND = "quickfix"
FIX_ALL_KIND = "source.fixAll.thoughtsmith"

FileOperation: TypeAlias = Literal["", "create", "rename"]
"""What an action does to files besides editing the document; not every editor can."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that can be chosen. Small and plain, since it travels to the editor and back."""

    producer: str
    id: str
    """What its producer knows it by: the id of a technique or recipe, the number of a fix."""
    title: str
    kind: str
    start: int
    end: int
    """The selection."""
    finding: int | None = None
    """Which finding of the file it mends."""
    preferred: bool = False
    """Whether it is what nearly everybody would choose."""
    needs: FileOperation = ""


class WrittenEdit(NamedTuple):
    """Replace the text at `span`; where the client can, slots become tab stops."""

    span: Span
    written: Written


class NewFile(NamedTuple):
    """A file to be created, unless it exists."""

    path: str
    """Relative to the folder of the document."""
    text: str


class NewName(NamedTuple):
    """Another place for the document."""

    path: str
    """Relative to the folder of the document."""


class RuleOff(NamedTuple):
    """A rule to be turned off in a config file, which is created if there is none."""

    path: str
    """Of the config file, normal and absolute."""
    rule: str
    pattern: str = ""
    """For which files; empty for all."""


Change: TypeAlias = "WrittenEdit | NewFile | NewName | RuleOff"
