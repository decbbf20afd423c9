"""What is printed of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.rules.documentation import address_of

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
    docs: str = ""
    """Where the pages of rules are, as the settings of the file have it."""
    language: Language = "en"
    others: tuple[tuple[str, Lines], ...] = ()
    """The paths of other files that the findings speak of, with their texts, as far as they can be read."""

    def address_of(self, found: Finding) -> str:
        """The address of the page of a finding's rule; empty if none is known."""
        return address_of(self.docs, found.rule, found.name, self.language)


class Report(NamedTuple):
    files: tuple[FileFindings, ...]
    """Those with findings, in their order."""
    checked: int
    """How many files were looked at."""
    fixed: int
    """How many findings were fixed before."""
    language: Language
