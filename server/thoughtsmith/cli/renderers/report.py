"""What is printed of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.rules.finding import Finding
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.text.lines import Lines


class FileFindings(NamedTuple):
    """One file and what is wrong with it."""

    path: str
    """As it was given."""
    lines: Lines
    findings: tuple[Finding, ...]


class Report(NamedTuple):
    files: tuple[FileFindings, ...]
    """Those with findings, in their order."""
    checked: int
    """How many files were looked at."""
    fixed: int
    """How many findings were fixed before."""
    language: Language
