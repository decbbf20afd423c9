"""Checking a file, and mending it in rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from thoughtsmith.config.settings import language_of
from thoughtsmith.host.prompt_file import PromptFile
from thoughtsmith.host.surroundings import Surroundings
from thoughtsmith.host.walk import Found, Skipped, read
from thoughtsmith.rules.fixing import agreeing
from thoughtsmith.text.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thoughtsmith.config.settings import Accepted, Settings
    from thoughtsmith.project.content import Content
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.rules.engine import Checked
    from thoughtsmith.rules.finding import Finding, Fix
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.text.lines import Lines

Mend: TypeAlias = Literal["", "safe", "unsafe"]
"""Which fixes are done."""

MAX_ROUNDS = 20
"""Rounds of fixes; one that makes room for the next needs another. More than this would be going in circles."""
GARBAGE_THRESHOLD = 200_000
"""New objects after which cycles among them are looked for: there are very many small ones and hardly any cycles."""


class Task(NamedTuple):
    """A file to check."""

    found: Found
    settings: Settings
    prompt: PromptFile | None = None
    """What it holds, if it has been read already."""


class Outcome(NamedTuple):
    """A file after the fixes that were asked for. Nothing is written yet."""

    found: Found
    settings: Settings
    prompt: PromptFile
    """As it was read."""
    lines: Lines
    """As it is now."""
    findings: tuple[Finding, ...]
    """What is left."""
    fixed: int
    stale: tuple[Accepted, ...]
    failures: tuple[tuple[str, str], ...]
    """The names of rules that failed, and why."""
    refers: bool = False
    """Whether the file refers to others, so that what is found in it depends on what lies around it."""


class LeftError(Exception):
    """The file is left to another process."""


Result: TypeAlias = "Outcome | Skipped | None"
"""`None` for a binary file that nobody named."""


class Checker:
    def __init__(self, content: Content, language: Language, mend: Mend, *, leaves: bool = False) -> None:
        """`leaves` says whether a file is left alone for which the whole repository around it would have to be read."""
        self._leaves = leaves
        self._content = content
        self._language = language
        self._mend = mend
        self._failures: list[tuple[str, str]] = []
        self._surroundings = Surroundings(lambda what, error: self._failures.append((what, _why(error))))

    def check(self, task: Task) -> Result:
        """What is wrong with a file, after mending it. Raises `LeftError`."""
        prompt = task.prompt or read(task.found)
        if not isinstance(prompt, PromptFile):
            return prompt
        now, fixed = prompt, 0
        for left in range(MAX_ROUNDS, -1, -1):
            snapshot = self._snapshot(now, task.settings)
            checked = snapshot.checked
            fixes = agreeing(self._wanted(checked)) if left else []
            if not fixes:
                break
            now = now.with_text(apply_edits(now.lines.text, [edit for fix in fixes for edit in fix.edits]))
            fixed += len(fixes)
        self._failures += [(f"rule {name}", _why(error)) for name, error in checked.failures]
        failures, self._failures = tuple(self._failures), []
        lines = prompt.lines if now.lines.text == prompt.lines.text else now.lines
        refers = bool(snapshot.template.includes)
        return Outcome(
            task.found, task.settings, prompt, lines, checked.findings, fixed, checked.stale, failures, refers
        )

    def have_changed(self, changed: Iterable[str]) -> bool:
        """Look again at the paths that have changed; whether it may matter to files that refer to others."""
        return self._surroundings.have_changed(changed)

    def _snapshot(self, prompt: PromptFile, settings: Settings) -> Snapshot:
        locale = language_of(settings, self._language)
        alone = prompt.snapshot(self._content, locale=locale, settings=settings)
        if self._leaves and self._surroundings.must_be_read(alone):
            raise LeftError
        return self._surroundings.seen(alone)

    def _wanted(self, checked: Checked) -> Iterator[Fix]:
        """The best fix of each finding, if it is one that is asked for."""
        for found in checked.findings:
            yield from (fix for fix in found.fixes[:1] if is_wanted(fix, self._mend))


def is_wanted(fix: Fix, mend: Mend) -> bool:
    """Whether the fix is one that is asked for."""
    return mend == "unsafe" or (mend == "safe" and fix.safe)


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
