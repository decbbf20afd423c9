"""A finding: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.text.edits import Edit
    from thoughtsmith.text.span import Span


class Severity(Enum):
    """How bad it is; from worst to least."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"


class Tag(Enum):
    """How an editor shows the place besides."""

    UNNECESSARY = "unnecessary"
    DEPRECATED = "deprecated"


class Fix(NamedTuple):
    """Edits that remove the problem and bring no other."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True
    """Whether the prompt certainly means the same afterwards, so that it may be done without asking."""


class Related(NamedTuple):
    span: Span
    message: str
    path: str = ""
    """The other file that it stands in; empty for this one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule reports; the engine makes a finding of it."""

    span: Span
    values: tuple[tuple[str, str], ...] = ()
    """For the placeholders of the message."""
    variant: str = ""
    """Which message of the rule, if it has several."""
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    """Its id, such as `TH501`."""
    name: str
    """Its kebab-case name."""
    severity: Severity
    span: Span
    message: str
    """In the language of the reader."""
    fixes: tuple[Fix, ...] = ()
    """The best first."""
    related: tuple[Related, ...] = ()
    tags: tuple[Tag, ...] = ()
