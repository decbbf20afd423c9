"""How well techniques are recognised, measured against prompts that people have read and labelled.

    python tests/bench/scoreboard.py CORPUS [--part read|aside|all] [--doc-kind prompt] [--ids FILE ...] [--show N]
                                     [--min-precision P] [--min-recall R] [--min-strong-recall R]

CORPUS, or else the environment variable THOUGHTSMITH_CORPUS, is a labelled corpus folder: `labels.jsonl`, one file a
line, and `texts/<id>/…` or `texts/<id>.<ending>`.

The unit is one technique in one file. Labelled strong or weak, it is present; optional, it is counted neither way;
otherwise it is absent and a detection of it a false alarm. What is only named, or ruled out, is no detection. Of
near-duplicates (`dup_group`) the first counts. Brackets hold 95% intervals (Wilson). Span: of the right detections, the
share of which a line is labelled.

Who writes patterns reads `--part read` only; `--part aside`, a third of the repositories, is for measuring.

Exit code 1 below a threshold, 2 if the input cannot be used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from thoughtsmith.cli.report import excerpt, place_of, report
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.host.walk import Found, Skipped, find, read
from thoughtsmith.project.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thoughtsmith.text.lines import Lines

LABELLED = (
    "cot",
    "bon",
    "self-refine",
    "cos",
    "self-consistency",
    "tot",
    "confidence",
    "verification",
    "decomposition",
)
"""The techniques that labels speak of: those of the corpus, which knows no `step-back`, not those of the content."""
LANGUAGES = ("en", "ru")
WIDTH = 160
"""Characters of an excerpt."""
EXCERPTS = 3
"""Excerpts of one mistake."""

Range = tuple[int, int]
"""First and last line, from 1."""


class UnusableError(Exception):
    """The corpus cannot be used; the message says why."""


class Label(NamedTuple):
    """What people found in one file."""

    id: str
    path: str
    repo: str
    language: str
    kind: str
    """What the document is: a prompt, a tutorial …"""
    group: str
    """The same for near-duplicates; empty if it has none."""
    empty: bool
    """Whether it has no technique at all."""
    strengths: Mapping[str, str]
    """`strong`, `weak` or `optional`, by technique."""
    lines: Mapping[str, tuple[Range, ...]]
    mentions: Mapping[str, tuple[Range, ...]]
    """Where a technique is only named, taught or quoted."""


class Mark(NamedTuple):
    """A technique that was detected."""

    technique: str
    lines: Range
    excerpt: str = ""


@dataclass
class InFile:
    """What was detected in one file."""

    marks: list[Mark] = field(default_factory=list)
    text: Lines | None = None


class Speed(NamedTuple):
    files: int
    characters: int
    seconds: float


@dataclass
class Tally:
    right: int = 0
    alarms: int = 0
    missed: int = 0
    touching: int = 0
    """Of `right`: on a labelled line."""

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.alarms)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.alarms + self.missed)


class Mistake(NamedTuple):
    """A miss or a false alarm."""

    kind: str
    label: Label
    technique: str
    lines: tuple[Range, ...]
    excerpts: tuple[str, ...]


@dataclass
class Board:
    """The figures of one run."""

    files: int = 0
    empty: int = 0
    """Files with no technique."""
    marked_empty: int = 0
    """Of those: files with a detection."""
    marked_unlabelled: int = 0
    """Of those: files whose only detections are of techniques that labels do not speak of."""
    on_mentions: int = 0
    """False alarms where a technique is only named."""
    marks: int = 0
    touching_marks: int = 0
    all: Tally = field(default_factory=Tally)
    strong: Tally = field(default_factory=Tally)
    """Of techniques labelled strong; they know no false alarms."""
    techniques: dict[str, Tally] = field(default_factory=dict)
    languages: dict[str, Tally] = field(default_factory=dict)
    kinds: dict[str, Tally] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


# Reading


def read_labels(corpus: Path) -> list[Label]:
    """Raises `UnusableError`."""
    try:
        text = (corpus / "labels.jsonl").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableError(f"{corpus}: no readable labels.jsonl ({error})") from error
    labels: list[Label] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                labels.append(_label(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise UnusableError(f"{corpus}: labels.jsonl, line {number}: {error!r}") from error
    return labels


def _label(row: dict[str, Any]) -> Label:
    strengths: dict[str, str] = {}
    for technique in row["techniques"]:
        name, strength = technique["technique"], technique["strength"]
        if strengths.get(name) in (None, "optional"):
            strengths[name] = strength
    return Label(
        id=row["id"],
        path=row["path"],
        repo=row.get("repo") or row["id"],
        language=row["lang"],
        kind=row.get("doc_kind") or "unknown",
        group=row.get("dup_group") or "",
        empty=row["verdict"] == "none",
        strengths=strengths,
        lines=_lines_by_technique(row["techniques"]),
        mentions=_lines_by_technique(row.get("mention_only") or []),
    )


def _lines_by_technique(rows: Iterable[dict[str, Any]]) -> dict[str, tuple[Range, ...]]:
    found: dict[str, tuple[Range, ...]] = {}
    for row in rows:
        ranges = tuple((first, last) for first, last in row["lines"])
        found[row["technique"]] = found.get(row["technique"], ()) + ranges
    return found


def part_of(labels: Sequence[Label], part: str) -> list[Label]:
    """Those to be read while patterns are written, or the third of the repositories that is kept aside.

    The hash decides, so that the parts stay the same. A near-duplicate of something aside belongs to neither.
    """
    if part == "all":
        return list(labels)
    repositories = sorted({label.repo for label in labels}, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    aside = set(repositories[: round(len(repositories) / 3)])
    if part == "aside":
        return [label for label in labels if label.repo in aside]
    groups = {label.group for label in labels if label.repo in aside} - {""}
    return [label for label in labels if label.repo not in aside and label.group not in groups]


def detect(corpus: Path, ids: set[str]) -> tuple[dict[str, InFile], Speed]:
    """What is detected in the texts of the corpus, by id, and how long that took. Raises `UnusableError`."""
    texts = corpus / "texts"
    if not texts.is_dir():
        raise UnusableError(f"{corpus}: no folder texts")
    content = Content(load_catalogue())
    _ = content.detector  # Compiled before the clock runs.
    found: dict[str, InFile] = {}
    files = characters = 0
    seconds = 0.0
    for item in find([str(texts)]):
        id = Path(item.path).relative_to(texts).parts[0].split(".")[0] if isinstance(item, Found) else ""
        prompt = read(item) if isinstance(item, Found) and id in ids else None
        if prompt is None or isinstance(prompt, Skipped):
            continue
        started = time.perf_counter()
        file = report(prompt.snapshot(content, locale="en"), item.path)
        seconds += time.perf_counter() - started
        files += 1
        characters += len(file.lines)
        marks = [
            Mark(
                one.id,
                (place_of(file.lines, one.span.start).line, place_of(file.lines, one.span.end).line),
                excerpt(file, one, WIDTH).text,
            )
            for one in file.detections
            if one.form == "instruction" and not one.negated
        ]
        here = found.setdefault(id, InFile())
        here.marks += marks
        here.text = file.lines
    return found, Speed(files, characters, seconds)


# Scoring


def score(labels: Iterable[Label], found: Mapping[str, InFile]) -> Board:
    """The figures for files with these labels."""
    board = Board()
    groups: set[str] = set()
    for label in labels:
        if label.group in groups:
            continue
        groups |= {label.group} - {""}
        here = found.get(label.id, InFile())
        board.files += 1
        if label.empty:
            board.empty += 1
            board.marked_empty += bool(here.marks)
            board.marked_unlabelled += bool(here.marks) and not any(mark.technique in LABELLED for mark in here.marks)
        for technique in LABELLED:
            _score_one(board, label, technique, here)
    return board


def _score_one(board: Board, label: Label, technique: str, here: InFile) -> None:
    strength = label.strengths.get(technique)
    if strength == "optional":
        return
    marks = [mark for mark in here.marks if mark.technique == technique]
    wanted = label.lines.get(technique, ())
    touching = sum(_touches(mark.lines, wanted) for mark in marks)
    board.marks += len(marks)
    board.touching_marks += touching
    language = label.language if label.language in LANGUAGES else "other"
    tallies = [
        board.all,
        board.techniques.setdefault(technique, Tally()),
        board.languages.setdefault(language, Tally()),
        board.kinds.setdefault(label.kind, Tally()),
        *([board.strong] if strength == "strong" else []),
    ]
    for tally in tallies:
        if strength and marks:
            tally.right += 1
            tally.touching += touching > 0
        elif strength:
            tally.missed += 1
        elif marks:
            tally.alarms += 1
    if strength and not marks:
        excerpts = () if here.text is None else tuple(_text(here.text, lines) for lines in wanted)
        board.mistakes.append(Mistake(f"missed ({strength})", label, technique, wanted, excerpts))
    elif marks and not strength:
        mentioned = any(_touches(mark.lines, label.mentions.get(technique, ())) for mark in marks)
        board.on_mentions += mentioned
        board.mistakes.append(
            Mistake(
                "false alarm (only named)" if mentioned else "false alarm",
                label,
                technique,
                tuple(mark.lines for mark in marks),
                tuple(mark.excerpt for mark in marks),
            )
        )


def _touches(lines: Range, others: Iterable[Range]) -> bool:
    return any(lines[0] <= last and first <= lines[1] for first, last in others)


def _text(lines: Lines, wanted: Range) -> str:
    text = " / ".join(lines.line(number - 1).strip() for number in range(wanted[0], wanted[1] + 1))
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95% interval of a share."""
    if not whole:
        return math.nan, math.nan
    z = 1.959964
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


# Showing


def table(board: Board) -> str:
    rows = [f"{'':20}{'precision':20}{'recall':20}{'F1':>6}{'span':>7}{'right':>7}{'alarms':>8}{'missed':>8}"]
    rows += [_row(name, board.techniques[name]) for name in LABELLED if name in board.techniques]
    rows += [_row(f"language {name}", tally) for name, tally in sorted(board.languages.items())]
    rows += [_row(name, tally) for name, tally in sorted(board.kinds.items())]
    rows += [_row("strong labels", board.strong, alarms=False), _row("all", board.all)]
    rows.append(
        f"files {board.files}; with no technique {board.empty}, of which falsely marked {board.marked_empty} "
        f"({board.marked_unlabelled} of them only with what labels do not speak of)"
    )
    rows.append(f"false alarms where a technique is only named: {board.on_mentions} of {board.all.alarms}")
    rows.append(
        f"detections that touch labelled lines: {board.touching_marks} of {board.marks} "
        f"({_number(_share(board.touching_marks, board.marks))})"
    )
    return "\n".join(rows)


def _row(name: str, tally: Tally, *, alarms: bool = True) -> str:
    precision = _figure(tally.right, tally.right + tally.alarms) if alarms else "–"
    recall = _figure(tally.right, tally.right + tally.missed)
    f1 = _number(tally.f1) if alarms else "–"
    span = _number(_share(tally.touching, tally.right))
    count = str(tally.alarms) if alarms else "–"
    return f"{name:20}{precision:20}{recall:20}{f1:>6}{span:>7}{tally.right:7}{count:>8}{tally.missed:8}"


def _figure(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{_number(_share(part, whole))} [{low:.2f}, {high:.2f}]" if whole else "–"


def _number(share: float) -> str:
    return "–" if math.isnan(share) else f"{share:.3f}"


def mistakes(board: Board, count: int) -> str:
    """The first `count` mistakes, by technique."""
    ordered = sorted(board.mistakes, key=lambda one: (LABELLED.index(one.technique), one.kind, one.label.id))
    rows: list[str] = []
    for one in ordered[:count]:
        rows.append(
            f"{one.technique}: {one.kind}: {one.label.id} ({one.label.language}, {one.label.kind}) {one.label.path}"
        )
        rows += [
            f"    {first}–{last}  {text}"
            for (first, last), text in zip(one.lines[:EXCERPTS], one.excerpts, strict=False)
        ]
    if len(ordered) > count:
        rows.append(f"… and {len(ordered) - count} more")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=os.environ.get("THOUGHTSMITH_CORPUS"))
    parser.add_argument("--part", choices=["read", "aside", "all"], default="all")
    parser.add_argument("--doc-kind", metavar="KIND", help="only documents of this kind")
    parser.add_argument("--ids", nargs="+", type=Path, metavar="FILE", help="only the ids in these files, one a line")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="how many mistakes to show (default 20)")
    for name in ("precision", "recall", "strong-recall"):
        parser.add_argument(f"--min-{name}", type=float, default=0.0, metavar="SHARE")
    options = parser.parse_args(arguments)
    try:
        board, speed, missing = measure(options.corpus, options.part, options.doc_kind, options.ids)
    except UnusableError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(board))
    print(
        f"{speed.files} texts in {speed.seconds:.2f} s: {speed.files / speed.seconds:.0f} files and "
        f"{speed.characters / speed.seconds / 1_000:.0f} thousand characters a second"
    )
    if missing:
        print(f"labelled files whose text is not there: {missing}", file=sys.stderr)
    if board.mistakes and options.show > 0:
        print(f"\n{mistakes(board, options.show)}")
    return 1 if too_low(board, options.min_precision, options.min_recall, options.min_strong_recall) else 0


def measure(
    corpus: Path | None, part: str = "all", kind: str | None = None, ids: Iterable[Path] | None = None
) -> tuple[Board, Speed, int]:
    """The figures, the speed, and the number of labelled files that have no text. Raises `UnusableError`."""
    if corpus is None:
        raise UnusableError("name a labelled corpus folder, or set THOUGHTSMITH_CORPUS")
    labels = part_of(read_labels(corpus), part)
    if kind is not None:
        labels = [label for label in labels if label.kind == kind]
    if ids is not None:
        try:
            chosen = {line.strip() for file in ids for line in file.read_text(encoding="utf-8").splitlines()}
        except (OSError, UnicodeDecodeError) as error:
            raise UnusableError(str(error)) from error
        labels = [label for label in labels if label.id in chosen]
    if not labels:
        raise UnusableError(f"{corpus}: no labels")
    found, speed = detect(corpus, {label.id for label in labels})
    if not found:
        raise UnusableError(f"{corpus}: no texts for these labels")
    return score(labels, found), speed, sum(label.id not in found for label in labels)


def too_low(board: Board, precision: float, recall: float, strong_recall: float) -> list[str]:
    """Which figures are below their threshold. A figure about nothing is below every threshold but 0."""
    figures = {
        "precision": (board.all.precision, precision),
        "recall": (board.all.recall, recall),
        "strong recall": (board.strong.recall, strong_recall),
    }
    return [
        f"{name} {figure:.3f} < {least}"
        for name, (figure, least) in figures.items()
        if (0.0 if math.isnan(figure) else figure) < least
    ]


if __name__ == "__main__":
    sys.exit(main())
