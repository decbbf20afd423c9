"""Places in a file as people and other programs count them: from 1, columns in code points, ends exclusive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.text.lines import Lines
    from thoughtsmith.text.span import Span


class Range(NamedTuple):
    line: int
    column: int
    end_line: int
    end_column: int

    def as_json(self) -> dict[str, dict[str, int]]:
        return {
            "start": {"line": self.line, "column": self.column},
            "end": {"line": self.end_line, "column": self.end_column},
        }


def path_in_project(path: str) -> str:
    """The path as code hosts name files: from the folder of the run, where it lies below that, with slashes."""
    if Path(path).is_absolute() and Path(path).is_relative_to(Path.cwd()):
        return Path(path).relative_to(Path.cwd()).as_posix()
    return path.replace("\\", "/").removeprefix("./")


def range_of(lines: Lines, span: Span) -> Range:
    first, last = lines.line_at(span.start), lines.line_at(span.end)
    return Range(first + 1, span.start - lines.start_of(first) + 1, last + 1, span.end - lines.start_of(last) + 1)
